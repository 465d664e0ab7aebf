// limpid run and limpid plan compare.
#include <omp.h>

#include <chrono>
#include <csignal>
#include <iostream>

#include "io/atomic_file.hpp"
#include "io/commands.hpp"
#include "io/comparison.hpp"
#include "io/console.hpp"
#include "io/estimate.hpp"
#include "io/interrupt.hpp"
#include "io/scenario_output.hpp"
#include "io/verdict_text.hpp"
#include "scenarios/comparison.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;

std::string now() {
  return format_time(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

struct Finished {
  std::vector<Scenario> scenarios;
  std::vector<std::string> names;
  std::vector<ScenarioResult> results;  // empty: interrupted
  RunClock clock;
};

bool shows_progress(const CommonOptions& common) {
  return !common.quiet && !common.json && is_terminal(stderr);
}

ProgressReport progress_of(Progress& progress, std::chrono::seconds offset) {
  return [&progress, offset](double fraction, double time) {
    if (progress.due())
      progress.update(fraction,
                      format_date(Time{std::chrono::seconds(static_cast<std::int64_t>(time))}, offset));
    return interrupted() == 0;
  };
}

// Runs the baseline (if asked) and every plan of the case, with a progress line on a terminal.
Finished simulate(const CommonOptions& common, const LoadedCase& loaded, bool baseline) {
  Finished finished;
  if (baseline) {
    finished.scenarios.emplace_back();
    finished.names.emplace_back("baseline");
  }
  for (const LoadedPlan& plan : loaded.plans) {
    finished.scenarios.push_back({plan.plan});
    finished.names.push_back(plan.name);
  }
  const TimeGrid& grid = loaded.c.run.grid;
  const double days = (seconds_of(grid.end) - seconds_of(grid.begin)) / 86400;
  Progress progress(days, common.lang, shows_progress(common));
  finished.clock.started = now();
  finished.clock.threads = common.threads > 0 ? common.threads : omp_get_max_threads();
  const auto start = std::chrono::steady_clock::now();
  finished.results = run_scenarios(loaded.c.basin, loaded.c.run, loaded.c.assessment, finished.scenarios,
                                   progress_of(progress, grid.offset));
  finished.clock.wall_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return finished;
}

std::vector<std::string> batch_names(const Finished& finished, std::size_t of) {
  std::vector<std::string> names(static_cast<std::size_t>(finished.results[of].batch->lanes));
  for (std::size_t i = 0; i < finished.results.size(); ++i)
    if (finished.results[i].batch == finished.results[of].batch)
      names[static_cast<std::size_t>(finished.results[i].lane)] = finished.names[i];
  return names;
}

int interrupted_status(Lang lang) {
  std::cerr << (lang == Lang::zh ? "已中断；未写出任何结果。\n" : "Interrupted; no results were written.\n");
  return 128 + interrupted();
}

// Whom the improvement of each plan is due to; false if it was interrupted.
bool attribute_plans(const CommonOptions& common, const LoadedCase& loaded, const Finished& finished,
                     std::vector<PlanVerdict>& list) {
  std::vector<const Plan*> plans;
  std::vector<const ScenarioResult*> results;
  for (const LoadedPlan& plan : loaded.plans) plans.push_back(&plan.plan);
  for (const ScenarioResult& result : finished.results) results.push_back(&result);
  Progress progress(1, common.lang, shows_progress(common));
  const auto attributions = attribute(loaded.c.basin, loaded.c.run, loaded.c.assessment, plans, results, {},
                                      progress_of(progress, loaded.c.run.grid.offset));
  for (std::size_t p = 0; p < attributions.size(); ++p) list[p + 1].attribution = attributions[p];
  return !attributions.empty();
}

std::vector<PlanVerdict> verdicts(const LoadedCase& loaded, const Finished& finished) {
  return compare(loaded.c.basin, loaded.c.run, finished.names, finished.scenarios, finished.results);
}

}  // namespace

int command_run(const CommonOptions& common, const RunArguments& arguments) {
  const LoadedCase loaded =
      load_case(common, arguments.case_path,
                arguments.plan ? std::vector<fs::path>{*arguments.plan} : std::vector<fs::path>{});
  if (!loaded.usable) return 2;
  if (arguments.estimate) {
    std::cout << estimate_text(estimate_run(loaded.c.basin, loaded.c.run, 1), common.lang);
    return 0;
  }
  if (arguments.out.empty()) throw Failure(Code::E1030, {}, {"run"});
  OutputFolder out(arguments.out, common.force);
  const Finished finished = simulate(common, loaded, !arguments.plan);
  if (finished.results.empty()) return interrupted_status(common.lang);
  write_scenario(out.path(), loaded, arguments.plan ? &loaded.plans.front() : nullptr,
                 finished.results.front(), finished.names, finished.clock);
  out.commit();
  const auto list = verdicts(loaded, finished);
  if (common.json)
    std::cout << comparison_json(loaded.c.basin.sections, list, forcing_years_text(loaded.c.run)) << "\n";
  else if (!common.quiet)
    std::cout << run_text(loaded.c, list, finished.clock.wall_seconds, out.final_path(), common.lang);
  return status_of(finished.results, finished.names, loaded.c.basin, loaded.c.run.grid.offset, common.lang);
}

int command_plan_compare(const CommonOptions& common, const CompareArguments& arguments) {
  const LoadedCase loaded = load_case(common, arguments.case_path, arguments.plans);
  if (!loaded.usable) return 2;
  OutputFolder out(arguments.out, common.force);
  const Finished finished = simulate(common, loaded, true);
  if (finished.results.empty()) return interrupted_status(common.lang);
  for (std::size_t i = 0; i < finished.results.size(); ++i)
    write_scenario(out.path() / finished.names[i], loaded, i == 0 ? nullptr : &loaded.plans[i - 1],
                   finished.results[i], batch_names(finished, i), finished.clock);
  auto list = verdicts(loaded, finished);
  if (arguments.attribute) {
    if (!attribute_plans(common, loaded, finished, list)) return interrupted_status(common.lang);
    write_attribution_csv(out.path() / "attribution.csv", loaded.c.basin.sections, list);
  }
  write_comparison_csv(out.path() / "comparison.csv", loaded.c.basin.sections, list,
                       loaded.c.run.grid.offset);
  out.commit();
  if (common.json)
    std::cout << comparison_json(loaded.c.basin.sections, list, forcing_years_text(loaded.c.run)) << "\n";
  else if (!common.quiet)
    std::cout << run_text(loaded.c, list, finished.clock.wall_seconds, out.final_path(), common.lang);
  return status_of(finished.results, finished.names, loaded.c.basin, loaded.c.run.grid.offset, common.lang);
}

}  // namespace limpid
