// What a sweep keeps of a member, and which members are left to run.
#include "scenarios/sweep_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/scenarios/small_river.hpp"

namespace limpid {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
using Batches = std::vector<std::vector<std::size_t>>;

TEST(LeftOf, TakesTheMembersOfAShardThatAreNotDone) {
  const Batches batches{{0, 2, 4}, {1, 3}, {5}, {6, 7}};
  EXPECT_EQ(left_of(batches, {}), batches);
  EXPECT_EQ(left_of(batches, {0, 1, 3, 7}), (Batches{{2, 4}, {5}, {6}}));
  EXPECT_EQ(left_of(batches, {}, 0, 2), (Batches{{0, 2, 4}, {5}}));
  EXPECT_EQ(left_of(batches, {6}, 1, 2), (Batches{{1, 3}, {7}}));
  EXPECT_TRUE(left_of(batches, {}, 6, 7).empty());
  EXPECT_TRUE(left_of(batches, {0, 1, 2, 3, 4, 5, 6, 7}).empty());
}

// The small river with two sections and a standard of two items, of which the river has one.
class MemberMetricsTest : public ::testing::Test {
 protected:
  MemberMetricsTest() {
    Standard& standard = river_.basin.standard;
    for (const char* id : {"NH3_N", "TP"}) {
      StandardItem item;
      item.id = id;
      item.unit = "mg/L";
      item.river.values = item.lake.values = {0.15, 0.5, 1.0, 1.5, 2.0};
      standard.items.push_back(item);
    }
    for (const char* id : {"S1", "S2"}) {
      Section section;
      section.id = id;
      river_.basin.sections.push_back(section);
    }
    river_.basin.sections[0].target = WaterClass::III;
    river_.basin.sections[0].indicators = {"NH3_N"};
    river_.options.grid.begin = *parse_time("2025-01-01", std::chrono::seconds{0});
    river_.options.grid.end = *parse_time("2027-01-01", std::chrono::seconds{0});
  }
  double value(const MetricLayout& layout, const std::vector<double>& values, const std::string& name) const {
    const auto names = layout.names(river_.basin.sections);
    const auto at = std::find(names.begin(), names.end(), name);
    EXPECT_NE(at, names.end()) << name;
    return values.at(static_cast<std::size_t>(at - names.begin()));
  }
  testing::SmallRiver river_ = testing::small_river();
  AssessmentRules rules_;
};

TEST_F(MemberMetricsTest, AreNamedBySectionAndIndicator) {
  const MetricLayout layout = metrics_of(river_.basin, rules_);
  const auto names = layout.names(river_.basin.sections);
  EXPECT_EQ(names.size(), layout.size());
  EXPECT_EQ(layout.size(), 5u * 4 + 8u * 2);
  for (const char* name : {"held/S1/NH3_N/monthly", "held_from/S1/section/annual", "p90/S2/NH3_N"})
    EXPECT_NE(std::find(names.begin(), names.end(), name), names.end()) << name;
  for (const std::string& name : names) {
    EXPECT_EQ(name.find("TP"), std::string::npos) << "it is not recorded";
    EXPECT_EQ(name.find("held/S2"), std::string::npos) << "it has no target";
  }
}

TEST_F(MemberMetricsTest, SayWhatTheRecordAndTheAnswersSay) {
  const MetricLayout layout = metrics_of(river_.basin, rules_);
  ScenarioResult result;
  result.record.quantities = {{"NH3_N", "", "", "g m-3", ""}};
  result.record.sections = 2;
  // Two years of days: 0, 1, ..., 730 at S1 (the last is undefined), nothing at S2.
  for (int d = 0; d <= 730; ++d) {
    result.record.section_times.push_back(river_.options.grid.time(0) + 86400.0 * d);
    result.record.section_values.push_back(d == 730 ? kNone : d);
    result.record.section_values.push_back(kNone);
  }
  for (int month = 1; month <= 5; ++month) {
    SectionVerdict verdict;
    verdict.year = 2025;
    verdict.month = month;
    verdict.partial = month == 5;
    verdict.indicators = {
        {"NH3_N", 1, false, WaterClass::II, month < 2 ? Attained::no : Attained::yes, {}, false}};
    result.assessment.monthly.push_back(verdict);
  }
  result.answers = {{{"NH3_N", JudgingRule::monthly, Month{12 * 2025 + 1}, Month{12 * 2026 + 2},
                      Held::unproven, true, -0.25, false}},
                    {}};
  const auto values = metric_values(layout, river_.basin, river_.options, result);
  ASSERT_EQ(values.size(), layout.size());
  const auto is = [&](const std::string& name) { return value(layout, values, name); };
  EXPECT_EQ(is("mean/S1/NH3_N"), 364.5);
  EXPECT_EQ(is("minimum/S1/NH3_N"), 0);
  EXPECT_EQ(is("maximum/S1/NH3_N"), 729);
  EXPECT_DOUBLE_EQ(is("p10/S1/NH3_N"), 72.9);
  EXPECT_DOUBLE_EQ(is("p90/S1/NH3_N"), 656.1);
  EXPECT_EQ(is("last_year_mean/S1/NH3_N"), (366 + 729) / 2.0);
  EXPECT_EQ(is("attained_months/S1/NH3_N"), 3);
  EXPECT_EQ(is("attained_share/S1/NH3_N"), 0.75);
  EXPECT_EQ(is("met/S1/NH3_N/monthly"), 1);
  EXPECT_EQ(is("met_from/S1/NH3_N/monthly"), 1);
  EXPECT_EQ(is("held/S1/NH3_N/monthly"), 2);
  EXPECT_EQ(is("held_from/S1/NH3_N/monthly"), 14);
  EXPECT_EQ(is("margin/S1/NH3_N/monthly"), -0.25);
  EXPECT_TRUE(std::isnan(is("held/S1/NH3_N/annual"))) << "no such answer";
  EXPECT_TRUE(std::isnan(is("mean/S2/NH3_N")));
}

}  // namespace
}  // namespace limpid
