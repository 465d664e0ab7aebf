// Whole runs in which reaches lose water: balance, uniformity, identity of lanes and threads, tags.
#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>

#include "model/tags.hpp"
#include "solvers/recorder.hpp"
#include "tests/scenarios/losing_river.hpp"

namespace limpid {
namespace {

using testing::losing_river;
using testing::removal;
using testing::SmallRiver;

constexpr HydraulicScheme kSchemes[] = {HydraulicScheme::steady, HydraulicScheme::kinematic,
                                        HydraulicScheme::muskingum_cunge, HydraulicScheme::dynamic};

struct LossRun {
  LossRun(const SmallRiver& river, const std::vector<const Plan*>& plans)
      : batch(river.basin, river.options, plans), simulation(river.basin, batch, river.options) {
    simulation.initialise();
    simulation.run({});
  }
  double c(int cell, int constituent) const {
    return concentration(simulation.state().row(cell)[simulation.rows().index(constituent, 0)],
                         simulation.water().volume1[static_cast<std::size_t>(cell)]);
  }
  bool is_wet(int cell) const { return simulation.water().volume1[static_cast<std::size_t>(cell)] > 1; }
  static double net(const Ledger& ledger, const std::string& account, int constituent) {
    const auto& names = ledger.accounts();
    const auto found = std::find(names.begin(), names.end(), account);
    EXPECT_NE(found, names.end()) << account;
    return ledger.net(static_cast<int>(found - names.begin()), constituent, 0);
  }
  Batch batch;
  Simulation simulation;
};

TEST(LossesTest, EveryConstituentAndTheWaterClose) {
  for (const HydraulicScheme scheme : kSchemes) {
    const SmallRiver river = losing_river(scheme);
    const Plan none, half = removal("works", 0.5);
    const LossRun run(river, {&none, &half});
    for (int lane : {0, 1})
      for (int c = -1; c < 6; ++c)
        EXPECT_LE(run.simulation.closure(c, lane), 1e-12) << "constituent " << c << " lane " << lane;
    const auto& amounts = run.simulation.state().amount;
    EXPECT_GE(*std::min_element(amounts.begin(), amounts.end()), 0.0);
    const Ledger &ledger = run.simulation.ledger(), &water = run.simulation.water_ledger();
    EXPECT_EQ(LossRun::net(ledger, "evaporation:main-1", 3), 0);
    EXPECT_LT(LossRun::net(ledger, "evaporation:main-1", 4), 0);
    EXPECT_LT(LossRun::net(ledger, "seepage:main-1", 3), 0);
    // 8 km x 12 m and more, 6 days
    EXPECT_LT(LossRun::net(water, "evaporation:main-1", 0), -30e-3 * 8000 * 12 * 6);
    EXPECT_GT(LossRun::net(water, "evaporation:main-1", 0), -30e-3 * 8000 * 30 * 6);
    EXPECT_NEAR(LossRun::net(water, "seepage:main-1", 0) / LossRun::net(water, "evaporation:main-1", 0),
                5e-6 / (30e-3 / 86400), 1e-9);
    const auto& names = ledger.accounts();
    EXPECT_EQ(std::find(names.begin(), names.end(), "seepage:main-2"), names.end());
  }
}

TEST(LossesTest, AUniformFieldStaysUniformUnderSeepage) {
  for (const HydraulicScheme scheme : kSchemes) {
    const SmallRiver river = losing_river(scheme, false, false);
    const Plan none;
    const LossRun run(river, {&none});
    const double steps = static_cast<double>(run.simulation.steps_done());
    int wet = 0;
    for (int i = 0; i < run.simulation.state().cells(); ++i) {
      if (!run.is_wet(i)) continue;
      ++wet;
      EXPECT_NEAR(run.c(i, 3), 1.0, 1e-13 * std::sqrt(steps)) << "cell " << i;
      EXPECT_NEAR(run.c(i, 4), 15, 15e-13 * std::sqrt(steps)) << "cell " << i;
    }
    EXPECT_GT(wet, 45);  // of 60: the canal ends on its way
    EXPECT_LT(wet, 60);
  }
}

TEST(LossesTest, EvaporationTakesHeatAndLeavesMatter) {
  for (const HydraulicScheme scheme : kSchemes) {
    const SmallRiver river = losing_river(scheme, false);
    const Plan none;
    const LossRun run(river, {&none});
    for (int i = 0; i < run.simulation.state().cells(); ++i) {
      if (!run.is_wet(i)) continue;
      EXPECT_NEAR(run.c(i, 4), 15, 1e-10) << "cell " << i;
      EXPECT_GT(run.c(i, 3), 1.0) << "cell " << i;
    }
  }
}

TEST(LossesTest, ALaneIsTheScenarioAloneBitForBitOnAnyThreads) {
  for (const HydraulicScheme scheme : kSchemes) {
    const SmallRiver river = losing_river(scheme);
    std::vector<Plan> plans;
    for (int k = 0; k < 5; ++k) plans.push_back(removal(k % 2 ? "works" : "bank", 0.05 * k));
    std::vector<const Plan*> all;
    for (const Plan& plan : plans) all.push_back(&plan);
    const int before = omp_get_max_threads();
    omp_set_num_threads(1);
    const LossRun one(river, all);
    omp_set_num_threads(3);
    const LossRun three(river, all), alone(river, {&plans[3]});
    omp_set_num_threads(before);
    EXPECT_EQ(one.simulation.state().amount, three.simulation.state().amount);
    for (int i = 0; i < alone.simulation.state().cells(); ++i)
      for (int c = 0; c < 6; ++c)
        ASSERT_EQ(alone.simulation.state().row(i)[alone.simulation.rows().index(c, 0)],
                  three.simulation.state().row(i)[three.simulation.rows().index(c, 3)]);
  }
}

TEST(LossesTest, TagsAddUpToTheirTotals) {
  SmallRiver river = losing_river(HydraulicScheme::kinematic, false);
  const int before = static_cast<int>(river.basin.constituents.size());
  add_tags(river.basin, {1, 3}, {"works", "heads"});
  river.basin.sources[2].tag_group = 0;
  river.basin.sources[0].tag_group = river.basin.sources[1].tag_group = 1;
  const Plan none;
  const LossRun run(river, {&none});
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
}

// A run that begins from an earlier one's state goes on as if it had not stopped.
TEST(LossesTest, AStateGoesOn) {
  SmallRiver river = losing_river(HydraulicScheme::kinematic);
  const Plan none;
  river.options.grid.end = Time{std::chrono::hours(24 * 5)};
  const LossRun whole(river, {&none});
  river.options.grid.end = Time{std::chrono::hours(24 * 3)};
  const LossRun first(river, {&none});
  SmallRiver rest = river;
  rest.options.initial = InitialKind::file;
  rest.options.grid.begin = Time{std::chrono::hours(24 * 3)};
  rest.options.grid.end = Time{std::chrono::hours(24 * 5)};
  rest.options.initial_state = first.simulation.river_state(0, rest.options.grid.begin);
  const LossRun second(rest, {&none});
  for (int i = 0; i < whole.simulation.state().cells(); ++i) {
    const auto cell = static_cast<std::size_t>(i);
    EXPECT_EQ(whole.simulation.water().volume1[cell], second.simulation.water().volume1[cell]) << i;
    EXPECT_EQ(whole.simulation.state().row(i)[3], second.simulation.state().row(i)[3]) << i;
  }
}

}  // namespace
}  // namespace limpid
