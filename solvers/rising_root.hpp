// Roots of functions of one depth that rise with it, inside a bracket.
#pragma once

#include <algorithm>
#include <cmath>

namespace limpid {

// A function's value and about its slope.
struct Line {
  double value, slope;
};

// Root of a function that rises with x > 0, between low (where it is not above 0) and high; f gives a Line.
// At most 100 steps of Newton's method, or halvings where it leaves the bracket.
template <class F>
double rising_root(const F& f, double low, double high) {
  constexpr int kMost = 100;
  double x = 0.5 * (low + high);
  for (int n = 0; n < kMost; ++n) {
    const auto [value, slope] = f(x);
    (value > 0 ? high : low) = x;
    double next = slope > 0 ? x - value / slope : low;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const bool near = std::fabs(next - x) <= 1e-13 * x || high - low <= 1e-14 * high;
    x = next;
    if (near) break;
  }
  return x;
}

// The first depth, doubling from `from`, at which a rising function is above 0.
template <class F>
double above_root(const F& f, double from) {
  double high = std::max(from, 1e-3);
  for (int n = 0; n < 60 && f(high).value <= 0; ++n) high *= 2;
  return high;
}

}  // namespace limpid
