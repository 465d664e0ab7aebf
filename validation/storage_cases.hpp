// A pulse through one river with dead zones beside it.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void transient_storage_conservative(const CaseFolder& folder, Report& report);
void transient_storage_decay(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
