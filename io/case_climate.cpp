// [climate]: water temperature and weather, one for the basin or several by name.
#include <cmath>

#include "io/case_reading.hpp"
#include "io/case_series.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

constexpr double kColdest = -5, kWarmest = 60;  // degC of river water: outside, the unit is wrong (kelvin)

std::optional<Series> read_one(CaseReading& reading, const KeyTable& keys, std::string_view id) {
  const std::string text = keys.text(id);
  if (text.empty()) return std::nullopt;
  const Key& key = declared(case_keys(), "climate.*", id);
  return read_series_cell(reading, {text, keys.place(id), std::string(id), key.unit, {}});
}

void check_temperature(CaseReading& reading, const KeyTable& keys, const Series& series) {
  const double value = series.maximum() > kWarmest ? series.maximum() : series.minimum();
  if (value < kColdest || value > kWarmest)
    reading.problems.add(
        Code::E1330, keys.place("water_temperature"),
        {"water_temperature", number_text(value) + " degC", "-5 .. 60 degC", "-5 .. 60 degC"});
}

void check_share(CaseReading& reading, const KeyTable& keys, const char* id, const Series& series) {
  if (series.minimum() >= 0 && series.maximum() <= 1) return;
  const double value = series.minimum() < 0 ? series.minimum() : series.maximum();
  reading.problems.add(Code::E1330, keys.place(id), {id, number_text(value), "0 .. 1", "0 .. 1"});
}

// The place on the globe, for the sun; false if it is not given.
bool read_position(CaseReading& reading, const KeyTable& keys, Climate& climate) {
  const auto within = [&](const char* id, double limit) {
    const auto value = keys.number(id);
    if (value && std::abs(*value) > limit) {
      const std::string range = "-" + number_text(limit) + " .. " + number_text(limit) + " degrees";
      reading.problems.add(Code::E1330, keys.place(id), {id, number_text(*value), range, range});
    }
    return value;
  };
  const auto latitude = within("latitude", 90), longitude = within("longitude", 180);
  climate.latitude = latitude.value_or(0);
  climate.longitude = longitude.value_or(0);
  climate.elevation = keys.quantity("elevation").value_or(0);
  climate.turbidity = keys.number("turbidity").value_or(2);
  return latitude && longitude;
}

// What the heat balance reads.
void read_weather(CaseReading& reading, const KeyTable& keys, Climate& climate) {
  const auto take = [&](const char* id, Env what, Series& series) {
    auto given = read_one(reading, keys, id);
    if (!keys.has(id)) reading.missing_weather.push_back({climate.id, what, id});
    if (given) series = std::move(*given);
  };
  take("wind", Env::wind, climate.wind);
  take("air_temperature", Env::air_temperature, climate.air_temperature);
  take("relative_humidity", Env::vapour_pressure, climate.relative_humidity);
  take("cloud", Env::cloud, climate.cloud);
  take("equilibrium_temperature", Env::equilibrium_temperature, climate.equilibrium_temperature);
  check_share(reading, keys, "relative_humidity", climate.relative_humidity);
  check_share(reading, keys, "cloud", climate.cloud);
  climate.has_solar = keys.has("solar");
  if (climate.has_solar) climate.solar = read_one(reading, keys, "solar").value_or(Series());
  const bool placed = read_position(reading, keys, climate);
  if (!climate.has_solar && !placed)
    reading.missing_weather.push_back({climate.id, Env::solar, "solar, or latitude and longitude"});
  if (!placed) reading.missing_weather.push_back({climate.id, Env::albedo, "latitude and longitude"});
}

void read_climate(CaseReading& reading, const TomlValue& value, const std::string& id,
                  const std::string& shown) {
  const KeyTable keys = reading.table(&value, shown, "climate.*");
  keys.refuse_unknown();
  Climate climate;
  climate.id = id;
  const bool simulated = reading.constituents.contains("temperature");
  if (simulated && keys.has("water_temperature"))
    reading.problems.add(Code::W1238, keys.place("water_temperature"), {id});
  if (!simulated && !keys.has("water_temperature"))
    reading.problems.add(Code::E1103, keys.place(""),
                         {"water_temperature", shown, "water_temperature", "water_temperature"});
  climate.water_temperature = read_one(reading, keys, "water_temperature").value_or(Series::constant(20));
  check_temperature(reading, keys, climate.water_temperature);
  read_weather(reading, keys, climate);
  if (!reading.climates.enter(id, value.place, reading.problems)) return;
  reading.result.basin.climates.push_back(std::move(climate));
}

}  // namespace

void read_climates(CaseReading& reading) {
  const KeyTable all = reading.table("climate");
  const TomlValue* table = reading.toml.root.find("climate");
  const bool several =
      table && !table->entries.empty() && table->entries.front().value.kind == TomlKind::table;
  reading.climate_given = table && !table->entries.empty();
  if (!several && reading.climate_given) read_climate(reading, *table, "climate", "[climate]");
  for (const TomlEntry& entry : several ? table->entries : std::vector<TomlEntry>{})
    if (const TomlValue* one = all.sub_table(entry.key))
      read_climate(reading, *one, entry.key, "[climate." + entry.key + "]");
  if (!reading.result.basin.climates.empty()) return;
  reading.climates.enter("climate", {reading.result.file, 0, 0}, reading.problems);
  Climate none;
  none.id = "climate";
  none.water_temperature = Series::constant(20);
  reading.result.basin.climates.push_back(none);
  for (const auto& [what, keys] : {std::pair(Env::wind, "wind"),
                                   {Env::air_temperature, "air_temperature"},
                                   {Env::vapour_pressure, "relative_humidity"},
                                   {Env::cloud, "cloud"},
                                   {Env::equilibrium_temperature, "equilibrium_temperature"},
                                   {Env::solar, "solar, or latitude and longitude"},
                                   {Env::albedo, "latitude and longitude"}})
    reading.missing_weather.push_back({"climate", what, keys});
}

}  // namespace limpid
