// The dynamic wave's borders: stages, tides, ratings, free falls, structures, level and rising beds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "model/bed.hpp"
#include "solvers/dynamic.hpp"
#include "solvers/wave_grid.hpp"
#include "tests/solvers/random_river.hpp"

namespace limpid {
namespace {

using namespace rivers;

constexpr double kGravity = 9.81;

// A canal of equal reaches with one boundary at its head.
River canal(int reaches, double length, double cell_length, double slope, double width) {
  River river;
  for (int r = 0; r < reaches; ++r) river.add_reach(r, r + 1, length).slope = slope;
  river.channels[0].bottom_width = width;
  river.build(cell_length);
  river.basin.schemes.hydraulics = HydraulicScheme::dynamic;
  river.add_source(SourceKind::boundary, 0);
  return river;
}

double depth_of(const River& river, const WaterStep& step, std::size_t cell) {
  return step.area[cell] / river.basin.network.channels[0].bottom_width;
}

// Steady flow under constant inputs.
WaterStep settled(const River& river, double flow, double dt = 60, int steps = 3000) {
  WaterStep step(river.basin.network, 1);
  WaterInput input = river.input(dt);
  set_flow(input, 0, flow);
  const auto hydraulics = make_hydraulics(river.basin);
  hydraulics->initialise(input, step);
  for (int n = 0; n < steps; ++n) hydraulics->advance(input, step);
  return step;
}

// An uneven bed with islands, a bifurcation that rejoins, a stage: still water stays still to round-off.
TEST(WaveBorders, ALakeAtRestStaysAtRest) {
  Random random(3);
  River river;
  for (int n = 0; n < 12; ++n) river.add_reach(n, n + 1, random.between(300, 900));
  river.add_reach(4, 7, 1500).split.kind = SplitKind::levels;
  for (Reach& reach : river.reaches) reach.slope = random.between(-2e-3, 2e-3);
  river.build(100);
  river.basin.schemes.hydraulics = HydraulicScheme::dynamic;
  Network& network = river.basin.network;
  const WaveGrid grid(network);
  std::vector<double> beds = grid.bed;
  std::sort(beds.begin(), beds.end());
  const double level = beds[beds.size() * 4 / 5];  // a fifth stands dry
  network.outlets = {stage_at(12, level)};
  WaterStep step(network, 0);
  for (std::size_t i = 0; i < step.volume1.size(); ++i)
    step.volume1[i] = 10 * std::max(0.0, level - grid.bed[i]) * network.cell_length[i];
  const std::vector<double> before = step.volume1;
  ASSERT_GT(*std::max_element(before.begin(), before.end()), 0);
  const auto hydraulics = make_hydraulics(river.basin);
  const WaterInput input = river.input(60);
  hydraulics->resume(input, std::vector<double>(step.face.size(), 0.0), step);
  for (int n = 0; n < 2000; ++n) hydraulics->advance(input, step);
  for (std::size_t i = 0; i < before.size(); ++i)
    EXPECT_NEAR(step.volume1[i], before[i], 1e-9 * (1 + before[i]));
  for (const double face : step.face) EXPECT_NEAR(face, 0, 1e-10);
}

// A river into a lake below it: the level at the outlet is the lake's, the surface falls towards it.
TEST(WaveBorders, AStageHoldsTheWaterUp) {
  River river = canal(1, 10000, 100, 1e-4, 20);
  river.basin.network.outlets = {stage_at(1, 5)};
  const WaterStep step = settled(river, 30);
  const std::size_t last = step.volume1.size() - 1;
  EXPECT_NEAR(depth_of(river, step, last) + 50 * 1e-4, 5, 1e-3);
  for (std::size_t i = 0; i < last; ++i) {
    EXPECT_NEAR(step.discharge[i], 30, 1e-6);
    EXPECT_GT(depth_of(river, step, i) + 1e-4 * 100, depth_of(river, step, i + 1));  // falls downstream
    EXPECT_LT(depth_of(river, step, i), depth_of(river, step, i + 1));               // backwater curve
  }
}

// Out and in with the tide: every balance holds, and over whole tides as much leaves as enters.
TEST(WaveBorders, ATideRunsInAndOut) {
  River river = canal(1, 8000, 200, 1e-5, 30);
  constexpr double kTide = 44714, kDt = 300;
  WaterStep step(river.basin.network, 1);
  WaterInput input = river.input(kDt);
  set_flow(input, 0, 2);
  river.basin.network.outlets = {stage_at(1, 3)};
  const auto hydraulics = make_hydraulics(river.basin);
  const auto tide = [&](double t) { return 3 + std::sin(2 * M_PI * t / kTide); };
  input.outlets = {{tide(0), tide(0), {}}};
  hydraulics->initialise(input, step);
  double lowest = 0, highest = 0, out = 0;
  const double before = std::accumulate(step.volume1.begin(), step.volume1.end(), 0.0);
  for (int n = 0; n < 600; ++n) {
    input.outlets[0].stage0 = tide(n * kDt);
    input.outlets[0].stage1 = tide((n + 1) * kDt);
    hydraulics->advance(input, step);
    ASSERT_LE(cell_miss(river.basin.network, step), 1e-12);
    lowest = std::min(lowest, step.face.back() / kDt);
    highest = std::max(highest, step.face.back() / kDt);
    out += step.face.back();
    const double level = depth_of(river, step, step.volume1.size() - 1) + 1e-5 * 100;
    EXPECT_NEAR(level, tide((n + 1) * kDt), 0.02) << n;
  }
  const double after = std::accumulate(step.volume1.begin(), step.volume1.end(), 0.0);
  EXPECT_NEAR((before + 600 * kDt * 2 - out) / after, 1, 1e-12);
  EXPECT_LT(lowest, -20);  // 8 km x 30 m that rise a metre in a quarter of a tide
  EXPECT_GT(highest, 20);
  EXPECT_EQ(hydraulics->counts().capped, 0);
}

TEST(WaveBorders, ARatingGivesTheLevelThatLetsTheFlowOut) {
  River river = canal(1, 5000, 100, 2e-4, 20);
  Outlet outlet;
  outlet.node = 1;
  outlet.kind = OutletKind::rating;
  outlet.rating = {{1, 3, 5}, {0, 20, 100}};
  river.basin.network.outlets = {outlet};
  const WaterStep step = settled(river, 40);
  const std::size_t last = step.volume1.size() - 1;
  // 40 m3/s pass at 3.5 m; the last cell's middle stands the friction of 50 m higher
  const double area = step.area[last], radius = area / (20 + 2 * area / 20);
  const double fall = 50 * std::pow(0.03 * 40 / area, 2) / std::pow(radius, 4.0 / 3);
  EXPECT_NEAR(depth_of(river, step, last) + 50 * 2e-4, 3.5 + fall, 2e-4);
  EXPECT_NEAR(step.face.back() / 60, 40, 1e-7);
}

// A mild river that falls off: critical depth at its end; a stage far below does the same.
TEST(WaveBorders, WaterFallsFreelyAtCriticalDepth) {
  const double critical = std::cbrt(std::pow(30.0 / 20, 2) / kGravity);
  for (const OutletKind kind : {OutletKind::free_fall, OutletKind::stage}) {
    River river = canal(1, 3000, 25, 2e-4, 20);
    Outlet outlet = stage_at(1, -50);
    outlet.kind = kind;
    river.basin.network.outlets = {outlet};
    const WaterStep step = settled(river, 30);
    EXPECT_NEAR(depth_of(river, step, step.volume1.size() - 1), critical, 0.01 * critical)
        << static_cast<int>(kind);
    EXPECT_NEAR(step.face.back() / 60, 30, 1e-6);
  }
  River steep = canal(1, 3000, 25, 0.03, 20);
  Outlet outlet = stage_at(1, -50);
  outlet.kind = OutletKind::free_fall;
  steep.basin.network.outlets = {outlet};
  const double uniform = normal_area(steep.basin.network.channels[0], 30, 0.03, 0.03, 0) / 20;
  ASSERT_LT(uniform, critical);
  const WaterStep step = settled(steep, 30);
  EXPECT_NEAR(depth_of(steep, step, step.volume1.size() - 1), uniform, 1e-3);
}

// Level and rising beds between falling ones.
TEST(WaveBorders, BedsMayBeLevelOrRise) {
  River river;
  for (int n = 0; n < 4; ++n) river.add_reach(n, n + 1, 2000);
  river.reaches[1].slope = 0;
  river.reaches[2].slope = -5e-4;
  river.build(100);
  river.basin.schemes.hydraulics = HydraulicScheme::dynamic;
  river.add_source(SourceKind::boundary, 0);
  const WaterStep step = settled(river, 15);
  for (std::size_t i = 0; i < step.volume1.size(); ++i) {
    EXPECT_NEAR(step.discharge[i], 15, 1e-6) << i;
    EXPECT_TRUE(std::isfinite(step.velocity[i]) && step.velocity[i] > 0) << i;
  }
  const WaveGrid grid(river.basin.network);
  for (std::size_t i = 20; i < 60; ++i)  // the surface falls where the bed does not
    EXPECT_GT(grid.bed[i] + depth_of(river, step, i), grid.bed[i + 1] + depth_of(river, step, i + 1)) << i;
}

TEST(WaveBorders, AWeirHoldsThePoolThatItsFormulaAsks) {
  for (const StructureKind kind : {StructureKind::broad_weir, StructureKind::sharp_weir}) {
    River river = canal(2, 2000, 50, 5e-4, 20);
    Structure weir;
    weir.kind = kind;
    weir.node = 1;
    weir.width = 15;
    weir.crest_level = node_beds(river.basin.network)[1] + 2;
    weir.coefficient = usual_coefficient(kind);
    river.basin.network.structures = {weir};
    const WaterStep step = settled(river, 25);
    const std::size_t last = at(river.basin.network.chains[0].cells - 1);
    const double head = std::pow(25 / (weir.coefficient * 15), 2.0 / 3), area = step.area[last];
    const double fall = 25 * std::pow(0.03 * 25 / area, 2) / std::pow(area / (20 + area / 10), 4.0 / 3);
    EXPECT_NEAR(depth_of(river, step, last) + 25 * 5e-4, 2 + head + fall, 1e-4);
    EXPECT_NEAR(step.face.back() / 60, 25, 1e-6);
  }
}

// A gate that shuts holds back all, and lets it go when it opens.
TEST(WaveBorders, AGateShutsAndOpens) {
  River river = canal(2, 2000, 100, 1e-4, 20);
  Structure gate;
  gate.kind = StructureKind::gate;
  gate.node = 1;
  gate.width = 10;
  gate.crest_level = node_beds(river.basin.network)[1];
  gate.coefficient = usual_coefficient(gate.kind);
  gate.opening = Series::constant(0.5);
  river.basin.network.structures = {gate};
  WaterStep step(river.basin.network, 1);
  WaterInput input = river.input(60);
  set_flow(input, 0, 10);
  const auto hydraulics = make_hydraulics(river.basin);
  hydraulics->initialise(input, step);
  const std::size_t face = at(river.basin.network.first_face(0) + river.basin.network.chains[0].cells);
  EXPECT_NEAR(step.face[face] / 60, 10, 1e-3);
  input.openings = {0};
  for (int n = 0; n < 60; ++n) {
    hydraulics->advance(input, step);
    ASSERT_EQ(step.face[face], 0);
    ASSERT_LE(cell_miss(river.basin.network, step), 1e-12);
  }
  input.openings = {1};
  double most = 0;
  for (int n = 0; n < 1000; ++n) {
    hydraulics->advance(input, step);
    most = std::max(most, step.face[face] / 60);
    ASSERT_LE(cell_miss(river.basin.network, step), 1e-12);
  }
  EXPECT_GT(most, 15);
  EXPECT_NEAR(step.face[face] / 60, 10, 0.1);
}

// Random rivers with structures wherever they may stand, stages and free falls, rising and level beds.
TEST(WaveBorders, BalancesCloseOnRandomRiversWithStructuresAndTides) {
  long long cells = 0, capped = 0;
  int structures = 0, turned = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Random random(100 + seed);
    const double dt = std::vector{10.0, 60.0, 300.0, 900.0}[seed % 4];
    River river =
        random_river(random, 10 + static_cast<int>(seed), seed % 2 ? 300 : 1000, {50, 4000, 1e-6, 0.02});
    for (Reach& reach : river.basin.network.reaches) {
      if (random() < 0.15) reach.slope = random() < 0.5 ? 0 : -reach.slope;
      if (reach.split.kind != SplitKind::remainder && random() < 0.5) reach.split = {SplitKind::levels};
    }
    Network& network = river.basin.network;
    const std::vector<double> beds = node_beds(network);
    for (std::size_t j = 0; j < network.nodes.size(); ++j) {
      const Junction& junction = network.junctions[j];
      const int node = static_cast<int>(j);
      if (junction.is_outlet()) {
        network.outlets.push_back(stage_at(node, beds[j] + random.between(0, 3)));
        if (random() < 0.2) network.outlets.back().kind = OutletKind::free_fall;
      } else if (junction.in.size() == 1 && junction.out.size() == 1 && random() < 0.6) {
        const auto kind = static_cast<StructureKind>(static_cast<int>(random() * 4));
        for (int n = 0; n < 2; ++n) {
          Structure s;
          s.kind = kind;
          s.node = node;
          s.crest_level = beds[j] + random.between(0, 2);
          s.width = random.between(1, 20);
          s.coefficient = usual_coefficient(kind);
          s.opening = Series::constant(random());
          network.structures.push_back(s);
        }
      }
    }
    structures += static_cast<int>(network.structures.size());
    river.basin.schemes.hydraulics = HydraulicScheme::dynamic;
    const auto hydraulics = make_hydraulics(river.basin);
    WaterStep step(network, static_cast<int>(river.basin.sources.size()));
    WaterInput input = river.input(dt);
    if (seed % 3) draw_input(random, input);
    for (const Outlet& outlet : network.outlets)
      input.outlets.push_back({outlet.stage.at(0), outlet.stage.at(0), {}});
    for (const Structure& s : network.structures) input.openings.push_back(s.opening.at(0));
    hydraulics->initialise(input, step);
    for (int n = 0; n < 100; ++n) {
      draw_input(random, input);
      for (OutletInput& outlet : input.outlets) {
        outlet.stage0 = outlet.stage1;
        outlet.stage1 += random.between(-0.5, 0.5) * std::min(1.0, dt / 300);
      }
      for (double& opening : input.openings)
        if (random() < 0.1) opening = random() < 0.3 ? 0 : random.between(0, 2);
      hydraulics->advance(input, step);
      ASSERT_LE(cell_miss(network, step), 1e-11) << "seed " << seed << " step " << n;
      ASSERT_LE(junction_miss(network, step), 1e-11) << "seed " << seed << " step " << n;
      for (std::size_t s = 0; s < input.volume.size(); ++s) ASSERT_LE(step.abstracted[s], input.volume[s]);
      for (std::size_t i = 0; i < step.depth.size(); ++i)
        ASSERT_TRUE(std::isfinite(step.depth[i]) && std::isfinite(step.velocity[i])) << "seed " << seed;
      for (const double face : step.face) turned += face < 0;
    }
    cells += static_cast<long long>(step.depth.size()) * 100;
    capped += hydraulics->counts().capped;
    EXPECT_LE(hydraulics->counts().capped, 5) << "seed " << seed;
  }
  EXPECT_GT(structures, 20);
  EXPECT_GT(turned, 1000);
  RecordProperty("capped of cell steps", std::to_string(capped) + " of " + std::to_string(cells));
}

}  // namespace
}  // namespace limpid
