#include "io/simulate.hpp"

#include <omp.h>

#include <chrono>
#include <iostream>

#include "io/interrupt.hpp"
#include "io/thread_workers.hpp"

namespace limpid {

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

double days_of(const TimeGrid& grid) {
  return (seconds_of(grid.end) - seconds_of(grid.begin)) / 86400;
}

int threads_of(const CommonOptions& common) {
  return common.threads > 0 ? common.threads : omp_get_max_threads();
}

RunClock start_clock(const CommonOptions& common) {
  RunClock clock;
  clock.started = format_time(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  clock.threads = threads_of(common);
  return clock;
}

Finished simulate(const CommonOptions& common, const LoadedCase& loaded, bool baseline,
                  const Assumptions& assumptions) {
  Finished finished;
  if (baseline) {
    finished.scenarios.push_back({Plan{}, assumptions});
    finished.names.emplace_back("baseline");
  }
  for (const LoadedPlan& plan : loaded.plans) {
    finished.scenarios.push_back({plan.plan, assumptions});
    finished.names.push_back(plan.name);
  }
  const TimeGrid& grid = loaded.c.run.grid;
  Progress progress(days_of(grid), common.lang, shows_progress(common));
  finished.clock = start_clock(common);
  const auto start = std::chrono::steady_clock::now();
  ThreadWorkers workers(threads_of(common));
  finished.results = run_scenarios(loaded.c.basin, loaded.c.run, loaded.c.assessment, finished.scenarios,
                                   progress_of(progress, grid.offset), &workers);
  finished.clock.wall_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return finished;
}

int interrupted_status(Lang lang) {
  std::cerr << (lang == Lang::zh ? "已中断；未写出任何结果。\n" : "Interrupted; no results were written.\n");
  return 128 + interrupted();
}

std::vector<PlanVerdict> verdicts(const LoadedCase& loaded, const Finished& finished) {
  return compare(loaded.c.basin, loaded.c.run, finished.names, finished.scenarios, finished.results);
}

}  // namespace limpid
