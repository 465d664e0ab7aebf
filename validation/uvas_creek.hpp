// Uvas Creek, 1972: three hours of chloride, and of strontium that sorbs, released into a small
// pool-and-riffle stream with dead zones.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void uvas_creek(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
