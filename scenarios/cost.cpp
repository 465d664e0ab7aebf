#include "scenarios/cost.hpp"

#include <algorithm>

namespace limpid {

namespace {

constexpr double kYear = 365.25 * 86400;  // the year of "元/a" and "kWh/a"
constexpr double kJoulesPerKwh = 3.6e6;

int year_of(Time t, std::chrono::seconds offset) {
  return Month::of(t, offset).year();
}

// Share of a calendar year that [from, to) covers.
double share_of_year(int year, Time from, Time to, std::chrono::seconds offset) {
  const Time begin = Month{12 * year}.begin(offset), end = Month{12 * (year + 1)}.begin(offset);
  const Time a = std::max(from, begin), b = std::min(to, end);
  return a < b ? (seconds_of(b) - seconds_of(a)) / (seconds_of(end) - seconds_of(begin)) : 0;
}

void pay(const Measure& m, const TimeGrid& grid, PlanCost& cost) {
  if (m.start >= grid.end) return;
  const Time stop = m.end ? std::min(*m.end, grid.end) : grid.end;
  if (m.capex > 0) cost.years[year_of(m.start, grid.offset)].capex += m.capex;
  for (int year = year_of(m.start, grid.offset); year <= year_of(grid.end, grid.offset); ++year) {
    const double share = share_of_year(year, m.start, stop, grid.offset);
    if (share <= 0) continue;
    cost.years[year].opex += m.opex * kYear * share;
    if (m.energy > 0) cost.energy[year] += m.energy * kYear / kJoulesPerKwh * share;
  }
}

int attained_months(const Basin& basin, const ScenarioResult& result) {
  int count = 0;
  for (const SectionVerdict& v : result.assessment.monthly)
    if (basin.sections[static_cast<std::size_t>(v.section)].target && !v.partial)
      count += v.attained == Attained::yes;
  return count;
}

}  // namespace

PlanCost cost_of(const Basin& basin, const RunOptions& options, const Plan& plan,
                 const ScenarioResult& baseline, const ScenarioResult& result) {
  PlanCost cost;
  for (const Measure& m : plan.measures) pay(m, options.grid, cost);
  for (const auto& [year, flow] : cost.years) cost.total += flow.capex + flow.opex;
  const double begin = seconds_of(options.grid.begin), end = seconds_of(options.grid.end);
  const std::vector<double> existing = mean_loads(basin, options, Plan{}, begin, end),
                            left = mean_loads(basin, options, plan, begin, end);
  for (std::size_t c = 0; c < left.size(); ++c) {
    const Constituent& constituent = basin.constituents[c];
    if (constituent.basis != AmountBasis::gram || constituent.is_tag()) continue;
    const double kg = (existing[c] - left[c]) * (end - begin) / 1000;
    cost.removed[constituent.id] = kg;
    if (kg > 0 && cost.total > 0) cost.per_kg[constituent.id] = cost.total / kg;
  }
  cost.attained_months = attained_months(basin, result) - attained_months(basin, baseline);
  if (cost.attained_months > 0 && cost.total > 0) cost.per_attained_month = cost.total / cost.attained_months;
  return cost;
}

}  // namespace limpid
