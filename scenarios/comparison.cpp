#include "scenarios/comparison.hpp"

#include <algorithm>

namespace limpid {

namespace {

constexpr double kYear = 365.25 * 86400;  // the year of "元/a"

std::vector<double> last_year_loads(const Basin& basin, const RunOptions& options, const Plan& plan) {
  const double end = seconds_of(options.grid.end);
  const double begin = std::max(seconds_of(options.grid.begin), end - 365.0 * 86400);
  return mean_loads(basin, options, plan, begin, end);
}

void add_rows(const Basin& basin, const ScenarioResult& result, PlanSummary& summary) {
  summary.all_attained_on_limit_date = summary.all_held = true;
  for (std::size_t s = 0; s < basin.sections.size(); ++s)
    for (const DeadlineAnswer& answer : result.answers[s]) {
      const Section& section = basin.sections[s];
      summary.rows.push_back({section.id, section.name_zh, answer});
      if (answer.indicator != "section" || answer.rule != JudgingRule::monthly || !section.limit_date)
        continue;
      summary.all_attained_on_limit_date &= answer.attained_on_limit_date.value_or(false);
      summary.all_held &= answer.held == Held::yes;
    }
}

}  // namespace

std::vector<PlanSummary> compare(const Basin& basin, const RunOptions& options,
                                 const std::vector<Scenario>& scenarios,
                                 const std::vector<ScenarioResult>& results) {
  std::vector<PlanSummary> list;
  std::vector<double> baseline;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    const Plan& plan = scenarios[i].plan;
    PlanSummary summary;
    summary.plan = i == 0 ? "baseline" : plan.id;
    summary.name_zh = plan.name_zh;
    summary.name_en = plan.name_en;
    for (const Measure& measure : plan.measures) {
      summary.capex += measure.capex;
      summary.opex_per_year += measure.opex * kYear;
    }
    const std::vector<double> loads = last_year_loads(basin, options, plan);
    if (i == 0) baseline = loads;
    for (std::size_t c = 0; c < loads.size(); ++c) summary.load_cut.push_back(baseline[c] - loads[c]);
    add_rows(basin, results[i], summary);
    list.push_back(std::move(summary));
  }
  return list;
}

}  // namespace limpid
