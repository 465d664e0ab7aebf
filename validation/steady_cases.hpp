// The steady state by KINSOL: against the analytic oxygen sag, and against runs that take long enough.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

// The classic Streeter-Phelps profile as a steady state.
void steady_streeter_phelps(const CaseFolder& folder, Report& report);
// Boulder Creek with the set `river` under the mean of its day: the state found against the same inputs run
// for months from two different starts.
void steady_boulder_creek(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
