// Steady concentrations on networks against exact answers.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void network_plug_flow(const CaseFolder& folder, Report& report);
void network_dispersion(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
