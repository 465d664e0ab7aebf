// A steady outfall in a river or an estuary: concentrations above and below it.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void oloughlin_bowmer(const CaseFolder& folder, Report& report);
void hj23_regimes(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
