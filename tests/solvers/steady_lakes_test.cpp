// Lakes that hold the surface of steady flow above them.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tests/solvers/steady_river.hpp"

namespace limpid {
namespace {

using namespace steady_rivers;

Lake basin_of(double area, double level) {
  Lake lake;
  lake.id = "lake";
  lake.length = 500;
  lake.curve = {{90, 130}, {area, area}, {0, area * 40}, {}};
  lake.initial_level = level;
  return lake;
}

// A river that falls to 100 m and ends in a lake, which lets out what is released.
River dammed(double slope, double area, double level, double bed = 100,
             HydraulicScheme scheme = HydraulicScheme::steady) {
  River river;
  river.add_reach(0, 1, 3000).slope = slope;
  river.add_reach(1, 2, 500);
  for (Reach& reach : river.reaches) reach.manning_n = kManning;
  river.nodes[1].bed_level = bed;
  river.channels[0].bottom_width = kWidth;
  Lake lake = basin_of(area, level);
  lake.node = 1;
  insert_lake(std::move(lake), {}, river.nodes, river.reaches, river.lakes);
  river.build(50);
  river.basin.schemes.hydraulics = scheme;
  river.add_source(SourceKind::boundary, 0);
  return river;
}

double lake_level(const Course& run) {
  const Lake& lake = run.river.basin.network.lakes[0];
  return lake.curve.level_at(run.step.volume1[at(run.river.basin.network.chains[at(lake.chain)].first_cell)]);
}

// Cells of the river above.
double above_lake(const Course& run, int cell) {
  const Network& network = run.river.basin.network;
  return run.depth(at(network.chains[at(network.first_chain[0])].first_cell + cell));
}

TEST(SteadyLakes, ALakeHoldsItsRiver) {
  for (const double slope : {5e-4, 0.0}) {
    const River river = dammed(slope, 1e6, 103);
    Course run(river);
    run.input.lakes = {{kFlow, 0, {}}};
    run.start().advance(5);
    EXPECT_NEAR(lake_level(run), 103, 1e-9);
    for (const int cell : {0, 30, 59})
      EXPECT_NEAR(above_lake(run, cell), integrated_depth(slope, 3, 3000 - (cell + 0.5) * 50), 2e-4)
          << slope << " " << cell;
  }
}

// Where its level has no datum in common with the beds, it does not; a level bed is refused then.
TEST(SteadyLakes, ALakeOfUnknownDatumHoldsNothing) {
  const River river = dammed(5e-4, 1e6, 103, std::nan(""));
  Course run(river);
  run.input.lakes = {{kFlow, 0, {}}};
  run.start().advance(2);
  EXPECT_NEAR(above_lake(run, 59), normal_depth(5e-4), 1e-6);
  EXPECT_THROW(make_hydraulics(dammed(0, 1e6, 103, std::nan("")).basin), Failure);
}

// A lake below the bed: the river falls into it as over any end, from critical depth.
TEST(SteadyLakes, ARiverFallsIntoALowLake) {
  const River river = dammed(5e-4, 1e6, 95);
  Course run(river);
  run.input.lakes = {{kFlow, 0, {}}};
  run.start().advance(2);
  River falling = river_of({3000}, {5e-4}, 50);
  falling.basin.network.outlets = {stage_at(1, 0)};
  falling.basin.network.outlets[0].kind = OutletKind::free_fall;
  Course free(falling);
  free.start().advance(2);
  EXPECT_LT(above_lake(run, 59), 0.8 * normal_depth(5e-4));
  for (int cell = 0; cell < 60; ++cell) EXPECT_NEAR(above_lake(run, cell), free.depth(at(cell)), 1e-12);
}

// A weir between the river and the lake that drowns it.
TEST(SteadyLakes, AWeirStandsBeforeALake) {
  for (const double level : {101.0, 103.5}) {
    River river = dammed(1e-4, 1e6, level);
    stand(river, 1, structure_of(StructureKind::broad_weir, 2, 12));
    Course run(river);
    run.input.lakes = {{kFlow, 0, {}}};
    run.start().advance(2);
    const double by_hand =
        2 + (level < 102 ? std::pow(kFlow / (1.705 * 12), 2.0 / 3) : broad_drowned_by_hand(12, 1.5));
    EXPECT_NEAR(above_lake(run, 59), integrated_depth(1e-4, by_hand, 25), 1e-5) << level;
  }
}

// A lake that rises fills its river, without oscillation while its area is the larger one (the backwater's is
// below 6e4 m2), and the river's water is taken from what the lake gets.
TEST(SteadyLakes, ARisingLakeFillsItsRiver) {
  const River river = dammed(5e-4, 1.2e5, 101);
  Course run(river, kFlow, 1800);
  run.input.lakes = {{0, 0, {}}};
  run.start();
  const auto all = [&] { return std::accumulate(run.step.volume1.begin(), run.step.volume1.end(), 0.0); };
  const Network& network = river.basin.network;
  const Chain& below = network.chains[at(network.first_chain[1])];
  run.advance(3);  // the reach below the lake is empty
  double last = above_lake(run, 30), begin = all();
  for (int n = 0; n < 8; ++n) {
    run.advance(1);
    EXPECT_GE(above_lake(run, 30), last - 1e-12) << n;
    EXPECT_EQ(run.step.face[at(network.first_face(network.first_chain[1]) + below.cells)], 0);
    last = above_lake(run, 30);
  }
  EXPECT_NEAR(all() - begin, 8 * 1800 * kFlow, 1e-6);
  EXPECT_GT(last, normal_depth(5e-4) + 1);
}

// A lake whose river's surface is larger than its own, with a spillway: both rise together, and the flow into
// the lake settles without swinging once the river has filled to its new flow (in the first steps it keeps
// what it needs for that).
TEST(SteadyLakes, ASmallLakeDoesNotSwing) {
  for (const double area : {3e3, 1e4, 3e4, 1e5})
    for (const double dt : {300.0, 900.0, 3600.0}) {
      River river = dammed(5e-4, area, 101);
      river.basin.network.lakes[0].spillway = {102, 20, 1.7};
      Course run(river, 10, dt);
      run.start().advance(200);
      set_flow(run.input, 0, kFlow);
      const Network& network = river.basin.network;
      const auto face = at(network.first_face(network.lakes[0].chain));
      double last = 10;
      for (int n = 0; n < 200; ++n) {
        run.advance(1);
        const double into = run.step.face[face] / dt;
        if (n >= 6) {
          EXPECT_GT(into, last - 0.02 * kFlow) << area << " " << dt << " " << n;
        }
        EXPECT_LT(into, (n < 6 ? 1.1 : 1.02) * kFlow) << area << " " << dt << " " << n;
        last = into;
      }
      EXPECT_NEAR(last, kFlow, 1e-3) << area << " " << dt;
    }
}

}  // namespace
}  // namespace limpid
