// The ready set `river` at one point: the default integrator against SUNDIALS CVODE.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void river_set_order(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
