// Measures on channels and structures: water stays where it is when its channel changes.
#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/influence.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/water_measure.hpp"
#include "solvers/gate_levels.hpp"
#include "tests/scenarios/tidal_river.hpp"

namespace limpid::testing {
namespace {

Measure on_channel(ActionKind action, double value) {
  Measure m;
  m.id = "channel";
  m.action = action;
  m.at = {{"reach", "main-2"}};
  m.effects = {{-1, value}};
  m.start = Time{std::chrono::hours(48)};
  return m;
}

Plan plan_of(std::vector<Measure> measures) {
  Plan plan;
  plan.measures = std::move(measures);
  return plan;
}

SmallRiver steady_river(HydraulicScheme scheme) {
  SmallRiver river = small_river(false);
  river.basin.schemes.hydraulics = scheme;
  for (std::size_t s : {0, 1}) river.basin.sources[s].flow = Series::constant(s == 0 ? 3 : 1);
  return river;
}

struct ChannelRun {
  ChannelRun(const SmallRiver& river, const Plan& plan)
      : batch(river.basin, river.options, {&plan}), simulation(river.basin, batch, river.options) {
    simulation.initialise();
    simulation.run({});
  }
  std::size_t last() const { return simulation.water().volume1.size() - 1; }
  Batch batch;
  Simulation simulation;
};

class Restoration : public ::testing::TestWithParam<HydraulicScheme> {};
INSTANTIATE_TEST_SUITE_P(Schemes, Restoration,
                         ::testing::Values(HydraulicScheme::steady, HydraulicScheme::kinematic,
                                           HydraulicScheme::muskingum_cunge, HydraulicScheme::dynamic));

// After the change the river is that of a case that had the new channel from the begin.
TEST_P(Restoration, EndsWhereTheNewChannelAlwaysWas) {
  SmallRiver river = steady_river(GetParam());
  const ChannelRun run(
      river, plan_of({on_channel(ActionKind::scale_width, 2), on_channel(ActionKind::set_roughness, 0.06)}));
  Basin& basin = river.basin;
  basin.network.channels.push_back(widened(basin.network.channels[0], 2));
  basin.network.reaches[4].channel = 1;
  basin.network.reaches[4].manning_n = 0.06;
  const ChannelRun always(river, {});
  const WaterStep &a = run.simulation.water(), &b = always.simulation.water();
  for (std::size_t i = 0; i < a.volume1.size(); ++i) {
    EXPECT_NEAR(a.volume1[i] / b.volume1[i], 1, 1e-6) << "cell " << i;
    EXPECT_NEAR(a.depth[i] / b.depth[i], 1, 1e-6) << "cell " << i;
    EXPECT_NEAR(a.velocity[i] / b.velocity[i], 1, 1e-6) << "cell " << i;
  }
}

// A flood passes while the ramp goes on: all balances close, and a uniform field stays uniform.
TEST_P(Restoration, KeepsWaterAndMatterOnTheWay) {
  SmallRiver river = small_river(false);
  river.basin.schemes.hydraulics = GetParam();
  Measure wide = on_channel(ActionKind::scale_width, 1.8),
          rough = on_channel(ActionKind::set_roughness, 0.02);
  wide.ramp = {0, 3 * 86400};
  rough.end = Time{std::chrono::hours(100)};
  const ChannelRun run(river, plan_of({wide, rough}));
  for (int c = -1; c < 4; ++c) EXPECT_LE(run.simulation.closure(c, 0), 1e-12) << c;
  const double steps = static_cast<double>(run.simulation.steps_done());
  for (int i = 0; i < run.simulation.state().cells(); ++i) {
    const double c = concentration(run.simulation.state().row(i)[3],
                                   run.simulation.water().volume1[static_cast<std::size_t>(i)]);
    EXPECT_NEAR(c, 1.0, 1e-13 * std::sqrt(steps)) << "cell " << i;
  }
}

// In the very step of the change the volume stays (but for what flows on): no water comes or goes.
TEST_P(Restoration, TheChangeItselfMovesNoWater) {
  const SmallRiver river = steady_river(GetParam());
  const Plan plan = plan_of({on_channel(ActionKind::scale_width, 1.05)});
  Batch batch(river.basin, river.options, {&plan});
  Simulation simulation(river.basin, batch, river.options);
  simulation.initialise();
  const std::int64_t change = 48 * 6;
  simulation.run({}, [&](std::int64_t done) { return done < change; });
  const std::vector<double> before = simulation.water().volume1;
  simulation.run({}, [&](std::int64_t done) { return done < change + 1; });
  EXPECT_EQ(simulation.water().volume0, before);
  for (std::size_t i = 0; i < before.size(); ++i)
    EXPECT_NEAR(simulation.water().volume1[i] / before[i], 1,
                GetParam() == HydraulicScheme::steady ? 0.05 : 0.03)
        << i;
}

TEST(RestorationMeasure, ComposesByStrength) {
  Reach reach;
  reach.manning_n = 0.03;
  ChannelInput channel;
  const Measure wide = on_channel(ActionKind::scale_width, 3),
                rough = on_channel(ActionKind::set_roughness, 0.05);
  restore(reach, wide, 0, channel);
  restore(reach, rough, 0, channel);
  EXPECT_EQ(channel, ChannelInput{});
  restore(reach, wide, 0.5, channel);
  restore(reach, wide, 0.5, channel);
  EXPECT_DOUBLE_EQ(channel.width_factor, 4);
  restore(reach, rough, 0.25, channel);
  EXPECT_DOUBLE_EQ(channel.manning_n, 0.035);
}

TEST(RestorationMeasure, LanesShareTheWaterOnlyWhereChannelsAreEqual) {
  const SmallRiver river = steady_river(HydraulicScheme::kinematic);
  const Measure wide = on_channel(ActionKind::scale_width, 2), load = removal("works", 0.5).measures.front();
  Measure late = wide, stretch = wide;
  late.start = Time{std::chrono::hours(72)};
  stretch.at = {{"stretch", "upper"}};
  std::vector<std::string> keys;
  for (const Plan& plan : {plan_of({}), plan_of({wide}), plan_of({wide, load}), plan_of({late}),
                           plan_of({stretch}), plan_of({load})})
    keys.push_back(water_key(river.basin, plan));
  EXPECT_EQ(pack(keys, keys.size()), (std::vector<std::vector<std::size_t>>{{0, 5}, {1, 2}, {3}, {4}}));
  EXPECT_EQ(restored_reaches(river.basin, stretch), (std::vector<int>{0, 1}));
}

// 5 m3/s before a gate 12 m wide that is hardly open, above a constant sea.
SmallRiver gated_river() {
  SmallRiver river = tidal_river(-1);
  Basin& basin = river.basin;
  Structure& gate = basin.network.structures.front();
  gate.id = "gate";
  gate.kind = StructureKind::gate;
  gate.coefficient = usual_coefficient(gate.kind);
  gate.crest_level = node_beds(basin.network)[1] + 0.2;
  gate.opening = Series::constant(0.1);
  basin.network.outlets.front().stage = Series::constant(1);
  basin.sources.front().flow = Series::constant(5);
  return river;
}

Measure on_gate(ActionKind action, std::vector<double> values) {
  Measure m;
  m.id = "gate";
  m.action = action;
  m.at = {{"structure", "gate"}};
  for (const double v : values) m.effects.push_back({-1, v});
  m.start = Time{std::chrono::hours(24)};
  return m;
}

double level_above(const ChannelRun& run, const SmallRiver& river) {
  return GateLevels(river.basin.network).level_above(0, run.simulation.water(), {});
}

TEST(GateRule, OpensOnItsDate) {
  SmallRiver river = gated_river();
  const double before = level_above(ChannelRun(river, {}), river);
  const double after =
      level_above(ChannelRun(river, plan_of({on_gate(ActionKind::set_opening, {0.8})})), river);
  EXPECT_LT(after, before - 0.5);
  river.basin.network.structures.front().opening = Series::constant(0.8);
  EXPECT_NEAR(level_above(ChannelRun(river, {}), river), after, 1e-6);
}

// Between the levels it settles where the opening passes what comes, without swinging.
TEST(GateRule, HoldsALevel) {
  const SmallRiver river = gated_river();
  const double crest = river.basin.network.structures.front().crest_level, from = crest + 1, full = crest + 2;
  const Plan plan = plan_of({on_gate(ActionKind::open_by_level, {1.5, from, full})});
  const ChannelRun run(river, plan);
  const double level = level_above(run, river);
  EXPECT_GT(level, from);
  EXPECT_LT(level, full);
  EXPECT_LT(level, level_above(ChannelRun(river, {}), river) - 0.2);
  const WaterStep& step = run.simulation.water();
  for (std::size_t i = 0; i < step.volume1.size(); ++i)
    EXPECT_NEAR(step.volume1[i] / step.volume0[i], 1, 1e-6) << i;
  EXPECT_LE(run.simulation.closure(-1, 0), 1e-12);
  EXPECT_NE(water_key(river.basin, plan), water_key(river.basin, Plan{}));
}

// Steady flow finds opening and level together; the rule sees the water just above the gate, half a cell
// below the middle of the last one.
TEST(GateRule, HoldsALevelOfSteadyFlow) {
  SmallRiver river = gated_river();
  river.basin.schemes.hydraulics = HydraulicScheme::steady;
  const double crest = river.basin.network.structures.front().crest_level, from = crest + 1, full = crest + 2;
  const ChannelRun run(river, plan_of({on_gate(ActionKind::open_by_level, {1.5, from, full})}));
  const double level = level_above(run, river);
  EXPECT_GT(level, from);
  EXPECT_LT(level, full);
  const WaterStep& step = run.simulation.water();
  for (std::size_t i = 0; i < step.volume1.size(); ++i)
    EXPECT_NEAR(step.volume1[i] / step.volume0[i], 1, 1e-12) << i;
  for (const double volume : step.face) EXPECT_LE(volume / step.dt, 5 + 1e-9);
  EXPECT_LE(run.simulation.closure(-1, 0), 1e-12);
}

// Widths of every shape; depths, slopes of the banks and what has no width stay.
TEST(RestorationMeasure, EveryShapeIsWidened) {
  Channel c;
  c.bottom_width = 4;
  c.side_slope = 2;
  c.flood_width = 30;
  c.bank_depth = 1.5;
  c.shape = ChannelShape::compound;
  const Channel wide = widened(c, 1.5);
  EXPECT_DOUBLE_EQ(wide.top_width(0), 6);
  EXPECT_DOUBLE_EQ(wide.flood_width, 45);
  EXPECT_EQ(wide.bank_depth, 1.5);
  EXPECT_EQ(wide.side_slope, 2);
  c.shape = ChannelShape::power_law;
  c.area_coef = 5;
  c.area_exp = 1.4;
  EXPECT_DOUBLE_EQ(widened(c, 2).top_width(0.7), 2 * c.top_width(0.7));
  c.shape = ChannelShape::tabulated;
  c.table_depth = {0, 1, 3};
  c.table_width = {1, 5, 6};
  EXPECT_DOUBLE_EQ(widened(c, 2).top_width(2), 2 * c.top_width(2));
  EXPECT_DOUBLE_EQ(widened(c, 2).area(2), 2 * c.area(2));
}

}  // namespace
}  // namespace limpid::testing
