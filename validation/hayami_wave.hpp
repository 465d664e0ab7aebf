// Hayami's step response by the dynamic wave: small steps in a deep, slow, wide channel, where the full
// equations, linearised, are those of the diffusive wave.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

// Root mean square of the error over the table, relative to the step. dx must divide the table's distances
// and dt its times.
double hayami_wave_error(const Reference& reference, double dx, double dt);

void hayami_dynamic(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
