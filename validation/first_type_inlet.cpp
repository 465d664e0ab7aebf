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

namespace {

using Complex = std::complex<double>;

// Inverse of a Laplace transform by the fixed Talbot contour (Abate & Valko 2004, doi:10.1002/nme.995); 16
// points give about nine digits.
double inverse_laplace(const std::function<Complex(Complex)>& transform, double t) {
  constexpr int kPoints = 16;
  const double r = 2.0 * kPoints / (5 * t);
  double sum = 0.5 * std::exp(r * t) * transform(r).real();
  for (int k = 1; k < kPoints; ++k) {
    const double theta = k * std::numbers::pi / kPoints, cot = 1 / std::tan(theta);
    const Complex s = r * theta * Complex(cot, 1);
    sum += (std::exp(t * s) * transform(s) * Complex(1, theta + (theta * cot - 1) * cot)).real();
  }
  return r / kPoints * sum;
}

}  // namespace

// The transform of J is u/2 (1 + sqrt(1 + 4 D phi / u^2)) / s; its integral over time has one s more below.
std::vector<double> first_type_flux(double speed, double dispersion,
                                    const std::function<Complex(Complex)>& phi, double step, int steps) {
  const double scale = 4 * dispersion / (speed * speed);
  const auto inflow = [&](Complex s) {
    return 0.5 * speed * (1.0 + std::sqrt(1.0 + scale * phi(s))) / (s * s);
  };
  std::vector<double> flux;
  double before = 0;
  for (int n = 1; n <= steps; ++n) {
    const double now = inverse_laplace(inflow, n * step);
    flux.push_back((now - before) / step);
    before = now;
  }
  return flux;
}

}  // namespace limpid::validation
