// Boulder Creek (Colorado) on 21 August 1987, as QUAL2Kw 5 has it: 17 reaches, point and diffuse sources,
// steady flow, five days of the same weather.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void boulder_creek(const CaseFolder& folder, Report& report);            // limpid's own grid and schemes
void boulder_creek_reference(const CaseFolder& folder, Report& report);  // 17 cells, upwind, Euler

}  // namespace limpid::validation
