#include "solvers/cascade.hpp"

#include <algorithm>

namespace limpid {
namespace {

// Share of the passing water `a` that stays in a cell with outflow `out`: half the outflow mixes, more only
// where the cell could not hold what stays.
double staying(double a, double volume1, double out) {
  if (out <= 0) return 1;
  const double beta = a > volume1 + 0.5 * out ? std::clamp((a - volume1) / out, 0.5, 1.0) : 0.5;
  return volume1 / (volume1 + beta * out);
}

}  // namespace

Exits cascade(const LateralWater& water, double* stay, double* down, double* rest1) {
  Exits exits;
  double* passing = rest1;  // a cell's entry is read before it gets its result
  std::copy_n(water.in, water.cells, passing);
  follow_flow(water.cells, water.face, [&](int i) {
    const double a = passing[i];
    const double to_lower = std::max(water.face[i + 1], 0.0), to_upper = std::max(-water.face[i], 0.0);
    stay[i] = staying(a, water.volume1[i], to_lower + to_upper);
    down[i] = to_upper > 0 ? to_lower / (to_lower + to_upper) : 1.0;
    const double kept = stay[i] * a, going = a - kept, lower = going * down[i];
    rest1[i] = std::max(water.volume1[i] - kept, 0.0);
    if (lower > 0) (i + 1 < water.cells ? passing[i + 1] : exits.lower) += lower;
    if (going > lower) (i > 0 ? passing[i - 1] : exits.upper) += going - lower;
  });
  return exits;
}

}  // namespace limpid
