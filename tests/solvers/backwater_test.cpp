// Gradually varied flow of the scheme steady: backwater, drawdown, jumps, and what it cannot take.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "model/bed.hpp"
#include "tests/solvers/steady_river.hpp"

namespace limpid {
namespace {

using namespace steady_rivers;

struct Surface {
  River river;
  WaterStep step;
  double depth(std::size_t cell) const { return step.area[cell] / kWidth; }
  std::size_t last() const { return step.area.size() - 1; }
};

// Reaches of 1 km with these slopes and an outlet of this kind at this level.
Surface surface(const std::vector<double>& slopes, double cell_length, OutletKind kind, double level,
                double flow = kFlow) {
  Surface s;
  for (std::size_t r = 0; r < slopes.size(); ++r) {
    Reach& reach = s.river.add_reach(static_cast<int>(r), static_cast<int>(r) + 1);
    reach.slope = slopes[r];
    reach.manning_n = kManning;
  }
  s.river.channels[0].bottom_width = kWidth;
  s.river.build(cell_length);
  s.river.basin.schemes.hydraulics = HydraulicScheme::steady;
  Outlet outlet;
  outlet.node = static_cast<int>(slopes.size());
  outlet.kind = kind;
  outlet.stage = Series::constant(level);
  s.river.basin.network.outlets = {outlet};
  s.river.add_source(SourceKind::boundary, 0);
  s.step = WaterStep(s.river.basin.network, 1);
  WaterInput input = s.river.input(600);
  set_flow(input, 0, flow);
  const auto hydraulics = make_hydraulics(s.river.basin);
  hydraulics->initialise(input, s.step);
  for (int n = 0; n < 3; ++n) hydraulics->advance(input, s.step);
  return s;
}

TEST(Backwater, IsTheIntegralOfTheEquation) {
  for (const double slope : {1e-4, 5e-4, 0.0, -2e-4}) {
    const Surface s = surface({slope, slope, slope}, 50, OutletKind::stage, 3);
    for (const std::size_t cell : {std::size_t{0}, std::size_t{30}, s.last()}) {
      const double distance = 3000 - (static_cast<double>(cell) + 0.5) * 50;
      EXPECT_NEAR(s.depth(cell), integrated_depth(slope, 3, distance), 2e-4) << slope << " cell " << cell;
      EXPECT_NEAR(s.step.velocity[cell], kFlow / s.step.area[cell], 1e-9);
    }
    EXPECT_LE(cell_miss(s.river.basin.network, s.step), 1e-14);
  }
}

TEST(Backwater, EndsInUniformFlowFarUp) {
  const Surface s = surface(std::vector<double>(20, 1e-3), 100, OutletKind::stage, 3);
  EXPECT_NEAR(s.depth(0), normal_depth(1e-3), 1e-4);
}

TEST(Backwater, AFreeFallIsCritical) {
  const Surface s = surface({5e-4, 5e-4, 5e-4}, 10, OutletKind::free_fall, 0);
  // the last cell's middle lies 5 m above the fall
  EXPECT_NEAR(s.depth(s.last()), integrated_depth(5e-4, 1.002 * critical_depth(), 5), 0.02);
  EXPECT_GT(s.depth(s.last() - 5), s.depth(s.last()));
  EXPECT_NEAR(s.depth(0), normal_depth(5e-4), 0.02);
}

// Steep, then flat with a high level: supercritical, a jump where the forces balance, then subcritical.
TEST(Backwater, AJumpStandsWhereTheForcesBalance) {
  const Surface s = surface({0.02, 0.02, 1e-4, 1e-4}, 10, OutletKind::stage, 3.0);
  const double critical = critical_depth();
  EXPECT_NEAR(s.depth(0), normal_depth(0.02), 1e-4);
  std::size_t jump = 0;
  while (jump + 1 < s.step.area.size() && s.depth(jump) < critical) ++jump;
  ASSERT_GT(jump, 100u);
  ASSERT_LT(jump, 200u);  // the backwater of 3 m reaches into the steep channel
  for (std::size_t i = jump; i < s.step.area.size(); ++i) EXPECT_GT(s.depth(i), critical) << i;
  const auto force = [&](double h) { return kFlow * kFlow / (9.81 * kWidth * h) + 0.5 * kWidth * h * h; };
  EXPECT_GT(force(s.depth(jump + 1)), force(s.depth(jump - 1)));  // below it the subcritical one wins
  const double above = s.depth(jump - 1),
               conjugate =
                   0.5 * above *
                   (std::sqrt(1 + 8 * kFlow * kFlow / (9.81 * kWidth * kWidth * std::pow(above, 3))) - 1);
  EXPECT_NEAR(s.depth(jump), conjugate, 0.25);  // 10 m of a bed that falls by 0.02
}

// Without flow a pool stands behind every sill.
TEST(Backwater, NoFlowLeavesALevelPool) {
  const Surface s = surface({1e-3, -5e-4}, 100, OutletKind::stage, 0.2, 0.0);
  const std::vector<double> beds = node_beds(s.river.basin.network);
  const Network& network = s.river.basin.network;
  for (std::size_t i = 10; i < 20; ++i) {
    const double bed = bed_at(network.reaches[1], beds, network.cell_chainage[i]);
    EXPECT_NEAR(s.depth(i), 0.2 - bed, 1e-12) << i;
  }
}

TEST(Backwater, ALevelBedWithoutALevelBelowIsRefused) {
  River river;
  river.add_reach(0, 1).slope = 0;
  river.build(100);
  for (const HydraulicScheme scheme :
       {HydraulicScheme::steady, HydraulicScheme::kinematic, HydraulicScheme::muskingum_cunge}) {
    river.basin.schemes.hydraulics = scheme;
    try {
      make_hydraulics(river.basin);
      ADD_FAILURE() << static_cast<int>(scheme);
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.problem().code, Code::E1404);
    }
  }
}

}  // namespace
}  // namespace limpid
