#include "validation/first_type_inlet.hpp"

#include <cmath>
#include <numbers>

namespace limpid::validation {

namespace {

double effective_speed(const Inlet& inlet) {
  return std::sqrt(inlet.speed * inlet.speed + 4 * inlet.decay * inlet.dispersion);
}

}  // namespace

// With z as the variable, t = 4 D z^2 / v^2: the integral of erfc(z) dt is 8D/v^2 times
// z^2/2 erfc z + erf z / 4 - z exp(-z^2) / (2 sqrt pi), that of sqrt(D/(pi t)) exp(-z^2) dt is 2D/v erf z.
double first_type_inflow(const Inlet& inlet, double t) {
  const double v = effective_speed(inlet), d = inlet.dispersion, z = 0.5 * v * std::sqrt(t / d);
  const double erfc_part = 8 * d / (v * v) *
                           (0.5 * z * z * std::erfc(z) + 0.25 * std::erf(z) -
                            0.5 * std::numbers::inv_sqrtpi * z * std::exp(-z * z));
  return 0.5 * (inlet.speed * t + v * (t - erfc_part)) + 2 * d / v * std::erf(z);
}

std::vector<double> first_type_flux(const Inlet& inlet, double step, int steps) {
  std::vector<double> flux;
  double before = 0;
  for (int n = 1; n <= steps; ++n) {
    const double now = first_type_inflow(inlet, n * step);
    flux.push_back((now - before) / step);
    before = now;
  }
  return flux;
}

}  // namespace limpid::validation
