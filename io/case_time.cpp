// [time], [initial], [output]: when a run starts, from what, how it steps, what it records.
#include <algorithm>
#include <cmath>

#include "io/case_reading.hpp"
#include "io/forcing_years.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

constexpr double kHour = 3600;

// false if the map could not be read whole: what the run needs of its series is not known then.
bool read_forcing_years(CaseReading& reading, const KeyTable& keys) {
  const TomlValue* table = keys.sub_table("forcing_years");
  if (!table) return !keys.has("forcing_years");
  const auto years = read_years(*table, reading.offset, reading.problems);
  if (years) reading.result.run.forcing_years = *years;
  return years.has_value();
}

void check_step(CaseReading& reading, const KeyTable& keys) {
  const double step = reading.result.run.grid.step;
  const double hours = step / kHour, parts = kHour / step;
  if (step > 0 && (hours == std::floor(hours) || parts == std::floor(parts))) return;
  reading.problems.add(Code::E1332, keys.place("step"), {number_text(step)});
  reading.result.run.grid.step = 600;
}

void check_multiple(CaseReading& reading, const KeyTable& keys, std::string_view key, double seconds) {
  const double steps = seconds / reading.result.run.grid.step;
  if (steps == std::floor(steps)) return;
  reading.problems.add(Code::E1333, keys.place(key),
                       {std::string(key), number_text(seconds), number_text(reading.result.run.grid.step)});
}

// Record time is the model's, moved year by year.
void find_spans(CaseReading& reading) {
  const TimeGrid& grid = reading.result.run.grid;
  for (Month month = Month::of(grid.begin, grid.offset); month.begin(grid.offset) < grid.end;
       month = Month{12 * (month.year() + 1)}) {
    const Time year_end = Month{12 * (month.year() + 1)}.begin(grid.offset);
    const Time begin = std::max(grid.begin, month.begin(grid.offset)), end = std::min(grid.end, year_end);
    const ForcingYears& years = reading.result.run.forcing_years;
    reading.spans.push_back(
        {years.record_time(seconds_of(begin)), years.record_time(seconds_of(end) - 1) + 1});
  }
}

}  // namespace

void read_times(CaseReading& reading) {
  const KeyTable early = reading.table("time");
  reading.offset = early.offset("offset").value_or(kChinaOffset);
  const KeyTable keys = reading.table("time");  // once more: its times are read with the offset
  keys.refuse_unknown();
  TimeGrid& grid = reading.result.run.grid;
  grid.offset = reading.offset;
  const auto begin = keys.time("begin"), end = keys.time("end");
  grid.step = keys.interval("step").value_or(600);
  check_step(reading, keys);
  const bool mapped = read_forcing_years(reading, keys);
  if (!begin || !end) return;
  grid.begin = *begin;
  grid.end = *end;
  if (*end <= *begin) {
    reading.problems.add(Code::E1331, keys.place("end"),
                         {format_time(*begin, grid.offset), format_time(*end, grid.offset)});
    return;
  }
  check_multiple(reading, keys, "end", seconds_of(*end) - seconds_of(*begin));
  if (mapped) find_spans(reading);
}

void read_initial(CaseReading& reading) {
  const KeyTable keys = reading.table("initial");
  keys.refuse_unknown({"concentration"});
  RunOptions& run = reading.result.run;
  constexpr InitialKind kKinds[] = {InitialKind::steady, InitialKind::spin_up, InitialKind::file};
  run.initial = kKinds[keys.choice("kind").value_or(1)];
  run.spin_up = keys.period("spin_up").value_or(Period{});
  run.initial_file = keys.text("file");
  if (run.initial != InitialKind::file) return;
  if (run.initial_file.empty())
    reading.problems.add(Code::E1111, keys.place("kind"),
                         {"file", "kind = \"file\"", "file = \"state.nc\"", "file = \"state.nc\""});
  else if ((reading.state_path =
                reading.files.resolve(run.initial_file, keys.place("file"), reading.problems)))
    reading.files.remember(run.initial_file);
}

void read_output(CaseReading& reading) {
  const KeyTable keys = reading.table("output");
  keys.refuse_unknown();
  RunOptions& run = reading.result.run;
  run.section_interval = keys.interval("section_interval").value_or(run.section_interval);
  run.map_interval = keys.interval("map_interval").value_or(run.map_interval);
  check_multiple(reading, keys, "section_interval", run.section_interval);
  check_multiple(reading, keys, "map_interval", run.map_interval);
  run.final_state = keys.boolean("final_state").value_or(false);
}

}  // namespace limpid
