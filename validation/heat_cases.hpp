// Water on its way to the equilibrium temperature.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void equilibrium_temperature_steady(const CaseFolder& folder, Report& report);
void equilibrium_temperature_diel(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
