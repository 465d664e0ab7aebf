// A real network: the Lower Colorado River, Texas.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void lower_colorado(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
