// Monthly and annual verdicts of sections from their series.
#include "scenarios/assessment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "io/standard_reader.hpp"
#include "scenarios/monthly_value.hpp"

namespace limpid {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kHour = 3600, kDay = 86400;

const Standard& standard() {
  static const Standard kStandard = *built_in_standard("GB3838-2002");
  return kStandard;
}

double seconds(const std::string& time) {
  return seconds_of(*parse_time(time));
}

// n values from a begin time, spaced by the interval.
IndicatorSeries series(const std::string& indicator, const std::string& begin, double interval,
                       std::vector<double> values) {
  IndicatorSeries s{0, indicator, {}, std::move(values), interval};
  for (std::size_t i = 0; i < s.values.size(); ++i)
    s.times.push_back(seconds(begin) + static_cast<double>(i) * interval);
  return s;
}

std::vector<double> constant(std::size_t n, double value) {
  return std::vector<double>(n, value);
}

Section section(WaterClass target, std::vector<std::string> indicators = {}, bool lake = false) {
  Section s;
  s.target = target;
  s.indicators = std::move(indicators);
  s.lake = lake;
  return s;
}

AssessmentRules rules(MonthlyStatistic statistic) {
  AssessmentRules r;
  r.statistic = statistic;
  return r;
}

const Month kJanuary{12 * 2025};

// A record that stands exactly at a limit meets it in every mean, though the sums are not exact.
TEST(Means, OfEqualValuesAreThatValue) {
  for (const double limit : {0.05, 0.1, 0.2, 0.3, 0.15}) {
    const auto year = series("TP", "2025-01-01", 4 * kHour, constant(365 * 6, limit));
    for (const auto statistic :
         {MonthlyStatistic::time_mean, MonthlyStatistic::sample_day, MonthlyStatistic::station}) {
      const Assessment a = assess(standard(), {section(WaterClass::III)}, {year}, rules(statistic));
      for (const SectionVerdict& month : a.monthly) EXPECT_EQ(month.indicators.at(0).value, limit);
      EXPECT_EQ(a.annual.at(0).indicators.at(0).value, limit);
    }
  }
}

TEST(MonthlyValue, TimeMeanOverTheLocalMonth) {
  // Hourly: 744 hours of January in +08:00 at 1, before and after at 100.
  auto values = constant(24, 100);
  values.insert(values.end(), 744, 1.0);
  values.insert(values.end(), 24, 100.0);
  const auto s = series("NH3_N", "2024-12-31", kHour, values);
  EXPECT_EQ(monthly_value(s, kJanuary, {}).value, 1.0);
  AssessmentRules utc;
  utc.offset = std::chrono::seconds(0);  // eight hours later: 736 hours at 1, 8 at 100
  EXPECT_NEAR(monthly_value(s, kJanuary, utc).value, (736 + 800) / 744.0, 1e-12);
}

TEST(MonthlyValue, LessThanHalfIsMissing) {
  auto values = constant(744, kNone);
  std::fill_n(values.begin(), 372, 2.0);
  EXPECT_EQ(monthly_value(series("NH3_N", "2025-01-01", kHour, values), kJanuary, {}).value, 2.0);
  values[0] = kNone;  // 371 of 744
  const auto less = monthly_value(series("NH3_N", "2025-01-01", kHour, values), kJanuary, {});
  EXPECT_TRUE(std::isnan(less.value));
  EXPECT_TRUE(less.half_span);  // the record itself covers the month
}

TEST(MonthlyValue, MonthWithoutRecord) {
  const auto s = series("NH3_N", "2025-01-01", kHour, constant(744, 1));
  const auto none = monthly_value(s, Month{kJanuary.index + 1}, {});
  EXPECT_TRUE(std::isnan(none.value));
  EXPECT_FALSE(none.half_span);
}

TEST(MonthlyValue, SampleDay) {
  std::vector<double> values(31);
  for (std::size_t day = 0; day < 31; ++day) values[day] = static_cast<double>(day + 1);
  const auto s = series("NH3_N", "2025-01-01", kDay, values);
  AssessmentRules r = rules(MonthlyStatistic::sample_day);
  EXPECT_EQ(monthly_value(s, kJanuary, r).value, 10.0);
  r.sample_day = 1;
  EXPECT_EQ(monthly_value(s, kJanuary, r).value, 1.0);
  r.sample_day = 31;
  const auto february =
      series("NH3_N", "2025-02-01", kDay, std::vector<double>(values.begin(), values.begin() + 28));
  EXPECT_EQ(monthly_value(february, Month{kJanuary.index + 1}, r).value, 28.0);
}

TEST(MonthlyValue, SampleDayTakesTheMeanOfThatDay) {
  auto values = constant(744, 9.0);
  for (std::size_t hour = 9 * 24; hour < 10 * 24; ++hour) values[hour] = hour % 2 ? 1.0 : 2.0;
  AssessmentRules r = rules(MonthlyStatistic::sample_day);
  EXPECT_EQ(monthly_value(series("NH3_N", "2025-01-01", kHour, values), kJanuary, r).value, 1.5);
  for (std::size_t hour = 9 * 24; hour < 9 * 24 + 13; ++hour) values[hour] = kNone;  // 11 of 24 hours left
  EXPECT_TRUE(std::isnan(monthly_value(series("NH3_N", "2025-01-01", kHour, values), kJanuary, r).value));
}

TEST(MonthlyValue, StationTakesTheMeanOfDays) {
  // 4-h values; the first day has one value of 7, all other days six values of 1.
  auto values = constant(6 * 31, 1.0);
  values[0] = 7;
  for (std::size_t i = 1; i < 6; ++i) values[i] = kNone;
  const auto s = series("NH3_N", "2025-01-01", 4 * kHour, values);
  EXPECT_NEAR(monthly_value(s, kJanuary, rules(MonthlyStatistic::station)).value, (7 + 30) / 31.0, 1e-15);
  EXPECT_NEAR(monthly_value(s, kJanuary, rules(MonthlyStatistic::time_mean)).value, (7 + 180) / 181.0, 1e-15);
}

TEST(Judge, TargetClassAndMultiples) {
  const auto v = judge(standard(), section(WaterClass::II), {{"NH3_N", 1.2}, {"TP", 0.1}, {"DO", 5.5}}, {});
  EXPECT_EQ(v.water_class, WaterClass::IV);
  EXPECT_EQ(v.attained, Attained::no);
  EXPECT_FALSE(v.missing);
  EXPECT_NEAR(*v.find("NH3_N")->exceedance_multiple, 1.4, 1e-12);  // against class II: 0.5
  EXPECT_EQ(v.find("TP")->attained, Attained::yes);
  EXPECT_FALSE(v.find("TP")->exceedance_multiple);
  EXPECT_EQ(v.find("DO")->attained, Attained::no);
  EXPECT_FALSE(v.find("DO")->exceedance_multiple);
  ASSERT_EQ(v.main_pollutants.size(), 1u);
  EXPECT_NEAR(*v.main_pollutants[0].multiple, 0.2, 1e-12);  // against class III: 1.0
}

TEST(Judge, OnlyAskedIndicatorsDecideAttainment) {
  const std::map<std::string, double> values{{"NH3_N", 0.4}, {"COD_Mn", 12}};
  const auto v = judge(standard(), section(WaterClass::II, {"NH3_N"}), values, {});
  EXPECT_EQ(v.attained, Attained::yes);
  EXPECT_EQ(v.water_class, WaterClass::V);  // the class is over all items present
  EXPECT_EQ(judge(standard(), section(WaterClass::II), values, {}).attained, Attained::no);
}

TEST(Judge, MissingNeverPassesAndAFailureStands) {
  const Section s = section(WaterClass::III, {"NH3_N", "TP"});
  const auto missing = judge(standard(), s, {{"NH3_N", 0.5}, {"TP", kNone}}, {});
  EXPECT_EQ(missing.attained, Attained::missing);
  EXPECT_TRUE(missing.missing);
  EXPECT_EQ(missing.water_class, WaterClass::II);  // of the items given
  EXPECT_EQ(judge(standard(), s, {{"NH3_N", 0.5}}, {}).attained, Attained::missing);
  const auto fails = judge(standard(), s, {{"NH3_N", 1.5}}, {});
  EXPECT_EQ(fails.attained, Attained::no);
  EXPECT_TRUE(fails.missing);
  EXPECT_TRUE(fails.find("TP")->missing);
}

TEST(Judge, NothingGiven) {
  const auto v = judge(standard(), section(WaterClass::III), {}, {});
  EXPECT_TRUE(v.missing);
  EXPECT_EQ(v.attained, Attained::missing);
  EXPECT_FALSE(v.water_class);
  EXPECT_EQ(absent_items(standard(), section(WaterClass::III), v).size(), 21u);
}

TEST(Judge, AbsentItemsAreThoseWithoutValue) {
  const auto v = judge(standard(), Section{}, {{"NH3_N", 0.5}, {"TP", kNone}, {"temperature", 20}}, {});
  const auto absent = absent_items(standard(), Section{}, v);
  EXPECT_EQ(absent.size(), 20u);
  EXPECT_NE(std::ranges::find(absent, "TP"), absent.end());
  EXPECT_EQ(std::ranges::find(absent, "NH3_N"), absent.end());
}

TEST(Judge, VerdictItemsOutsideTheStandardAreNotAsked) {
  SectionVerdict made;
  made.indicators.push_back({"chla", 10, false, {}, Attained::missing, {}});
  EXPECT_TRUE(asked_indicators(standard(), Section{}, made).empty());
}

TEST(Judge, NoTarget) {
  const auto v = judge(standard(), Section{}, {{"NH3_N", 0.5}}, {});
  EXPECT_EQ(v.attained, Attained::missing);
  EXPECT_FALSE(v.missing);
  EXPECT_EQ(v.water_class, WaterClass::II);
}

TEST(Judge, AskedIndicatorOutsideTheStandard) {
  const auto v =
      judge(standard(), section(WaterClass::III, {"NH3_N", "chla"}), {{"NH3_N", 0.5}, {"chla", 10}}, {});
  EXPECT_EQ(v.attained, Attained::missing);
  EXPECT_TRUE(v.find("chla")->missing);
}

TEST(Judge, LakesJudgeNitrogenApart) {
  const Section lake = section(WaterClass::III, {}, true);
  const auto v = judge(standard(), lake, {{"TP", 0.05}, {"TN", 2.5}}, {});
  EXPECT_EQ(v.water_class, WaterClass::III);
  EXPECT_EQ(v.attained, Attained::yes);
  EXPECT_EQ(v.find("TN")->water_class, WaterClass::worse_than_V);
  EXPECT_NEAR(*v.find("TN")->exceedance_multiple, 1.5, 1e-12);
  EXPECT_TRUE(v.main_pollutants.empty());
  const auto asked =
      judge(standard(), section(WaterClass::III, {"TN"}, true), {{"TP", 0.05}, {"TN", 2.5}}, {});
  EXPECT_EQ(asked.attained, Attained::no);
  // Rivers: TN has no limit; asked all the same it can never pass.
  EXPECT_EQ(judge(standard(), section(WaterClass::III, {"TN"}), {{"TN", 0.1}}, {}).attained,
            Attained::missing);
}

TEST(Judge, FaecalColiformHasAClassOfItsOwn) {
  const auto v = judge(standard(), section(WaterClass::III), {{"NH3_N", 0.5}, {"fecal_coliform", 90000}}, {});
  EXPECT_EQ(v.find("fecal_coliform")->water_class, WaterClass::worse_than_V);
  EXPECT_EQ(v.water_class, WaterClass::II);
  EXPECT_EQ(v.attained, Attained::yes);
}

TEST(Judge, ToxicItemsComeFirstThenClassThenMultiple) {
  const std::map<std::string, double> values{
      {"NH3_N", 9}, {"TP", 0.41}, {"CN", 0.3}, {"Cd", 0.006}, {"COD_Cr", 39}};
  const auto v = judge(standard(), section(WaterClass::III), values, {});
  ASSERT_EQ(v.main_pollutants.size(), 3u);
  EXPECT_EQ(v.main_pollutants[0].indicator, "CN");  // worse than V
  EXPECT_EQ(v.main_pollutants[1].indicator, "Cd");  // V
  EXPECT_EQ(v.main_pollutants[2].indicator, "NH3_N");
  const auto meeting = judge(standard(), section(WaterClass::III), {{"NH3_N", 9}, {"CN", 0.2}}, {});
  ASSERT_EQ(meeting.main_pollutants.size(), 1u);  // cyanide within III is no pollutant
}

TEST(Judge, EqualMultiplesKeepTheOrderOfTheStandard) {
  // COD_Mn 7.2/6, COD_Cr 24/20, TP 0.24/0.2: all 0.2 but for binary noise, all class IV.
  const auto v =
      judge(standard(), section(WaterClass::III), {{"TP", 0.24}, {"COD_Cr", 24}, {"COD_Mn", 7.2}}, {});
  ASSERT_EQ(v.main_pollutants.size(), 3u);
  EXPECT_EQ(v.main_pollutants[0].indicator, "COD_Mn");
  EXPECT_EQ(v.main_pollutants[1].indicator, "COD_Cr");
  EXPECT_EQ(v.main_pollutants[2].indicator, "TP");
}

TEST(Judge, RoundedValuesThatPassShowNoMultiple) {
  AssessmentRules r;
  r.rounding = Rounding::standard;
  const auto v = judge(standard(), section(WaterClass::III), {{"NH3_N", 1.04}}, r);
  EXPECT_EQ(v.attained, Attained::yes);
  EXPECT_FALSE(v.find("NH3_N")->exceedance_multiple);
  EXPECT_EQ(judge(standard(), section(WaterClass::III), {{"NH3_N", 1.04}}, {}).attained, Attained::no);
}

TEST(Assess, MonthsAndYears) {
  // 2025 daily: 0.6 in the first half year (181 days), 1.2 after.
  auto values = constant(181, 0.6);
  values.insert(values.end(), 184, 1.2);
  const auto a =
      assess(standard(), {section(WaterClass::III)}, {series("NH3_N", "2025-01-01", kDay, values)}, {});
  ASSERT_EQ(a.monthly.size(), 12u);
  EXPECT_EQ(a.monthly[5].month, 6);
  EXPECT_EQ(a.monthly[5].attained, Attained::yes);
  EXPECT_EQ(a.monthly[6].attained, Attained::no);
  ASSERT_EQ(a.annual.size(), 1u);
  EXPECT_EQ(a.annual[0].year, 2025);
  EXPECT_EQ(a.annual[0].month, 0);
  // Mean of twelve months, not of 365 days.
  EXPECT_NEAR(a.annual[0].find("NH3_N")->value, 0.9, 1e-12);
  EXPECT_EQ(a.annual[0].attained, Attained::yes);
  EXPECT_EQ(a.absent_items.size(), 20u);
}

TEST(Assess, YearNeedsTwelveMonthsUnlessTheRulesSayLess) {
  auto values = constant(365, 0.6);
  std::fill_n(values.begin(), 31 + 28, kNone);
  const std::vector<IndicatorSeries> given{series("NH3_N", "2025-01-01", kDay, values)};
  const auto a = assess(standard(), {section(WaterClass::III)}, given, {});
  EXPECT_TRUE(a.annual[0].missing);
  EXPECT_FALSE(a.annual[0].partial);  // the record covers the year; the values are missing
  AssessmentRules ice;
  ice.min_months = 8;
  const auto b = assess(standard(), {section(WaterClass::III)}, given, ice);
  EXPECT_FALSE(b.annual[0].missing);
  EXPECT_NEAR(b.annual[0].find("NH3_N")->value, 0.6, 1e-12);
}

TEST(Assess, ClosingValueOpensNoMonth) {
  // A run of one year records its last hour's end at 2026-01-01T00:00.
  const auto a = assess(standard(), {section(WaterClass::III)},
                        {series("NH3_N", "2025-01-01", kHour, constant(8761, 0.5))}, {});
  EXPECT_EQ(a.monthly.size(), 12u);
  EXPECT_EQ(a.annual.size(), 1u);
}

TEST(Assess, MonthlySamplesOnTheFirstAreKept) {
  IndicatorSeries s{0, "NH3_N", {}, {}, 30 * kDay};
  for (int month = 0; month < 12; ++month) {
    s.times.push_back(seconds_of(Month{kJanuary.index + month}.begin()));
    s.values.push_back(0.5);
  }
  const auto a = assess(standard(), {section(WaterClass::III)}, {s}, {});
  ASSERT_EQ(a.monthly.size(), 12u);
  for (const SectionVerdict& v : a.monthly) EXPECT_FALSE(v.missing);
  EXPECT_EQ(a.annual[0].attained, Attained::yes);
}

TEST(Assess, GapMonthsAreListedAsMissing) {
  auto values = constant(90, 0.5);
  std::fill_n(values.begin() + 31, 20, kNone);  // 8 of 28 days of February left
  const auto a =
      assess(standard(), {section(WaterClass::III)}, {series("NH3_N", "2025-01-01", kDay, values)}, {});
  ASSERT_EQ(a.monthly.size(), 3u);
  EXPECT_TRUE(a.monthly[1].missing);
  EXPECT_FALSE(a.monthly[1].partial);
  EXPECT_EQ(a.monthly[1].attained, Attained::missing);
}

// Partial is a matter of the record's ends: a month that the middle of it leaves out is missing, and counts.
TEST(Assess, MonthsWithoutAnyRowAreMissingNotPartial) {
  IndicatorSeries winter = series("NH3_N", "2025-01-01", kDay, constant(31, 0.5));
  const IndicatorSeries march = series("NH3_N", "2025-03-01", kDay, constant(31, 0.5));
  winter.times.insert(winter.times.end(), march.times.begin(), march.times.end());
  winter.values.insert(winter.values.end(), march.values.begin(), march.values.end());
  const auto a = assess(standard(), {section(WaterClass::III)}, {winter}, {});
  ASSERT_EQ(a.monthly.size(), 3u);
  EXPECT_TRUE(a.monthly[1].missing);
  EXPECT_FALSE(a.monthly[1].partial);
}

// One row at the very start of a month closes a record only if there is a month before it.
TEST(Assess, ASingleRowOpensItsMonth) {
  const auto a = assess(standard(), {section(WaterClass::III)},
                        {series("NH3_N", "2025-03-01", 30 * kDay, constant(1, 0.5))}, {});
  ASSERT_EQ(a.monthly.size(), 1u);
  EXPECT_EQ(a.monthly[0].month, 3);
  EXPECT_EQ(a.monthly[0].attained, Attained::yes);
}

TEST(Assess, SectionsKeepTheirOwnSeries) {
  auto second = series("TP", "2025-02-01", kDay, constant(28, 0.5));
  second.section = 1;
  auto unknown = series("discharge", "2025-01-01", kDay, constant(100, 5));
  const auto a = assess(standard(), {section(WaterClass::III), section(WaterClass::III)},
                        {series("NH3_N", "2025-01-01", kDay, constant(31, 0.5)), second, unknown}, {});
  ASSERT_EQ(a.monthly.size(), 2u);
  EXPECT_EQ(a.monthly[0].section, 0);
  EXPECT_EQ(a.monthly[0].attained, Attained::yes);
  EXPECT_EQ(a.monthly[0].indicators.size(), 1u);
  EXPECT_EQ(a.monthly[1].section, 1);
  EXPECT_EQ(a.monthly[1].month, 2);
  EXPECT_EQ(a.monthly[1].attained, Attained::no);
}

TEST(Assess, RecordInsideOneMonth) {
  const auto part = assess(standard(), {section(WaterClass::III)},
                           {series("NH3_N", "2025-01-20", kDay, constant(5, 0.5))}, {});
  ASSERT_EQ(part.monthly.size(), 1u);
  EXPECT_TRUE(part.monthly[0].missing);
  EXPECT_TRUE(part.monthly[0].partial);
  EXPECT_TRUE(part.annual[0].partial);
  const auto over_new_year = assess(standard(), {section(WaterClass::III)},
                                    {series("NH3_N", "2025-12-30", kDay, constant(33, 0.5))}, {});
  ASSERT_EQ(over_new_year.monthly.size(), 2u);
  EXPECT_TRUE(over_new_year.monthly[0].partial);
  EXPECT_EQ(over_new_year.monthly[1].attained, Attained::yes);
  EXPECT_EQ(over_new_year.annual.size(), 2u);
}

TEST(Assess, NothingToAssess) {
  const auto a =
      assess(standard(), {section(WaterClass::III)}, {IndicatorSeries{0, "NH3_N", {}, {}, kHour}}, {});
  EXPECT_TRUE(a.monthly.empty() && a.annual.empty());
}

// Order of the series and of the sections must not change a section's verdicts.
TEST(Assess, OrderOfSeriesDoesNotMatter) {
  const auto ammonia = series("NH3_N", "2025-01-01", kDay, constant(365, 1.2));
  const auto phosphorus = series("TP", "2025-01-01", kDay, constant(365, 0.3));
  const auto a = assess(standard(), {section(WaterClass::III)}, {ammonia, phosphorus}, {});
  const auto b = assess(standard(), {section(WaterClass::III)}, {phosphorus, ammonia}, {});
  ASSERT_EQ(a.monthly.size(), b.monthly.size());
  for (std::size_t i = 0; i < a.monthly.size(); ++i) {
    EXPECT_EQ(a.monthly[i].indicators[0].indicator, "NH3_N");
    EXPECT_EQ(b.monthly[i].indicators[0].indicator, "NH3_N");
    EXPECT_EQ(a.monthly[i].water_class, b.monthly[i].water_class);
    EXPECT_EQ(a.monthly[i].main_pollutants[0].indicator, b.monthly[i].main_pollutants[0].indicator);
  }
}

}  // namespace
}  // namespace limpid
