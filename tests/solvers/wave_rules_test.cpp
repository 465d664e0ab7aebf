// Split rules in the dynamic wave: an intake that leaves little or nothing to the river, at any step.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/solvers/random_river.hpp"

namespace limpid {
namespace {

using namespace rivers;

// 0 -> 1, from there the river 1 -> 2 and a canal 1 -> 3 -> 2, and on to an outlet.
River intake(double slope, const Split& split) {
  River river;
  river.add_reach(0, 1, 3000).slope = slope;
  river.add_reach(1, 2, 2000).slope = slope;
  Reach& canal = river.add_reach(1, 3, 1000);
  canal.slope = 1e-3;
  canal.split = split;
  river.add_reach(3, 2, 1500).slope = slope;
  river.add_reach(2, 4, 2000).slope = slope;
  river.channels[0].bottom_width = 12;
  river.build(250);
  river.basin.schemes.hydraulics = HydraulicScheme::dynamic;
  river.add_source(SourceKind::boundary, 0);
  return river;
}

double into(const River& river, const WaterStep& step, int reach) {
  const int chain = river.basin.network.first_chain[at(reach)];
  return step.face[at(river.basin.network.first_face(chain))] / step.dt;
}
// Into the last cell above the intake: what is there is shared.
double arriving(const River& river, const WaterStep& step) {
  const int chain = river.basin.network.first_chain[0];
  const std::size_t end =
      at(river.basin.network.first_face(chain) + river.basin.network.chains[at(chain)].cells);
  return step.face[end - 1] / step.dt;
}

// Steady inflow: the canal's flow does not swing, whatever the rule leaves.
TEST(WaveRules, TheCanalsFlowIsSteady) {
  for (const double slope : {5e-4, 5e-3, 0.02})
    for (const double reserve : {0.0, 0.01, 0.5})
      for (const double dt : {60.0, 600.0, 3600.0}) {
        const River river = intake(slope, {SplitKind::diversion, 0, 100, reserve});
        const auto hydraulics = make_hydraulics(river.basin);
        WaterStep step(river.basin.network, 1);
        WaterInput input = river.input(dt);
        set_flow(input, 0, 6);
        hydraulics->initialise(input, step);
        double least = 1e300, most = 0;
        for (int n = 0; n < 100; ++n) {
          hydraulics->advance(input, step);
          least = std::min(least, into(river, step, 2));
          most = std::max(most, into(river, step, 2));
        }
        EXPECT_NEAR(least, 6 - reserve, 6e-3) << slope << " " << reserve << " " << dt;
        EXPECT_NEAR(most, 6 - reserve, 6e-3) << slope << " " << reserve << " " << dt;
        EXPECT_EQ(hydraulics->counts().capped, 0) << slope << " " << reserve << " " << dt;
      }
}

// A flood: the canal gets what the rule says of what arrived a (sub-)step before. Where the last cell above
// the intake falls to a film in the recession, what arrives jumps once by a few per cent.
TEST(WaveRules, TheCanalFollowsAFlood) {
  for (const Split& split : {Split{SplitKind::diversion, 0, 15, 0.0}, Split{SplitKind::diversion, 0, 15, 1.0},
                             Split{SplitKind::fraction, 0.8, 0, 0}}) {
    const double dt = 120;
    const River river = intake(3e-3, split);
    const auto hydraulics = make_hydraulics(river.basin);
    WaterStep step(river.basin.network, 1);
    WaterInput input = river.input(dt);
    set_flow(input, 0, 4);
    hydraulics->initialise(input, step);
    double worst = 0, most = 0, asked = 0, got = 0, before = ruled_share(split, 4, 1, {});
    for (int n = 0; n * dt < 36000; ++n) {
      const double x = n * dt / 7200;
      set_flow(input, 0, 4 + 30 * x * x * std::exp(2 * (1 - x)));
      hydraulics->advance(input, step);
      const double rule = ruled_share(split, arriving(river, step), 1, {});
      const double low = std::min(rule, before), high = std::max(rule, before);
      worst = std::max({worst, low - into(river, step, 2), into(river, step, 2) - high});
      before = rule;
      most = std::max(most, rule);
      asked += rule;
      got += into(river, step, 2);
      ASSERT_LE(cell_miss(river.basin.network, step), 1e-12);
      ASSERT_LE(junction_miss(river.basin.network, step), 1e-12);
    }
    EXPECT_GT(most, 14);
    EXPECT_NEAR(got / asked, 1, 5e-3);
    EXPECT_LT(worst, 0.08 * most) << static_cast<int>(split.kind) << " " << split.reserve;
    EXPECT_EQ(hydraulics->counts().capped, 0);
  }
}

}  // namespace
}  // namespace limpid
