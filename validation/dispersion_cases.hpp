// Advection, dispersion and decay in one uniform river against exact answers.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void ogata_banks(const CaseFolder& folder, Report& report);
void ogata_banks_high_peclet(const CaseFolder& folder, Report& report);
void decaying_pulse(const CaseFolder& folder, Report& report);
void decaying_flux_inlet(const CaseFolder& folder, Report& report);
void gaussian_spill(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
