#include "scenarios/comparison.hpp"

#include <algorithm>

namespace limpid {

namespace {

constexpr double kYear = 365.25 * 86400;   // the year of "元/a"
constexpr double kKgPerDay = 86400 / 1e3;  // in one g/s

std::vector<double> last_year_loads(const Basin& basin, const RunOptions& options, const Plan& plan) {
  const double end = seconds_of(options.grid.end);
  const double begin = std::max(seconds_of(options.grid.begin), end - 365.0 * 86400);
  return mean_loads(basin, options, plan, begin, end);
}

}  // namespace

std::vector<PlanVerdict> compare(const Basin& basin, const RunOptions& options,
                                 const std::vector<std::string>& names,
                                 const std::vector<Scenario>& scenarios,
                                 const std::vector<ScenarioResult>& results) {
  const std::vector<double> existing = last_year_loads(basin, options, Plan{});
  std::vector<PlanVerdict> list;
  const Plan* first = nullptr;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    PlanVerdict verdict;
    verdict.plan = names[i];
    verdict.answers = results[i].answers;
    for (const Measure& measure : scenarios[i].plan.measures) {
      verdict.capex += measure.capex;
      verdict.opex += measure.opex * kYear;
    }
    const std::vector<double> left = last_year_loads(basin, options, scenarios[i].plan);
    for (std::size_t c = 0; c < left.size(); ++c)
      if (basin.constituents[c].basis == AmountBasis::gram && !basin.constituents[c].is_tag())
        verdict.load_cut[basin.constituents[c].id] = (existing[c] - left[c]) * kKgPerDay;
    verdict.cost = cost_of(basin, options, scenarios[i].plan, results.front(), results[i]);
    if (first) verdict.differences = differences(basin, *first, scenarios[i].plan, options.grid.offset);
    if (!first && !scenarios[i].plan.measures.empty()) first = &scenarios[i].plan;
    list.push_back(std::move(verdict));
  }
  return list;
}

}  // namespace limpid
