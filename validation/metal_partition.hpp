// A metal that is partly dissolved and partly on suspended solids, which settle.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void metal_partition(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
