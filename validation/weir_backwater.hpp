// Steady flow above a broad weir, free and drowned.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void weir_backwater(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
