// For every process a number from outside: a worked value, a published formula or table.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "model/limitation.hpp"
#include "model/oxygen.hpp"
#include "tests/model/one_point.hpp"
#include "tests/paths.hpp"

namespace limpid {
namespace {

TEST(Nitrification, FollowsTheQual2eRateAndOxygenDemand) {
  OnePoint point("nitrification");
  point.set("k_n", 0.3);
  EXPECT_NEAR(point.per_day(0, {2.0, 1.0, 5.0}), 0.3 * 2.0 * (1 - std::exp(-3.0)), 1e-12);
  point.set(Env::temperature, 10);
  EXPECT_NEAR(point.per_day(0, {2.0, 1.0, 5.0}), 0.3 * std::pow(1.083, -10) * 2.0 * (1 - std::exp(-3.0)),
              1e-12);
  // NH4+ + 2 O2 -> NO3- + 2 H+ + H2O: 64 g of oxygen per 14 g of nitrogen.
  const ProcessUse use = default_use(*find_process("nitrification"));
  EXPECT_NEAR(use.parameters[2].value, 64.0 / 14.007, 0.005);
}

TEST(CbodOxidation, IsHalvedAtTheHalfSaturation) {
  OnePoint point("cbod_oxidation");
  point.set("k_d", 0.3).set("k_o", 0.5);
  EXPECT_NEAR(point.per_day(0, {10.0, 0.5}), 1.5, 1e-12);
  EXPECT_NEAR(point.set("k_o", 0).per_day(0, {10.0, 8.0}), 3.0, 1e-12);
  EXPECT_NEAR(point.set(Env::temperature, 25).per_day(0, {10.0, 8.0}), 3.0 * std::pow(1.047, 5), 1e-12);
}

TEST(FirstOrderDecay, IsRateTimesContent) {
  EXPECT_NEAR(OnePoint("first_order_decay").set("k", 0.2).per_day(0, {30.0}), 6.0, 1e-12);
}

TEST(Settling, IsVelocityOverDepth) {
  EXPECT_NEAR(OnePoint("settling").set("v_s", 0.5).set(Env::depth, 2).per_day(0, {40.0}), 10.0, 1e-12);
}

// Kd 2e5 L/kg with 30 mg/L of solids: six parts in seven are sorbed.
TEST(SorbedSettling, SettlesTheSorbedPartOnly) {
  OnePoint point("sorbed_settling");
  point.set("K_d", 2e5).set("v_s", 1).set(Env::depth, 1.5);
  EXPECT_NEAR(point.per_day(0, {50.0, 30.0}), 50.0 * (6.0 / 7.0) / 1.5, 1e-12);
  EXPECT_NEAR(point.per_day(0, {50.0, 0.0}), 0.0, 1e-12);
  EXPECT_NEAR(point.set("K_d", 0).per_day(0, {50.0, 30.0}), 0.0, 1e-12);
}

TEST(Transformation, IsRateTimesReactant) {
  EXPECT_NEAR(OnePoint("transformation").set("k", 0.1).per_day(0, {3.0, 99.0}), 0.3, 1e-12);
}

TEST(InternalRelease, IsFluxOverDepth) {
  EXPECT_NEAR(OnePoint("internal_release").set("flux", 0.06).set(Env::depth, 3).per_day(0, {0.0}), 0.02,
              1e-12);
}

TEST(SedimentOxygenDemand, IsDemandOverDepthAndFadesWithoutOxygen) {
  OnePoint point("sediment_oxygen_demand");
  point.set("sod", 2).set("k_o", 0).set(Env::depth, 2);
  EXPECT_NEAR(point.per_day(0, {8.0}), 1.0, 1e-12);
  EXPECT_NEAR(point.set("k_o", 0.1).per_day(0, {0.1}), 0.5, 1e-12);
}

double k_a(OnePoint& point, double u, double h, double formula) {
  point.set("formula", formula).set(Env::velocity, u).set(Env::depth, h);
  return point.per_day(1, {1.0});
}

TEST(Reaeration, GivesThePublishedFormulas) {
  OnePoint point("reaeration");
  EXPECT_NEAR(k_a(point, 0.3, 1.0, 1), 3.93 * std::sqrt(0.3), 1e-12);
  EXPECT_NEAR(k_a(point, 0.3, 1.0, 2), 5.026 * std::pow(0.3, 0.969), 1e-12);
  EXPECT_NEAR(k_a(point, 0.5, 2.0, 2), 5.026 * std::pow(0.5, 0.969) / std::pow(2.0, 1.673), 1e-12);
  EXPECT_NEAR(k_a(point, 0.3, 0.5, 3), 5.32 * std::pow(0.3, 0.67) / std::pow(0.5, 1.85), 1e-12);
}

TEST(Reaeration, ChoosesAsQual2kDoes) {
  OnePoint point("reaeration");
  EXPECT_EQ(k_a(point, 0.3, 0.60, 0), k_a(point, 0.3, 0.60, 3));  // shallow: Owens-Gibbs
  EXPECT_EQ(k_a(point, 0.3, 0.62, 0), k_a(point, 0.3, 0.62, 1));  // 3.45 U^2.5 = 0.170: O'Connor-Dobbins
  EXPECT_EQ(k_a(point, 1.0, 3.40, 0), k_a(point, 1.0, 3.40, 2));  // Churchill
  EXPECT_EQ(k_a(point, 1.0, 3.50, 0), k_a(point, 1.0, 3.50, 1));
  EXPECT_EQ(k_a(point, -1.0, 3.50, 0), k_a(point, 1.0, 3.50, 0));  // reversed flow
}

TEST(Reaeration, TakesAGivenRateAMinimumAndAFactor) {
  OnePoint point("reaeration");
  EXPECT_NEAR(point.set("k_a_given", 2.5).per_day(1, {4.0}), 10.0, 1e-12);
  EXPECT_NEAR(point.set("multiplier", 2).per_day(1, {4.0}), 20.0, 1e-12);
  EXPECT_NEAR(point.set(Env::temperature, 10).per_day(1, {4.0}), 20.0 * std::pow(1.024, -10), 1e-12);
  OnePoint pool("reaeration");
  pool.set("k_l_min", 0.6).set(Env::velocity, 0).set(Env::depth, 3);
  EXPECT_NEAR(pool.per_day(1, {1.0}), 0.2, 1e-12);
}

TEST(Reaeration, IsInBalanceAtSaturation) {
  OnePoint point("reaeration");
  point.set(Env::temperature, 12).set(Env::elevation, 2000);
  const double saturated = oxygen_saturation(12) * (1 - 0.0001148 * 2000);
  const auto r = point.rates({saturated});
  EXPECT_NEAR(r[0] / r[1], 1.0, 1e-14);
}

// The table's column DOsat_mgL at 1 atm, Benson & Krause; published_APHA to one unit of its last printed
// digit.
TEST(OxygenSaturation, AgreesWithThePublishedTable) {
  std::ifstream file(source_dir() + "/tests/data/do_saturation.csv");
  ASSERT_TRUE(file);
  std::string line, part;
  int rows = 0, published = 0;
  while (std::getline(file, line)) {
    if (line[0] == '#' || line[0] == 'T') continue;
    std::vector<std::string> cell;
    for (std::stringstream text(line); std::getline(text, part, ',');) cell.push_back(part);
    if (std::stod(cell[2]) != 1.0) continue;
    const double value = oxygen_saturation(std::stod(cell[0]), std::stod(cell[1]));
    EXPECT_NEAR(value, std::stod(cell[3]), 1e-6 * value);
    ++rows;
    if (cell[4].empty()) continue;
    const auto decimals = static_cast<double>(cell[4].size() - cell[4].find('.') - 1);
    EXPECT_NEAR(value, std::stod(cell[4]), std::pow(10.0, -decimals));
    ++published;
  }
  EXPECT_EQ(rows, 27);
  EXPECT_EQ(published, 9);
}

TEST(OneMinusExp, AgreesWithTheExactFunctionAndVanishesWithItsArgument) {
  for (double x = 1e-30; x < 50; x *= 1.37) EXPECT_NEAR(one_minus_exp(x) / -std::expm1(-x), 1.0, 2e-14) << x;
  EXPECT_EQ(one_minus_exp(0.0), 0.0);
}

}  // namespace
}  // namespace limpid
