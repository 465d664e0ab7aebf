// Yearly targets against values worked by hand.
#include "scenarios/interim.hpp"

#include <gtest/gtest.h>

#include "io/standard_reader.hpp"

namespace limpid {
namespace {

// NH3_N: twelve months of 2025, six at 1.2 and six at 0.4 mg/L: mean 0.8.
TEST(Interim, ByTheYearAndByItsMonths) {
  const Standard standard = *built_in_standard("GB3838-2002");
  Section section;
  section.id = "S";
  section.target = WaterClass::II;
  section.indicators = {"NH3_N"};
  IndicatorSeries series{0, "NH3_N", {}, {}, 86400};
  for (Time t = *parse_time("2025-01-01"); t < *parse_time("2026-01-01"); t += std::chrono::days(1)) {
    series.times.push_back(seconds_of(t));
    series.values.push_back(t < *parse_time("2025-07-01") ? 1.2 : 0.4);
  }
  const Assessment assessment = assess(standard, {section}, {series}, {});
  const auto answers = interim_answers(standard, {section}, assessment, {},
                                       {{0, 2025, WaterClass::IV},
                                        {0, 2025, WaterClass::III},
                                        {0, 2025, WaterClass::II},
                                        {0, 2027, WaterClass::V}});
  ASSERT_EQ(answers.size(), 4u);
  EXPECT_EQ(answers[0].attained, Attained::yes);  // 1.5
  EXPECT_EQ(answers[0].months_attained, 12);
  EXPECT_EQ(answers[1].attained, Attained::yes);  // 1.0
  EXPECT_EQ(answers[1].months_attained, 6);
  EXPECT_EQ(answers[1].months, 12);
  EXPECT_EQ(answers[2].attained, Attained::no);  // 0.5
  EXPECT_EQ(answers[2].months_attained, 6);
  EXPECT_EQ(answers[2].missed, std::vector<std::string>{"NH3_N"});
  EXPECT_EQ(answers[3].attained, Attained::missing);
  EXPECT_EQ(answers[3].months, 0);
}

}  // namespace
}  // namespace limpid
