// Rival plans side by side: what each costs, what it takes out of the river, and when it meets every target.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenarios/attribution.hpp"
#include "scenarios/confidence.hpp"
#include "scenarios/cost.hpp"
#include "scenarios/failing_flow.hpp"
#include "scenarios/interim.hpp"
#include "scenarios/plan_difference.hpp"
#include "scenarios/scenario.hpp"

namespace limpid {

struct PlanVerdict {
  std::string plan;  // the plan's file name without .toml, or "baseline"
  double capex = 0;  // 元
  double opex = 0;   // 元/a
  // kg/d against the sources as they are, mean over the run's last year; constituents that are counted in
  // grams.
  std::map<std::string, double> load_cut;
  std::vector<std::vector<DeadlineAnswer>> answers;  // per section, in order of the sections
  PlanCost cost{};                               // of the run's years, against the baseline if that ran too
  std::vector<MeasureDifference> differences{};  // from the first plan
  std::map<std::string, std::string> slips{};    // --slip that this plan took: measure, period
  std::optional<Attribution> attribution{};      // where they were asked for; not of the baseline
  std::optional<PlanConfidence> confidence{};
  std::optional<std::vector<FailingFlow>> failing_flows{};
  std::vector<InterimAnswer> interim{};  // of the baseline, too
};

// names, scenarios and results go together; the first scenario with an empty plan is the baseline.
std::vector<PlanVerdict> compare(const Basin& basin, const RunOptions& options,
                                 const std::vector<std::string>& names,
                                 const std::vector<Scenario>& scenarios,
                                 const std::vector<ScenarioResult>& results);

}  // namespace limpid
