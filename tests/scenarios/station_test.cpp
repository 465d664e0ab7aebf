// A hydropower station on the small river's canal: what it leaves, counted day by day, under every scheme.
#include <gtest/gtest.h>

#include "scenarios/scenario.hpp"
#include "tests/scenarios/station_river.hpp"

namespace limpid::testing {
namespace {

constexpr double kNone = 0;

std::vector<StationDay> days(const SmallRiver& river) {
  const auto results = run_scenarios(river.basin, river.options, {}, {Scenario{}});
  return results.front().batch->station_days.front();
}

class Stations : public ::testing::TestWithParam<HydraulicScheme> {};
INSTANTIATE_TEST_SUITE_P(Schemes, Stations,
                         ::testing::Values(HydraulicScheme::steady, HydraulicScheme::kinematic,
                                           HydraulicScheme::muskingum_cunge, HydraulicScheme::dynamic));

// Where little or nothing is left to the river the dynamic wave oscillates at the intake
// (docs/hydraulics.md).
class RoutedStations : public Stations {};
INSTANTIATE_TEST_SUITE_P(Schemes, RoutedStations,
                         ::testing::Values(HydraulicScheme::steady, HydraulicScheme::kinematic,
                                           HydraulicScheme::muskingum_cunge));

TEST_P(Stations, LeaveTheReleaseAndTakeTheRest) {
  const auto list = days(with_station(GetParam(), 0.9));
  ASSERT_EQ(list.size(), 6U);
  for (const StationDay& day : list) {
    EXPECT_NEAR(day.left, 0.9, 1e-6);
    EXPECT_NEAR(day.diverted, 4.4 - 0.9, 1e-5);
    EXPECT_FALSE(day.below());
    EXPECT_EQ(day.dewatered, kNone);
  }
}

TEST_P(Stations, DaysBelowTheEcologicalFlowAreCounted) {
  const auto list = days(with_station(GetParam(), 0.5));
  for (const StationDay& day : list) {
    EXPECT_TRUE(day.below());
    EXPECT_NEAR(day.required, 0.6, 1e-12);
  }
}

// Nothing is left below the intake until the station is removed on the third day.
TEST_P(RoutedStations, ABypassedStretchWithoutWaterIsDewateredUntilTheStationGoes) {
  SmallRiver river = with_station(GetParam(), 0);
  river.basin.network.reaches[3].split.capacity = 9;
  river.basin.stations[0].removed = Time(std::chrono::hours(48));
  const auto list = days(river);
  ASSERT_EQ(list.size(), 6U);
  EXPECT_NEAR(list[1].left, 0, 1e-6);
  EXPECT_EQ(list[1].dewatered, 4000);
  EXPECT_TRUE(list[1].below());
  EXPECT_NEAR(list[4].left, 4.4, 1e-4);
  EXPECT_NEAR(list[4].diverted, 0, 1e-6);
  EXPECT_EQ(list[4].dewatered, kNone);
  EXPECT_FALSE(list[4].below());
}

// Open for half of the day: the day's mean stands between, and the water balance closes.
TEST_P(RoutedStations, PeakingMovesTheWaterByTheHour) {
  SmallRiver river = with_station(GetParam(), 0.4);
  river.basin.network.reaches[3].split.capacity = 9;
  river.basin.stations[0].opens = 8 * 3600.0;
  river.basin.stations[0].closes = 20 * 3600.0;
  const auto results = run_scenarios(river.basin, river.options, {}, {Scenario{}});
  const auto& list = results.front().batch->station_days.front();
  EXPECT_NEAR(list[4].left, 0.5 * (4.4 + 0.4), 0.02 * 2.4);
  EXPECT_NEAR(list[4].left + list[4].diverted, 4.4, 0.02 * 4.4);
  EXPECT_LT(results.front().batch->water_closure, 1e-12);
}

// Works on the bypassed stretch, by hand: load over flow there, and mixed with the canal's water below.
TEST(StationDilution, BypassAndReturnByHand) {
  for (const double release : {0.5, 2.2}) {
    SmallRiver river = with_station(HydraulicScheme::kinematic, release);
    Basin& basin = river.basin;
    only_works_on_the_bypass(river);
    const Plan none;
    Batch forcing(basin, river.options, {&none});
    Simulation simulation(basin, forcing, river.options);
    simulation.initialise();
    ASSERT_TRUE(simulation.run({}));
    const auto at = [&](int reach, double chainage) {
      const auto cell = basin.network.locate(reach, chainage).cell_a;
      return concentration(simulation.state().row(cell)[simulation.state().rows.index(3, 0)],
                           simulation.water().volume1[static_cast<std::size_t>(cell)]);
    };
    const double left = std::max(release, 4.4 - 4.0) + 0.1;
    EXPECT_NEAR(at(2, 500), 0, 1e-12);
    EXPECT_NEAR(at(2, 3800), 1 / left, 1e-6 / left);
    EXPECT_NEAR(at(3, 2800), 0, 1e-12);
    EXPECT_NEAR(at(4, 200), 1 / 4.5, 1e-6);
  }
}

}  // namespace
}  // namespace limpid::testing
