// Limiting factors of rates, between 0 and 1, written so that they vanish with their argument: no difference
// of nearly equal numbers, never negative.
#pragma once

#include "model/elementary.hpp"

namespace limpid {

// c / (half + c), c > 0, half >= 0 (Monod 1949).
inline double monod(double c, double half) {
  return c / (half + c);
}

// 1 - exp(-x) for x >= 0; below 0.01 by its series, whose first neglected term is x^6/5040 of it, at most
// 2e-16.
inline double one_minus_exp(double x) {
  constexpr double k3 = 1.0 / 3.0, k5 = 1.0 / 5.0, k6 = 1.0 / 6.0;
  const double series =
      x * (1.0 - 0.5 * x * (1.0 - k3 * x * (1.0 - 0.25 * x * (1.0 - k5 * x * (1.0 - k6 * x)))));
  return x < 0.01 ? series : 1.0 - elementary::exp(-x);
}

}  // namespace limpid
