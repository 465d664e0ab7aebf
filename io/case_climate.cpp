// [climate]: water temperature and wind, one for the basin or several by name.
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
    reading.problems.add(Code::E1330, keys.place("water_temperature"),
                         {"water_temperature", number_text(value) + " degC", "-5 .. 60 degC", "-5 .. 60 degC"});
}

void read_climate(CaseReading& reading, const TomlValue& value, const std::string& id, const std::string& shown) {
  const KeyTable keys = reading.table(&value, shown, "climate.*");
  keys.refuse_unknown();
  Climate climate;
  climate.id = id;
  climate.water_temperature = read_one(reading, keys, "water_temperature").value_or(Series::constant(20));
  check_temperature(reading, keys, climate.water_temperature);
  climate.wind = read_one(reading, keys, "wind").value_or(Series());
  if (!keys.has("wind")) reading.windless.push_back(id);
  if (!reading.climates.enter(id, value.place, reading.problems)) return;
  reading.result.basin.climates.push_back(std::move(climate));
}

}  // namespace

void read_climates(CaseReading& reading) {
  const KeyTable all = reading.table("climate");
  const TomlValue* table = reading.toml.root.find("climate");
  const bool several = table && !table->entries.empty() && table->entries.front().value.kind == TomlKind::table;
  reading.climate_given = table && !table->entries.empty();
  if (!several && reading.climate_given) read_climate(reading, *table, "climate", "[climate]");
  for (const TomlEntry& entry : several ? table->entries : std::vector<TomlEntry>{})
    if (const TomlValue* one = all.sub_table(entry.key))
      read_climate(reading, *one, entry.key, "[climate." + entry.key + "]");
  if (!reading.result.basin.climates.empty()) return;
  reading.climates.enter("climate", {reading.result.file, 0, 0}, reading.problems);
  reading.result.basin.climates.push_back({"climate", Series::constant(20), Series()});
  reading.windless.push_back("climate");
}

}  // namespace limpid
