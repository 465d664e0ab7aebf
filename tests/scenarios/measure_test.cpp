#include "scenarios/measure.hpp"

#include <gtest/gtest.h>

#include <limits>

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

Measure seasonal(const char* season, const char* start = "2024-01-01") {
  Measure m;
  m.start = *parse_time(start);
  m.season = parse_season(season);
  return m;
}

double on(const Measure& m, const char* day) {
  return m.strength(at(day), at(day) + kDay);
}

TEST(SeasonTest, ActsFromItsFirstDayToItsLastExactly) {
  const Measure m = seasonal("04-01/09-30");
  EXPECT_EQ(on(m, "2025-03-31"), 0.0);
  EXPECT_EQ(on(m, "2025-04-01"), 1.0);
  EXPECT_EQ(on(m, "2025-09-30"), 1.0);
  EXPECT_EQ(on(m, "2025-10-01"), 0.0);
  EXPECT_DOUBLE_EQ(m.strength(at("2025-01-01"), at("2026-01-01")), 183.0 / 365.0);
}

TEST(SeasonTest, RunsAcrossNewYear) {
  const Measure m = seasonal("10-01/04-30");
  for (const char* day : {"2024-10-01", "2024-12-31", "2025-01-01", "2025-04-30", "2025-10-01"})
    EXPECT_EQ(on(m, day), 1.0) << day;
  for (const char* day : {"2024-09-30", "2025-05-01", "2025-09-30"}) EXPECT_EQ(on(m, day), 0.0) << day;
  EXPECT_DOUBLE_EQ(m.strength(at("2024-10-01"), at("2025-10-01")), (365.0 - 153.0) / 365.0);
}

TEST(SeasonTest, DaysAreThoseOfTheDeclaredOffset) {
  const Measure m = seasonal("04-01/09-30");
  const std::chrono::seconds utc{0};
  const double first = seconds_of(*parse_time("2025-04-01", utc));
  EXPECT_EQ(m.strength(first - kDay, first, utc), 0.0);
  EXPECT_EQ(m.strength(first, first + kDay, utc), 1.0);
  EXPECT_DOUBLE_EQ(m.strength(first - kDay, first), 8.0 / 24.0);
}

TEST(SeasonTest, LeapDays) {
  EXPECT_EQ(on(seasonal("11-01/02-29"), "2024-02-29"), 1.0);
  EXPECT_EQ(on(seasonal("11-01/02-28"), "2024-02-29"), 0.0);
  EXPECT_EQ(on(seasonal("11-01/02-29"), "2025-02-28"), 1.0);
  EXPECT_EQ(on(seasonal("11-01/02-29"), "2025-03-01"), 0.0);
  EXPECT_EQ(on(seasonal("02-29/03-31"), "2025-02-28"), 0.0);
  EXPECT_EQ(on(seasonal("02-29/03-31"), "2025-03-01"), 1.0);
}

TEST(SeasonTest, TheRampGoesOnByTheCalendar) {
  Measure m = seasonal("04-01/09-30", "2025-03-22");
  m.ramp = *parse_period("P20D");  // half-way on 1 April
  EXPECT_EQ(on(m, "2025-03-31"), 0.0);
  EXPECT_DOUBLE_EQ(on(m, "2025-04-01"), 0.525);
  EXPECT_DOUBLE_EQ(m.strength(at("2025-03-31"), at("2025-04-02")), 0.525 / 2);
  EXPECT_EQ(on(m, "2025-04-11"), 1.0);
}

TEST(SeasonTest, StartAndEndStillBoundIt) {
  Measure m = seasonal("10-01/04-30", "2025-01-15");
  m.end = parse_time("2025-11-01");
  EXPECT_EQ(on(m, "2025-01-14"), 0.0);
  EXPECT_EQ(on(m, "2025-01-15"), 1.0);
  EXPECT_EQ(on(m, "2025-10-31"), 1.0);
  EXPECT_EQ(on(m, "2025-11-01"), 0.0);
}

TEST(SeasonTest, TheWholeYearIsNoSeason) {
  Measure whole = seasonal("01-01/12-31"), always = whole;
  always.season.reset();
  EXPECT_EQ(whole.strength(at("2024-03-07"), at("2026-08-01")),
            always.strength(at("2024-03-07"), at("2026-08-01")));
}

TEST(SeasonTest, TheStrengthHoldsUntilTheNextEdge) {
  Measure m = seasonal("10-01/04-30", "2025-01-15");
  EXPECT_EQ(m.constant_until(at("2024-06-01")), at("2025-01-15"));
  EXPECT_EQ(m.constant_until(at("2025-02-01")), at("2025-05-01"));
  EXPECT_EQ(m.constant_until(at("2025-05-01")), at("2025-10-01"));
  EXPECT_EQ(m.constant_until(at("2025-12-31")), at("2026-05-01"));
  m.end = parse_time("2025-07-01");
  EXPECT_EQ(m.constant_until(at("2025-05-02")), at("2025-07-01"));
  EXPECT_EQ(m.acts_from(at("2025-05-01")), std::numeric_limits<double>::infinity());
  EXPECT_EQ(m.acts_from(at("2025-01-01")), at("2025-01-15"));
}

// The mean over a span is the mean of its steps, and the strength is constant wherever it says so.
TEST(SeasonTest, MeansAddUpOverSteps) {
  for (const char* season : {"10-01/04-30", "04-01/09-30", "02-29/02-29", "12-31/01-01", "01-01/12-31"}) {
    Measure m = seasonal(season, "2023-11-20");
    m.ramp = *parse_period("P90D");
    const double t0 = at("2023-10-01"), t1 = at("2026-03-05");
    double sum = 0;
    for (double t = t0; t < t1; t += 3600) {
      const double here = m.strength(t, t + 3600);
      sum += here * 3600;
      const double until = std::min(m.constant_until(t), t1);
      if (until >= t + 3600) {
        EXPECT_EQ(here, m.strength(until - 3600, until)) << season << " " << t;
      }
    }
    EXPECT_NEAR(sum / (t1 - t0), m.strength(t0, t1), 1e-12) << season;
  }
}

TEST(SeasonTest, IsReadFromItsTwoDays) {
  ASSERT_TRUE(parse_season("10-01/04-30"));
  EXPECT_EQ(parse_season("10-01/04-30")->text(), "10-01/04-30");
  EXPECT_EQ(parse_season("4-1/9-30")->text(), "04-01/09-30");
  EXPECT_EQ(parse_season("2-29/2-29")->text(), "02-29/02-29");
  for (const char* bad : {"", "10-01", "10-01/", "10-01/04-31", "13-01/04-30", "0-1/4-30", "10-1/4-30 ",
                          "winter", "2025-10-01/2026-04-30", "10-01/04-30/05-01", "10.01/04.30"})
    EXPECT_FALSE(parse_season(bad)) << bad;
}

TEST(SeasonTest, MeasuresOfDisjointSeasonsNeverActTogether) {
  const Measure winter = seasonal("10-01/03-31"), summer = seasonal("04-01/09-30");
  EXPECT_FALSE(act_together(winter, summer));
  EXPECT_TRUE(act_together(winter, winter));
  EXPECT_TRUE(act_together(winter, seasonal("03-31/05-01")));
  EXPECT_TRUE(act_together(seasonal("02-01/02-29"), seasonal("02-29/02-29", "2024-03-01")));
  Measure short_summer = summer;
  short_summer.end = parse_time("2024-02-01");
  EXPECT_FALSE(act_together(short_summer, summer));  // it never acts
}

}  // namespace
}  // namespace limpid
