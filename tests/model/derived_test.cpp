#include "model/derived.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

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
  EXPECT_DOUBLE_EQ(value("TN", {1.0, 0.1, 2.0, 0.5}), 3.6);
  EXPECT_DOUBLE_EQ(value("TP", {0.1, 0.05}), 0.15);
}

// A BOD bottle at 0.23 1/d has used 1 - exp(-1.15) = 68.3 % of its oxygen after five days.
TEST(DerivedQuantities, TakeFiveDaysOfBod) {
  EXPECT_NEAR(value("BOD5", {10.0, 0.0}), 6.834, 5e-4);
  EXPECT_NEAR(value("BOD5", {0.0, 10.0}), 10 * (1 - std::exp(-0.05)), 1e-12);
}

TEST(DerivedQuantities, GiveOxygenAtSaturation) {
  EXPECT_NEAR(value("DO_saturation", {20, 0}), 9.092, 1e-3);
  EXPECT_NEAR(value("DO_saturation", {20, 1000}), 9.0924 * (1 - 0.1148), 1e-3);
  EXPECT_NEAR(value("DO_percent", {4.5462, 20, 0}), 50.0, 1e-3);
}

}  // namespace
}  // namespace limpid
