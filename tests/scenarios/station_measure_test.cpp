// Measures on hydropower stations, by hand: what they leave, what they dilute, and who shares the water.
#include "scenarios/station_measure.hpp"

#include <gtest/gtest.h>

#include "scenarios/influence.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/water_measure.hpp"
#include "tests/scenarios/station_river.hpp"

namespace limpid::testing {
namespace {

constexpr double kDay = 86400;

void add_section(Basin& basin, int reach, double chainage) {
  Section section;
  section.id = "s" + std::to_string(reach);
  section.reach = reach;
  section.chainage = chainage;
  section.location = basin.network.locate(reach, chainage);
  basin.sections.push_back(section);
}

Measure on_station(ActionKind action, std::vector<double> values) {
  Measure m;
  m.id = "station";
  m.action = action;
  m.at = {{"station", "power"}};
  m.start = Time{std::chrono::hours(48)};
  for (const double v : values) m.effects.push_back({-1, v});
  return m;
}

Plan plan_of(std::vector<Measure> measures) {
  Plan plan;
  plan.id = "p";
  plan.measures = std::move(measures);
  return plan;
}

std::vector<StationDay> days(const SmallRiver& river, const Plan& plan) {
  return run_scenarios(river.basin, river.options, {}, {Scenario{plan, {}}})
      .front()
      .batch->station_days.front();
}

int days_below(const std::vector<StationDay>& list) {
  int count = 0;
  for (const StationDay& day : list) count += day.below();
  return count;
}

class StationMeasures : public ::testing::TestWithParam<HydraulicScheme> {};
INSTANTIATE_TEST_SUITE_P(Schemes, StationMeasures,
                         ::testing::Values(HydraulicScheme::steady, HydraulicScheme::kinematic,
                                           HydraulicScheme::muskingum_cunge, HydraulicScheme::dynamic));

// Six days; the release rises from 0.4 to 0.9 at the start of the third.
TEST_P(StationMeasures, AReleaseEndsTheDaysBelowTheEcologicalFlow) {
  const auto list = days(with_station(GetParam()), plan_of({on_station(ActionKind::raise_release, {0.9})}));
  ASSERT_EQ(list.size(), 6U);
  EXPECT_NEAR(list[1].left, 0.4, 1e-5);
  EXPECT_NEAR(list[3].left, 0.9, 1e-5);
  EXPECT_NEAR(list[3].diverted, 4.4 - 0.9, 1e-4);
  EXPECT_EQ(days_below(list), 2);
}

// A ramp of two days: 0.4 + 0.5 t/2, on the mean of its first day 0.525 and of its second 0.775.
TEST_P(StationMeasures, ARampIsFollowedByTheDay) {
  Measure m = on_station(ActionKind::raise_release, {0.9});
  m.ramp = {0, 2 * 86400};
  const auto list = days(with_station(GetParam()), plan_of({m}));
  EXPECT_NEAR(list[2].left, 0.525, 1e-4);
  EXPECT_NEAR(list[3].left, 0.775, 1e-4);
  EXPECT_EQ(days_below(list), 3);
}

// A quarter of what arrives, from the third day to the end of the fourth.
TEST_P(StationMeasures, AShareOfTheInflowAndItsEnd) {
  Measure m = on_station(ActionKind::raise_release_share, {0.25});
  m.end = Time{std::chrono::hours(96)};
  const auto list = days(with_station(GetParam()), plan_of({m}));
  EXPECT_NEAR(list[3].left, 1.1, 1e-4);
  EXPECT_NEAR(list[5].left, 0.4, 1e-4);
}

class RoutedMeasures : public StationMeasures {};
INSTANTIATE_TEST_SUITE_P(Schemes, RoutedMeasures,
                         ::testing::Values(HydraulicScheme::steady, HydraulicScheme::kinematic,
                                           HydraulicScheme::muskingum_cunge));

TEST_P(RoutedMeasures, AStationRemovedLeavesAllWater) {
  const auto list = days(with_station(GetParam()), plan_of({on_station(ActionKind::stop_diversion, {1})}));
  EXPECT_NEAR(list[1].diverted, 4, 1e-4);
  EXPECT_NEAR(list[4].left, 4.4, 1e-4);
  EXPECT_NEAR(list[4].diverted, 0, 1e-6);
}

// Its plan is the station removed in the case itself, to the bit.
TEST(StationMeasure, RemovedByPlanOrByCaseIsOne) {
  SmallRiver river = with_station(HydraulicScheme::kinematic);
  const auto by_plan = days(river, plan_of({on_station(ActionKind::stop_diversion, {1})}));
  river.basin.stations[0].removed = Time{std::chrono::hours(48)};
  const auto by_case = days(river, {});
  for (std::size_t d = 0; d < by_case.size(); ++d) {
    EXPECT_EQ(by_plan[d].left, by_case[d].left);
    EXPECT_EQ(by_plan[d].diverted, by_case[d].diverted);
  }
}

// The higher of two releases holds, a lower one than the station's own changes nothing, and neither does the
// order.
TEST(StationMeasure, TheHighestReleaseHolds) {
  const DiversionInput own{0.4, 0.1, 4};
  const Measure low = on_station(ActionKind::raise_release, {0.3}),
                high = on_station(ActionKind::raise_release, {0.9}),
                higher = on_station(ActionKind::raise_release, {1.5});
  const auto under = [&](const std::vector<std::pair<const Measure*, double>>& measures) {
    DiversionInput input = own;
    for (const auto& [m, strength] : measures) limit_diversion(own, *m, strength, 0, kDay, {}, input);
    return input.reserve;
  };
  EXPECT_EQ(under({{&low, 1}}), 0.4);
  EXPECT_DOUBLE_EQ(under({{&high, 1}, {&higher, 0.5}}), 0.95);
  EXPECT_DOUBLE_EQ(under({{&higher, 0.5}, {&high, 1}}), 0.95);
}

// Twelve values by the local month: half of the step lies in January, half in February.
TEST(StationMeasure, MonthsHaveTheirOwnRelease) {
  std::vector<double> values;
  for (int month = 1; month <= 12; ++month) values.push_back(0.1 * month);
  const Measure m = on_station(ActionKind::raise_release, values);
  const double february = seconds_of(*parse_time("2025-02-01"));
  EXPECT_NEAR(monthly_effect(m, february, february + kDay, kChinaOffset), 0.2, 1e-12);
  EXPECT_NEAR(monthly_effect(m, february - kDay, february + kDay, kChinaOffset), 0.15, 1e-12);
}

// Works of 0.1 m3/s and 1 g/s on the bypassed stretch: 1/(0.4 + 0.1) mg/L before, 1/(0.9 + 0.1) after.
TEST(StationMeasure, DilutionByHand) {
  SmallRiver river = with_station(HydraulicScheme::kinematic);
  Basin& basin = river.basin;
  only_works_on_the_bypass(river);
  add_section(basin, 2, 3500);
  add_section(basin, 4, 500);
  const Plan plan = plan_of({on_station(ActionKind::raise_release, {0.9})});
  const auto results = run_scenarios(basin, river.options, {}, {Scenario{}, Scenario{plan, {}}});
  const auto last = [&](std::size_t scenario, int section) {
    const Record& record = results[scenario].record;
    return record.section(record.section_times.size() - 1, section, record.quantity("tracer"));
  };
  EXPECT_NEAR(last(0, 0), 1 / 0.5, 1e-4);
  EXPECT_NEAR(last(1, 0), 1 / 1.0, 1e-4);
  EXPECT_NEAR(last(0, 1), 1 / 4.5, 1e-4);
  EXPECT_NEAR(last(1, 1), 1 / 4.5, 1e-4);
}

TEST(StationMeasure, LanesShareTheWaterOnlyWhereStationsAreEqual) {
  const SmallRiver river = with_station(HydraulicScheme::kinematic);
  const Measure release = on_station(ActionKind::raise_release, {0.9});
  Measure late = release, more = release, removed = on_station(ActionKind::stop_diversion, {1});
  late.start = Time{std::chrono::hours(72)};
  more.effects[0].value = 1;
  const Measure load = removal("works", 0.5).measures.front();
  const std::vector<Plan> plans = {{},
                                   plan_of({release}),
                                   plan_of({release, load}),
                                   plan_of({late}),
                                   plan_of({more}),
                                   plan_of({removed}),
                                   plan_of({load})};
  std::vector<std::string> keys;
  for (const Plan& plan : plans) keys.push_back(water_key(river.basin, plan));
  const std::vector<std::vector<std::size_t>> groups = {{0, 6}, {1, 2}, {3}, {4}, {5}};
  EXPECT_EQ(pack(keys, plans.size()), groups);
}

// A lane beside another is that plan alone, to the bit.
TEST(StationMeasure, ALaneIsThePlanAlone) {
  SmallRiver river = with_station(HydraulicScheme::kinematic);
  add_section(river.basin, 2, 3500);
  add_section(river.basin, 4, 500);
  const Plan release = plan_of({on_station(ActionKind::raise_release, {0.9})});
  Plan both = release;
  both.measures.push_back(removal("works", 0.5).measures.front());
  const auto together =
      run_scenarios(river.basin, river.options, {}, {Scenario{release, {}}, Scenario{both, {}}});
  const auto alone = run_scenarios(river.basin, river.options, {}, {Scenario{both, {}}});
  EXPECT_EQ(together[0].batch, together[1].batch);
  ASSERT_FALSE(alone[0].record.section_values.empty());
  EXPECT_NE(together[0].record.section_values, together[1].record.section_values);
  EXPECT_EQ(together[1].record.section_values, alone[0].record.section_values);
}

TEST(StationMeasure, ActsOnStationsOfACountyAndOnAllBelowTheIntake) {
  SmallRiver river = with_station(HydraulicScheme::kinematic);
  for (const int reach : {0, 2, 3, 4}) add_section(river.basin, reach, 100);
  Measure m = on_station(ActionKind::raise_release, {0.9});
  EXPECT_EQ(sections_below(river.basin, m), (std::vector<int>{1, 2, 3}));
  m.at = {{"county", "upper county"}};
  EXPECT_EQ(measure_stations(river.basin, m), std::vector<int>{0});
  m.at = {{"county", "upper county"}, {"stretch", "upper"}};
  EXPECT_TRUE(measure_stations(river.basin, m).empty());
  EXPECT_TRUE(measure_stations(river.basin, removal("works", 1).measures.front()).empty());
}

}  // namespace
}  // namespace limpid::testing
