// Heat processes at one point, worked in the units of their sources.
#include <gtest/gtest.h>

#include <cmath>

#include "model/heat.hpp"
#include "model/sunlight.hpp"
#include "tests/model/one_point.hpp"

namespace limpid {
namespace {

OnePoint summer_noon() {
  OnePoint point("surface_heat");
  point.set(Env::depth, 1.2).set(Env::wind, 3).set(Env::air_temperature, 26).set(Env::solar, 700);
  point.set(Env::albedo, 0.06)
      .set(Env::cloud, 0.2)
      .set(Env::vapour_pressure, 0.6 * saturation_vapour_pressure(26));
  return point;
}

// QUAL2K's balance in cal cm-2 d-1 with vapour pressures in mmHg.
double qual2k_net(double t, double air, double wind10, double solar, double albedo, double cloud,
                  double humidity) {
  const double sigma = 11.7e-8, wind = wind10 * std::pow(0.7, 0.15), cal_per_w = 1 / 0.48426;
  const auto es = [](double x) { return 4.596 * std::exp(17.27 * x / (237.3 + x)); };
  const double ea = humidity * es(air), f = 19.0 + 0.95 * wind * wind;
  const double sky =
      sigma * std::pow(air + 273.15, 4) * (0.6 + 0.031 * std::sqrt(ea)) * (1 + 0.17 * cloud * cloud) * 0.97;
  return (1 - albedo) * solar * cal_per_w + sky - 0.97 * sigma * std::pow(t + 273.15, 4) -
         0.47 * f * (t - air) - f * (es(t) - ea);
}

TEST(SurfaceHeat, IsTheBalanceOfQual2kInItsOwnUnits) {
  for (const double t : {2.0, 15.0, 22.0, 33.0}) {
    const auto rates = summer_noon().rates({t});
    const double per_day = (rates[0] - rates[1]) * 86400;               // degC/d
    const double expected = qual2k_net(t, 26, 3, 700, 0.06, 0.2, 0.6);  // cal cm-2 d-1
    EXPECT_NEAR(per_day * 120 * 1.0, expected, 2e-3 * 900) << t;        // 120 cm, 1 cal per cm3 and K
  }
}

TEST(SurfaceHeat, ColderWaterWarmsAndHotterCools) {
  const auto cold = summer_noon().rates({5}), hot = summer_noon().set(Env::solar, 0).rates({35});
  EXPECT_GT(cold[0], 0);
  EXPECT_EQ(cold[1], 0);
  EXPECT_EQ(hot[0], 0);
  EXPECT_GT(hot[1], 0);
  EXPECT_LT(hot[2], 1e-200);
}

// At 0 degC what the air takes is the heat of the ice that forms, none of the water's.
TEST(SurfaceHeat, FreezesAtZero) {
  OnePoint frost = summer_noon();
  frost.set(Env::air_temperature, -15).set(Env::vapour_pressure, 1).set(Env::solar, 0);
  const auto at_zero = frost.rates({1e-30}), at_two = frost.rates({2});
  EXPECT_GT(at_zero[1], 0);
  EXPECT_NEAR(at_zero[2] / at_zero[1], 1, 1e-12);
  EXPECT_LT(at_two[2], 1e-15);
}

TEST(EquilibriumHeat, IsTheExchangeOverTheHeatCapacity) {
  OnePoint point("equilibrium_heat");
  point.set("K", 30).set(Env::depth, 1.2).set(Env::equilibrium_temperature, 22);
  const auto rates = point.rates({35});
  EXPECT_NEAR(rates[0] - rates[1], 30 * (22 - 35) / (1000 * 4186.0 * 1.2), 1e-15);
}

// At rest the bed has the water's temperature: it holds H_s r_s T in m degC.
TEST(BedHeat, RestsAtTheWatersTemperatureAndTakesTheSourcesFlux) {
  OnePoint point("bed_heat");
  point.set(Env::depth, 1.5);
  const double h_s = 0.1, r_s = 0.64, warm = 18;
  const auto rest = point.rates({warm, h_s * r_s * warm / 1.5});
  EXPECT_NEAR(rest[0], rest[1], 1e-15 * rest[0] + 1e-18);
  // QUAL2K: J = 1.6 x 0.4 x 0.005 / 5 (Ts - T) cal cm-2 s-1
  const auto cold = point.rates({10, h_s * r_s * 20 / 1.5});
  EXPECT_NEAR((cold[0] - cold[1]) * 150, 1.6 * 0.4 * 0.005 / 5 * 10, 1e-12);
}

TEST(Ageing, IsASecondPerSecond) {
  EXPECT_EQ(OnePoint("ageing").rates({0}).front(), 1);
  EXPECT_EQ(OnePoint("ageing").set("rate", 0).rates({5}).front(), 0);
}

// OTIS: dC/dt = rho lambda (C_sed - K_d C), dC_sed/dt = lambda (K_d C - C_sed).
TEST(KineticSorption, IsThatOfOtis) {
  OnePoint point("kinetic_sorption");
  const double lambda = 5.6e-5, rho = 4e4, kd = 7e-5, c = 1.2, c_sed = 9e-6;
  point.set("lambda", lambda * 86400).set("rho", rho).set("K_d", kd);
  const auto rates = point.rates({c, rho * c_sed});
  EXPECT_NEAR(rates[1] - rates[0], rho * lambda * (c_sed - kd * c), 1e-16);
}

TEST(BedEquilibration, DrawsToItsConcentration) {
  OnePoint point("bed_equilibration");
  point.set("lambda", 2).set("c_eq", 0.13);
  EXPECT_NEAR(point.per_day(0, {0.5}) - point.per_day(1, {0.5}), 2 * (0.5 - 0.13), 1e-12);
  EXPECT_NEAR(point.per_day(0, {0.13}), point.per_day(1, {0.13}), 1e-15);
}

}  // namespace
}  // namespace limpid
