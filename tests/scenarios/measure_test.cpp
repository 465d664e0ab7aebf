#include "scenarios/measure.hpp"

#include <gtest/gtest.h>

namespace limpid {
namespace {

constexpr double kDay = 86400;

double at(const char* text) {
  return seconds_of(*parse_time(text));
}

Measure ramped() {
  Measure m;
  m.start = *parse_time("2025-03-01");
  m.ramp = *parse_period("P10D");
  return m;
}

TEST(MeasureTest, NothingBeforeTheStartWholeAfterTheRamp) {
  const Measure m = ramped();
  EXPECT_EQ(m.strength(at("2025-02-28"), at("2025-03-01")), 0.0);
  EXPECT_EQ(m.strength(at("2025-03-11"), at("2025-03-12")), 1.0);
}

TEST(MeasureTest, GrowsLinearlyAndAveragesExactly) {
  const Measure m = ramped();
  EXPECT_DOUBLE_EQ(m.strength(at("2025-03-01"), at("2025-03-02")), 0.05);
  EXPECT_DOUBLE_EQ(m.strength(at("2025-03-01"), at("2025-03-11")), 0.5);
  EXPECT_DOUBLE_EQ(m.strength(at("2025-03-10"), at("2025-03-12")), (0.95 + 1.0) / 2);
}

TEST(MeasureTest, TheMeanOverManyStepsIsTheMeanOverOne) {
  const Measure m = ramped();
  const double t0 = at("2025-02-20"), t1 = at("2025-03-20");
  double sum = 0;
  for (double t = t0; t < t1; t += 600) sum += m.strength(t, t + 600) * 600;
  EXPECT_NEAR(sum / (t1 - t0), m.strength(t0, t1), 1e-12);
}

TEST(MeasureTest, ALagMovesTheWholeRamp) {
  Measure m = ramped();
  m.lag = *parse_period("P1M");
  EXPECT_EQ(m.strength(at("2025-03-31"), at("2025-04-01")), 0.0);
  EXPECT_DOUBLE_EQ(m.strength(at("2025-04-01"), at("2025-04-11")), 0.5);
}

TEST(MeasureTest, IsGoneAtItsEnd) {
  Measure m = ramped();
  m.end = parse_time("2025-04-01");
  EXPECT_EQ(m.strength(at("2025-03-31"), at("2025-04-01")), 1.0);
  EXPECT_DOUBLE_EQ(m.strength(at("2025-03-31"), at("2025-04-02")), 0.5);
  EXPECT_EQ(m.strength(at("2025-04-01"), at("2025-04-02")), 0.0);
}

TEST(MeasureTest, AStepWithoutRampStartsAtMidnightExactly) {
  Measure m = ramped();
  m.ramp = {};
  EXPECT_EQ(m.strength(at("2025-02-28"), at("2025-03-01")), 0.0);
  EXPECT_EQ(m.strength(at("2025-03-01"), at("2025-03-02")), 1.0);
  EXPECT_DOUBLE_EQ(m.strength(at("2025-02-28"), at("2025-03-02")), 0.5);
}

TEST(MeasureTest, TellsUntilWhenItsStrengthHolds) {
  Measure m = ramped();
  m.end = parse_time("2025-04-01");
  EXPECT_EQ(m.constant_until(at("2025-01-01")), at("2025-03-01"));
  const double inside = at("2025-03-01") + kDay;
  EXPECT_EQ(m.constant_until(inside), inside);
  EXPECT_EQ(m.constant_until(at("2025-03-11")), at("2025-04-01"));
  EXPECT_GT(m.constant_until(at("2025-04-01")), at("2100-01-01"));
}

}  // namespace
}  // namespace limpid
