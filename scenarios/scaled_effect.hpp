// A measure that does more or less than it is stated to do.
#pragma once

#include "model/basin.hpp"
#include "scenarios/measure.hpp"

namespace limpid {

// A cap or a set load cannot be reached at 1/0: an effect of nothing at all is taken as a thousandth.
inline constexpr double kLeastEffect = 1e-3;

// An action that removes or changes does `f` times what is stated (a removal at most 1), a cap and a set load
// are reached at 1/f of it, a parameter is moved f times as far from the case's. f below kLeastEffect
// counts as that.
void scale_effect(Measure& measure, double f, const Basin& basin);

}  // namespace limpid
