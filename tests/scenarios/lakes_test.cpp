// Whole runs through lakes: balance, uniformity, positivity, identity of lanes and threads, tags, levels.
#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "model/tags.hpp"
#include "solvers/recorder.hpp"
#include "tests/scenarios/lake_river.hpp"

namespace limpid {
namespace {

using testing::lake_river;
using testing::removal;
using testing::small_lake;
using testing::small_river;
using testing::SmallRiver;
using testing::warm_lake_river;

constexpr HydraulicScheme kSchemes[] = {HydraulicScheme::steady, HydraulicScheme::kinematic,
                                        HydraulicScheme::muskingum_cunge, HydraulicScheme::dynamic};

struct LakeRun {
  LakeRun(const SmallRiver& river, const std::vector<const Plan*>& plans)
      : batch(river.basin, river.options, plans),
        simulation(river.basin, batch, river.options),
        recorder(river.basin, river.options, static_cast<int>(plans.size())) {
    simulation.initialise();
    simulation.run({&recorder});
  }
  double c(int cell, int constituent) const {
    return concentration(simulation.state().row(cell)[simulation.rows().index(constituent, 0)],
                         simulation.water().volume1[static_cast<std::size_t>(cell)]);
  }
  Batch batch;
  Simulation simulation;
  Recorder recorder;
};

TEST(LakesTest, EveryConstituentAndTheWaterClose) {
  for (HydraulicScheme scheme : kSchemes) {
    SmallRiver river = warm_lake_river();
    river.basin.schemes.hydraulics = scheme;
    const Plan none, half = removal("works", 0.5);
    const LakeRun run(river, {&none, &half});
    for (int lane : {0, 1})
      for (int c = -1; c < 6; ++c)
        EXPECT_LE(run.simulation.closure(c, lane), 1e-12) << "constituent " << c << " lane " << lane;
    const auto& amounts = run.simulation.state().amount;
    EXPECT_GE(*std::min_element(amounts.begin(), amounts.end()), 0.0);
    const auto& names = run.simulation.ledger().accounts();
    const auto account = std::find(names.begin(), names.end(), "evaporation:reservoir") - names.begin();
    EXPECT_EQ(run.simulation.ledger().net(static_cast<int>(account), 1, 0), 0);
    EXPECT_LT(run.simulation.ledger().net(static_cast<int>(account), 4, 0), 0);
    const double evaporated = -run.simulation.water_ledger().net(
        static_cast<int>(std::find(run.simulation.water_ledger().accounts().begin(),
                                   run.simulation.water_ledger().accounts().end(), "evaporation:reservoir") -
                         run.simulation.water_ledger().accounts().begin()),
        0, 0);
    EXPECT_GT(evaporated, 6e-8 * 3e5 * 6 * 86400);  // of its area at its lowest and highest levels
    EXPECT_LT(evaporated, 6e-8 * 6e5 * 6 * 86400);
  }
}

TEST(LakesTest, AUniformFieldStaysUniformThroughAFlood) {
  for (HydraulicScheme scheme : kSchemes) {
    SmallRiver river = lake_river(false, false);
    river.basin.schemes.hydraulics = scheme;
    const Plan none;
    const LakeRun run(river, {&none});
    const double steps = static_cast<double>(run.simulation.steps_done());
    for (int i = 0; i < run.simulation.state().cells(); ++i)
      EXPECT_NEAR(run.c(i, 3), 1.0, 1e-13 * std::sqrt(steps)) << "cell " << i;
  }
}

TEST(LakesTest, EvaporationLeavesMatterAndTakesHeat) {
  const SmallRiver river = warm_lake_river();
  const Plan none;
  const LakeRun run(river, {&none});
  for (const Lake& lake : river.basin.network.lakes) {
    const int cell = river.basin.network.chains[static_cast<std::size_t>(lake.chain)].first_cell;
    EXPECT_NEAR(run.c(cell, 4), 15, 1e-10) << lake.id;
    EXPECT_GT(run.c(cell, 5), 3600) << lake.id;
  }
}

class LakeLanes : public ::testing::TestWithParam<HydraulicScheme> {};
INSTANTIATE_TEST_SUITE_P(Schemes, LakeLanes,
                         ::testing::Values(HydraulicScheme::kinematic, HydraulicScheme::dynamic));

TEST_P(LakeLanes, AreTheScenarioAloneBitForBitOnAnyThreads) {
  SmallRiver river = warm_lake_river();
  river.basin.schemes.hydraulics = GetParam();
  std::vector<Plan> plans;
  for (int k = 0; k < 13; ++k) plans.push_back(removal(k % 2 ? "works" : "bank", 0.05 * k));
  std::vector<const Plan*> all;
  for (const Plan& plan : plans) all.push_back(&plan);
  const int before = omp_get_max_threads();
  omp_set_num_threads(1);
  const LakeRun one(river, all);
  omp_set_num_threads(3);
  const LakeRun three(river, all), alone(river, {&plans[5]});
  omp_set_num_threads(before);
  EXPECT_EQ(one.simulation.state().amount, three.simulation.state().amount);
  for (int i = 0; i < alone.simulation.state().cells(); ++i)
    for (int c = 0; c < 6; ++c)
      ASSERT_EQ(alone.simulation.state().row(i)[alone.simulation.rows().index(c, 0)],
                three.simulation.state().row(i)[three.simulation.rows().index(c, 5)]);
}

TEST(LakesTest, TagsAddUpToTheirTotals) {
  SmallRiver river = lake_river();
  const int before = static_cast<int>(river.basin.constituents.size());
  add_tags(river.basin, {1, 3}, {"works", "shore"});
  river.basin.sources[2].tag_group = 0;
  river.basin.sources[5].tag_group = 1;
  const Plan none;
  const LakeRun run(river, {&none});
  for (int i = 0; i < run.simulation.state().cells(); ++i)
    for (int t : {0, 1}) {
      const double *row = run.simulation.state().row(i), total = row[t == 0 ? 1 : 3];
      double sum = 0;
      for (int g = 0; g < 3; ++g) {
        EXPECT_GE(row[before + 3 * t + g], 0);
        sum += row[before + 3 * t + g];
      }
      EXPECT_NEAR(sum, total, 2e-13 * total) << "cell " << i;
    }
  const int pond = run.simulation.state().cells() - 1;
  EXPECT_GT(run.simulation.state().row(pond)[before], 0);  // what the works brought has come to the end
}

TEST(LakesTest, TheRunBeginsAtTheGivenLevelAndRecordsIt) {
  SmallRiver river = lake_river();
  river.basin.sections.emplace_back();
  river.basin.sections[0].location = river.basin.network.locate(river.basin.network.lakes[0].reach, 0, 2);
  river.options.section_interval = 3600;
  const Plan none;
  const LakeRun run(river, {&none});
  const Record& record = run.recorder.records()[0];
  const int level = record.quantity("lake_level");
  ASSERT_GE(level, 0);
  EXPECT_NEAR(record.section(0, 0, level), 56, 1e-9);
  double highest = 0;
  for (std::size_t t = 0; t < record.section_times.size(); ++t)
    highest = std::max(highest, record.section(t, 0, level));
  EXPECT_GT(highest, 57);  // the flood of the fourth day spills
}

// Reaeration and heat exchange go through the surface: below, oxygen and heat stay what they were.
TEST(LakesTest, OnlyTheUppermostWetLayerTouchesTheAir) {
  std::vector<Node> nodes(1);
  nodes[0].id = "n";
  std::vector<Reach> reaches;
  std::vector<Lake> lakes;
  for (const double level : {58.0, 54.0}) {
    Lake lake = small_lake(level > 55 ? "deep" : "low", static_cast<int>(nodes.size()) - 1);
    lake.initial_level = level;
    lake.boundaries = {55, 52};
    lake.exchange = {Series::constant(0), Series::constant(0)};
    lake.release = Series::constant(0);
    lake.inflow_share = 0;
    lake.spillway = {};
    insert_lake(lake, {}, nodes, reaches, lakes);
  }
  SmallRiver still;
  Problems problems;
  still.basin.network = build_network(nodes, reaches, {}, {}, 0, true, "", problems, lakes);
  ASSERT_FALSE(problems.has_errors());
  for (const auto& [id, basis] : {std::pair("DO", AmountBasis::gram), {"temperature", AmountBasis::heat}}) {
    Constituent& c = still.basin.constituents.emplace_back();
    c.id = id;
    c.basis = basis;
  }
  still.basin.climates = {Climate{"all", Series::constant(20), Series::constant(2)}};
  still.basin.climates[0].equilibrium_temperature = Series::constant(25);
  still.basin.reach_climate.assign(reaches.size(), 0);
  add_process(still.basin, "reaeration", {}, {{"k_a_given", 1}});
  add_process(still.basin, "equilibrium_heat", {}, {{"K", 30}});
  still.options.grid = {Time{}, Time{std::chrono::hours(24 * 5)}, 3600, std::chrono::seconds{0}};
  still.options.initial = InitialKind::steady;
  still.options.spin_up = {};
  still.options.initial_concentration = {2, 10};
  const Plan none;
  const LakeRun run(still, {&none});
  for (const int layer : {1, 2, 5}) {
    EXPECT_EQ(run.c(layer, 0), 2) << layer;
    EXPECT_EQ(run.c(layer, 1), 10) << layer;
  }
  for (const int layer : {0, 4}) {  // the lower lake's uppermost layer is dry
    EXPECT_GT(run.c(layer, 0), 5) << layer;
    EXPECT_GT(run.c(layer, 1), 11) << layer;
  }
  EXPECT_LE(run.simulation.closure(0, 0), 1e-12);
  EXPECT_LE(run.simulation.closure(1, 0), 1e-12);
}

// With the linear scheme and linear kinetics, what two sources do together is the sum of what each does.
TEST(LakesTest, LakesSuperpose) {
  SmallRiver river = lake_river(false);
  river.basin.schemes.transport = TransportScheme::linear;
  river.options.initial_concentration.assign(4, 0.0);
  const auto only = [&](const std::vector<std::size_t>& active) {
    SmallRiver part = river;
    for (std::size_t s = 0; s < part.basin.sources.size(); ++s)
      if (std::find(active.begin(), active.end(), s) == active.end())
        for (SourceLoad& load : part.basin.sources[s].loads) load.series = Series::constant(0);
    const Plan none;
    return LakeRun(part, {&none}).simulation.state().amount;
  };
  const auto all = only({0, 1, 2, 4, 5}), a = only({0, 4}), b = only({1, 2, 5});
  double largest = 0, worst = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    largest = std::max(largest, std::fabs(all[i]));
    worst = std::max(worst, std::fabs(all[i] - a[i] - b[i]));
  }
  EXPECT_LE(worst, 1e-12 * largest);
}

// A run that begins from an earlier one's state goes on as if it had not stopped.
TEST(LakesTest, AStateGoesOn) {
  SmallRiver river = lake_river();
  const Plan none;
  river.options.initial = InitialKind::spin_up;
  river.options.grid.end = Time{std::chrono::hours(24 * 5)};
  const LakeRun whole(river, {&none});
  river.options.grid.end = Time{std::chrono::hours(24 * 3)};
  const LakeRun first(river, {&none});
  SmallRiver rest = river;
  rest.options.initial = InitialKind::file;
  rest.options.grid.begin = Time{std::chrono::hours(24 * 3)};
  rest.options.grid.end = Time{std::chrono::hours(24 * 5)};
  rest.options.initial_state = first.simulation.river_state(0, rest.options.grid.begin);
  const LakeRun second(rest, {&none});
  for (int i = 0; i < whole.simulation.state().cells(); ++i) {
    const auto cell = static_cast<std::size_t>(i);
    EXPECT_EQ(whole.simulation.water().volume1[cell], second.simulation.water().volume1[cell]) << i;
    EXPECT_EQ(whole.simulation.state().row(i)[3], second.simulation.state().row(i)[3]) << i;
  }
}

}  // namespace
}  // namespace limpid
