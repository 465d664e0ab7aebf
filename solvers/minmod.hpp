// The smaller of two slopes where both have one sign, else 0; without branches, so that loops vectorise.
#pragma once

#include <algorithm>

namespace limpid {

inline double minmod(double a, double b) {
  const double positive = std::max(0.0, std::min(a, b)), negative = std::min(0.0, std::max(a, b));
  return a > 0 ? positive : negative;
}

}  // namespace limpid
