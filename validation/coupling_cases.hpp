// Order of the coupling between transport, dispersion, dead zones and kinetics, against the method of lines.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void coupling_order(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
