// The steady state of a scenario: what the river would settle to if the inputs of one day stayed.
#pragma once

#include "scenarios/scenario.hpp"
#include "solvers/steady_state.hpp"

namespace limpid {

struct SteadyRun {
  // The record holds the one instant at the begin of the day, by which that day's month is judged; the ledger
  // one day of the steady state. No record where the search was stopped or failed.
  ScenarioResult result;
  SteadyState state;
};

// The case at the means of [day, day + 1 d) of its inputs and of the plan's measures (light: the mean over
// day and night). options: of the case; its step, sub-steps and initial state or concentrations are used.
SteadyRun run_steady(const Basin& basin, const RunOptions& options, const AssessmentRules& rules,
                     const Scenario& scenario, Time day, const SteadySearch& search = {},
                     const std::function<bool(int days)>& keep_going = {});

// How such a state is recorded and judged: one day, one value, which stands for its month.
RunOptions steady_options(const RunOptions& options, Time day);
AssessmentRules steady_rules(const AssessmentRules& rules);

}  // namespace limpid
