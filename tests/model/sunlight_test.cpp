// The sun against what almanacs and handbooks say.
#include "model/sunlight.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "model/heat.hpp"

namespace limpid {
namespace {

double seconds_at(int year, unsigned month, unsigned day, double hour) {
  const std::chrono::sys_days date{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day)};
  return static_cast<double>(date.time_since_epoch().count()) * 86400 + hour * 3600;
}

double highest(int year, unsigned month, unsigned day, double latitude) {
  double top = 0;
  for (int minute = 0; minute < 1440; ++minute)
    top = std::max(top, sun_at(seconds_at(year, month, day, minute / 60.0), latitude, 0).height);
  return top;
}

// Height at noon = 90 - latitude + declination; 0 at the equinoxes, 23.44 at the solstices.
TEST(SunAt, StandsAtNoonWhereAlmanacsSay) {
  EXPECT_NEAR(highest(2025, 6, 21, 40), 90 - 40 + 23.44, 0.1);
  EXPECT_NEAR(highest(2025, 12, 21, 40), 90 - 40 - 23.44, 0.1);
  EXPECT_NEAR(highest(2025, 3, 20, 30), 60, 0.4);  // the declination moves by 0.4 degrees a day
  EXPECT_EQ(highest(2025, 12, 21, 80), 0);         // polar night
}

// The sun is on the meridian 16.4 min before noon on 3 November, 14.2 min after noon on 11 February.
TEST(SunAt, KeepsTheEquationOfTime) {
  const auto noon = [](unsigned month, unsigned day, double longitude) {
    double best = 0, top = -2;
    for (int s = 0; s < 86400; s += 10)
      if (const double sine = sun_at(seconds_at(2025, month, day, s / 3600.0), 20, longitude).sine;
          sine > top)
        top = sine, best = s / 60.0;
    return best;
  };
  EXPECT_NEAR(noon(11, 3, 0), 720 - 16.4, 0.5);
  EXPECT_NEAR(noon(2, 11, 0), 720 + 14.2, 0.5);
  EXPECT_NEAR(noon(11, 3, 105), 300 - 16.4, 0.5);  // 105 degrees east: seven hours earlier
}

TEST(SunAt, IsNearestInJanuary) {
  EXPECT_NEAR(sun_at(seconds_at(2025, 1, 3, 12), 0, 0).distance, 1 / (0.98333 * 0.98333), 1e-3);
  EXPECT_NEAR(sun_at(seconds_at(2025, 7, 4, 12), 0, 0).distance, 1 / (1.01667 * 1.01667), 1e-3);
}

// The sun overhead, air mass 1: 1367 exp(-2 x 0.128).
TEST(ClearSky, IsBrasFormulaWithTheSunOverhead) {
  EXPECT_NEAR(clear_sky({1, 90, 1}, 0, 2), 1367 * std::exp(-2 * 0.128), 1);
  EXPECT_LT(clear_sky({1, 90, 1}, 0, 5), clear_sky({1, 90, 1}, 0, 2));
  EXPECT_GT(clear_sky({1, 90, 1}, 3000, 2), clear_sky({1, 90, 1}, 0, 2));
  EXPECT_EQ(clear_sky({-0.1, 0, 1}, 0, 2), 0);
}

TEST(CloudAndWater, TakeTheirShares) {
  EXPECT_DOUBLE_EQ(cloud_transmission(0), 1);
  EXPECT_DOUBLE_EQ(cloud_transmission(1), 0.35);
  const Sun high{0.866, 60, 1}, low{0.05, 2.9, 1};
  EXPECT_NEAR(water_albedo(high, 0), 1.18 * std::pow(60, -0.77), 1e-12);
  EXPECT_NEAR(water_albedo(high, 0.3), 2.20 * std::pow(60, -0.97), 1e-12);
  EXPECT_NEAR(water_albedo(high, 1), 0.35 * std::pow(60, -0.45), 1e-12);
  EXPECT_GT(water_albedo(low, 0), water_albedo(high, 0));
  EXPECT_LE(water_albedo({1e-3, 0.06, 1}, 0), 1);
}

// Tables: 6.11 hPa at 0 degC, 23.37 at 20, 42.43 at 30.
TEST(SaturationVapourPressure, IsThatOfTables) {
  for (const auto& [t, table] : {std::pair(0.0, 6.11), {20.0, 23.37}, {30.0, 42.43}})
    EXPECT_NEAR(saturation_vapour_pressure(t) / table, 1, 0.004) << t;
  EXPECT_DOUBLE_EQ(vapour_pressure_over(17), saturation_vapour_pressure(17));
}

}  // namespace
}  // namespace limpid
