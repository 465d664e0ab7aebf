// What a plan costs over the run, year by year, and what the money buys.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "scenarios/scenario.hpp"

namespace limpid {

// 元 of one calendar year (of the case's local time).
struct CashFlow {
  double capex = 0, opex = 0;
};

struct PlanCost {
  // Investment falls into the year in which a measure starts. Running cost runs from the start to the end of
  // the measure or of the run, 元/a times the share of the calendar year; seasons, lag and ramp do not change
  // it. What starts after the run is left out.
  std::map<int, CashFlow> years;
  double total = 0;              // 元, of those years
  std::map<int, double> energy;  // kWh, likewise
  // Over the run, against the sources as they are: kg, and 元 for each; constituents counted in grams.
  std::map<std::string, double> removed, per_kg;
  // Assessed months of sections with a target that attain with the plan, less those without; 元 for each.
  int attained_months = 0;
  std::optional<double> per_attained_month;
};

PlanCost cost_of(const Basin& basin, const RunOptions& options, const Plan& plan,
                 const ScenarioResult& baseline, const ScenarioResult& result);

}  // namespace limpid
