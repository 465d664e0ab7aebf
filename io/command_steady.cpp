// limpid run --steady: the state to which the river would settle under the inputs of one day.
#include <fmt/format.h>
#include <omp.h>

#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>

#include "io/atomic_file.hpp"
#include "io/commands.hpp"
#include "io/console.hpp"
#include "io/csv_writer.hpp"
#include "io/interrupt.hpp"
#include "io/scenario_output.hpp"
#include "io/tables.hpp"
#include "scenarios/steady_run.hpp"

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

// Where a search that failed left the largest rest. Throws E3002.
[[noreturn]] void refuse(const Basin& basin, const SteadyState& state) {
  const bool water = state.worst < 0;
  const auto c = static_cast<std::size_t>(std::max(0, state.worst));
  const double change = water ? state.water : state.change[c].value;
  throw Failure(Code::E3002, {},
                {std::to_string(state.days), fmt::format("{:.2g}", change),
                 water ? "water" : basin.constituents[c].id,
                 water ? "-" : reach_of(basin, state.change[c].cell)});
}

// How still the state found is: constituent, the largest change in a day over the largest content, and where.
void write_steady_csv(const std::filesystem::path& path, const Basin& basin, const SteadyState& state) {
  CsvWriter table(path, "constituent,change_per_day,reach,chainage_km,store");
  for (std::size_t c = 0; c < state.change.size(); ++c) {
    const DailyChange& change = state.change[c];
    const double chainage = basin.network.cell_chainage[static_cast<std::size_t>(change.cell)] / 1000;
    const bool attached = basin.constituents[c].phase == Phase::attached;
    table.text(basin.constituents[c].id)
        .number(change.value)
        .text(reach_of(basin, change.cell))
        .number(chainage)
        .text(attached ? "attached" : (change.stored ? "storage" : "water"))
        .end_row();
  }
  table.text("water").number(state.water).text("").text("").text("").end_row();
  table.close();
}

double largest_change(const SteadyState& state) {
  return state.worst < 0 ? state.water : state.change[static_cast<std::size_t>(state.worst)].value;
}

std::string steady_text(const Basin& basin, const SteadyRun& run, const std::string& day, double seconds,
                        const std::filesystem::path& out, Lang lang) {
  const bool zh = lang == Lang::zh;
  std::string text = fmt::format(
      fmt::runtime(zh ? "{} 输入均值下的稳态：模拟 {} 天，每日变化不超过 {:.1e}（{:.1f} s）\n"
                      : "steady state under the mean inputs of {}: {} days of the model, changes by at "
                        "most {:.1e} a day ({:.1f} s)\n"),
      day, run.state.days, largest_change(run.state), seconds);
  for (const SectionVerdict& verdict : run.result.assessment.monthly) {
    const Section& section = basin.sections[static_cast<std::size_t>(verdict.section)];
    text += fmt::format("  {}: {}", display_name(section),
                        verdict.water_class ? class_text(*verdict.water_class) : "-");
    if (section.target)
      text += fmt::format(fmt::runtime(zh ? "，目标 {}，达标 {}" : ", target {}, attained {}"),
                          class_text(*section.target), attained_text(verdict.attained));
    text += "\n";
  }
  return text + (zh ? "结果：" : "results: ") + out.string() + "\n";
}

std::string steady_json(const Basin& basin, const SteadyRun& run, const std::string& day) {
  nlohmann::ordered_json j;
  j["day"] = day;
  j["days"] = run.state.days;
  j["water"] = run.state.water;
  for (std::size_t c = 0; c < run.state.change.size(); ++c)
    j["change_per_day"][basin.constituents[c].id] = run.state.change[c].value;
  j["sections"] = nlohmann::ordered_json::array();
  for (const SectionVerdict& verdict : run.result.assessment.monthly)
    j["sections"].push_back({{"section_id", basin.sections[static_cast<std::size_t>(verdict.section)].id},
                             {"class", std::string(verdict.water_class ? class_text(*verdict.water_class) : "")},
                             {"attained", attained_text(verdict.attained)}});
  return j.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

RunClock clock_now(const CommonOptions& common) {
  RunClock clock;
  clock.started =
      format_time(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  clock.threads = common.threads > 0 ? common.threads : omp_get_max_threads();
  return clock;
}

}  // namespace

int command_steady(const CommonOptions& common, const RunArguments& arguments) {
  using Plans = std::vector<std::filesystem::path>;
  LoadedCase loaded = load_case(common, arguments.case_path, arguments.plan ? Plans{*arguments.plan} : Plans{});
  if (!loaded.usable) return 2;
  if (arguments.out.empty()) throw Failure(Code::E1030, {}, {"run"});
  const Basin& basin = loaded.c.basin;
  const Time day = day_of(arguments.day, loaded.c.run.grid);
  const LoadedPlan* plan = loaded.plans.empty() ? nullptr : &loaded.plans.front();
  const std::string name = plan ? plan->name : "baseline", date = format_date(day, loaded.c.run.grid.offset);
  OutputFolder out(arguments.out, common.force);
  RunClock clock = clock_now(common);
  const auto start = std::chrono::steady_clock::now();
  const SteadyRun run =
      run_steady(basin, loaded.c.run, loaded.c.assessment, {plan ? plan->plan : Plan{}, {}}, day, {},
                 [](int) { return interrupted() == 0; });
  clock.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (run.state.stopped) {
    std::cerr << (common.lang == Lang::zh ? "已中断；未写出任何结果。\n" : "Interrupted; no results were written.\n");
    return 128 + interrupted();
  }
  if (!run.result.failed && !run.state.found) refuse(basin, run.state);
  loaded.c.run = steady_options(loaded.c.run, day);
  loaded.c.assessment = steady_rules(loaded.c.assessment);
  loaded.c.observations.reset();  // of days that the state does not stand for
  write_scenario(out.path(), loaded, plan, run.result, {name}, clock);
  write_steady_csv(out.path() / "steady.csv", basin, run.state);
  out.commit();
  if (common.json)
    std::cout << steady_json(basin, run, date);
  else if (!common.quiet)
    std::cout << steady_text(basin, run, date, clock.wall_seconds, out.final_path(), common.lang);
  return status_of({run.result}, {name}, basin, loaded.c.run.grid.offset, common.lang);
}

}  // namespace limpid
