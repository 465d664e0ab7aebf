#include "io/one_steady.hpp"

#include <fmt/format.h>

#include <chrono>

#include "io/csv_writer.hpp"
#include "io/interrupt.hpp"

namespace limpid {

namespace {

// The day asked for, or the run's first. Throws Failure for what is no date, or no whole day of the run.
Time day_of(const std::optional<std::string>& text, const TimeGrid& grid) {
  const auto day = text ? parse_time(*text, grid.offset) : std::optional(grid.begin);
  if (!day) throw Failure(Code::E1306, {}, {*text, "--day"});
  const Time last = grid.end - std::chrono::hours(24);
  if (*day >= grid.begin && *day <= last) return *day;
  const std::string range = format_date(grid.begin, grid.offset) + " .. " + format_date(last, grid.offset);
  throw Failure(Code::E1330, {}, {"--day", text.value_or(format_date(*day, grid.offset)), range, range});
}

const std::string& reach_of(const Basin& basin, int cell) {
  const auto reach = basin.network.cell_reach[static_cast<std::size_t>(cell)];
  return basin.network.reaches[static_cast<std::size_t>(reach)].id;
}

// Where a search that failed left the largest rest.
[[noreturn]] void refuse(const Basin& basin, const SteadyState& state) {
  const bool water = state.worst < 0;
  const auto c = static_cast<std::size_t>(std::max(0, state.worst));
  throw Failure(
      Code::E3002, {},
      {std::to_string(state.days), fmt::format("{:.2g}", water ? state.water : state.change[c].value),
       water ? "water" : basin.constituents[c].id, water ? "-" : reach_of(basin, state.change[c].cell)});
}

// How still the state found is: per constituent the largest change in a day over the largest content, and
// where.
void write_steady_csv(const std::filesystem::path& path, const Basin& basin, const SteadyState& state) {
  CsvWriter table(path, "constituent,change_per_day,reach,chainage_km,store");
  for (std::size_t c = 0; c < state.change.size(); ++c) {
    const DailyChange& change = state.change[c];
    const bool attached = basin.constituents[c].phase == Phase::attached;
    table.text(basin.constituents[c].id)
        .number(change.value)
        .text(reach_of(basin, change.cell))
        .number(basin.network.cell_chainage[static_cast<std::size_t>(change.cell)] / 1000)
        .text(attached ? "attached" : (change.stored ? "storage" : "water"))
        .end_row();
  }
  table.text("water").number(state.water).text("").text("").text("").end_row();
  table.close();
}

}  // namespace

std::optional<OneSteady> load_one_steady(const CommonOptions& common, const RunArguments& arguments) {
  using Plans = std::vector<std::filesystem::path>;
  OneSteady asked;
  asked.loaded = load_case(common, arguments.case_path, arguments.plan ? Plans{*arguments.plan} : Plans{},
                           arguments.slips);
  if (!asked.loaded.usable) return std::nullopt;
  const TimeGrid& grid = asked.loaded.c.run.grid;
  asked.day = day_of(arguments.day, grid);
  asked.loaded.steady_day = format_time(asked.day, grid.offset);
  return asked;
}

FoundSteady find_one_steady(const CommonOptions& common, const OneSteady& asked) {
  const Case& c = asked.loaded.c;
  FoundSteady found;
  found.clock = start_clock(common);
  const auto start = std::chrono::steady_clock::now();
  found.run = run_steady(c.basin, c.run, c.assessment, {asked.plan() ? asked.plan()->plan : Plan{}, {}},
                         asked.day, {}, [](int) { return interrupted() == 0; });
  found.clock.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const SteadyState& state = found.run.state;
  if (!state.stopped && !found.run.result.failed && !state.found) refuse(c.basin, state);
  return found;
}

// Observations are of days that the state does not stand for.
void write_one_steady(const std::filesystem::path& folder, const OneSteady& asked, const FoundSteady& found) {
  LoadedCase loaded = asked.loaded;
  loaded.c.run = steady_options(loaded.c.run, asked.day);
  loaded.c.assessment = steady_rules(loaded.c.assessment);
  loaded.c.observations.reset();
  std::filesystem::create_directories(folder);
  write_steady_csv(folder / "steady.csv", loaded.c.basin, found.run.state);
  write_scenario(folder, loaded, asked.plan(), found.run.result,
                 {asked.plan() ? asked.plan()->name : "baseline"}, found.clock);
}

}  // namespace limpid
