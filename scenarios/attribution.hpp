// Which measure brought how much of a plan's improvement: Shapley values of the game whose players are the
// plan's measures and whose value is the margin that `plan compare` judges, by section and indicator.
//
// The judged value is DeadlineAnswer::margin by the monthly rule (the month that holds the limit date), for
// every asked indicator and for the whole section. The improvement is the margin with all measures less that
// with none. Every coalition of measures is a plan of its own and is run: those that share their water ride
// as lanes of one batch, those that change it make batches of their own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace limpid {

struct AttributionOptions {
  int exact_up_to = 12;  // measures; above, orders are sampled
  int orders = 64;       // sampled, an even number
  std::uint64_t seed = 1;
};

struct Contribution {
  int section = 0;
  std::string indicator, measure;
  double improvement = 0;     // of the margin, by the whole plan
  double contribution = 0;    // of it, by this measure
  double share = 0;           // contribution / improvement; shares of one section and indicator add up to 1
  double standard_error = 0;  // of the share; 0 where it is exact
  double alone = 0, withdrawn = 0;  // improvement by it alone (first in); lost without it (last in)
};

struct Attribution {
  bool sampled = false;
  int orders = 0;      // sampled
  int coalitions = 0;  // plans that were run for it
  double step = 0;     // s, of those runs
  // Largest difference between the two steps in a margin of the baseline or the plan; absent where the case's
  // own step was used.
  std::optional<double> step_difference;
  // By section, indicator, measure in the order of the plan. Nothing where the whole plan does not change the
  // margin or a margin is unknown.
  std::vector<Contribution> contributions;
};

// One attribution a plan. Plans must have at most kMostPlayers measures. `results`: of the baseline and the
// plans at the case's own step, baseline first. Coalitions with the same effect, of one plan or of several,
// are run once. Empty when `progress` stopped it.
std::vector<Attribution> attribute(const Basin& basin, const RunOptions& options,
                                   const AssessmentRules& rules, const std::vector<const Plan*>& plans,
                                   const std::vector<const ScenarioResult*>& results,
                                   const AttributionOptions& how, const ProgressReport& progress = {},
                                   Workers* workers = nullptr);

}  // namespace limpid
