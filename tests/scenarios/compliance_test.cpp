// Criteria judged on series of which the answer is known.
#include "scenarios/compliance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace limpid {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kHour = 3600, kDay = 86400;

Criterion criterion(const std::string& item, CriterionStatistic statistic, int span, LimitSide side,
                    double limit) {
  Criterion c;
  c.item = item;
  c.statistic = statistic;
  c.span = span;
  c.side = side;
  c.limit = limit;
  return c;
}

double seconds(const std::string& time) {
  return seconds_of(*parse_time(time));
}

// Values from local midnight of a day, `per_day` a day.
IndicatorSeries series(const std::string& item, const std::string& begin, int per_day,
                       std::vector<double> values, int section = 0) {
  IndicatorSeries s{section, item, {}, std::move(values), kDay / per_day};
  for (std::size_t i = 0; i < s.values.size(); ++i)
    s.times.push_back(seconds(begin) + static_cast<double>(i) * s.interval);
  return s;
}

std::vector<CriterionVerdict> judge_one(const Criterion& c, const IndicatorSeries& s) {
  return comply({c}, 1, {s}, {});
}

TEST(Compliance, EveryValueCounts) {
  const Criterion c = criterion("Cd", CriterionStatistic::value, 0, LimitSide::at_most, 0.6);
  const auto v = judge_one(c, series("Cd", "2021-03-01", 24, {0.5, 0.6, 0.7, 0.9, kNone, 0.8, 0.1, 0.61}));
  ASSERT_EQ(v.size(), 1u);
  EXPECT_EQ(v[0].year, 2021);
  EXPECT_EQ(v[0].judged, 7);
  EXPECT_EQ(v[0].exceeding, 4);  // the limit itself is met
  EXPECT_EQ(v[0].events, 3);     // two hours; one after a gap; one
  EXPECT_EQ(v[0].worst, 0.9);
  EXPECT_EQ(v[0].worst_time, seconds("2021-03-01T03:00"));
  EXPECT_EQ(v[0].attained, Attained::no);
  EXPECT_EQ(judge_one(c, series("Cd", "2021-03-01", 24, {0.6, 0.1}))[0].attained, Attained::yes);
}

TEST(Compliance, DaysNeedHalfOfTheirValues) {
  // Four values a day. Day 1 whole, day 2 one value, day 3 two, day 4 none.
  const IndicatorSeries s =
      series("DO", "2021-03-01", 4,
             {6, 7, 8, 3, kNone, kNone, 1, kNone, 5, kNone, 4, kNone, kNone, kNone, kNone, kNone});
  const auto minima =
      judge_one(criterion("DO", CriterionStatistic::daily_minimum, 0, LimitSide::at_least, 4), s);
  EXPECT_EQ(minima[0].judged, 2);
  EXPECT_EQ(minima[0].exceeding, 1);
  EXPECT_EQ(minima[0].worst, 3);
  EXPECT_EQ(minima[0].worst_time, seconds("2021-03-02") - 1);
  const auto means =
      judge_one(criterion("DO", CriterionStatistic::daily_mean, 0, LimitSide::at_least, 4.5), s);
  EXPECT_EQ(means[0].judged, 2);
  EXPECT_EQ(means[0].exceeding, 0);
  EXPECT_EQ(means[0].worst, 4.5);
}

TEST(Compliance, WindowsLieInsideTheRecord) {
  // Daily means 4, 6, 8, 10, 2, 2, ... ; means of three days: 6, 8, 20/3, 14/3, 2.
  const IndicatorSeries s = series("DO", "2021-03-01", 2, {3, 5, 5, 7, 7, 9, 9, 11, 1, 3, 1, 3, 1, 3});
  const auto means =
      judge_one(criterion("DO", CriterionStatistic::mean_of_days, 3, LimitSide::at_least, 6), s);
  EXPECT_EQ(means[0].judged, 5);
  EXPECT_EQ(means[0].exceeding, 2);
  EXPECT_EQ(means[0].events, 1);
  EXPECT_EQ(means[0].worst, 2);
  const auto minima =
      judge_one(criterion("DO", CriterionStatistic::mean_of_minima, 3, LimitSide::at_least, 5), s);
  EXPECT_EQ(minima[0].exceeding, 2);  // 5, 7, 17/3, 11/3, 1
}

TEST(Compliance, WindowsNeedHalfOfTheirDays) {
  std::vector<double> values(20, kNone);
  values[0] = values[9] = values[10] = 1;
  const auto v = judge_one(criterion("TP", CriterionStatistic::mean_of_days, 4, LimitSide::at_most, 2),
                           series("TP", "2021-03-01", 1, values));
  EXPECT_EQ(v[0].judged, 1);  // the one window that ends with both 9 and 10 inside the days that have values
  EXPECT_EQ(v[0].attained, Attained::yes);
}

TEST(Compliance, YearsHaveMeansAndPercentiles) {
  // 2021: daily values 1 .. 365; 2022: 100 days only.
  std::vector<double> values;
  for (int d = 1; d <= 465; ++d) values.push_back(d <= 365 ? d : 1.0);
  const IndicatorSeries s = series("BOD5", "2021-01-01", 1, values);
  const auto mean =
      judge_one(criterion("BOD5", CriterionStatistic::annual_mean, 0, LimitSide::at_most, 183), s);
  ASSERT_EQ(mean.size(), 2u);
  EXPECT_EQ(mean[0].worst, 183);
  EXPECT_EQ(mean[0].attained, Attained::yes);
  EXPECT_EQ(mean[1].year, 2022);
  EXPECT_EQ(mean[1].attained, Attained::missing);
  EXPECT_TRUE(std::isnan(mean[1].worst));
  const auto percentile =
      judge_one(criterion("BOD5", CriterionStatistic::annual_percentile, 75, LimitSide::at_most, 273), s);
  EXPECT_EQ(percentile[0].worst, 274);  // ceil(0.75 x 365) = 274
  EXPECT_EQ(percentile[0].attained, Attained::no);
  const auto lowest =
      judge_one(criterion("BOD5", CriterionStatistic::annual_percentile, 0, LimitSide::at_most, 1), s);
  EXPECT_EQ(lowest[0].worst, 1);
}

TEST(Compliance, RangesHaveTwoSides) {
  Criterion c = criterion("pH", CriterionStatistic::daily_mean, 0, LimitSide::range, 8.5);
  c.low = 6.5;
  const auto v = judge_one(c, series("pH", "2021-03-01", 1, {6.5, 8.5, 6.4, 8.7}));
  EXPECT_EQ(v[0].exceeding, 2);
  EXPECT_EQ(v[0].worst, 8.7);  // 0.2 beyond against 0.1
}

TEST(Compliance, SomeEventsAreAllowedInSomeYears) {
  Criterion c = criterion("NH3_N", CriterionStatistic::value, 0, LimitSide::at_most, 1);
  c.events = 1;
  c.years = 3;
  std::vector<double> values(5 * 365 + 1, 0.5);  // 2020 is a leap year
  const auto day = [](const std::string& date) {
    return static_cast<std::size_t>((seconds(date) - seconds("2020-01-01")) / kDay);
  };
  values[day("2020-05-01")] = values[day("2022-05-01")] = 2;
  values[day("2022-05-02")] = 3;  // the same event
  const auto v = judge_one(c, series("NH3_N", "2020-01-01", 1, values));
  ASSERT_EQ(v.size(), 5u);
  EXPECT_EQ(v[0].attained, Attained::yes);
  EXPECT_EQ(v[1].attained, Attained::yes);
  EXPECT_EQ(v[2].attained, Attained::no);  // 2020 and 2022
  EXPECT_EQ(v[2].exceeding, 2);
  EXPECT_EQ(v[2].events, 1);
  EXPECT_EQ(v[3].attained, Attained::yes);  // 2021 to 2023 hold one
  EXPECT_EQ(v[4].attained, Attained::yes);
}

// An exceedance that goes on over New Year is one event, and both years miss.
TEST(Compliance, AnEventOverNewYearFailsBothYears) {
  const Criterion c = criterion("Cd", CriterionStatistic::value, 0, LimitSide::at_most, 1);
  const auto v = judge_one(c, series("Cd", "2021-12-31", 4, {0, 0, 2, 2, 2, 0, 0, 0}));
  ASSERT_EQ(v.size(), 2u);
  EXPECT_EQ(v[0].events, 1);
  EXPECT_EQ(v[1].events, 0);
  EXPECT_EQ(v[1].attained, Attained::no);
}

TEST(Compliance, AmmoniaFollowsPhAndTemperature) {
  Criterion c = criterion("NH3_N", CriterionStatistic::value, 0, LimitSide::at_most, 1);
  c.formula = LimitFormula::us_epa_2013_ccc;
  c.factor = 2.5;
  const double limit = 2.5 * formula_limit(c.formula, 8, 25);
  std::vector<IndicatorSeries> all{series("NH3_N", "2021-03-01", 24, {limit, 1.1 * limit, limit, limit}),
                                   series("pH", "2021-03-01", 24, {8, 8, kNone}),
                                   series("temperature", "2021-03-01", 24, {25, 25, 25, 25})};
  const auto v = comply({c}, 1, all, {});
  ASSERT_EQ(v.size(), 1u);
  EXPECT_EQ(v[0].judged, 2);  // no pH at the third hour, no time of it at the fourth
  EXPECT_EQ(v[0].exceeding, 1);
  EXPECT_NEAR(v[0].worst, 1.1, 1e-12);
  all[1].times[1] += 60;  // another clock
  EXPECT_EQ(comply({c}, 1, all, {})[0].judged, 1);
  all.erase(all.begin() + 1);
  EXPECT_EQ(comply({c}, 1, all, {})[0].attained, Attained::missing);
}

TEST(Compliance, WhatIsNotThereGivesNothing) {
  const Criterion c = criterion("Cd", CriterionStatistic::value, 0, LimitSide::at_most, 1);
  EXPECT_TRUE(
      comply({c}, 2, {series("Pb", "2021-03-01", 1, {1}), series("Cd", "2021-03-01", 1, {})}, {}).empty());
  EXPECT_TRUE(comply({}, 1, {series("Cd", "2021-03-01", 1, {1})}, {}).empty());
  const auto second = comply({c}, 2, {series("Cd", "2021-03-01", 1, {2, 2}, 1)}, {});
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].section, 1);
  const auto empty_days = judge_one(criterion("Cd", CriterionStatistic::daily_mean, 0, LimitSide::at_most, 1),
                                    series("Cd", "2021-03-01", 1, {kNone, kNone}));
  EXPECT_EQ(empty_days[0].attained, Attained::missing);
}

// Annual means 2 (beyond), 0.8, 0.5 of a limit of 1: held from the second year on.
class CriteriaDeadline : public testing::Test {
 protected:
  static IndicatorSeries years(const std::string& item, const std::vector<double>& means) {
    std::vector<double> values;
    for (const double mean : means) values.insert(values.end(), 365, mean);
    return series(item, "2021-01-01", 1, values);
  }
  static std::vector<CriterionDeadline> answers(const std::vector<Criterion>& criteria,
                                                const std::vector<IndicatorSeries>& all,
                                                const std::string& limit_date) {
    Section section;
    if (!limit_date.empty()) section.limit_date = parse_time(limit_date);
    return criteria_deadlines(criteria, {section}, comply(criteria, 1, all, {}), {});
  }
  const Criterion cadmium_ = criterion("Cd", CriterionStatistic::annual_mean, 0, LimitSide::at_most, 1),
                  oxygen_ = criterion("DO", CriterionStatistic::daily_minimum, 0, LimitSide::at_least, 5);
};

TEST_F(CriteriaDeadline, HeldFromTheYearSinceWhichAllAttain) {
  const auto list = answers({cadmium_}, {years("Cd", {2, 0.8, 0.5})}, "2022-12-31");
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].answer.indicator, "Cd");
  EXPECT_EQ(list[0].answer.rule, JudgingRule::annual);
  EXPECT_EQ(list[0].answer.first_attained->text(), "2022-12");
  EXPECT_EQ(list[0].answer.held_from->text(), "2022-12");
  EXPECT_EQ(list[0].answer.held, Held::yes);
  EXPECT_EQ(list[0].answer.attained_on_limit_date, true);
  EXPECT_NEAR(*list[0].answer.margin, 0.2, 1e-12);
  EXPECT_FALSE(list[1].criterion);
  EXPECT_EQ(list[1].answer.indicator, "section");
  EXPECT_EQ(list[1].answer.held, Held::yes);
}

TEST_F(CriteriaDeadline, LateUnprovenAndNotHeld) {
  const IndicatorSeries cadmium = years("Cd", {2, 0.8, 0.5});
  // A day before the year's end 2021 is the last year that is complete, and it fails.
  EXPECT_EQ(answers({cadmium_}, {cadmium}, "2022-12-30")[0].answer.held, Held::no);
  EXPECT_NEAR(*answers({cadmium_}, {cadmium}, "2022-12-30")[0].answer.margin, -1, 1e-12);
  EXPECT_EQ(answers({cadmium_}, {cadmium}, "2029-12-31")[0].answer.held, Held::unproven);
  EXPECT_EQ(answers({cadmium_}, {cadmium}, "")[0].answer.held, Held::yes);
  const auto back = answers({cadmium_}, {years("Cd", {0.5, 0.5, 2})}, "2022-12-31");
  EXPECT_EQ(back[0].answer.held, Held::no);
  EXPECT_FALSE(back[0].answer.held_from);
  EXPECT_EQ(back[0].answer.first_attained->text(), "2021-12");
}

TEST_F(CriteriaDeadline, TheSectionHoldsWhenAllItsCriteriaDo) {
  const auto list =
      answers({cadmium_, oxygen_}, {years("Cd", {2, 0.8, 0.5}), years("DO", {7, 4, 6})}, "2023-12-31");
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[0].answer.held_from->text(), "2022-12");
  EXPECT_EQ(list[1].answer.held_from->text(), "2023-12");
  EXPECT_NEAR(*list[1].answer.margin, 0.2, 1e-12);
  EXPECT_EQ(list[2].answer.held_from->text(), "2023-12");
  EXPECT_EQ(list[2].answer.held, Held::unproven);  // no year follows
  EXPECT_NEAR(*list[2].answer.margin, 0.2, 1e-12);
}

// A year without an answer breaks what is held, and is no failure.
TEST_F(CriteriaDeadline, AYearThatCannotBeJudgedIsNotHeld) {
  const auto list = answers({cadmium_}, {years("Cd", {0.5, kNone, 0.5})}, "2021-12-31");
  EXPECT_EQ(list[0].answer.held_from->text(), "2023-12");
  EXPECT_EQ(list[0].answer.held, Held::unproven);
  EXPECT_EQ(list[0].answer.attained_on_limit_date, true);
  EXPECT_TRUE(answers({cadmium_}, {years("Pb", {1})}, "2021-12-31").empty());
}

TEST(Compliance, ItemsAreListedOnce) {
  const Standard items =
      criterion_items({criterion("DO", CriterionStatistic::value, 0, LimitSide::at_least, 1),
                       criterion("DO", CriterionStatistic::value, 0, LimitSide::at_least, 2),
                       criterion("pH", CriterionStatistic::value, 0, LimitSide::at_least, 2)});
  ASSERT_EQ(items.items.size(), 3u);
  EXPECT_EQ(items.items[2].id, "DO");
  EXPECT_EQ(items.items[2].unit, "mg/L");
}

}  // namespace
}  // namespace limpid
