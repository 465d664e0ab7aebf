#include "scenarios/batch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "model/sunlight.hpp"

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
  EXPECT_EQ(water_key(basin_, baseline), water_key(basin_, load_only));
  EXPECT_EQ(water_key(basin_, baseline), water_key(basin_, small));
  EXPECT_NE(water_key(basin_, baseline), water_key(basin_, water));
}

TEST_F(BatchTest, EqualKeysRideTogetherUpToTheLanesThereAre) {
  EXPECT_EQ(pack({"a", "a", "b", "a", "b", "a"}, 3),
            (std::vector<std::vector<std::size_t>>{{0, 1, 3}, {5}, {2, 4}}));
  EXPECT_TRUE(pack({}, 3).empty());
}

TEST_F(BatchTest, AssumptionsOfTheWaterSplitABatchThoseOfALaneDoNot) {
  const Plan plan;
  const auto key = [&](const Assumptions& a) { return water_key(basin_, plan, a); };
  Assumptions none, lane, flow, warm, years, same_years, other_years;
  lane.parameters = {{"decay", "k", 2.0}};
  lane.loads = {{"livestock", 0.5}};
  flow.flow = 0.9;
  warm.temperature = 2;
  years.years = ForcingYears({{2025, 2018}}, std::nullopt, kChinaOffset);
  same_years.years = ForcingYears({{2025, 2018}, {2026, 2026}}, std::nullopt, kChinaOffset);
  other_years.years = ForcingYears({{2025, 2018}}, 2018, kChinaOffset);
  EXPECT_EQ(key(none), key(lane));
  EXPECT_EQ(key(years), key(same_years));
  std::set<std::string> keys{key(none), key(flow), key(warm), key(years), key(other_years)};
  EXPECT_EQ(keys.size(), 5u);
}

// works: wwtp, concentration in 2 m3/s; farm: livestock, a load.
TEST_F(BatchTest, LoadsOfASectorAreMovedBeforeMeasures) {
  Assumptions farms, all;
  farms.loads = {{"livestock", 3.0}};
  all.loads = {{"", 2.0}, {"livestock", 1.5}};
  Plan plan, set;
  plan.measures = {measure(ActionKind::remove_fraction, "farm", 0.5)};
  set.measures = {measure(ActionKind::set_load, "farm", 2.0)};
  Batch batch(basin_, options_, {&plan, &plan, &set}, {&farms, &all, &all});
  const Rows rows(1, 3);
  std::vector<double> out;
  const double t = seconds_of(*parse_time("2025-06-01"));
  batch.loads(t, t + 100, rows, out);
  const double works = 2.0 * 10 * 100, farm = 5.0 * 100;
  EXPECT_DOUBLE_EQ(out[rows.at(0) + 0], works);
  EXPECT_DOUBLE_EQ(out[rows.at(0) + 1], 2 * works);
  EXPECT_DOUBLE_EQ(out[rows.at(1) + 0], 3 * 0.5 * farm);
  EXPECT_DOUBLE_EQ(out[rows.at(1) + 1], 2 * 1.5 * 0.5 * farm);
  EXPECT_DOUBLE_EQ(out[rows.at(1) + 2], 200.0) << "a load that is set is what it is set to";
}

TEST_F(BatchTest, LoadFactorsLeaveOxygenAndHeatAlone) {
  basin_.constituents.resize(3);
  basin_.constituents[1].id = "DO";
  basin_.constituents[2].id = "temperature";
  basin_.constituents[2].basis = AmountBasis::heat;
  const SourceLoad one{SourceLoad::Kind::concentration, Series::constant(1.0)};
  basin_.sources[0].loads = {one, one, one};
  Assumptions all;
  all.loads = {{"", 2.0}};
  const Plan plan;
  Batch batch(basin_, options_, {&plan}, {&all});
  const Rows rows(3, 1);
  std::vector<double> out;
  const double t = seconds_of(*parse_time("2025-06-01"));
  batch.loads(t, t + 100, rows, out);
  EXPECT_EQ((std::vector<double>{out[0], out[1], out[2]}), (std::vector<double>{400, 200, 200}));
}

TEST_F(BatchTest, AFlowFactorMovesWaterAndTheConcentrationsInIt) {
  basin_.sources.push_back(basin_.sources[0]);
  basin_.sources[2].id = "intake";
  basin_.sources[2].kind = SourceKind::abstraction;
  basin_.sources[2].loads.clear();
  Assumptions dry;
  dry.flow = 0.5;
  Plan plan;
  plan.measures = {measure(ActionKind::scale_flow, "works", -0.2)};
  Batch batch(basin_, options_, {&plan}, {&dry});
  const Rows rows(1, 1);
  std::vector<double> out;
  WaterInput water;
  const double t = seconds_of(*parse_time("2025-06-01"));
  batch.water(t, t + 100, water);
  batch.loads(t, t + 100, rows, out);
  EXPECT_DOUBLE_EQ(water.volume[0], 0.5 * 0.8 * 200);
  EXPECT_DOUBLE_EQ(water.rate[0], 0.5 * 0.8 * 2);
  EXPECT_DOUBLE_EQ(water.volume[2], 200.0) << "who takes water takes it in a dry year too";
  EXPECT_DOUBLE_EQ(out[rows.at(0)], 0.5 * 0.8 * 2000);
  EXPECT_DOUBLE_EQ(out[rows.at(1)], 500.0) << "a load without water has no flow to follow";
}

TEST_F(BatchTest, AFlowFactorMovesTheRateOfALinearSeriesToo) {
  const double t = seconds_of(*parse_time("2025-06-01"));
  basin_.sources[0].flow = Series({t, t + 200}, {2.0, 4.0}, Interpolation::linear);
  Assumptions dry;
  dry.flow = 0.5;
  const Plan plan;
  Batch batch(basin_, options_, {&plan}, {&dry});
  WaterInput water;
  batch.water(t, t + 100, water);
  EXPECT_DOUBLE_EQ(water.volume[0], 0.5 * 250);
  EXPECT_DOUBLE_EQ(water.rate[0], 0.5 * 3);
}

TEST_F(BatchTest, WarmingMovesWaterAirAndWhatFlowsInButNotBelowFreezing) {
  basin_.climates = {Climate{"all", Series::constant(16), Series::constant(1), Series::constant(18),
                             Series::constant(0.5), Series::constant(0), Series::constant(17)}};
  basin_.network.cell_reach = {0};
  basin_.network.reaches.resize(1);
  basin_.reach_climate = {0};
  basin_.constituents[0].basis = AmountBasis::heat;
  const Plan plan;
  const Rows rows(1, 1);
  const double t = seconds_of(*parse_time("2025-06-01"));
  const auto at = [&](double warming) {
    Assumptions a;
    a.temperature = warming;
    Batch batch(basin_, options_, {&plan}, {&a});
    Environment env;
    for (auto& values : env.values) values.resize(1);
    std::vector<double> load;
    batch.environment(t, t + 100, env);
    batch.loads(t, t + 100, rows, load);
    return std::vector<double>{
        env[Env::temperature][0], env[Env::air_temperature][0], env[Env::equilibrium_temperature][0],
        env[Env::vapour_pressure][0] / saturation_vapour_pressure(env[Env::air_temperature][0]),
        load[0] / 200};
  };
  EXPECT_EQ(at(0), (std::vector<double>{16, 18, 17, 0.5, 10}));
  EXPECT_EQ(at(2), (std::vector<double>{18, 20, 19, 0.5, 12}));
  EXPECT_EQ(at(-17), (std::vector<double>{0, 1, 0, 0.5, 0}));
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
  EXPECT_NE(water_key(basin_, all_year), water_key(basin_, winter));
  EXPECT_NE(water_key(basin_, all_year), water_key(basin_, summer));
  EXPECT_NE(water_key(basin_, winter), water_key(basin_, summer));
}

}  // namespace
}  // namespace limpid
