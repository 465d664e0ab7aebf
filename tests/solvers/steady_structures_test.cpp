// Structures that hold the surface of steady flow: levels by hand, backwater, jumps, and what does not pass.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "solvers/structure_level.hpp"
#include "tests/solvers/steady_river.hpp"

namespace limpid {
namespace {

using namespace steady_rivers;

// What stands at a node, and the depth above it by hand for kFlow and a depth `below` it. Both over the bed
// of the node.
struct Held {
  const char* name;
  std::vector<Structure> structures;
  double below, by_hand;
};

double sharp_by_hand(double width, double below) {
  return bisected(
      [&](double h1) {
        return 1.84 * width * std::pow(h1, 1.5) * std::pow(1 - std::pow(below / h1, 1.5), 0.385) - kFlow;
      },
      below, 20);
}

double gate_by_hand(double width, double opening) {
  const double jet = 0.61 * opening;
  return bisected(
      [&](double h1) { return width * jet * std::sqrt(2 * kGravity * h1 / (1 + jet / h1)) - kFlow; }, opening,
      20);
}

std::vector<Held> held_levels() {
  using enum StructureKind;
  const double weir = std::pow(kFlow / (1.705 * 12), 2.0 / 3);
  const double orifices = 0.5 + std::pow(kFlow / (0.62 * 6), 2) / (2 * kGravity);
  const double drowned = 1.5 + std::pow(kFlow / (0.62 * 6), 2) / (2 * kGravity);
  const double round = std::pow(kFlow / (0.62 * 8 * std::numbers::pi / 4), 2) / (2 * kGravity);
  const double beside = bisected(
      [](double h) {
        const double jet = 0.61 * 0.4;
        return 1.84 * 5 * std::pow(std::max(0.0, h - 1.8), 1.5) +
               6 * jet * std::sqrt(2 * kGravity * h / (1 + jet / h)) - kFlow;
      },
      2, 20);
  Structure circle = structure_of(orifice, 0, 8, 1);
  circle.round = true;
  return {{"broad weir", {structure_of(broad_weir, 2, 12)}, 1.5, 2 + weir},
          {"drowned broad weir", {structure_of(broad_weir, 2, 12)}, 3.5, 2 + broad_drowned_by_hand(12, 1.5)},
          {"sharp weir", {structure_of(sharp_weir, 2, 12)}, 1.5, 2 + std::pow(kFlow / (1.84 * 12), 2.0 / 3)},
          {"drowned sharp weir", {structure_of(sharp_weir, 2, 12)}, 3.0, 2 + sharp_by_hand(12, 1.0)},
          {"gate", {structure_of(gate, 0, 10, 0.7)}, 1.0, gate_by_hand(10, 0.7)},
          {"orifice", {structure_of(orifice, 0, 6, 1)}, 0.4, orifices},
          {"drowned orifice", {structure_of(orifice, 0, 6, 1)}, 1.5, drowned},
          {"round orifice", {circle}, 1.2, 1.2 + round},
          {"gate and weir", {structure_of(gate, 0, 6, 0.4), structure_of(sharp_weir, 1.8, 5)}, 0.5, beside}};
}

// The structures between a long reach that ends in a cell of a centimetre and a stage.
TEST(SteadyStructures, WaterStandsAsHighAsTheStructuresAsk) {
  for (const Held& held : held_levels()) {
    River river = river_of({3000, 0.01}, {1e-4, 1e-4}, 50);
    for (const Structure& s : held.structures) stand(river, 2, s);
    river.basin.network.outlets = {stage_at(2, held.below)};
    Course run(river);
    run.start().advance(3);
    const std::size_t last = run.step.area.size() - 1;
    EXPECT_NEAR(run.depth(last), held.by_hand, 1e-6) << held.name;
    EXPECT_NEAR(run.depth(last - 30), integrated_depth(1e-4, held.by_hand, 1525.01 - 50), 2e-4) << held.name;
    EXPECT_EQ(run.hydraulics->counts().capped, 0) << held.name;
    EXPECT_EQ(run.hydraulics->counts().limited, 0) << held.name;
    EXPECT_NEAR(run.step.face.back() / run.input.dt, kFlow, 1e-9);
  }
}

// Below the structure: uniform flow where nothing holds it, the backwater of a stage where that does, and
// what runs away on a steep bed.
TEST(SteadyStructures, TheReachBelowDrownsThem) {
  const double mild = normal_depth(1e-4);
  const Structure low = structure_of(StructureKind::broad_weir, 1.5, kWidth);
  const auto above = [&](double slope, double stage) {
    River river = river_of({3000, 0.01, 1000}, {1e-4, 1e-4, slope}, 50);
    stand(river, 2, low);
    if (stage > 0) river.basin.network.outlets = {stage_at(3, stage)};
    Course run(river);
    run.start().advance(2);
    return run.depth(60);
  };
  ASSERT_GT(mild - 1.5, 1.0);
  EXPECT_NEAR(above(1e-4, 0), 1.5 + broad_drowned_by_hand(kWidth, mild - 1.5), 1e-6);
  const double held = integrated_depth(1e-4, 4, 1000);
  EXPECT_NEAR(above(1e-4, 4), 1.5 + broad_drowned_by_hand(kWidth, held - 1.5), 1e-4);
  const double free = 1.5 + std::pow(kFlow / (1.705 * kWidth), 2.0 / 3);
  EXPECT_NEAR(above(0.03, 0), free, 1e-6);
  EXPECT_NEAR(above(0.03, 0.1), free, 1e-6);  // held, and supercritical
}

// The stretch over which a gate beside a weir raises the water by more than a tenth of uniform depth, and its
// surface, as the dynamic wave has them once it has settled.
TEST(SteadyStructures, BackwaterIsAsLongAsTheDynamicWaves) {
  const auto profile = [](HydraulicScheme scheme) {
    River river = river_of({12000, 3000}, {4e-4, 4e-4}, 100, scheme);
    stand(river, 1, structure_of(StructureKind::gate, 0, 5, 0.8));
    stand(river, 1, structure_of(StructureKind::sharp_weir, 2.2, 8));
    Course run(river);
    run.start();
    for (int n = 0; n < 400; ++n) run.hydraulics->advance(run.input, run.step);
    std::vector<double> depths;
    for (std::size_t i = 0; i < 120; ++i) depths.push_back(run.depth(i));
    return depths;
  };
  const auto length = [](const std::vector<double>& depths) {
    const double risen = 1.1 * normal_depth(4e-4);
    std::size_t i = 0;
    while (depths[i] < risen) ++i;
    return 12000 - 50 - 100 * (static_cast<double>(i) - (depths[i] - risen) / (depths[i] - depths[i - 1]));
  };
  const std::vector<double> steady = profile(HydraulicScheme::steady),
                            dynamic = profile(HydraulicScheme::dynamic);
  EXPECT_GT(length(dynamic), 3000);
  EXPECT_NEAR(length(steady), length(dynamic), 0.01 * length(dynamic));
  for (std::size_t i = 0; i < steady.size(); ++i) EXPECT_NEAR(steady[i], dynamic[i], 0.01 * dynamic[i]) << i;
}

// A steep river runs into the pool of a weir: a jump above it.
TEST(SteadyStructures, ASteepRiverJumpsAboveAWeir) {
  River river = river_of({2000, 1000}, {0.02, 0.02}, 10);
  stand(river, 1, structure_of(StructureKind::broad_weir, 3, kWidth));
  Course run(river);
  run.start().advance(2);
  EXPECT_NEAR(run.depth(0), normal_depth(0.02), 1e-4);
  std::size_t jump = 0;
  while (run.depth(jump) < critical_depth()) ++jump;
  EXPECT_GT(jump, 170u);
  EXPECT_LT(jump, 195u);
  for (std::size_t i = jump; i < 200; ++i) EXPECT_GT(run.depth(i), critical_depth()) << i;
  EXPECT_NEAR(run.depth(199), 3 + std::pow(kFlow / (1.705 * kWidth), 2.0 / 3) - 5 * 0.02, 0.01);
  EXPECT_NEAR(run.depth(250), normal_depth(0.02), 1e-4);  // the jet is lost
}

TEST(SteadyStructures, WithoutFlowAPoolStandsBehindThem) {
  River river = river_of({2000, 1000}, {1e-3, 1e-3}, 100);
  stand(river, 1, structure_of(StructureKind::gate, 0.2, 5, 0));
  stand(river, 1, structure_of(StructureKind::broad_weir, 0.5, 5));
  Course run(river, 0);
  run.start().advance(2);
  EXPECT_NEAR(run.depth(19), 0.2 - 0.05, 1e-12);
  EXPECT_EQ(run.depth(0), 0);
  EXPECT_EQ(run.step.face[20], 0);
}

// What cannot pass an opening stands kMostHead high, and is counted; openings are those of the step.
TEST(SteadyStructures, AnOpeningTooSmallIsCounted) {
  River river = river_of({2000, 1000}, {1e-3, 1e-3}, 100);
  stand(river, 1, structure_of(StructureKind::gate, 0.2, 5, 0.01));
  Course run(river);
  run.input.openings = {2.0};
  run.start().advance(3);
  EXPECT_EQ(run.hydraulics->counts().capped, 0);
  const double open = run.depth(19);
  run.input.openings = {0.01};
  run.advance(4);
  EXPECT_EQ(run.hydraulics->counts().capped, 4);
  EXPECT_EQ(run.step.face[20], 0);  // the river fills first
  EXPECT_GT(run.hydraulics->counts().limited, 0);
  run.input.openings = {2.0};
  run.advance(1);
  EXPECT_NEAR(run.depth(19), open, 1e-9);
}

// A rule that opens a gate by the level above it: level and opening are found together, and stay.
TEST(SteadyStructures, AGateRuleSettlesAtOnce) {
  for (const double range : {0.05, 0.5, 2.0}) {
    River river = river_of({3000, 0.01}, {1e-4, 1e-4}, 50);
    stand(river, 2, structure_of(StructureKind::gate, 0, 10, 0.1));
    river.basin.network.outlets = {stage_at(2, 0.1)};
    Course run(river);
    run.input.openings = {0.1};
    run.input.gates = {{0, 1.5, 2.0, 2.0 + range, 0.9}};
    const auto passes = [&](double depth) {
      const double opening = 0.1 + 0.9 * std::clamp((depth - 2) / range, 0.0, 1.0) * 1.4;
      const double jet = 0.61 * opening;
      return 10 * jet * std::sqrt(2 * kGravity * depth / (1 + jet / depth)) - kFlow;
    };
    run.start();
    for (int n = 0; n < 3; ++n) {
      run.advance(1);
      EXPECT_NEAR(run.depth(run.step.area.size() - 1), bisected(passes, 0.5, 20), 1e-6) << range;
      EXPECT_NEAR(run.step.face.back() / run.input.dt, kFlow, 1e-9) << range;
    }
  }
}

TEST(SteadyStructures, LevelBedsAreTakenAboveThem) {
  const auto refused = [](const River& river) {
    try {
      make_hydraulics(river.basin);
      return false;
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.problem().code, Code::E1404);
      EXPECT_EQ(failure.problem().args[0], "r1");
      return true;
    }
  };
  River river = river_of({2000, 1000, 1000}, {1e-3, 0, 1e-3}, 100);
  EXPECT_TRUE(refused(river));
  stand(river, 1, structure_of(StructureKind::broad_weir, 1, kWidth));
  EXPECT_TRUE(refused(river));  // it lies above
  stand(river, 2, structure_of(StructureKind::broad_weir, 1, kWidth));
  EXPECT_FALSE(refused(river));
  Course run(river);
  run.start().advance(2);
  EXPECT_NEAR(run.depth(20), integrated_depth(0, 1 + std::pow(kFlow / (1.705 * kWidth), 2.0 / 3), 950), 2e-3);
}

// Every level, whatever the structures, passes the flow between its neighbours: bracketed.
TEST(SteadyStructures, TheLevelPassesTheFlow) {
  Random random(9);
  int jumps = 0;
  for (int n = 0; n < 20000; ++n) {
    std::vector<Structure> all;
    std::vector<int> beside;
    std::vector<double> openings;
    const int count = 1 + static_cast<int>(random() * 3);
    for (int s = 0; s < count; ++s) {
      all.push_back(structure_of(static_cast<StructureKind>(static_cast<int>(random() * 4)),
                                 random.between(0, 3), random.between(0.5, 30)));
      all.back().round = random() < 0.5;
      beside.push_back(s);
      openings.push_back(random() < 0.1 ? 0 : random.between(0, 2));
    }
    const double flow = std::exp(random.between(-12, 5)),
                 below = random() < 0.3 ? -1e300 : random.between(-2, 6);
    const LevelAbove above = level_above(all, beside, {openings, {}}, flow, below);
    const auto passes = [&](double level) {
      double sum = 0;
      for (const int s : beside) sum += passage(all[at(s)], openings[at(s)], level, below).rate;
      return sum;
    };
    if (above.capped) {
      EXPECT_LT(passes(above.level), flow);
      continue;
    }
    const double span = 1e-9 * std::max(1.0, std::fabs(above.level));
    EXPECT_LE(passes(above.level - span), flow * (1 + 1e-9)) << n;
    EXPECT_GE(passes(above.level + span), flow * (1 - 1e-9)) << n;
    jumps += std::fabs(passes(above.level) / flow - 1) > 1e-6;
  }
  RecordProperty("at jumps", jumps);
}

}  // namespace
}  // namespace limpid
