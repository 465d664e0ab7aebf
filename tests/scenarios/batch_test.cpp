#include "scenarios/batch.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace limpid {
namespace {

// Two point sources of NH3_N: "works" by concentration in 2 m3/s, "farm" as a load without water.
class BatchTest : public ::testing::Test {
 protected:
  BatchTest() {
    basin_.constituents = {Constituent{}};
    basin_.constituents[0].id = "NH3_N";
    basin_.sources.resize(2);
    basin_.sources[0].id = "works";
    basin_.sources[0].sector = "wwtp";
    basin_.sources[0].flow = Series::constant(2.0);
    basin_.sources[0].loads = {{SourceLoad::Kind::concentration, Series::constant(10.0)}};
    basin_.sources[1].id = "farm";
    basin_.sources[1].sector = "livestock";
    basin_.sources[1].carries_water = false;
    basin_.sources[1].loads = {{SourceLoad::Kind::load, Series::constant(5.0)}};
    options_.grid.begin = *parse_time("2025-01-01");
    options_.grid.end = *parse_time("2026-01-01");
  }

  static Measure measure(ActionKind action, const char* source, double value) {
    Measure m;
    m.id = "m";
    m.action = action;
    m.at = {{"source", source}};
    m.effects = {{action == ActionKind::scale_flow || action == ActionKind::add_flow ? -1 : 0, value}};
    m.start = *parse_time("2025-01-01");
    return m;
  }

  // Load of a source over a step of 100 s long after the start, one plan.
  double load(std::vector<Measure> measures, int source) {
    Plan plan;
    plan.measures = std::move(measures);
    Batch batch(basin_, options_, {&plan});
    const Rows rows(1, 1);
    std::vector<double> out;
    const double t = seconds_of(*parse_time("2025-06-01"));
    batch.loads(t, t + 100, rows, out);
    return out[rows.at(source)];
  }

  Basin basin_;
  RunOptions options_;
};

TEST_F(BatchTest, WithoutMeasuresTheLoadIsWhatStands) {
  EXPECT_DOUBLE_EQ(load({}, 0), 2.0 * 10 * 100);
  EXPECT_DOUBLE_EQ(load({}, 1), 5.0 * 100);
}

TEST_F(BatchTest, FractionsMultiplyInAnyOrder) {
  const auto a = measure(ActionKind::remove_fraction, "farm", 0.5),
             b = measure(ActionKind::remove_fraction, "farm", 0.2);
  EXPECT_DOUBLE_EQ(load({a, b}, 1), 500 * 0.5 * 0.8);
  EXPECT_EQ(load({a, b}, 1), load({b, a}, 1));
}

TEST_F(BatchTest, SetLoadReplacesBeforeFractionsWork) {
  const auto set = measure(ActionKind::set_load, "farm", 2.0),
             remove = measure(ActionKind::remove_fraction, "farm", 0.5);
  EXPECT_DOUBLE_EQ(load({remove, set}, 1), 2.0 * 100 * 0.5);
}

TEST_F(BatchTest, ACapComesLast) {
  const auto cap = measure(ActionKind::cap_concentration, "works", 3.0);
  EXPECT_DOUBLE_EQ(load({cap}, 0), 3.0 * 2 * 100);
  EXPECT_DOUBLE_EQ(load({cap, measure(ActionKind::remove_fraction, "works", 0.5)}, 0), 3.0 * 2 * 100);
  EXPECT_DOUBLE_EQ(load({cap, measure(ActionKind::remove_fraction, "works", 0.9)}, 0), 1.0 * 2 * 100);
}

TEST_F(BatchTest, FlowScalesALoadThatIsAConcentrationOnly) {
  EXPECT_DOUBLE_EQ(load({measure(ActionKind::scale_flow, "works", -0.25)}, 0), 1.5 * 10 * 100);
  EXPECT_DOUBLE_EQ(load({measure(ActionKind::scale_flow, "farm", -0.25)}, 1), 500.0);
}

TEST_F(BatchTest, ACapWorksOnTheScaledFlow) {
  const auto cap = measure(ActionKind::cap_concentration, "works", 3.0),
             half = measure(ActionKind::scale_flow, "works", -0.5);
  EXPECT_DOUBLE_EQ(load({cap, half}, 0), 3.0 * 1 * 100);
}

TEST_F(BatchTest, ADistrictMeasureReachesItsMembersOnly) {
  Measure m = measure(ActionKind::remove_fraction, "", 0.5);
  m.at = {{"sector", "livestock"}};
  EXPECT_EQ(measure_sources(basin_, m), std::vector<int>{1});
  m.at.push_back({"county", "elsewhere"});
  EXPECT_TRUE(measure_sources(basin_, m).empty());
}

TEST_F(BatchTest, AZeroEffectChangesNoBit) {
  EXPECT_EQ(load({measure(ActionKind::remove_fraction, "works", 0.0)}, 0), load({}, 0));
  EXPECT_EQ(load({measure(ActionKind::scale_flow, "works", 0.0)}, 0), load({}, 0));
}

TEST_F(BatchTest, OnlyFlowOfSourcesThatCarryWaterSplitsABatch) {
  Plan baseline, load_only, water, small;
  load_only.measures = {measure(ActionKind::remove_fraction, "works", 0.5)};
  water.measures = {measure(ActionKind::scale_flow, "works", -0.1)};
  small.measures = {measure(ActionKind::scale_flow, "farm", -0.1)};
  const auto groups = pack(basin_, {baseline, load_only, water, small});
  EXPECT_EQ(groups, (std::vector<std::vector<int>>{{0, 1, 3}, {2}}));
}

TEST_F(BatchTest, LanesAreWhatTheirPlansAreAlone) {
  Plan a, b;
  a.measures = {measure(ActionKind::remove_fraction, "works", 0.3)};
  b.measures = {measure(ActionKind::cap_concentration, "works", 3.0)};
  Batch batch(basin_, options_, {&a, &b});
  const Rows rows(1, 2);
  std::vector<double> out;
  const double t = seconds_of(*parse_time("2025-06-01"));
  EXPECT_TRUE(batch.loads(t, t + 100, rows, out));
  EXPECT_EQ(out[0], load(a.measures, 0));
  EXPECT_EQ(out[1], load(b.measures, 0));
  EXPECT_FALSE(batch.loads(t + 100, t + 200, rows, out));  // nothing moved: the caller may keep what it has
}

TEST_F(BatchTest, ForcingYearsTakeTheRecordOfAnotherYear) {
  std::vector<double> times, values;
  for (int d = 0; d < 365; ++d) {
    times.push_back(seconds_of(*parse_time("2018-01-01")) + 86400.0 * d);
    values.push_back(d);
  }
  basin_.sources[0].flow = Series(times, values, Interpolation::step_mean);
  options_.forcing_years = ForcingYears({{2025, 2018}}, std::nullopt);
  const Plan none;
  Batch batch(basin_, options_, {&none});
  WaterInput water;
  const double t = seconds_of(*parse_time("2025-01-11"));
  batch.water(t, t + 600, water);
  EXPECT_DOUBLE_EQ(water.volume[0], 10.0 * 600);
}

// One Batch all the way through a year, as a run asks: the load changes on the season's days and on no other.
TEST_F(BatchTest, ASeasonSwitchesTheLoadOnItsDays) {
  Plan plan;
  plan.measures = {measure(ActionKind::remove_fraction, "farm", 0.4)};
  plan.measures[0].season = parse_season("10-01/04-30");
  Batch batch(basin_, options_, {&plan});
  const Rows rows(1, 1);
  std::vector<double> out;
  const double begin = seconds_of(options_.grid.begin), may = seconds_of(*parse_time("2025-05-01")),
               october = seconds_of(*parse_time("2025-10-01"));
  for (double t = begin; t < seconds_of(options_.grid.end); t += 3600) {
    batch.loads(t, t + 3600, rows, out);
    const bool in_season = t < may || t >= october;
    ASSERT_DOUBLE_EQ(out[rows.at(1)], 5.0 * 3600 * (in_season ? 0.6 : 1.0)) << t;
  }
}

TEST_F(BatchTest, PlansWhoseWaterHasAnotherSeasonRideInOtherBatches) {
  Plan all_year, winter, summer;
  all_year.measures = winter.measures = summer.measures = {measure(ActionKind::scale_flow, "works", -0.2)};
  winter.measures[0].season = parse_season("10-01/04-30");
  summer.measures[0].season = parse_season("05-01/09-30");
  EXPECT_EQ(pack(basin_, {all_year, winter, summer, winter}).size(), 3u);
}

}  // namespace
}  // namespace limpid
