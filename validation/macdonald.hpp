// Steady profiles over uneven beds with an exact answer (MacDonald et al. 1997).
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void macdonald(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
