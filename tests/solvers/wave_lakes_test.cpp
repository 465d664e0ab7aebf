// Lakes in the dynamic wave: rest, backwater, level pools, reversal, and every balance on random rivers.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "model/bed.hpp"
#include "solvers/hydraulics.hpp"
#include "tests/solvers/random_river.hpp"

namespace limpid {
namespace {

using namespace rivers;

Lake basin_of(double area, double bottom, double level) {
  Lake lake;
  lake.id = "lake";
  lake.length = 500;
  lake.curve = {{bottom, bottom + 40}, {area, area}, {0, area * 40}, {}};
  lake.initial_level = level;
  return lake;
}

// A river of 20 m from node 0 to a lake at node 1, whose bed there lies at 100 m, and on from the lake.
River dammed(Lake lake, double length, double cell_length, double slope, HydraulicScheme scheme) {
  River river;
  river.add_reach(0, 1, length).slope = slope;
  river.add_reach(1, 2, 2000);
  river.nodes[1].bed_level = 100;
  river.channels[0].bottom_width = 20;
  lake.node = 1;
  insert_lake(std::move(lake), {}, river.nodes, river.reaches, river.lakes);
  river.build(cell_length);
  river.basin.schemes.hydraulics = scheme;
  river.add_source(SourceKind::boundary, 0);
  return river;
}

struct DammedRun {
  DammedRun(const River& a_river, double dt, double flow, double release)
      : river(a_river),
        step(river.basin.network, static_cast<int>(river.basin.sources.size())),
        input(river.input(dt)),
        hydraulics(make_hydraulics(river.basin)) {
    set_flow(input, 0, flow);
    input.lakes = {{release, 0, {}}};
    hydraulics->initialise(input, step);
  }
  void advance(int steps) {
    for (int n = 0; n < steps; ++n) hydraulics->advance(input, step);
  }
  double level() const {
    const Lake& lake = river.basin.network.lakes[0];
    const Chain& chain = river.basin.network.chains[at(lake.chain)];
    double volume = 0;
    for (int i = 0; i < chain.cells; ++i) volume += step.volume1[at(chain.first_cell + i)];
    return lake.curve.level_at(volume);
  }
  double above_dam() const {
    double volume = 0;
    for (std::size_t i = 0; i < step.volume1.size(); ++i)
      if (river.basin.network.cell_reach[i] != 1) volume += step.volume1[i];
    return volume;
  }
  double into_lake() const {  // m3/s out of the river above
    const Chain& chain = river.basin.network.chains[at(river.basin.network.first_chain[0])];
    return step.face[at(river.basin.network.first_face(river.basin.network.first_chain[0]) + chain.cells)] /
           input.dt;
  }
  double through_dam() const {
    const int chain = river.basin.network.lakes[0].chain;
    return step.face[at(river.basin.network.first_face(chain) +
                        river.basin.network.chains[at(chain)].cells)] /
           input.dt;
  }
  const River& river;
  WaterStep step;
  WaterInput input;
  std::unique_ptr<Hydraulics> hydraulics;
};

TEST(WaveLakes, AskForTheBedOfTheRiversThatEndThere) {
  River river = dammed(basin_of(1e6, 95, 103), 1000, 100, 1e-3, HydraulicScheme::dynamic);
  river.basin.network.nodes[1].bed_level = std::nan("");
  try {
    make_hydraulics(river.basin);
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.problem().code, Code::E1464);
    EXPECT_EQ(failure.problem().args, (std::vector<std::string>{"lake", "n1"}));
  }
}

// Two rivers with uneven beds that end in one lake, all of it level: nothing moves.
TEST(WaveLakes, ALakeAndItsRiversAtRestStayAtRest) {
  Random random(11);
  River river;
  for (int n = 0; n < 6; ++n) river.add_reach(n, n + 1, random.between(300, 900));
  for (int n = 0; n < 3; ++n)
    river.add_reach(n == 0 ? 7 : 7 + n, n == 2 ? 6 : 8 + n, random.between(300, 900));
  river.add_reach(6, 10, 1000);
  for (Reach& reach : river.reaches) reach.slope = random.between(-2e-3, 4e-3);
  river.nodes[6].bed_level = 100;
  Lake lake = basin_of(2e5, 97, 101.5);
  lake.boundaries = {100, 98.5};
  lake.node = 6;
  insert_lake(lake, {}, river.nodes, river.reaches, river.lakes);
  river.build(100);
  river.basin.schemes.hydraulics = HydraulicScheme::dynamic;
  const Network& network = river.basin.network;
  const std::vector<double> beds = node_beds(network);
  WaterStep step(network, 0);
  int dry = 0;
  for (std::size_t i = 0; i < step.volume1.size(); ++i) {
    const Reach& reach = network.reaches[at(network.cell_reach[i])];
    if (reach.lake >= 0 || reach.id == "r9") continue;  // not below the dam
    const double depth = 101.5 - bed_at(reach, beds, network.cell_chainage[i]);
    dry += depth <= 0;
    step.volume1[i] = 10 * std::max(0.0, depth) * network.cell_length[i];
  }
  const Chain& layers = network.chains[at(network.lakes[0].chain)];
  network.lakes[0].share_volume(network.lakes[0].curve.volume_at(101.5),
                                &step.volume1[at(layers.first_cell)]);
  const std::vector<double> before = step.volume1;
  const auto hydraulics = make_hydraulics(river.basin);
  const WaterInput input = river.input(60);
  hydraulics->resume(input, std::vector<double>(step.face.size(), 0.0), step);
  for (int n = 0; n < 2000; ++n) hydraulics->advance(input, step);
  EXPECT_GT(dry, 0);
  for (std::size_t i = 0; i < before.size(); ++i)
    EXPECT_NEAR(step.volume1[i], before[i], 1e-9 * (1 + before[i])) << i;
  for (const double face : step.face) EXPECT_NEAR(face, 0, 1e-8);  // of a lake of 9e5 m3
}

// The surface that hangs on a reservoir is that of the standard step method above a stage of its level.
TEST(WaveLakes, AReservoirHoldsItsRiverUp) {
  for (const double depth : {2.0, 4.0, 7.0}) {
    const River river = dammed(basin_of(5e6, 90, 100 + depth), 20000, 100, 2e-4, HydraulicScheme::dynamic);
    DammedRun wave(river, 300, 30, 30);
    wave.advance(500);
    EXPECT_NEAR(wave.level(), 100 + depth, 1e-3);
    EXPECT_NEAR(wave.through_dam(), 30, 1e-9);

    River held;
    held.add_reach(0, 1, 20000).slope = 2e-4;
    held.nodes[1].bed_level = 100;
    held.channels[0].bottom_width = 20;
    held.build(100);
    held.basin.schemes.hydraulics = HydraulicScheme::steady;
    held.add_source(SourceKind::boundary, 0);
    Outlet outlet;
    outlet.node = 1;
    outlet.kind = OutletKind::stage;
    outlet.stage = Series::constant(wave.level());
    held.basin.network.outlets = {outlet};
    WaterStep standard(held.basin.network, 1);
    WaterInput input = held.input(300);
    set_flow(input, 0, 30);
    make_hydraulics(held.basin)->initialise(input, standard);
    double worst = 0;
    for (std::size_t i = 0; i < standard.area.size(); ++i) {
      EXPECT_NEAR(wave.step.discharge[i], 30, 1e-4);
      worst = std::max(worst, std::fabs(wave.step.area[i] / standard.area[i] - 1));
    }
    EXPECT_LT(worst, 2e-3) << depth;
    RecordProperty("largest difference of areas at " + std::to_string(depth) + " m", std::to_string(worst));
  }
}

// A short river into a reservoir that spills: the flood's levels and outflows are those of a level pool.
TEST(WaveLakes, BelowAShortRiverALakeIsALevelPool) {
  std::vector<std::vector<double>> levels, outflows;
  for (const HydraulicScheme scheme : {HydraulicScheme::kinematic, HydraulicScheme::dynamic}) {
    Lake lake = basin_of(1e6, 90, 99);
    lake.spillway = {99, 15, 1.7};
    const River river = dammed(lake, 100, 25, 1e-3, scheme);
    DammedRun run(river, 600, 5, 2);
    levels.emplace_back();
    outflows.emplace_back();
    for (int n = 0; n < 300; ++n) {
      const double x = n / 40.0, flow = 5 + 80 * x * x * std::exp(2 * (1 - x));
      set_flow(run.input, 0, flow);
      run.advance(1);
      ASSERT_LE(cell_miss(river.basin.network, run.step), 1e-12);
      levels.back().push_back(run.level());
      outflows.back().push_back(run.through_dam());
    }
  }
  double level = 0, outflow = 0;
  for (std::size_t n = 0; n < levels[0].size(); ++n) {
    level = std::max(level, std::fabs(levels[0][n] - levels[1][n]));
    outflow = std::max(outflow, std::fabs(outflows[0][n] - outflows[1][n]));
  }
  EXPECT_LT(level, 0.01);  // of a rise of more than a metre
  EXPECT_LT(outflow, 0.5);
  EXPECT_GT(*std::max_element(levels[1].begin(), levels[1].end()), 100);
  RecordProperty("largest difference of the level, mm", std::to_string(1000 * level));
}

// What a lake lets out arrives below it; the river above cannot tell.
TEST(WaveLakes, TheRiverBelowGetsWhatIsLetOut) {
  Lake lake = basin_of(2e6, 90, 104);
  const River river = dammed(lake, 3000, 100, 1e-3, HydraulicScheme::dynamic);
  DammedRun run(river, 120, 3, 12);
  const double before = run.above_dam();
  run.advance(400);
  EXPECT_NEAR(run.through_dam(), 12, 1e-10);
  EXPECT_NEAR(run.step.discharge.back(), 12, 1e-6);
  EXPECT_NEAR(before - run.above_dam(), 9 * 120.0 * 400, 1e-4);
}

// A torrent into the lake itself: its water runs back up the river.
TEST(WaveLakes, WaterRunsBackIntoTheRivers) {
  River river = dammed(basin_of(2e4, 98, 101), 5000, 100, 1e-4, HydraulicScheme::dynamic);
  const int torrent = river.add_source(SourceKind::point, 1);
  DammedRun run(river, 60, 1, 1);
  run.advance(10);
  set_flow(run.input, torrent, 40);
  double lowest = 0;
  for (int n = 0; n < 60; ++n) {
    run.advance(1);
    ASSERT_LE(cell_miss(river.basin.network, run.step), 1e-12);
    ASSERT_LE(junction_miss(river.basin.network, run.step), 1e-12);
    lowest = std::min(lowest, run.into_lake());
  }
  EXPECT_LT(lowest, -1);
  EXPECT_GT(run.level(), 101.5);
  EXPECT_LE(run.hydraulics->counts().capped, 0);
}

// A reservoir that stands below its river's bed takes what falls into it.
TEST(WaveLakes, ALowLakeLetsItsRiverFallFreely) {
  const River river = dammed(basin_of(5e6, 80, 85), 3000, 25, 2e-4, HydraulicScheme::dynamic);
  DammedRun run(river, 60, 30, 30);
  run.advance(500);
  const double critical = std::cbrt(std::pow(30.0 / 20, 2) / 9.81);
  const Chain& chain = river.basin.network.chains[at(river.basin.network.first_chain[0])];
  const std::size_t last = at(chain.first_cell + chain.cells - 1);
  EXPECT_NEAR(run.step.area[last] / 20, critical, 0.01 * critical);
  EXPECT_NEAR(run.step.discharge[last], 30, 1e-6);
}

// Random lakes of a hectare or more at the nodes of a river, each with a spillway, their levels about the
// beds there.
void add_lakes(Random& random, River& river, double share) {
  River bare = river;
  bare.build(0);
  const std::vector<double> beds = node_beds(bare.basin.network);
  const int nodes = static_cast<int>(river.nodes.size());
  for (int node = 0; node < nodes; ++node) {
    if (random() > share) continue;
    Lake lake = random_lake(random, node, 9, 3);
    if (lake.spillway.width <= 0) lake.spillway = {lake.curve.level[3], 20, 1.7};
    lake.spillway.width = std::max(lake.spillway.width, 5.0);
    const double rise = beds[at(node)] - lake.lowest_level;
    for (double& level : lake.curve.level) level += rise;
    for (double& level : lake.boundaries) level += rise;
    lake.spillway.crest += rise;
    lake.initial_level += rise;
    lake.lowest_level += rise;
    river.nodes[at(node)].bed_level = beds[at(node)];
    insert_lake(lake, {}, river.nodes, river.reaches, river.lakes);
  }
}

TEST(WaveLakes, BalancesCloseOnRandomRiversWithReservoirs) {
  int lakes = 0, turned = 0;
  for (std::uint64_t seed = 1; seed <= 16; ++seed) {
    Random random(300 + seed);
    const double dt = std::vector{10.0, 60.0, 300.0, 900.0}[seed % 4];
    River river = random_reaches(random, 12 + static_cast<int>(seed), {50, 6000, 1e-6, 0.03});
    add_lakes(random, river, 0.35);
    river.build(seed % 2 ? 150 : 1000);
    draw_sources(random, river);
    const Network& network = river.basin.network;
    lakes += static_cast<int>(network.lakes.size());
    river.basin.schemes.hydraulics = HydraulicScheme::dynamic;
    const auto hydraulics = make_hydraulics(river.basin);
    WaterStep step(network, static_cast<int>(river.basin.sources.size()));
    WaterInput input = river.input(dt);
    draw_lake_inputs(random, network, true, input);
    if (seed % 3) draw_input(random, input);
    hydraulics->initialise(input, step);
    for (int n = 0; n < 100; ++n) {
      const std::vector<double> before = step.volume1;
      draw_input(random, input);
      if (n % 10 == 0) draw_lake_inputs(random, network, true, input);
      input.hold_levels = n < 3;
      hydraulics->advance(input, step);
      ASSERT_EQ(step.volume0, before);
      ASSERT_LE(cell_miss(network, step), 1e-11) << "seed " << seed << " step " << n;
      ASSERT_LE(junction_miss(network, step), 1e-11) << "seed " << seed << " step " << n;
      for (std::size_t s = 0; s < input.volume.size(); ++s) ASSERT_LE(step.abstracted[s], input.volume[s]);
      for (std::size_t i = 0; i < step.depth.size(); ++i)
        ASSERT_TRUE(std::isfinite(step.depth[i]) && std::isfinite(step.velocity[i])) << "seed " << seed;
      for (const Lake& lake : network.lakes) {
        const int last = network.first_face(lake.chain) + lake.layers();
        ASSERT_LE(step.spilled[at(lake.number)], step.face[at(last)]) << "seed " << seed;
        for (const int k : network.junctions[at(lake.node)].in)
          turned += step.face[at(network.first_face(k) + network.chains[at(k)].cells)] < 0;
      }
    }
    // Steps of 900 s go into sub-steps of 14 s where floods fall into dry hubs; of those a twentieth.
    EXPECT_LE(hydraulics->counts().capped, dt < 900 ? 5 : 320)
        << "seed " << seed << ", limited " << hydraulics->counts().limited << ", retried "
        << hydraulics->counts().retried;
  }
  EXPECT_GT(lakes, 60);
  EXPECT_GT(turned, 100);
}

}  // namespace
}  // namespace limpid
