// Oxygen that water holds in equilibrium with air.
#pragma once

#include "model/elementary.hpp"

namespace limpid {

// Saturation of fresh or saline water at 1 atm [g m-3]; temperature in degC, salinity in g/kg.
// Benson & Krause 1984 as in APHA Standard Methods 4500-O.
inline double oxygen_saturation(double temperature, double salinity = 0.0) {
  const double x = 1.0 / (temperature + 273.15);
  const double fresh =
      -139.34411 + x * (1.575701e5 + x * (-6.642308e7 + x * (1.243800e10 - x * 8.621949e11)));
  return elementary::exp(fresh - salinity * (1.7674e-2 + x * (-10.754 + x * 2140.7)));
}

// Share of the sea-level saturation that is left at an elevation [m above sea level] (QUAL2K).
inline double oxygen_elevation_factor(double elevation) {
  return 1.0 - 1.148e-4 * elevation;
}

}  // namespace limpid
