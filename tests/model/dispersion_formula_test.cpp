// The predictors of dispersion on one cross-section, worked by hand, and their common properties.
#include "model/dispersion_formula.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

namespace limpid {
namespace {

// U = 0.6 m/s, H = 1.2 m, B = 30 m, n = 0.035
FlowSection stream() {
  return {0.6, 1.2, 30, shear_velocity(0.6, 1.2, 0.035)};
}

TEST(DispersionFormulas, GiveTheValuesWorkedByHand) {
  const std::map<std::string, double> expected = {
      {"elder", 0.4540386915930843},   {"fischer", 46.54783918490594},
      {"liu", 26.414223955551428},     {"iwasa_aya", 19.14159745333408},
      {"koussis", 28.712396180001114}, {"seo_cheong", 81.76736873514501},
      {"deng", 72.95525000397119},     {"kashefipour_falconer", 74.82910059010254}};
  ASSERT_EQ(dispersion_formulas().size(), expected.size());
  for (const DispersionFormula& formula : dispersion_formulas())
    EXPECT_NEAR(formula.value(stream()) / expected.at(formula.id), 1, 1e-12) << formula.id;
}

// Every formula is a length times a velocity: twice the lengths and thrice the velocities make six times D.
TEST(DispersionFormulas, AreDimensionallyRight) {
  const FlowSection small = stream(),
                    large{3 * small.velocity, 2 * small.depth, 2 * small.width, 3 * small.shear_velocity};
  for (const DispersionFormula& formula : dispersion_formulas())
    EXPECT_NEAR(formula.value(large) / formula.value(small), 6, 1e-11) << formula.id;
}

TEST(DispersionFormulas, FindTheNearestWhoseRangeHolds) {
  const auto& list = dispersion_formulas();
  const auto index = [&](const char* id) {
    for (std::size_t k = 0; k < list.size(); ++k)
      if (std::string(list[k].id) == id) return static_cast<int>(k);
    return -1;
  };
  const FlowSection narrow{0.5, 1, 8, 0.05}, wide{0.5, 1, 30, 0.05};
  const int deng = index("deng");
  EXPECT_FALSE(list[static_cast<std::size_t>(deng)].aspect.holds(narrow));
  EXPECT_TRUE(list[static_cast<std::size_t>(deng)].aspect.holds(wide));
  const int near = nearest_dispersion_formula(deng, narrow);
  ASSERT_GE(near, 0);
  const auto away = [&](int k) {
    return std::fabs(std::log(list[static_cast<std::size_t>(k)].value(narrow) /
                              list[static_cast<std::size_t>(deng)].value(narrow)));
  };
  for (int k = 0; k < static_cast<int>(list.size()); ++k) {
    if (k == deng) continue;
    EXPECT_LE(away(near), away(k)) << list[static_cast<std::size_t>(k)].id;
  }
  EXPECT_NE(nearest_dispersion_formula(index("elder"), narrow), deng);
}

TEST(DispersionFormulas, SayWhereTheyComeFrom) {
  for (const DispersionFormula& formula : dispersion_formulas())
    for (const char* text : {formula.id, formula.name_en, formula.formula, formula.validity, formula.source})
      EXPECT_NE(text[0], '\0');
}

// Uniform flow in a wide channel: U = H^(2/3) sqrt(S) / n, so that u* = sqrt(g H S).
TEST(ShearVelocity, IsThatOfUniformFlow) {
  const double depth = 1.7, slope = 4e-4, n = 0.03;
  const double velocity = std::pow(depth, 2.0 / 3) * std::sqrt(slope) / n;
  EXPECT_NEAR(shear_velocity(velocity, depth, n), std::sqrt(9.81 * depth * slope), 1e-14);
}

}  // namespace
}  // namespace limpid
