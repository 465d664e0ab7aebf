// Oxygen sag of Streeter and Phelps along a river in plug flow.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void streeter_phelps(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
