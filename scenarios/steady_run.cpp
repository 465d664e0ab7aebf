#include "scenarios/steady_run.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/constant_forcing.hpp"
#include "solvers/recorder.hpp"

namespace limpid {

namespace {

constexpr double kDay = 86400;

int samples_of_day(const RunOptions& options) {
  return std::max(24, static_cast<int>(kDay / options.grid.step));
}

}  // namespace

RunOptions steady_options(const RunOptions& options, Time day) {
  RunOptions one = options;
  one.grid.begin = day;
  one.grid.end = day + std::chrono::hours(24);
  if (std::fmod(kDay, options.grid.step) != 0) one.grid.step = 3600;
  one.initial = InitialKind::file;  // no spin-up
  one.section_interval = one.map_interval = kDay;
  return one;
}

AssessmentRules steady_rules(const AssessmentRules& rules) {
  AssessmentRules one = rules;
  one.statistic = MonthlyStatistic::time_mean;
  one.criteria.clear();  // of series, not of one value
  return one;
}

SteadyRun run_steady(const Basin& basin, const RunOptions& options, const AssessmentRules& rules,
                     const Scenario& scenario, Time day, const SteadySearch& search,
                     const std::function<bool(int days)>& keep_going) {
  const RunOptions one = steady_options(options, day);
  const double begin = one.grid.time(0);
  Batch batch(basin, options, {&scenario.plan}, {&scenario.assumptions});
  ConstantForcing forcing(batch, static_cast<std::size_t>(basin.network.cell_count()), begin, begin + kDay,
                          samples_of_day(options));
  Simulation simulation(basin, forcing, one);
  simulation.initialise();
  SteadyRun run;
  run.state = find_steady_state(simulation, search, keep_going);
  if (run.state.stopped) return run;
  Recorder recorder(basin, one, 1);
  StationWatch watch(basin, one);
  recorder.observe(simulation, begin);
  simulation.run({&watch});
  const auto outcome = outcome_of(simulation, one);
  outcome->steps = one.grid.steps() * (run.state.days + 1);
  outcome->station_days = watch.days();
  run.result = result_of(basin, steady_rules(rules), outcome, 0, std::move(recorder.take().front()));
  return run;
}

}  // namespace limpid
