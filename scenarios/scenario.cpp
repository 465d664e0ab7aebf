#include "scenarios/scenario.hpp"

#include <algorithm>
#include <mutex>

#include "scenarios/batch_run.hpp"

namespace limpid {

std::shared_ptr<BatchOutcome> outcome_of(const Simulation& simulation, const RunOptions& options) {
  auto outcome = std::make_shared<BatchOutcome>();
  outcome->ledger = simulation.ledger();
  outcome->water_ledger = simulation.water_ledger();
  outcome->failures = simulation.failures();
  outcome->kinetics = simulation.kinetics_counts();
  outcome->hydraulics = simulation.hydraulics().counts();
  outcome->steps = simulation.steps_done();
  outcome->lanes = simulation.rows().lanes;
  for (int c = 0; c < simulation.rows().constituents; ++c)
    for (int l = 0; l < outcome->lanes; ++l) {
      outcome->stock_begin.push_back(simulation.stock_begin(c, l));
      outcome->stock_end.push_back(simulation.stores().total(c, l));
      outcome->closure.push_back(simulation.closure(c, l));
    }
  outcome->water_begin = simulation.stock_begin(-1, 0);
  for (double volume : simulation.water().volume1) outcome->water_end += volume;
  outcome->water_closure = simulation.closure(-1, 0);
  for (int l = 0; options.final_state && l < outcome->lanes; ++l)
    outcome->final_states.push_back(simulation.river_state(l, options.grid.end));
  return outcome;
}

namespace {

void judge_result(const Basin& basin, const AssessmentRules& rules, ScenarioResult& result) {
  result.assessment =
      assess(basin.standard, basin.sections, indicator_series(basin.standard, result.record), rules);
  for (std::size_t s = 0; s < basin.sections.size(); ++s)
    result.answers.push_back(
        deadline_answers(basin.standard, basin.sections[s], static_cast<int>(s), result.assessment, rules));
}

}  // namespace

std::vector<ScenarioResult> run_scenarios(const Basin& basin, const RunOptions& options,
                                          const AssessmentRules& rules,
                                          const std::vector<Scenario>& scenarios,
                                          const ProgressReport& progress, Workers* workers) {
  std::vector<ScenarioResult> results(scenarios.size());
  const auto keep = [&](std::size_t i, ScenarioResult result) { results[i] = std::move(result); };
  const bool whole = run_each(basin, options, rules, scenarios, scenarios.size(), keep, progress, workers);
  return whole ? std::move(results) : std::vector<ScenarioResult>{};
}

std::size_t lanes_at_a_time(const Basin& basin, const RunOptions& options) {
  constexpr double kMemory = 1e9, kMostLanes = 16;  // bytes
  const double times = options.grid.step * static_cast<double>(options.grid.steps()) /
                       std::max(options.grid.step, options.section_interval);
  const double lane = times * static_cast<double>(basin.sections.size()) *
                      static_cast<double>(recorded_quantities(basin).size() + 1) * sizeof(double);
  return static_cast<std::size_t>(std::clamp(kMemory / std::max(1.0, lane), 1.0, kMostLanes));
}

ScenarioResult result_of(const Basin& basin, const AssessmentRules& rules,
                         const std::shared_ptr<const BatchOutcome>& outcome, int lane, Record record) {
  ScenarioResult result;
  result.batch = outcome;
  result.lane = lane;
  result.record = std::move(record);
  for (const LaneFailure& failure : outcome->failures) result.failed = result.failed || failure.lane == lane;
  judge_result(basin, rules, result);
  return result;
}

namespace {

// How far all batches are, whoever runs them, and whether to go on: one worker at a time.
class Watched {
 public:
  Watched(std::size_t batches, const TimeGrid& grid, const ProgressReport& progress)
      : grid_(grid), progress_(progress), steps_(batches, 0) {}

  bool reached(std::size_t batch, std::int64_t step) {
    const std::scoped_lock lock(mutex_);
    all_ += step - steps_[batch];
    steps_[batch] = step;
    const auto whole = static_cast<double>(grid_.steps()) * static_cast<double>(steps_.size());
    stopped_ = stopped_ || (progress_ && !progress_(static_cast<double>(all_) / whole, grid_.time(step)));
    return !stopped_;
  }
  std::mutex& mutex() { return mutex_; }

 private:
  const TimeGrid& grid_;
  const ProgressReport& progress_;
  std::mutex mutex_;
  std::vector<std::int64_t> steps_;
  std::int64_t all_ = 0;
  bool stopped_ = false;
};

}  // namespace

bool run_each(const Basin& basin, const RunOptions& options, const AssessmentRules& rules,
              const std::vector<Scenario>& scenarios, std::size_t lanes, const ResultSink& take,
              const ProgressReport& progress, Workers* workers) {
  std::vector<std::string> keys;
  for (const Scenario& scenario : scenarios)
    keys.push_back(water_key(basin, scenario.plan, scenario.assumptions));
  const auto batches = pack(keys, std::max<std::size_t>(1, lanes));
  Watched watched(batches.size(), options.grid, progress);
  const auto run_batch = [&](std::size_t b) {
    std::vector<const Plan*> plans;
    std::vector<const Assumptions*> assumptions;
    for (const std::size_t i : batches[b]) {
      plans.push_back(&scenarios[i].plan);
      assumptions.push_back(&scenarios[i].assumptions);
    }
    const RunOptions own = run_options(options, *assumptions.front());
    BatchRun run(basin, own, plans, assumptions);
    if (!run.run([&](std::int64_t step) { return watched.reached(b, step); })) return false;
    const auto outcome = run.outcome();
    for (std::size_t lane = 0; lane < batches[b].size(); ++lane) {
      ScenarioResult result = run.result(rules, outcome, static_cast<int>(lane));
      const std::scoped_lock lock(watched.mutex());
      take(batches[b][lane], std::move(result));
    }
    return true;
  };
  OneWorker alone;
  return (workers ? *workers : alone).run(batches.size(), run_batch);
}

namespace {

constexpr double kMonth = 31 * 86400.0;

// From the record's unit to the item's: concentrations are recorded in g m-3 (= mg/L), counts per m3.
double to_item_unit(const StandardItem& item, const RecordedQuantity& quantity) {
  if (item.unit == "1/L") return 1e-3;
  return item.unit == "mg/m3" && quantity.unit == "g m-3" ? 1e3 : 1.0;
}

}  // namespace

// A single instant (of a steady state) stands for its month.
std::vector<IndicatorSeries> indicator_series(const Standard& standard, const Record& record) {
  std::vector<IndicatorSeries> list;
  for (const StandardItem& item : standard.items) {
    const int q = record.quantity(item.id);
    if (q < 0 || record.section_times.empty()) continue;
    const double factor = to_item_unit(item, record.quantities[static_cast<std::size_t>(q)]);
    for (int s = 0; s < record.sections; ++s) {
      IndicatorSeries series;
      series.section = s;
      series.indicator = item.id;
      series.interval =
          record.section_times.size() > 1 ? record.section_times[1] - record.section_times[0] : kMonth;
      series.times = record.section_times;
      for (std::size_t t = 0; t < series.times.size(); ++t)
        series.values.push_back(factor * record.section(t, s, q));
      list.push_back(std::move(series));
    }
  }
  return list;
}

std::vector<double> mean_loads(const Basin& basin, const RunOptions& options, const Plan& plan, double t0,
                               double t1) {
  constexpr double kDay = 86400;
  Batch batch(basin, options, {&plan});
  const Rows rows(static_cast<int>(basin.constituents.size()), 1);
  std::vector<double> load, total(basin.constituents.size(), 0.0);
  double days = 0;
  for (double t = t0; t + kDay <= t1 + 1; t += kDay, ++days) {
    batch.loads(t, t + kDay, rows, load);
    for (std::size_t s = 0; s < basin.sources.size(); ++s)
      for (std::size_t c = 0; c < total.size(); ++c) total[c] += load[rows.at(static_cast<int>(s)) + c];
  }
  for (double& value : total) value = days > 0 ? value / (days * kDay) : 0;
  return total;
}

}  // namespace limpid
