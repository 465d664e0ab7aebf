// Limiting factors of rates, between 0 and 1, written so that they vanish with their argument: no difference
// of nearly equal numbers, never negative.
#pragma once

#include "model/elementary.hpp"

namespace limpid {

// c / (half + c), c > 0, half >= 0 (Monod 1949).
inline double monod(double c, double half) {
  return c / (half + c);
}

// 1 - exp(-x) for x >= 0; below 0.01 by its series, whose first neglected term is x^6/720 of it at
// most 1.4e-15.
inline double one_minus_exp(double x) {
  const double series =
      x * (1.0 - x / 2.0 * (1.0 - x / 3.0 * (1.0 - x / 4.0 * (1.0 - x / 5.0 * (1.0 - x / 6.0)))));
  return x < 0.01 ? series : 1.0 - elementary::exp(-x);
}

}  // namespace limpid
