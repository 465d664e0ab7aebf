#include "io/forcing_years.hpp"

#include <algorithm>
#include <charconv>

#include "io/units.hpp"

namespace limpid {

namespace {

std::optional<int> year_in(const std::string& text) {
  int year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  const bool good = error == std::errc() && end == text.data() + text.size() && year >= 1 && year <= 9999;
  return good ? std::optional<int>(year) : std::nullopt;
}

}  // namespace

std::optional<ForcingYears> read_years(const TomlValue& table, std::chrono::seconds offset,
                                       Problems& problems) {
  bool whole = true;
  std::map<int, int> years;
  std::optional<int> otherwise;
  for (const TomlEntry& entry : table.entries) {
    const auto model = year_in(entry.key), record = year_in(entry.value.text);
    if (record && entry.key == "default")
      otherwise = record;
    else if (record && model)
      years[*model] = *record;
    else
      whole = false;
    if (!record || !(model || entry.key == "default"))
      problems.add(Code::E1110, entry.place, {entry.key, entry.value.text});
  }
  return whole ? std::optional(ForcingYears(std::move(years), otherwise, offset)) : std::nullopt;
}

namespace {

std::vector<std::pair<std::string, const Series*>> all_series(const Basin& basin) {
  std::vector<std::pair<std::string, const Series*>> list;
  const auto put = [&](const std::string& name, const Series& series) {
    if (!series.is_constant()) list.emplace_back(name, &series);
  };
  for (const Source& s : basin.sources) {
    put(s.id, s.flow);
    for (const SourceLoad& load : s.loads)
      if (load.kind != SourceLoad::Kind::none) put(s.id, load.series);
  }
  for (const Climate& k : basin.climates)
    for (const Series* series : {&k.water_temperature, &k.wind, &k.air_temperature, &k.relative_humidity,
                                 &k.cloud, &k.equilibrium_temperature, &k.solar})
      put("climate " + k.id, *series);
  return list;
}

// E1334 once, for the first series that lacks record time of these years.
void check_cover(const Case& c, const ForcingYears& years, const Place& place, Problems& problems) {
  const TimeGrid& grid = c.run.grid;
  for (Month month = Month::of(grid.begin, grid.offset); month.begin(grid.offset) < grid.end;
       month = Month{12 * (month.year() + 1)}) {
    const Time begin = std::max(grid.begin, month.begin(grid.offset)),
               end = std::min(grid.end, Month{12 * (month.year() + 1)}.begin(grid.offset));
    const double from = years.record_time(seconds_of(begin)), to = years.record_time(seconds_of(end) - 1) + 1;
    for (const auto& [name, series] : all_series(c.basin)) {
      if (series->covers(from, to)) continue;
      const auto text = [&](double t) {
        return format_date(Time(std::chrono::seconds(static_cast<std::int64_t>(t))), grid.offset);
      };
      problems.add(Code::E1334, place,
                   {name, text(series->begin_time()), text(series->end_time()), text(from), text(to)});
      return;
    }
  }
}

}  // namespace

std::optional<YearsChoice> read_choice_of_years(const KeyTable& keys, const std::string& id, const Case& c,
                                                Problems& problems) {
  keys.refuse_unknown();
  const double weight = keys.number("weight").value_or(1);
  if (!(weight > 0))
    problems.add(Code::E1330, keys.place("weight"), {"weight", number_text(weight), "> 0", "> 0"});
  const TomlValue* map = keys.sub_table("forcing_years");
  if (!map) {
    if (!keys.has("forcing_years")) keys.text("forcing_years");  // says that it is missing
    return std::nullopt;
  }
  const auto years = read_years(*map, c.run.grid.offset, problems);
  if (!years) return std::nullopt;
  check_cover(c, *years, map->place, problems);
  return YearsChoice{id, *years, weight};
}

}  // namespace limpid
