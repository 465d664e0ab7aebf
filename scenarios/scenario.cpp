#include "scenarios/scenario.hpp"

#include <algorithm>

#include "scenarios/batch_run.hpp"

namespace limpid {

std::vector<ScenarioResult> run_scenarios(const Basin& basin, const RunOptions& options,
                                          const AssessmentRules& rules,
                                          const std::vector<Scenario>& scenarios,
                                          const ProgressReport& progress) {
  std::vector<ScenarioResult> results(scenarios.size());
  const auto keep = [&](std::size_t i, ScenarioResult result) { results[i] = std::move(result); };
  const bool whole = run_each(basin, options, rules, scenarios, scenarios.size(), keep, progress);
  return whole ? std::move(results) : std::vector<ScenarioResult>{};
}

std::size_t lanes_at_a_time(const Basin& basin, const RunOptions& options) {
  constexpr double kMemory = 1e9, kMostLanes = 64;  // bytes
  const double times = options.grid.step * static_cast<double>(options.grid.steps()) /
                       std::max(options.grid.step, options.section_interval);
  const double lane = times * static_cast<double>(basin.sections.size()) *
                      static_cast<double>(recorded_quantities(basin).size() + 1) * sizeof(double);
  return static_cast<std::size_t>(std::clamp(kMemory / std::max(1.0, lane), 1.0, kMostLanes));
}

namespace {

// Groups of scenarios with the same water, none larger than `lanes`.
std::vector<std::vector<int>> batches_of(const Basin& basin, const std::vector<Scenario>& scenarios,
                                         std::size_t lanes) {
  std::vector<Plan> plans;
  for (const Scenario& scenario : scenarios) plans.push_back(scenario.plan);
  std::vector<std::vector<int>> batches;
  for (const std::vector<int>& group : pack(basin, plans))
    for (std::size_t i = 0; i < group.size(); i += lanes)
      batches.emplace_back(group.begin() + static_cast<std::ptrdiff_t>(i),
                           group.begin() + static_cast<std::ptrdiff_t>(std::min(group.size(), i + lanes)));
  return batches;
}

}  // namespace

bool run_each(const Basin& basin, const RunOptions& options, const AssessmentRules& rules,
              const std::vector<Scenario>& scenarios, std::size_t lanes, const ResultSink& take,
              const ProgressReport& progress) {
  const auto batches = batches_of(basin, scenarios, std::max<std::size_t>(1, lanes));
  const auto all_steps = static_cast<double>(options.grid.steps()) * static_cast<double>(batches.size());
  for (std::size_t g = 0; g < batches.size(); ++g) {
    std::vector<const Plan*> plans;
    std::vector<const Assumptions*> assumptions;
    for (int i : batches[g]) {
      plans.push_back(&scenarios[static_cast<std::size_t>(i)].plan);
      assumptions.push_back(&scenarios[static_cast<std::size_t>(i)].assumptions);
    }
    BatchRun run(basin, options, plans, assumptions);
    const auto done = static_cast<double>(options.grid.steps()) * static_cast<double>(g);
    const bool whole = run.run([&](std::int64_t step) {
      return !progress || progress((done + static_cast<double>(step)) / all_steps, options.grid.time(step));
    });
    if (!whole) return false;
    const auto outcome = run.outcome();
    for (std::size_t lane = 0; lane < batches[g].size(); ++lane)
      take(static_cast<std::size_t>(batches[g][lane]), run.result(rules, outcome, static_cast<int>(lane)));
  }
  return true;
}

namespace {

// From the record's unit to the item's: concentrations are recorded in g m-3 (= mg/L), counts per m3.
double to_item_unit(const StandardItem& item, const RecordedQuantity& quantity) {
  if (item.unit == "1/L") return 1e-3;
  return item.unit == "mg/m3" && quantity.unit == "g m-3" ? 1e3 : 1.0;
}

}  // namespace

std::vector<IndicatorSeries> indicator_series(const Standard& standard, const Record& record) {
  std::vector<IndicatorSeries> list;
  for (const StandardItem& item : standard.items) {
    const int q = record.quantity(item.id);
    if (q < 0 || record.section_times.size() < 2) continue;
    const double factor = to_item_unit(item, record.quantities[static_cast<std::size_t>(q)]);
    for (int s = 0; s < record.sections; ++s) {
      IndicatorSeries series;
      series.section = s;
      series.indicator = item.id;
      series.interval = record.section_times[1] - record.section_times[0];
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
