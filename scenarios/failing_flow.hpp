// The flow at which a plan just fails: how far the natural inflow (boundaries and diffuse inflow along the
// river) may fall before a section misses its target.
#pragma once

#include <optional>
#include <vector>

#include "scenarios/scenario.hpp"

namespace limpid {

// Of a whole section, by the monthly rule on its limit date.
struct FailingFlow {
  int section = 0;
  // Times the natural inflow; between the two factors that were run, linear in 1/factor (exact
  // where concentrations follow dilution alone). At or above it the target is met on the limit date, below it
  // not.
  double factor = 1;
  double met_at = 0, missed_at = 0;  // the factors that were run on either side
  double discharge = 0;              // m3/s at the section then, mean of the month of the limit date
};

// Factors that are run: 1/8 to 4 in steps of the square root of 2.
std::vector<double> flow_factors();

// Per plan, in order of the sections, those with a limit date inside the run whose target is met at one
// factor and missed at the next lower one. What such an inflow brings follows its flow where it is given as a
// concentration; works and outfalls discharge as they did. All plans ride as lanes, one batch a factor. Empty
// when `progress` stopped it.
std::vector<std::vector<FailingFlow>> failing_flows(const Basin& basin, const RunOptions& options,
                                                    const AssessmentRules& rules,
                                                    const std::vector<const Plan*>& plans,
                                                    const ProgressReport& progress = {},
                                                    Workers* workers = nullptr);

}  // namespace limpid
