// What reaches lose: balances and uniform fields on random rivers under every scheme, and answers by hand.
#include "solvers/reach_losses.hpp"

#include <gtest/gtest.h>

#include "solvers/transport.hpp"
#include "tests/solvers/random_river.hpp"

namespace {

using namespace limpid;
using chain_network::at;
using chain_network::Random;
using namespace limpid::rivers;

class LossesUnder : public testing::TestWithParam<HydraulicScheme> {
 protected:
  static River draw(Random& random, std::uint64_t seed) {
    const Terrain gentle{50, 8103, 1e-6, 0.05};
    River river = random_river(random, 14, seed % 2 ? 300 : 2000,
                               dynamic() ? gentle : Terrain{1, 8103, 1e-6, 3.9, seed % 2 ? 0.2 : 0});
    river.basin.schemes.hydraulics = GetParam();
    for (Reach& reach : river.basin.network.reaches)  // so that the transport has rows for them
      if (reach.lake < 0) reach.seepage = Series::constant(1e-6);
    return river;
  }
  static bool dynamic() { return GetParam() == HydraulicScheme::dynamic; }
};

INSTANTIATE_TEST_SUITE_P(Hydraulics, LossesUnder,
                         testing::Values(HydraulicScheme::steady, HydraulicScheme::kinematic,
                                         HydraulicScheme::muskingum_cunge, HydraulicScheme::dynamic));

struct Carried {
  double most = 0, least = 1e30, heat = 0, closure = 0, water = 0, evaporated = 0, seeped = 0;
};

double sum(const std::vector<double>& values) {
  double total = 0;
  for (const double v : values) total += v;
  return total;
}

// A tracer and heat, everywhere 1 at first and in all that enters.
Carried carry(River& river, Random& random, double dt, bool evaporate, int steps) {
  const Network& network = river.basin.network;
  const Rows rows(2, 2);
  const auto hydraulics = make_hydraulics(river.basin);
  WaterStep step(network, static_cast<int>(river.basin.sources.size()));
  WaterInput input = river.input(dt);
  draw_input(random, input);
  draw_losses(random, network, evaporate, input);
  draw_lake_inputs(random, network, false, input);
  hydraulics->initialise(input, step);
  if (network.lakes.empty() && river.basin.schemes.hydraulics != HydraulicScheme::dynamic) {
    EXPECT_LE(cell_miss(network, step), 1e-12) << "steady state";
  }
  State state(network.cell_count(), rows);
  for (int i = 0; i < network.cell_count(); ++i) std::fill_n(state.row(i), rows.used(), step.volume1[at(i)]);
  Advection advection(network, rows, TransportScheme::monotone, {}, {0, 1});
  TransportRows amounts(network, rows);
  Carried seen;
  std::vector<double> turnover = step.volume1;
  for (int n = 0; n < steps; ++n) {
    draw_input(random, input);
    if (random() < 0.2) draw_losses(random, network, evaporate, input);
    hydraulics->advance(input, step);
    EXPECT_LE(cell_miss(network, step), 1e-11) << "step " << n;
    EXPECT_LE(junction_miss(network, step), 1e-11) << "step " << n;
    double before = state.total(0, 0), gross = before;
    const auto book = [&](double amount) { before += amount, gross += std::fabs(amount); };
    for (std::size_t j = 0; j < network.junctions.size(); ++j) {
      std::fill_n(amounts.junction_load.data() + rows.at(static_cast<int>(j)), rows.used(),
                  step.junction_in[j]);
      book(step.junction_in[j]);
    }
    for (int i = 0; i < network.cell_count(); ++i) {
      std::fill_n(amounts.lateral_load.data() + rows.at(i), rows.used(), step.lateral_in[at(i)]);
      book(step.lateral_in[at(i)]);
    }
    advection.advance(step, amounts, state);
    for (std::size_t j = 0; j < network.junctions.size(); ++j)
      book(-amounts.outlet[rows.at(static_cast<int>(j))] - amounts.abstracted[rows.at(static_cast<int>(j))]);
    for (int k = 0; k < static_cast<int>(network.chains.size()); ++k) {
      book(-amounts.seeped[rows.at(k)]);
      EXPECT_EQ(amounts.river_evaporated[rows.at(k)], 0);
    }
    seen.closure = std::max(seen.closure, std::fabs(state.total(0, 0) - before) / gross);
    seen.evaporated += sum(step.evaporated);
    seen.seeped += sum(step.seeped);
    for (int i = 0; i < network.cell_count(); ++i) {
      EXPECT_GE(step.evaporated[at(i)], 0);
      EXPECT_GE(step.seeped[at(i)], 0);
      EXPECT_GE(state.row(i)[0], 0);
      const std::size_t face = at(i + network.cell_chain[at(i)]);
      turnover[at(i)] = std::max(turnover[at(i)],
                                 step.volume0[at(i)] + std::fabs(step.face[face]) + step.lateral_in[at(i)]);
      if (step.volume1[at(i)] < 1e-3 * turnover[at(i)] || step.volume1[at(i)] < 1) continue;
      const double c = state.row(i)[0] / step.volume1[at(i)];
      seen.most = std::max(seen.most, c);
      seen.least = std::min(seen.least, c);
      seen.heat = std::max(seen.heat, std::fabs(state.row(i)[rows.index(1, 0)] / step.volume1[at(i)] - 1));
      EXPECT_EQ(state.row(i)[1], state.row(i)[0]);
    }
  }
  return seen;
}

TEST_P(LossesUnder, SeepageKeepsAUniformFieldUniform) {
  for (std::uint64_t seed = 500; seed < 508; ++seed) {
    Random random(seed);
    River river = draw(random, seed);
    const double dt = dynamic() ? 300 : std::vector{60.0, 900.0, 86400.0}[seed % 3];
    const Carried seen = carry(river, random, dt, false, 80);
    EXPECT_LE(seen.closure, 1e-13) << seed;
    EXPECT_GT(seen.seeped, 0) << seed;
    EXPECT_EQ(seen.evaporated, 0) << seed;
    EXPECT_NEAR(seen.least, 1, 1e-8) << seed;
    EXPECT_NEAR(seen.most, 1, 1e-8) << seed;
  }
}

TEST_P(LossesUnder, EvaporationLeavesMatterAndTakesHeat) {
  for (std::uint64_t seed = 520; seed < 526; ++seed) {
    Random random(seed);
    River river = draw(random, seed);
    const double dt = dynamic() ? 300 : std::vector{60.0, 900.0, 86400.0}[seed % 3];
    const Carried seen = carry(river, random, dt, true, 80);
    EXPECT_LE(seen.closure, 1e-13) << seed;
    EXPECT_GT(seen.evaporated, 0) << seed;
    EXPECT_GT(seen.most, 1 + 1e-7) << seed;
    EXPECT_GE(seen.least, 1 - 1e-8) << seed;
    EXPECT_LE(seen.heat, 1e-8) << seed;
  }
}

// 1 m3/s into 20 km of a river 10 m wide.
River losing_canal(HydraulicScheme scheme, double evaporation, double seepage, WaterInput& input, double dt) {
  River river;
  river.add_reach(0, 1, 20000).slope = 5e-4;
  river.build(500);
  river.basin.schemes.hydraulics = scheme;
  river.add_source(SourceKind::boundary, 0);
  river.basin.network.reaches[0].evaporation = Series::constant(evaporation);
  river.basin.network.reaches[0].seepage = Series::constant(seepage);
  input = river.input(dt);
  input.losses = {{evaporation, seepage}};
  set_flow(input, 0, 1);
  return river;
}

// Steady: Q(x) = Q0 - (e + s) B x, and of the tracer c Q = c0 Q0 - s B (integral of c): c = c0 (Q0 / Q)^p
// with p = e / (e + s). Heat stays as it is.
TEST_P(LossesUnder, ASteadyRiverLosesByHand) {
  for (const double dt : {300.0, 3600.0, 86400.0}) {
    if (dynamic() && dt > 300) continue;
    WaterInput input;
    River river = losing_canal(GetParam(), 2e-6, 2e-6, input, dt);
    const Network& network = river.basin.network;
    const auto hydraulics = make_hydraulics(river.basin);
    WaterStep step(network, 1);
    hydraulics->initialise(input, step);
    const Rows rows(2, 1);
    State state(network.cell_count(), rows);
    for (int i = 0; i < network.cell_count(); ++i) std::fill_n(state.row(i), 2, step.volume1[at(i)]);
    Advection advection(network, rows, TransportScheme::monotone, {}, {0, 1});
    TransportRows amounts(network, rows);
    const int steps = static_cast<int>(20 * 86400 / dt);
    for (int n = 0; n < std::min(steps, 1000); ++n) {
      hydraulics->advance(input, step);
      std::fill_n(amounts.junction_load.data(), 2, step.junction_in[0]);
      advection.advance(step, amounts, state);
    }
    EXPECT_NEAR(step.face.back() / dt, 1 - 4e-6 * 10 * 20000, 1e-6) << dt;
    double worst = 0;
    for (int i = 0; i < network.cell_count(); ++i) {
      const double flow = 1 - 4e-6 * 10 * 500 * (i + 0.5), ratio = std::sqrt(1 / flow);
      EXPECT_NEAR(step.discharge[at(i)], flow, 1e-6) << dt << " cell " << i;
      worst = std::max(worst, std::fabs(state.row(i)[0] / step.volume1[at(i)] / ratio - 1));
      EXPECT_NEAR(state.row(i)[1] / step.volume1[at(i)], 1, 1e-9) << dt << " cell " << i;
    }
    // A tenth of the flow is lost in the last cell; in a step of a day the river loses more than it holds.
    EXPECT_LE(worst, dt > 3600 ? 0.08 : 0.025) << dt;
    // What leaves is exact: all that comes in leaves with the outlet or seeps away.
    EXPECT_NEAR(amounts.outlet[rows.at(1)] + amounts.seeped[0], dt, 1e-6 * dt) << dt;
    const double c1 = amounts.outlet[rows.at(1)] / step.face.back();
    EXPECT_NEAR(c1, std::sqrt(1 / 0.2), (dt > 3600 ? 0.06 : 0.02) * c1) << dt;
  }
}

// More is lost than comes: the river ends on its way, and a dry reach loses nothing.
TEST_P(LossesUnder, ARiverMayEndOnItsWay) {
  const double dt = dynamic() ? 300 : 3600;
  WaterInput input;
  River river = losing_canal(GetParam(), 1e-6, 9e-6, input, dt);
  const auto hydraulics = make_hydraulics(river.basin);
  WaterStep step(river.basin.network, 1);
  hydraulics->initialise(input, step);
  for (int n = 0; n < 400; ++n) {
    hydraulics->advance(input, step);
    ASSERT_LE(cell_miss(river.basin.network, step), 1e-11);
    EXPECT_GE(*std::min_element(step.volume1.begin(), step.volume1.end()), 0);
  }
  EXPECT_NEAR(sum(step.seeped), 0.9 * dt, 0.01 * dt);
  EXPECT_NEAR(sum(step.evaporated), 0.1 * dt, 0.002 * dt);
  EXPECT_LT(step.face.back(), 1e-6 * dt);
  EXPECT_LT(step.volume1.back(), 1e-2);
  input.volume = input.rate = {0};
  for (int n = 0; n < 2000; ++n) hydraulics->advance(input, step);
  EXPECT_LT(sum(step.seeped) + sum(step.evaporated), 1e-3);
}

// Nothing flows: c = c0 V0 / V1, exactly, and seepage changes nothing.
TEST(LossMixing, StandingWaterConcentratesByTheWaterLost) {
  const Network whole = chain_network::river(4, 4, 100);
  Network network = whole;
  network.reaches[0].seepage = Series::constant(1);
  WaterStep step = chain_network::still_water(network, 1000);
  step.volume1 = {900, 650, 1000, 0};  // the last one falls dry, and all it held seeps away
  step.evaporated = {100, 150, 0, 400};
  step.seeped = {0, 200, 0, 600};
  step.spilled = {};
  const Rows rows(2, 1);
  State state(4, rows);
  for (int i = 0; i < 4; ++i) std::fill_n(state.row(i), 2, 2000.0);
  TransportRows amounts(network, rows);
  Advection advection(network, rows, TransportScheme::monotone, {}, {0, 1});
  advection.advance(step, amounts, state);
  EXPECT_DOUBLE_EQ(state.row(0)[0], 2000);
  EXPECT_NEAR(state.row(1)[0], 2 * 650 * std::pow(1000 / 650.0, 150 / 350.0),
              1);  // dm = - c dS, dV = - dE - dS
  EXPECT_DOUBLE_EQ(state.row(2)[0], 2000);
  EXPECT_EQ(state.row(3)[0], 0);
  EXPECT_DOUBLE_EQ(state.row(0)[1] / 900, 2);
  EXPECT_DOUBLE_EQ(state.row(1)[1] / 650, 2);
  EXPECT_NEAR(state.row(3)[1], 0, 1e-9);
  EXPECT_NEAR(amounts.seeped[0], 2000 - state.row(1)[0] + 2000, 1e-9);
  EXPECT_DOUBLE_EQ(amounts.river_evaporated[1], 200 + 300 + 800);
  EXPECT_EQ(amounts.river_evaporated[0], 0);
}

}  // namespace
