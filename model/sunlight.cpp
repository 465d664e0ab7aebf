#include "model/sunlight.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "model/elementary.hpp"
#include "model/heat.hpp"

namespace limpid {

namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kSolarConstant = 1367;  // W/m2, as QUAL2K has it

// Abramowitz & Stegun 1964, 4.4.46; error at most 2e-8 for 0 <= x <= 1.
double arcsine(double x) {
  constexpr double a[] = {1.5707963050, -0.2145988016, 0.0889789874, -0.0501743046,
                          0.0308918810, -0.0170881256, 0.0066700901, -0.0012624911};
  double sum = 0;
  for (int k = 7; k >= 0; --k) sum = sum * x + a[k];
  return kPi / 2 - std::sqrt(std::max(0.0, 1 - x)) * sum;
}

// 2 pi at the end of the year.
double day_angle(double seconds) {
  const std::chrono::sys_days day{std::chrono::days{static_cast<int>(std::floor(seconds / 86400))}};
  const std::chrono::year_month_day date{day};
  const auto first = std::chrono::sys_days{date.year() / std::chrono::January / 1};
  const double days = seconds / 86400 - static_cast<double>(first.time_since_epoch().count());
  return 2 * kPi * days / 365;
}

}  // namespace

Sun sun_at(double seconds, double latitude, double longitude) {
  const double g = day_angle(seconds);
  const double c1 = elementary::cos(g), s1 = elementary::sin(g), c2 = elementary::cos(2 * g),
               s2 = elementary::sin(2 * g), c3 = elementary::cos(3 * g), s3 = elementary::sin(3 * g);
  const double declination =
      0.006918 - 0.399912 * c1 + 0.070257 * s1 - 0.006758 * c2 + 0.000907 * s2 - 0.002697 * c3 + 0.00148 * s3;
  const double equation_of_time =  // min
      229.18 * (0.000075 + 0.001868 * c1 - 0.032077 * s1 - 0.014615 * c2 - 0.040849 * s2);
  const double day_seconds = seconds - 86400 * std::floor(seconds / 86400);
  const double solar_hours = day_seconds / 3600 + longitude / 15 + equation_of_time / 60;
  const double hour_angle = kPi / 12 * (solar_hours - 12), phi = kPi / 180 * latitude;
  Sun sun;
  sun.sine = elementary::sin(phi) * elementary::sin(declination) +
             elementary::cos(phi) * elementary::cos(declination) * elementary::cos(hour_angle);
  sun.height = sun.sine > 0 ? 180 / kPi * arcsine(std::min(sun.sine, 1.0)) : 0;
  sun.distance = 1.000110 + 0.034221 * c1 + 0.001280 * s1 + 0.000719 * c2 + 0.000077 * s2;
  return sun;
}

double clear_sky(const Sun& sun, double elevation, double turbidity) {
  if (sun.sine <= 0) return 0;
  const double pressure = elementary::pow((288 - 0.0065 * elevation) / 288, 5.256);  // over that at sea level
  const double air_mass = pressure / (sun.sine + 0.15 * elementary::pow(sun.height + 3.885, -1.253));
  const double scattering = 0.128 - 0.054 * elementary::log(air_mass) / 2.302585092994046;
  return kSolarConstant * sun.distance * sun.sine * elementary::exp(-turbidity * scattering * air_mass);
}

double cloud_transmission(double cloud) {
  return 1 - 0.65 * cloud * cloud;
}

double water_albedo(const Sun& sun, double cloud) {
  if (sun.height <= 0) return 0;
  struct Form {
    double most_cloud, a, b;
  };
  constexpr Form kForms[] = {{0.1, 1.18, -0.77}, {0.5, 2.20, -0.97}, {0.9, 0.95, -0.75}, {2, 0.35, -0.45}};
  const Form* form = kForms;
  while (cloud > form->most_cloud) ++form;
  return std::min(1.0, form->a * elementary::pow(sun.height, form->b));
}

double saturation_vapour_pressure(double temperature) {
  return vapour_pressure_over(temperature);
}

}  // namespace limpid
