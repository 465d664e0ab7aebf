// What enters a river through a cross-section where the concentration is prescribed (first-type inlet). The
// model's own inlet is a flux inlet, so a case with a first-type inlet feeds this load.
//
// van Genuchten & Alves (1982) for inlet concentration c0 from t = 0, nothing before, decay k:
//   C = c0/2 [exp((u-v)x/2D) erfc((x-vt)/s) + exp((u+v)x/2D) erfc((x+vt)/s)],  v = sqrt(u^2 + 4kD), s = 2
//   sqrt(Dt)
// Its flux per area at x = 0 is J = uC - D dC/dx = c0/2 (u + v erf z) + c0 sqrt(D/(pi t)) exp(-z^2), z = v
// sqrt(t/D)/2.
#pragma once

#include <complex>
#include <functional>
#include <vector>

namespace limpid::validation {

struct Inlet {
  double speed = 0, dispersion = 0, decay = 0;  // m/s, m2/s, 1/s
};

// Integral of J over [0, t] for c0 = 1, m.
double first_type_inflow(const Inlet& inlet, double t);

// Means of J over steps n of [n step, (n + 1) step), for c0 = 1, m/s.
std::vector<double> first_type_flux(const Inlet& inlet, double step, int steps);

// The same where dead zones or sorption hold the solute back for a while: `phi` is s plus the Laplace
// transform of what they take per concentration (phi = s + k: a decay k).
std::vector<double> first_type_flux(double speed, double dispersion,
                                    const std::function<std::complex<double>(std::complex<double>)>& phi,
                                    double step, int steps);

}  // namespace limpid::validation
