// What the heat of water needs in every process that moves it.
#pragma once

#include "model/elementary.hpp"

namespace limpid {

inline constexpr double kWaterHeat = 1000.0 * 4186.0;       // heat capacity of water, J m-3 K-1
inline constexpr double kStefanBoltzmann = 5.670374419e-8;  // W m-2 K-4 (CODATA 2018)
inline constexpr double kKelvin = 273.15;

// saturation_vapour_pressure() inline, for rates [hPa].
inline double vapour_pressure_over(double temperature) {
  constexpr double kHectopascalPerMmHg = 1.33322;
  return 4.596 * kHectopascalPerMmHg * elementary::exp(17.27 * temperature / (237.3 + temperature));
}

}  // namespace limpid
