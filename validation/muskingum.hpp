// Muskingum's method and that of Cunge, by the cell of the routing schemes with a linear storage relation.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

// Largest error of the outflow, relative to the amplitude of the inflow, over the table's times. dt: s
double sine_error(const Reference& reference, double dt);
// Root mean square of the error over the table, relative to the step of the inflow. dx, dt: about, made to
// fit
double hayami_error(const Reference& reference, double dx, double dt);

void muskingum_sine(const CaseFolder& folder, Report& report);
void muskingum_chow(const CaseFolder& folder, Report& report);
void hayami_step(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
