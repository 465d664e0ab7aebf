#include "model/derived.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "model/carbonate.hpp"
#include "model/process.hpp"

namespace limpid {
namespace {

double value(const char* id, std::vector<double> inputs) {
  const Derived* derived = find_derived(id);
  if (!derived || derived->inputs.size() != inputs.size()) throw std::runtime_error("inputs");
  return derived->value(inputs.data());
}

TEST(DerivedQuantities, AreDeclaredInFullAndOnce) {
  std::set<std::string> ids;
  for (const Derived& d : derived_quantities()) {
    EXPECT_TRUE(ids.insert(d.id).second);
    for (const char* text : {d.name_zh, d.name_en, d.formula, d.source, d.unit.text})
      EXPECT_NE(text[0], '\0');
    EXPECT_FALSE(d.inputs.empty());
  }
  EXPECT_EQ(find_derived("TNN"), nullptr);
}

TEST(DerivedQuantities, AddUpNitrogenAndPhosphorus) {
  EXPECT_DOUBLE_EQ(value("TN", {1.0, 0.1, 2.0, 0.5, 0.0}), 3.6);
  EXPECT_DOUBLE_EQ(value("TN", {1.0, 0.1, 2.0, 0.5, 10.0}), 4.32);
  EXPECT_DOUBLE_EQ(value("TP", {0.1, 0.05, 0.0}), 0.15);
  EXPECT_DOUBLE_EQ(value("TP", {0.1, 0.05, 10.0}), 0.25);
}

// A BOD bottle at 0.23 1/d has used 1 - exp(-1.15) = 68.3 % of its oxygen after five days.
TEST(DerivedQuantities, TakeFiveDaysOfBod) {
  EXPECT_NEAR(value("BOD5", {10.0, 0.0}), 6.834, 5e-4);
  EXPECT_NEAR(value("BOD5", {0.0, 10.0}), 10 * (1 - std::exp(-0.05)), 1e-12);
}

// Ten grams of dry algae or detritus take 10 x 0.4 x 32/12 g of oxygen.
TEST(DerivedQuantities, CountOrganicMatterAsOxygenDemand) {
  EXPECT_NEAR(value("COD_Cr", {3.0, 5.0, 6.0, 4.0}), 8.0 + 10.667, 1e-3);
  EXPECT_NEAR(value("COD_Mn", {3.0, 5.0, 6.0, 4.0}), 0.4 * 18.667, 1e-3);
}

TEST(DerivedQuantities, SeeThroughClearWater) {
  EXPECT_NEAR(value("transparency", {0, 0, 0}), 8.5, 1e-9);
  EXPECT_NEAR(value("transparency", {100, 0, 0}), 1.7 / 5.4, 1e-9);
  EXPECT_LT(value("transparency", {0, 0, 5}), 1.7 / (0.2 + 0.0088 * 50 + 0.054 * 13.5));
}

// Water of 1 meq/L in equilibrium with air of 10^-3.5 atm has a pH of 8.3 at 25 degC (Stumm & Morgan, ideal
// water).
TEST(DerivedQuantities, FindThePhOfWaterThatHasMetTheAir) {
  const CarbonateConstants ideal = carbonate_constants(25, 0), k = carbonate_constants(25, 1.6e-5 * 500);
  const double at_rest = inorganic_carbon(8.3, 1e-3, ideal) * carbonate_shares(std::pow(10, -8.3), ideal).co2;
  EXPECT_NEAR(at_rest / co2_solubility(25), std::pow(10, -3.5), 2e-5);
  const double carbon = 1e3 * kGramCarbonPerMole * inorganic_carbon(8.3, 1e-3, k);
  EXPECT_NEAR(value("pH", {carbon, kCarbonatePerEquivalent, 25}), 8.3, 1e-9);
}

TEST(DerivedQuantities, HoldUnionisedAmmoniaByThePublishedTable) {
  const CarbonateConstants k = carbonate_constants(20, 1.6e-5 * 500);
  const double carbon = 1e3 * kGramCarbonPerMole * inorganic_carbon(8.0, 2e-3, k);
  EXPECT_NEAR(value("unionised_ammonia", {1.0, carbon, 2 * kCarbonatePerEquivalent, 20}), 0.03807126, 1e-8);
}

TEST(DerivedQuantities, GiveOxygenAtSaturation) {
  EXPECT_NEAR(value("DO_saturation", {20, 0}), 9.092, 1e-3);
  EXPECT_NEAR(value("DO_saturation", {20, 1000}), 9.0924 * (1 - 0.1148), 1e-3);
  EXPECT_NEAR(value("DO_percent", {4.5462, 20, 0}), 50.0, 1e-3);
}

}  // namespace
}  // namespace limpid
