// Open channels by the dynamic wave against EPA SWMM 5.2.4 (DYNWAVE).
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void swmm_open(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
