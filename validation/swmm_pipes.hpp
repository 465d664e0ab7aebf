// Pipes that run full, against EPA SWMM 5.2: its EXTRAN examples 1 and 4 and routing tests 1 and 5 (tables
// made by swmm_pipes.py).
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

// Every conduit is a reach; both begin dry. Flows and levels are reported without a limit: SWMM and the slot
// answer differently where pipes fill, and SWMM loses water at rims. What holds by construction has one.
void swmm_pipes(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
