// Items that are observed and carried unchanged beside simulated ones, by hand. Limits of GB 3838-2002 Table
// 1, mg/L: NH3_N II 0.5, III 1.0; Cd I 0.001, II to IV 0.005, V 0.01.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "io/standard_reader.hpp"
#include "scenarios/assessment.hpp"

namespace limpid {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

const Standard& standard() {
  static const Standard kStandard = *built_in_standard("GB3838-2002");
  return kStandard;
}

// Ammonia at 0.4 mg/L, once a day over 2025 and 2026: class II.
std::vector<IndicatorSeries> ammonia() {
  IndicatorSeries s{0, "NH3_N", {}, {}, 86400};
  const double begin = seconds_of(*parse_time("2025-01-01"));
  for (int day = 0; day < 730; ++day) {
    s.times.push_back(begin + 86400.0 * day);
    s.values.push_back(0.4);
  }
  return {s};
}

std::vector<Section> sections(std::vector<std::string> indicators = {}) {
  Section s;
  s.target = WaterClass::III;
  s.indicators = std::move(indicators);
  return {s};
}

// Cadmium at 0.0005 mg/L, but in July `july`.
AssessmentRules cadmium(double july) {
  CarriedItem item{0, "Cd", {}};
  item.months.fill(0.0005);
  item.months[6] = july;
  AssessmentRules rules;
  rules.carried = {item};
  return rules;
}

const SectionVerdict& month(const Assessment& a, int year, int number) {
  return *std::ranges::find_if(a.monthly,
                               [&](const SectionVerdict& v) { return v.year == year && v.month == number; });
}

TEST(CarriedItems, DecideTheClassWhereTheyAreWorst) {
  const Assessment a = assess(standard(), sections(), ammonia(), cadmium(0.008));
  EXPECT_EQ(month(a, 2025, 6).water_class, WaterClass::II);
  EXPECT_EQ(month(a, 2025, 6).attained, Attained::yes);
  for (const int year : {2025, 2026}) {  // unchanged from year to year
    const SectionVerdict& july = month(a, year, 7);
    EXPECT_EQ(july.water_class, WaterClass::V);
    EXPECT_EQ(july.attained, Attained::no);
    ASSERT_EQ(july.main_pollutants.size(), 1u);
    EXPECT_EQ(july.main_pollutants[0].indicator, "Cd");
    EXPECT_NEAR(*july.main_pollutants[0].multiple, 0.6, 1e-12);  // (0.008 - 0.005) / 0.005
  }
}

TEST(CarriedItems, AreMarkedAndNoLongerAbsent) {
  const Assessment without = assess(standard(), sections(), ammonia(), {});
  const Assessment with = assess(standard(), sections(), ammonia(), cadmium(0.008));
  EXPECT_TRUE(month(with, 2025, 7).find("Cd")->carried);
  EXPECT_FALSE(month(with, 2025, 7).find("NH3_N")->carried);
  EXPECT_EQ(with.carried_items, std::vector<std::string>{"Cd"});
  EXPECT_TRUE(without.carried_items.empty());
  EXPECT_EQ(std::ranges::count(without.absent_items, "Cd"), 1);
  EXPECT_EQ(std::ranges::count(with.absent_items, "Cd"), 0);
  EXPECT_EQ(with.absent_items.size() + 1, without.absent_items.size());
}

TEST(CarriedItems, TheYearIsTheMeanOfTheirMonths) {
  const Assessment a = assess(standard(), sections(), ammonia(), cadmium(0.08));
  ASSERT_EQ(a.annual.size(), 2u);
  const IndicatorVerdict& cd = *a.annual[0].find("Cd");
  EXPECT_NEAR(cd.value, (11 * 0.0005 + 0.08) / 12, 1e-15);  // 0.007125
  EXPECT_TRUE(cd.carried);
  EXPECT_EQ(a.annual[0].water_class, WaterClass::V);
}

TEST(CarriedItems, AreAskedForUnlessTheSectionListsItsIndicators) {
  const Assessment all = assess(standard(), sections(), ammonia(), cadmium(0.008));
  const Assessment listed = assess(standard(), sections({"NH3_N"}), ammonia(), cadmium(0.008));
  EXPECT_EQ(month(all, 2025, 7).attained, Attained::no);
  EXPECT_EQ(month(listed, 2025, 7).attained, Attained::yes);
  EXPECT_EQ(month(listed, 2025, 7).water_class, WaterClass::V);  // the class is over all items present
}

TEST(CarriedItems, AMonthWithoutValueIsMissing) {
  const Assessment a = assess(standard(), sections(), ammonia(), cadmium(kNone));
  EXPECT_TRUE(month(a, 2025, 7).missing);
  EXPECT_TRUE(month(a, 2025, 7).find("Cd")->missing);
  EXPECT_FALSE(month(a, 2025, 6).missing);
  EXPECT_TRUE(a.annual[0].find("Cd")->missing);  // 11 of 12 months
}

TEST(CarriedItems, StandAtTheirSectionOnly) {
  auto two = sections();
  two.push_back(two[0]);
  auto series = ammonia();
  series.push_back(series[0]);
  series[1].section = 1;
  const Assessment a = assess(standard(), two, series, cadmium(0.008));
  for (const SectionVerdict& v : a.monthly) {
    EXPECT_EQ(v.find("Cd") != nullptr, v.section == 0);
    if (v.month == 7) {
      EXPECT_EQ(v.water_class, v.section == 0 ? WaterClass::V : WaterClass::II);
    }
  }
}

TEST(CarriedItems, DeadlineAnswersSayThatTheyAreCarried) {
  const AssessmentRules rules = cadmium(0.008);
  const auto where = sections();
  const Assessment a = assess(standard(), where, ammonia(), rules);
  int carried = 0;
  for (const DeadlineAnswer& answer : deadline_answers(standard(), where[0], 0, a, rules)) {
    EXPECT_EQ(answer.carried, answer.indicator == "Cd") << answer.indicator;
    carried += answer.carried;
    if (answer.rule == JudgingRule::monthly) {
      EXPECT_TRUE(answer.held_from.has_value()) << answer.indicator;
    }
  }
  EXPECT_EQ(carried, 2);  // monthly and annual
}

}  // namespace
}  // namespace limpid
