// Abstractions that give back: what comes back follows what was got, with its quality, treated.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "model/tags.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/steady_run.hpp"
#include "tests/scenarios/losing_river.hpp"

namespace limpid::testing {
namespace {

constexpr HydraulicScheme kSchemes[] = {HydraulicScheme::steady, HydraulicScheme::kinematic,
                                        HydraulicScheme::muskingum_cunge, HydraulicScheme::dynamic};

struct ReturnRun {
  ReturnRun(const SmallRiver& river, const std::vector<const Plan*>& plans)
      : batch(river.basin, river.options, plans), simulation(river.basin, batch, river.options) {
    simulation.initialise();
    simulation.run({});
  }
  double net(const std::string& account, int constituent, int lane = 0) const {
    const Ledger& ledger = constituent < 0 ? simulation.water_ledger() : simulation.ledger();
    const auto& names = ledger.accounts();
    const auto found = std::find(names.begin(), names.end(), account);
    EXPECT_NE(found, names.end()) << account;
    return ledger.net(static_cast<int>(found - names.begin()), std::max(constituent, 0), lane);
  }
  double c(int cell, int constituent, int lane = 0) const {
    return concentration(simulation.state().row(cell)[simulation.rows().index(constituent, lane)],
                         simulation.water().volume1[static_cast<std::size_t>(cell)]);
  }
  Batch batch;
  Simulation simulation;
};

SmallRiver steady_river(HydraulicScheme scheme) {
  SmallRiver river = small_river(false);
  river.basin.schemes.hydraulics = scheme;
  for (std::size_t s : {0, 1}) river.basin.sources[s].flow = Series::constant(s == 0 ? 3 : 1);
  add_properties_of_water(river);
  return river;
}

// Three quarters come back above the intake, on the bypassed stretch's confluence.
TEST(Returns, EverythingClosesUnderEveryScheme) {
  for (const HydraulicScheme scheme : kSchemes) {
    SmallRiver river = losing_river(scheme);
    add_return(river, "intake", 0.75, 3);
    const Plan none, half = removal("works", 0.5);
    const ReturnRun run(river, {&none, &half});
    for (int lane : {0, 1})
      for (int c = -1; c < 6; ++c)
        EXPECT_LE(run.simulation.closure(c, lane), 1e-12) << "constituent " << c << " lane " << lane;
    const std::string account = "source:" + river.basin.sources.back().id;
    EXPECT_GT(run.net(account, -1), 0);
    // A step's worth lies between.
    EXPECT_NEAR(run.net(account, -1), -0.75 * run.net("abstraction:intake", -1), 0.8 * 600);
    EXPECT_NEAR(run.net(account, 3) / (-0.75 * run.net("abstraction:intake", 3)), 1, 1e-2);
  }
}

TEST(Returns, AUniformFieldStaysUniform) {
  for (const HydraulicScheme scheme : kSchemes) {
    SmallRiver river = small_river(false);
    river.basin.schemes.hydraulics = scheme;
    add_return(river, "intake", 0.9, 2);  // and is taken again
    const Plan none;
    const ReturnRun run(river, {&none});
    const double steps = static_cast<double>(run.simulation.steps_done());
    for (int i = 0; i < run.simulation.state().cells(); ++i)
      EXPECT_NEAR(run.c(i, 3), 1.0, 1e-13 * std::sqrt(steps)) << "cell " << i;
  }
}

// 0.8 m3/s are taken and 0.5 of it comes back at the river's end, by hand: of ammonia a fifth is taken out,
// nitrate has 4 mg/L, of the tracer 0.2 g/s are added, oxygen and heat are as they were.
TEST(Returns, QualityByHand) {
  SmallRiver river = steady_river(HydraulicScheme::kinematic);
  Source& back = add_return(river, "intake", 0.5, 4);
  back.removal = {0, 0.2, 0, 0, 0, 0};
  back.loads[2] = {SourceLoad::Kind::concentration, Series::constant(4)};
  back.loads[3] = {SourceLoad::Kind::load, Series::constant(0.2)};
  const Plan none;
  const ReturnRun run(river, {&none});
  const std::string in = "source:" + back.id;
  const double seconds = 6 * 86400, volume = run.net(in, -1);
  EXPECT_NEAR(volume, 0.4 * seconds, 1e-6 * seconds);
  const auto taken = [&](int c) { return -run.net("abstraction:intake", c) * 0.5; };
  EXPECT_NEAR(run.net(in, 0) / taken(0), 1, 1e-3);
  EXPECT_NEAR(run.net(in, 1) / (0.8 * taken(1)), 1, 1e-3);
  EXPECT_NEAR(run.net(in, 2), 4 * volume, 1e-9 * volume);
  EXPECT_NEAR(run.net(in, 3), taken(3) + 0.2 * seconds, 1e-3 * taken(3));
  EXPECT_NEAR(run.net(in, 4) / taken(4), 1, 1e-3);
}

// The abstraction asks for 50 m3/s where 4.7 m3/s pass: what comes back follows what it got.
TEST(Returns, FollowWhatWasGot) {
  for (const HydraulicScheme scheme : kSchemes) {
    SmallRiver river = steady_river(scheme);
    river.basin.sources[3].flow = Series::constant(50);
    add_return(river, "intake", 0.25, 4);
    const Plan none;
    const ReturnRun run(river, {&none});
    const double got = -run.net("abstraction:intake", -1),
                 back = run.net("source:" + river.basin.sources.back().id, -1);
    EXPECT_LT(got, 6 * 86400 * 5.0);
    // The dynamic wave lets an abstraction take half of what stands in its cell.
    EXPECT_GT(got, 6 * 86400 * (scheme == HydraulicScheme::dynamic ? 1.5 : 4.0));
    EXPECT_NEAR(back / (0.25 * got), 1, 0.01) << static_cast<int>(scheme);
  }
}

Plan on(const char* source, ActionKind action, std::vector<Effect> effects, const char* type = "") {
  Plan plan;
  Measure m;
  m.id = "m";
  m.type = type;
  m.action = action;
  m.at = {{"source", source}};
  m.start = Time{std::chrono::hours(48)};
  m.effects = std::move(effects);
  plan.measures = {m};
  return plan;
}

// Two days of 0.8, then 0.3 m3/s: half of it comes back.
TEST(Returns, FallWithASavingAndACap) {
  SmallRiver river = steady_river(HydraulicScheme::kinematic);
  add_return(river, "intake", 0.5, 4);
  const std::string in = "source:" + river.basin.sources.back().id;
  const double day = 86400;
  for (const Plan& plan : {on("intake", ActionKind::scale_flow, {{-1, -0.625}}),
                           on("intake", ActionKind::cap_flow, {{-1, 0.3}})}) {
    const ReturnRun run(river, {&plan});
    EXPECT_NEAR(run.net("abstraction:intake", -1), -(2 * 0.8 + 4 * 0.3) * day, 1e-6 * day);
    EXPECT_NEAR(run.net(in, -1), (2 * 0.4 + 4 * 0.15) * day, 0.3 * 600 + 1);
  }
  const Plan high = on("intake", ActionKind::cap_flow, {{-1, 5}});
  EXPECT_NEAR(ReturnRun(river, {&high}).net("abstraction:intake", -1), -6 * 0.8 * day, 1e-6 * day);
}

// An abstraction of nothing until a transfer takes 0.5 m3/s from the branch's mouth to the river's end.
TEST(Returns, ATransferBetweenPlacesCarriesTheirWater) {
  SmallRiver river = steady_river(HydraulicScheme::kinematic);
  Basin& basin = river.basin;
  basin.sources.push_back(small_source("canal-head", SourceKind::abstraction, 2, Series::constant(0), {}));
  basin.sources.back().carries_water = false;
  add_return(river, "canal-head", 1, 4);
  const Plan plan = on("canal-head", ActionKind::add_flow, {{-1, 0.5}}, kTransferType);
  const ReturnRun run(river, {&plan});
  const std::string in = "source:" + basin.sources.back().id;
  EXPECT_NEAR(run.net("abstraction:canal-head", -1), -4 * 86400 * 0.5, 1);
  EXPECT_NEAR(run.net(in, -1), 4 * 86400 * 0.5, 0.5 * 600 + 1);
  EXPECT_NEAR(run.net(in, 0) / run.net(in, -1), -run.net("abstraction:canal-head", 0) / (4 * 86400 * 0.5),
              0.02);
  const Plan none;
  EXPECT_NE(water_key(basin, plan), water_key(basin, none));
  const ReturnRun without(river, {&none});
  EXPECT_EQ(without.net(in, -1), 0);
}

// From outside: 2 m3/s of 0.05 mg/L ammonia and 9 mg/L oxygen at a source that had nothing, with a ramp.
TEST(Transfers, BringTheQualityThatThePlanGives) {
  SmallRiver river = steady_river(HydraulicScheme::kinematic);
  Basin& basin = river.basin;
  basin.sources.push_back(small_source("aqueduct", SourceKind::point, 3, Series::constant(0), {}));
  basin.sources.back().loads.resize(basin.constituents.size());
  basin.sources.back().carries_water = false;
  Plan plan = on("aqueduct", ActionKind::add_flow, {{-1, 2}, {0, 9}, {1, 0.05}, {4, 11}}, kTransferType);
  plan.measures.front().ramp = {0, 2 * 86400};
  const ReturnRun run(river, {&plan});
  const double volume = run.net("source:aqueduct", -1);
  EXPECT_NEAR(volume, (0.5 * 2 * 2 + 2 * 2) * 86400, 1);
  EXPECT_NEAR(run.net("source:aqueduct", 0), 9 * volume, 1e-6 * volume);
  EXPECT_NEAR(run.net("source:aqueduct", 1), 0.05 * volume, 1e-6 * volume);
  EXPECT_NEAR(run.net("source:aqueduct", 2), 0, 1e-12);
  EXPECT_NEAR(run.net("source:aqueduct", 4), 11 * volume, 1e-6 * volume);
  EXPECT_LE(run.simulation.closure(-1, 0), 1e-12);
}

// A cap at the place where the water comes back acts on what was taken.
TEST(Returns, MeasuresActOnTheirLoads) {
  SmallRiver river = steady_river(HydraulicScheme::kinematic);
  const std::string id = add_return(river, "intake", 0.5, 4).id;
  const Plan cap = on(id.c_str(), ActionKind::cap_concentration, {{1, 0.1}}),
             cut = on(id.c_str(), ActionKind::remove_fraction, {{1, 0.5}}), none;
  const ReturnRun run(river, {&none, &cap, &cut});
  const double plain = run.net("source:" + id, 1, 0), day = 86400;
  EXPECT_NEAR(run.net("source:" + id, 1, 1), plain / 3 + 0.1 * 0.4 * 4 * day, 0.02 * plain);
  EXPECT_NEAR(run.net("source:" + id, 1, 2), plain * (2 + 4 * 0.5) / 6, 0.02 * plain);
}

TEST(Returns, TagsAddUpToTheirTotals) {
  SmallRiver river = steady_river(HydraulicScheme::kinematic);
  Source& back = add_return(river, "intake", 0.5, 3);
  back.removal = {0, 0.2, 0, 0, 0, 0};
  back.loads[3] = {SourceLoad::Kind::load, Series::constant(0.2)};
  const int before = static_cast<int>(river.basin.constituents.size());
  add_tags(river.basin, {1, 3}, {"works", "back"});
  river.basin.sources[2].tag_group = 0;
  river.basin.sources.back().tag_group = 1;
  const Plan cap = on(river.basin.sources.back().id.c_str(), ActionKind::cap_concentration, {{3, 1.1}});
  const ReturnRun run(river, {&cap});
  for (int i = 0; i < run.simulation.state().cells(); ++i)
    for (int t : {0, 1}) {
      const double *row = run.simulation.state().row(i), total = row[t == 0 ? 1 : 3];
      double sum = 0;
      for (int g = 0; g < 3; ++g) sum += row[before + 3 * t + g];
      EXPECT_NEAR(sum, total, 1e-12 * total) << "cell " << i;
    }
  const double* last = run.simulation.state().row(run.simulation.state().cells() - 1);
  EXPECT_GT(last[before], 0);
  EXPECT_GT(last[before + 3 + 1], 0);
}

// Steady inputs: the returned water is part of what settles.
TEST(Returns, ASteadyStateHoldsThem) {
  SmallRiver river = steady_river(HydraulicScheme::kinematic);
  add_return(river, "intake", 0.5, 4);
  const Scenario scenario;
  const SteadyRun run = run_steady(river.basin, river.options, {}, scenario, river.options.grid.begin, {});
  EXPECT_TRUE(run.state.found);
  EXPECT_LE(run.result.batch->water_closure, 1e-10);
}

}  // namespace
}  // namespace limpid::testing
