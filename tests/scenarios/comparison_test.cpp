#include "scenarios/comparison.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/small_river.hpp"

namespace limpid {
namespace {

// "works" gives 0.3 m3/s at 12 mg/L of NH3_N; half of it from the second day on.
TEST(ComparisonTest, TheLoadCutIsAgainstTheSourcesAsTheyAreEvenForAPlanAlone) {
  testing::SmallRiver river = testing::small_river();
  river.options.grid.begin = Time{std::chrono::hours(48)};
  river.options.grid.end = Time{std::chrono::hours(24 * 6)};
  river.basin.constituents[3].basis = AmountBasis::count;
  Scenario plan{testing::removal("works", 0.5)};
  plan.plan.measures[0].capex = 1e6;
  plan.plan.measures[0].opex = 1.0 / (365.25 * 86400) * 5e4;
  const std::vector<ScenarioResult> results(1);
  const auto alone = compare(river.basin, river.options, {"half"}, {plan}, results);
  ASSERT_EQ(alone.size(), 1u);
  EXPECT_NEAR(alone[0].load_cut.at("NH3_N"), 0.5 * 0.3 * 12 * 86.4, 1e-9);
  EXPECT_FALSE(alone[0].load_cut.contains("tracer"));  // counts have no kilograms
  EXPECT_DOUBLE_EQ(alone[0].capex, 1e6);
  EXPECT_NEAR(alone[0].opex, 5e4, 1e-6);
}

}  // namespace
}  // namespace limpid
