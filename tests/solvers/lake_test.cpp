// Lakes: storage curve, level-pool routing, mixing, exchange between layers.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <memory>
#include <numeric>

#include "solvers/lake_exchange.hpp"
#include "solvers/lake_flow.hpp"
#include "solvers/lake_mixing.hpp"
#include "solvers/transport.hpp"
#include "tests/solvers/random_river.hpp"

namespace {

using namespace limpid;
using chain_network::at;
using chain_network::Random;
using namespace limpid::rivers;

Lake cylinder(double area, double depth) {
  Lake lake;
  lake.id = "pond";
  lake.length = 100;
  lake.curve = {{0, depth}, {area, area}, {0, area * depth}, {}};
  return lake;
}

TEST(StorageCurve, RunsStraightBetweenRowsAndBeyondTheLast) {
  const StorageCurve curve{{100, 102, 106}, {0, 50, 90}, {0, 40, 320}, {0, 1, 9}};
  EXPECT_DOUBLE_EQ(curve.volume_at(101), 20);
  EXPECT_DOUBLE_EQ(curve.volume_at(104), 180);
  EXPECT_DOUBLE_EQ(curve.level_at(180), 104);
  EXPECT_DOUBLE_EQ(curve.area_at(104), 70);
  EXPECT_DOUBLE_EQ(curve.outflow_at(104), 5);
  EXPECT_DOUBLE_EQ(curve.volume_at(99), 0);
  EXPECT_DOUBLE_EQ(curve.level_at(0), 100);
  EXPECT_DOUBLE_EQ(curve.area_at(99), 0);
  EXPECT_DOUBLE_EQ(curve.outflow_at(99), 0);
  EXPECT_DOUBLE_EQ(curve.volume_at(107), 410);
  EXPECT_DOUBLE_EQ(curve.level_at(410), 107);
  EXPECT_DOUBLE_EQ(curve.outflow_at(107), 11);
}

TEST(LakeLayers, TheSurfaceTakesWhatTheOthersCannotHold) {
  Lake lake = cylinder(10, 10);
  lake.boundaries = {6, 2};
  const auto shared = [&](double volume) {
    std::vector<double> layer(3);
    lake.share_volume(volume, layer.data());
    return layer;
  };
  EXPECT_EQ(shared(100), (std::vector<double>{40, 40, 20}));
  EXPECT_EQ(shared(130), (std::vector<double>{70, 40, 20}));
  EXPECT_EQ(shared(35), (std::vector<double>{0, 15, 20}));
  EXPECT_EQ(shared(7), (std::vector<double>{0, 0, 7}));
}

// dm/dt = in - out m / V by small steps of the fourth order.
MixShares integrated(double v0, double v1, double out) {
  const auto slope = [&](double m, double in, double t) { return in - out * m / (v0 + (v1 - v0) * t); };
  const auto end = [&](double m, double in) {
    constexpr int kSteps = 20000;
    const double h = 1.0 / kSteps;
    for (int n = 0; n < kSteps; ++n) {
      const double t = n * h, a = slope(m, in, t), b = slope(m + h / 2 * a, in, t + h / 2),
                   c = slope(m + h / 2 * b, in, t + h / 2), d = slope(m + h * c, in, t + h);
      m += h / 6 * (a + 2 * b + 2 * c + d);
    }
    return m;
  };
  return {1 - end(1, 0), 1 - end(0, 1)};
}

TEST(MixShares, AreTheSolutionOfAStirredTank) {
  for (const auto& [v0, v1, out] : {std::array{100.0, 100.0, 30.0},
                                    {100.0, 180.0, 250.0},
                                    {200.0, 90.0, 150.0},
                                    {100.0, 100.1, 1e-3},
                                    {1e6, 1.2e6, 4e5},
                                    {50.0, 60.0, 400.0}}) {
    const MixShares exact = mix_shares(v0, v1, out), steps = integrated(v0, v1, out);
    EXPECT_NEAR(exact.held, steps.held, 1e-11) << v0 << " " << v1 << " " << out;
    EXPECT_NEAR(exact.entered, steps.entered, 1e-11) << v0 << " " << v1 << " " << out;
  }
  EXPECT_EQ(mix_shares(0, 100, 50).entered, 50.0 / 150);  // a lake that fills: what came in is what mixes
  EXPECT_EQ(mix_shares(100, 0, 150).held, 1);
  EXPECT_EQ(mix_shares(100, 120, 0).held, 0);
}

// With one concentration everywhere, what leaves has it: out = held V0 + entered in.
TEST(MixShares, KeepOneConcentration) {
  Random random(3);
  for (int n = 0; n < 20000; ++n) {
    const double v0 = std::exp(random.between(-5, 20)),
                 in = random() < 0.1 ? 0 : std::exp(random.between(-5, 20)), out = random() * (v0 + in),
                 v1 = v0 + in - out;
    const MixShares shares = mix_shares(v0, v1, out);
    ASSERT_GE(shares.held, 0);
    ASSERT_LE(shares.held, 1);
    ASSERT_GE(shares.entered, 0);
    ASSERT_LE(shares.entered, 1);
    ASSERT_NEAR(shares.held * v0 + shares.entered * in, out, 4e-15 * (v0 + in))
        << v0 << " " << in << " " << out;
  }
}

class LakesUnder : public testing::TestWithParam<HydraulicScheme> {};

INSTANTIATE_TEST_SUITE_P(Schemes, LakesUnder,
                         testing::Values(HydraulicScheme::steady, HydraulicScheme::kinematic,
                                         HydraulicScheme::muskingum_cunge),
                         [](const auto& scheme) {
                           return scheme.param == HydraulicScheme::steady      ? "steady"
                                  : scheme.param == HydraulicScheme::kinematic ? "kinematic"
                                                                               : "muskingum_cunge";
                         });

TEST_P(LakesUnder, BalancesCloseOnRandomRiversAndFloods) {
  Terrain terrain;
  terrain.lakes = 0.4;
  int lakes = 0, dry = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    const double dt = std::vector{60.0, 300.0, 3600.0, 86400.0}[seed % 4];
    River river = random_river(random, 15, 2000, terrain);
    const Network& network = river.basin.network;
    lakes += static_cast<int>(network.lakes.size());
    river.basin.schemes.hydraulics = GetParam();
    const auto hydraulics = make_hydraulics(river.basin);
    WaterStep step(network, static_cast<int>(river.basin.sources.size()));
    WaterInput input = river.input(dt);
    draw_input(random, input);
    draw_lake_inputs(random, network, true, input);
    hydraulics->initialise(input, step);
    for (int n = 0; n < 150; ++n) {
      draw_input(random, input);
      if (random() < 0.2) draw_lake_inputs(random, network, true, input);
      hydraulics->advance(input, step);
      ASSERT_LE(cell_miss(network, step), 1e-12) << "seed " << seed << " step " << n;
      ASSERT_LE(junction_miss(network, step), 1e-12) << "seed " << seed << " step " << n;
      for (const Lake& lake : network.lakes) {
        const Chain& chain = network.chains[at(lake.chain)];
        const double out = step.face[at(network.first_face(lake.chain) + chain.cells)];
        ASSERT_GE(step.face[at(network.first_face(lake.chain))], 0);
        ASSERT_GE(out, 0);
        ASSERT_GE(step.spilled[at(lake.number)], 0);
        ASSERT_LE(step.spilled[at(lake.number)], out);
        for (int k = 0; k < chain.cells; ++k) {
          ASSERT_GE(step.evaporated[at(chain.first_cell + k)], 0);
          ASSERT_TRUE(std::isfinite(step.depth[at(chain.first_cell + k)]));
          dry += step.volume1[at(chain.first_cell + k)] == 0;
        }
      }
    }
  }
  EXPECT_GT(lakes, 60);
  EXPECT_GT(dry, 100);  // layers that fall dry were there
}

struct Carried {
  double most = 0, least = 1, closure = 0, heat = 0;
};

// A tracer and heat, everywhere 1 at first and in all that enters.
Carried carry(River& river, Random& random, bool evaporate, int steps) {
  const Network& network = river.basin.network;
  const Rows rows(2, 3);
  const auto hydraulics = make_hydraulics(river.basin);
  WaterStep step(network, static_cast<int>(river.basin.sources.size()));
  WaterInput input = river.input(900);
  draw_input(random, input);
  draw_lake_inputs(random, network, evaporate, input);
  hydraulics->initialise(input, step);
  State state(network.cell_count(), rows);
  for (int i = 0; i < network.cell_count(); ++i) std::fill_n(state.row(i), rows.used(), step.volume1[at(i)]);
  Advection advection(network, rows, TransportScheme::monotone, {}, {0, 1});
  LakeExchange exchange(network);
  TransportRows amounts(network, rows);
  Carried seen;
  for (int n = 0; n < steps; ++n) {
    draw_input(random, input);
    if (random() < 0.2) draw_lake_inputs(random, network, evaporate, input);
    hydraulics->advance(input, step);
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
    exchange.advance(450, input.lakes, step.volume0, state);
    advection.advance(step, amounts, state);
    exchange.advance(450, input.lakes, step.volume1, state);
    for (std::size_t j = 0; j < network.junctions.size(); ++j)
      book(-amounts.outlet[rows.at(static_cast<int>(j))] - amounts.abstracted[rows.at(static_cast<int>(j))]);
    for (std::size_t l = 0; l < network.lakes.size(); ++l) {
      book(-amounts.evaporated[rows.at(static_cast<int>(l))]);
      EXPECT_EQ(amounts.evaporated[rows.at(static_cast<int>(l))], 0);
    }
    seen.closure = std::max(seen.closure, std::fabs(state.total(0, 0) - before) / gross);
    for (int i = 0; i < network.cell_count(); ++i) {
      EXPECT_GE(state.row(i)[0], 0);
      if (step.volume1[at(i)] < 1) continue;
      const double c = state.row(i)[0] / step.volume1[at(i)];
      seen.most = std::max(seen.most, c);
      seen.least = std::min(seen.least, c);
      seen.heat = std::max(seen.heat, std::fabs(state.row(i)[rows.index(1, 0)] / step.volume1[at(i)] - 1));
      for (int lane : {1, 2}) EXPECT_EQ(state.row(i)[lane], state.row(i)[0]);
    }
  }
  return seen;
}

TEST_P(LakesUnder, UniformConcentrationStaysUniformAndMatterIsKept) {
  Terrain terrain;
  terrain.lakes = 0.4;
  for (const bool evaporate : {false, true})
    for (std::uint64_t seed = 300; seed < 306; ++seed) {
      Random random(seed);
      River river = random_river(random, 15, seed % 2 ? 300 : 3000, terrain);
      river.basin.schemes.hydraulics = GetParam();
      const Carried seen = carry(river, random, evaporate, 120);
      EXPECT_LE(seen.closure, 1e-13) << seed;
      EXPECT_LE(seen.heat, 3e-11) << seed;  // volumes of 1 m3 beside turnovers of 1e5 m3
      EXPECT_GE(seen.least, 1 - 3e-11) << seed;
      if (!evaporate) {
        EXPECT_LE(seen.most, 1 + 3e-11) << seed;
      } else {
        EXPECT_GT(seen.most, 1 + 1e-6) << seed;  // evaporation leaves the tracer behind
      }
    }
}

// A lake with nothing else: node 0 - lake - node 1.
struct Pond {
  explicit Pond(Lake lake, HydraulicScheme scheme = HydraulicScheme::kinematic) {
    nodes.push_back({"n0", 0, 0, {}});
    insert_lake(std::move(lake), {}, nodes, reaches, lakes);
    Problems problems;
    basin.network = build_network(nodes, reaches, {}, {}, 0, true, "", problems, lakes);
    EXPECT_TRUE(problems.empty());
    Source source;
    source.kind = SourceKind::boundary;
    source.junction = 0;
    basin.sources.push_back(source);
    basin.schemes.hydraulics = scheme;
    step = WaterStep(basin.network, 1);
  }
  const Lake& lake() const { return basin.network.lakes[0]; }
  double volume() const { return std::accumulate(step.volume1.begin(), step.volume1.end(), 0.0); }
  // Runs `steps` steps; inflow(t0, t1): its volume.
  void run(double dt, int steps, const std::function<double(double, double)>& inflow, LakeInput drive = {}) {
    const auto hydraulics = make_hydraulics(basin);
    drive.exchange.resize(static_cast<std::size_t>(lake().layers() - 1));
    WaterInput input{dt, {inflow(0, dt)}, {0}};
    input.lakes = {drive};
    hydraulics->initialise(input, step);
    for (int n = 0; n < steps; ++n) {
      input.volume[0] = inflow(n * dt, (n + 1) * dt);
      hydraulics->advance(input, step);
      outflow.push_back(step.face[at(lake().layers())]);
    }
  }
  std::vector<Node> nodes;
  std::vector<Reach> reaches;
  std::vector<Lake> lakes;
  Basin basin;
  WaterStep step;
  std::vector<double> outflow;
};

// Those that route it alone and the wave, for which it is one unknown among others.
constexpr HydraulicScheme kPoolSchemes[] = {HydraulicScheme::kinematic, HydraulicScheme::dynamic};

// V' = q - V / K by a curve whose outflow is linear: V = q K + (V0 - q K) exp(-t / K).
class LakePools : public ::testing::TestWithParam<HydraulicScheme> {};
INSTANTIATE_TEST_SUITE_P(Schemes, LakePools, ::testing::ValuesIn(kPoolSchemes));

TEST_P(LakePools, FollowALinearReservoirAtSecondOrder) {
  constexpr double kArea = 1e5, kResponse = 36000, kInflow = 3, kEnd = 72000;
  const auto error = [&](double dt) {
    Lake lake = cylinder(kArea, 10);
    lake.curve.outflow = {0, kArea * 10 / kResponse};
    lake.initial_level = 2;
    Pond pond(lake, GetParam());
    pond.run(dt, static_cast<int>(std::lround(kEnd / dt)),
             [&](double a, double b) { return kInflow * (b - a); });
    const double steady = kInflow * kResponse,
                 exact = steady + (2 * kArea - steady) * std::exp(-kEnd / kResponse);
    return std::fabs(pond.volume() / exact - 1);
  };
  EXPECT_LE(error(600), 1e-5);
  EXPECT_NEAR(std::log2(error(3600) / error(1800)), 2, 0.1);
  EXPECT_NEAR(std::log2(error(1800) / error(900)), 2, 0.1);
  // one step of two response times: the steady state, not beyond
  const double steady = kInflow * kResponse,
               exact = steady + (2 * kArea - steady) * std::exp(-kEnd / kResponse);
  EXPECT_NEAR(error(72000), std::fabs(steady / exact - 1), 1e-12);
}

TEST_P(LakePools, ALargeStepRisesWithoutOscillation) {
  Lake lake = cylinder(1000, 10);  // a pond that answers within minutes
  lake.spillway = {2, 10, 1.7};
  lake.initial_level = 2;
  Pond pond(lake, GetParam());
  pond.run(86400, 10, [](double a, double b) { return 20 * (b - a); });
  for (std::size_t n = 1; n < pond.outflow.size(); ++n) EXPECT_NEAR(pond.outflow[n] / (20 * 86400), 1, 1e-3);
  const double head = std::pow(20 / 17.0, 2.0 / 3);
  EXPECT_NEAR(pond.volume(), 1000 * (2 + head), 10);
}

TEST_P(LakePools, LetOutNoMoreThanThereIs) {
  Lake lake = cylinder(1000, 10);
  lake.initial_level = 1;
  Pond pond(lake, GetParam());
  pond.run(3600, 5, [](double a, double b) { return 0.1 * (b - a); }, {5, 0, {}});
  EXPECT_NEAR(pond.outflow[0], 1000 + 360, 1e-9);
  EXPECT_NEAR(pond.outflow[4], 360, 1e-9);
  EXPECT_NEAR(pond.volume(), 0, 1e-12);
}

TEST_P(LakePools, ReleaseNothingBelowTheLowestLevel) {
  Lake lake = cylinder(1000, 10);
  lake.initial_level = 3;
  lake.lowest_level = 2;
  Pond pond(lake, GetParam());
  pond.run(3600, 5, [](double, double) { return 0.0; }, {0.2, 0, {}});
  EXPECT_NEAR(pond.outflow[0], 720, 1e-9);
  EXPECT_NEAR(pond.outflow[1], 280, 1e-9);
  EXPECT_NEAR(pond.outflow[2], 0, 1e-9);
  EXPECT_NEAR(pond.volume(), 2000, 1e-9);
}

TEST_P(LakePools, PassAShareOfTheInflow) {
  Lake lake = cylinder(1000, 10);
  lake.initial_level = 3;
  lake.inflow_share = 0.25;
  Pond pond(lake, GetParam());
  pond.run(3600, 3, [](double a, double b) { return 0.4 * (b - a); }, {0.05, 0, {}});
  for (const double out : pond.outflow) EXPECT_NEAR(out, 360, 1e-9);  // more than the release
}

TEST_P(LakePools, EvaporateByTheirArea) {
  Lake lake = cylinder(1000, 10);
  lake.initial_level = 3;
  Pond pond(lake, GetParam() == HydraulicScheme::kinematic ? HydraulicScheme::steady : GetParam());
  pond.run(86400, 4, [](double, double) { return 0.0; }, {0, 5e-3 / 86400, {}});
  EXPECT_NEAR(pond.volume(), 3000 - 4 * 5, 1e-9);
}

TEST_P(LakePools, HoldTheirLevelBeforeTheRun) {
  Lake lake = cylinder(1000, 10);
  lake.spillway = {2, 10, 1.7};
  lake.initial_level = 5;
  Pond pond(lake, GetParam());
  const auto hydraulics = make_hydraulics(pond.basin);
  WaterInput input{3600, {720}, {0.2}};
  input.hold_levels = true;
  hydraulics->initialise(input, pond.step);
  hydraulics->advance(input, pond.step);
  EXPECT_EQ(pond.volume(), 5000);
  EXPECT_EQ(pond.step.face[1], 720);
}

// What is abstracted below a lake is let out for it.
TEST_P(LakePools, LetOutWhatIsAbstractedBelow) {
  Lake lake = cylinder(1000, 10);
  lake.initial_level = 5;
  Pond pond(lake, GetParam());
  Source intake;
  intake.kind = SourceKind::abstraction;
  intake.junction = 1;
  pond.basin.sources.push_back(intake);
  pond.step = WaterStep(pond.basin.network, 2);
  const auto hydraulics = make_hydraulics(pond.basin);
  const WaterInput input{3600, {0, 360}, {0, 0.1}};
  hydraulics->initialise(input, pond.step);
  hydraulics->advance(input, pond.step);
  EXPECT_NEAR(pond.step.abstracted[1], 360, 1e-9);
  EXPECT_NEAR(pond.volume(), 5000 - 360, 1e-9);
}

// Tanks of given volumes with one constituent.
struct Layers {
  Layers(std::vector<double> volumes, double area) : volume(std::move(volumes)) {
    Lake lake = cylinder(area, 100);
    for (std::size_t k = 1; k < volume.size(); ++k)
      lake.boundaries.push_back(100 - 10.0 * static_cast<double>(k));
    pond = std::make_unique<Pond>(lake);
    state = State(static_cast<int>(volume.size()), Rows(1, 1));
  }
  void mix(double dt, double speed) {
    LakeExchange exchange(pond->basin.network);
    exchange.advance(dt, {{0, 0, std::vector<double>(volume.size() - 1, speed)}}, volume, state);
  }
  double c(int layer) const { return state.row(layer)[0] / volume[at(layer)]; }
  std::vector<double> volume;
  std::unique_ptr<Pond> pond;
  State state;
};

TEST(LakeExchange, TwoLayersAreExactAtAnyStep) {
  for (const double dt : {60.0, 3600.0, 86400.0, 86400.0 * 365}) {
    Layers layers({3000, 500}, 1000);
    layers.state.row(0)[0] = 3000 * 8;
    layers.state.row(1)[0] = 500 * 1;
    layers.mix(dt, 1e-4);
    const double rate = 1e-4 * 1000 * (1 / 3000.0 + 1 / 500.0), mean = (3000 * 8 + 500) / 3500.0;
    EXPECT_NEAR(layers.c(0) - layers.c(1), 7 * std::exp(-rate * dt), 1e-13);
    EXPECT_NEAR(layers.c(1), mean - 7 * 3000 / 3500.0 * std::exp(-rate * dt), 1e-13);
  }
}

// Cosines along equal layers decay by their eigenvalues: 2 G / V (1 - cos(pi j / n)).
TEST(LakeExchange, ManyLayersAreOfSecondOrderAndMixCompletely) {
  constexpr int kLayers = 6;
  const double rate = 1e-5 * 1000 / 2000.0, pi = std::acos(-1.0), end = 2e5;
  const auto error = [&](int steps) {
    Layers layers(std::vector<double>(kLayers, 2000), 1000);
    for (int k = 0; k < kLayers; ++k)
      layers.state.row(k)[0] = 2000 * (2 + std::cos(pi * (k + 0.5) / kLayers));
    for (int n = 0; n < steps; ++n) layers.mix(end / steps, 1e-5);
    const double decay = std::exp(-2 * rate * (1 - std::cos(pi / kLayers)) * end);
    double worst = 0;
    for (int k = 0; k < kLayers; ++k)
      worst = std::max(worst, std::fabs(layers.c(k) - 2 - decay * std::cos(pi * (k + 0.5) / kLayers)));
    return worst;
  };
  EXPECT_NEAR(std::log2(error(8) / error(16)), 2, 0.1);
  EXPECT_NEAR(std::log2(error(16) / error(32)), 2, 0.1);
  Layers layers(std::vector<double>(kLayers, 2000), 1000);
  layers.state.row(3)[0] = 12000;
  layers.mix(1e15, 1.0);
  for (int k = 0; k < kLayers; ++k) EXPECT_NEAR(layers.c(k), 1, 1e-9);
}

TEST(LakeExchange, KeepsMatterAndItsBounds) {
  Random random(5);
  for (int n = 0; n < 3000; ++n) {
    std::vector<double> volumes;
    for (int k = 2 + static_cast<int>(random() * 5); k > 0; --k)
      volumes.push_back(random() < 0.1 ? 0.0 : std::exp(random.between(-4, 15)));
    Layers layers(volumes, std::exp(random.between(0, 10)));
    double least = 1e300, most = 0, total = 0;
    for (int k = 0; k < static_cast<int>(volumes.size()); ++k) {
      const double c = random() < 0.3 ? 0.0 : random();
      layers.state.row(k)[0] = c * volumes[at(k)];
      total += layers.state.row(k)[0];
      if (volumes[at(k)] == 0) continue;
      least = std::min(least, c);
      most = std::max(most, c);
    }
    layers.mix(std::exp(random.between(0, 15)), std::exp(random.between(-20, 2)));
    double after = 0;
    for (int k = 0; k < static_cast<int>(volumes.size()); ++k) {
      const double m = layers.state.row(k)[0];
      after += m;
      ASSERT_GE(m, 0);
      if (volumes[at(k)] == 0) continue;
      const double slack = 1e-14 * total / volumes[at(k)];
      ASSERT_LE(layers.c(k), most + slack + 1e-12);
      ASSERT_GE(layers.c(k), least - slack - 1e-12);
    }
    ASSERT_NEAR(after, total, 1e-14 * total);
  }
}

}  // namespace
