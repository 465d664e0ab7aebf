// Whole runs with dead zones beside the channel, with what is attached to the bed, and with a simulated
// temperature.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "solvers/recorder.hpp"
#include "tests/scenarios/small_river.hpp"

namespace limpid {
namespace {

using testing::removal;
using testing::small_river;
using testing::SmallRiver;
using testing::stored_river;

struct StoredRun {
  StoredRun(const SmallRiver& river, const std::vector<const Plan*>& plans)
      : batch(river.basin, river.options, plans),
        simulation(river.basin, batch, river.options),
        recorder(river.basin, river.options, static_cast<int>(plans.size())) {
    simulation.initialise();
    simulation.run({&recorder});
  }
  Batch batch;
  Simulation simulation;
  Recorder recorder;
};

TEST(StoresTest, EveryStoreIsInTheBalance) {
  const SmallRiver river = stored_river();
  const Plan none, half = removal("works", 0.5);
  const StoredRun run(river, {&none, &half});
  for (int lane : {0, 1})
    for (int c = -1; c < 5; ++c)
      EXPECT_LE(run.simulation.closure(c, lane), 1e-12) << "constituent " << c << " lane " << lane;
  EXPECT_GT(run.simulation.stores().attached.total(0, 0), 0);
  EXPECT_GT(run.simulation.stores().storage.total(1, 0), 0);
}

TEST(StoresTest, NothingIsNegative) {
  const SmallRiver river = stored_river();
  const Plan all = removal("works", 1.0);
  const StoredRun run(river, {&all});
  const Stores& stores = run.simulation.stores();
  for (const State* state : {&stores.water, &stores.attached, &stores.storage})
    EXPECT_GE(*std::min_element(state->amount.begin(), state->amount.end()), 0.0);
}

TEST(StoresTest, ALaneOfABatchIsTheScenarioAlone) {
  const SmallRiver river = stored_river();
  const Plan none, half = removal("works", 0.5), most = removal("works", 0.9);
  const StoredRun alone(river, {&half}), batch(river, {&none, &half, &most});
  const Stores &a = alone.simulation.stores(), &b = batch.simulation.stores();
  for (const auto& [one, three] :
       {std::pair(&a.water, &b.water), {&a.attached, &b.attached}, {&a.storage, &b.storage}})
    for (int i = 0; i < one->cells(); ++i)
      for (int c = 0; c < one->rows.constituents; ++c)
        ASSERT_EQ(one->row(i)[one->rows.index(c, 0)], three->row(i)[three->rows.index(c, 1)])
            << i << " " << c;
}

TEST(StoresTest, AUniformConcentrationStaysUniformThroughAFloodBesideDeadZones) {
  SmallRiver river = small_river(false);
  for (Reach& reach : river.basin.network.reaches) {
    reach.storage_area = 2;
    reach.storage_exchange = 1e-4;
  }
  river.options.initial_concentration = {1, 1, 1, 1};
  const Plan none;
  const StoredRun run(river, {&none});
  const int tracer = 3;
  const auto bound = 1e-13 * std::sqrt(static_cast<double>(run.simulation.steps_done() + 144));
  for (int i = 0; i < run.simulation.state().cells(); ++i) {
    const double v = run.simulation.water().volume1[static_cast<std::size_t>(i)];
    EXPECT_NEAR(run.simulation.stores().amount(i, tracer, 0) / v, 1, bound);
    EXPECT_NEAR(run.simulation.stores().storage.row(i)[tracer] / run.simulation.storage_volume(i), 1, bound);
  }
}

// What is attached stays where it was put: nothing flows, nothing disperses.
TEST(StoresTest, WhatIsAttachedIsNotCarried) {
  SmallRiver river = small_river(false);
  river.basin.constituents.emplace_back();
  river.basin.constituents.back().id = "biofilm";
  river.basin.constituents.back().phase = Phase::attached;
  river.options.initial_concentration.push_back(3);
  const Plan none;
  Batch batch(river.basin, river.options, {&none});
  Simulation simulation(river.basin, batch, river.options);
  simulation.initialise();
  const std::vector<double> before = simulation.stores().attached.amount;
  simulation.run({});
  EXPECT_EQ(simulation.stores().attached.amount, before);
  EXPECT_EQ(simulation.closure(4, 0), 0);
  EXPECT_GT(before.front(), 0);
}

// Sorbed and dissolved come to rho K_d, the isotherm, in water that stands.
TEST(StoresTest, SorptionEndsOnItsIsotherm) {
  const SmallRiver river = stored_river();
  const Plan none;
  const StoredRun run(river, {&none});
  const int cell = 0;
  const double v = run.simulation.water().volume1[0];
  const double dissolved = run.simulation.stores().amount(cell, 3, 0) / v;
  const double sorbed = run.simulation.stores().amount(cell, 4, 0) / v;
  EXPECT_NEAR(sorbed / dissolved, 2e4 * 7e-5, 0.15);
}

TEST(StoresTest, DeadZonesAreRecorded) {
  const SmallRiver river = stored_river();
  const auto quantities = recorded_quantities(river.basin);
  std::vector<std::string> ids;
  for (const RecordedQuantity& quantity : quantities) ids.push_back(quantity.id);
  EXPECT_NE(std::find(ids.begin(), ids.end(), "tracer_storage"), ids.end());
  EXPECT_EQ(std::find(ids.begin(), ids.end(), "tracer_sorbed_storage"), ids.end());
  EXPECT_EQ(quantities[4].unit, "g m-2");
}

// Each lane's processes run at that lane's own temperature.
TEST(StoresTest, RatesFollowTheSimulatedTemperatureOfTheirLane) {
  SmallRiver river = small_river(false);
  Basin& basin = river.basin;
  basin.constituents[0].id = "temperature";
  basin.constituents[0].basis = AmountBasis::heat;
  river.options.initial_concentration = {20, 1, 1, 1};
  add_process(basin, "first_order_decay", {{"constituent", "tracer"}}, {{"k", 0.5}}).parameters[0].theta =
      1.08;
  Plan none, cold = removal("head-main", 0.8);
  cold.measures[0].start = Time{};
  cold.measures[0].ramp = {};
  cold.measures[0].effects = {{0, 0.8}};
  const StoredRun alone(river, {&cold}), both(river, {&none, &cold});
  const State &one = alone.simulation.state(), &two = both.simulation.state();
  const Rows &r1 = one.rows, &r2 = two.rows;
  for (int i = 0; i < one.cells(); ++i)
    for (int c = 0; c < 4; ++c) ASSERT_EQ(one.row(i)[r1.index(c, 0)], two.row(i)[r2.index(c, 1)]);
  EXPECT_GT(two.row(8)[r2.index(3, 1)], 1.005 * two.row(8)[r2.index(3, 0)]);  // colder water decays less
}

}  // namespace
}  // namespace limpid
