// The dynamic wave: balances on random rivers, dam breaks, steady flow, and its linear system.
#include "solvers/dynamic.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "solvers/level_system.hpp"
#include "tests/solvers/random_river.hpp"

namespace limpid {
namespace {

using namespace rivers;

// Against Gauss on the full matrix, for a tree and for a graph with loops.
TEST(LevelSystem, SolvesTreesWithoutFillAndLoopsExactly) {
  Random random(5);
  for (const bool loops : {false, true}) {
    const int n = 60;
    std::vector<std::pair<int, int>> pairs;
    for (int i = 1; i < n; ++i) pairs.emplace_back(static_cast<int>(random() * i), i);
    for (int k = 0; loops && k < 12; ++k) {
      const int a = static_cast<int>(random() * (n - 1));
      pairs.emplace_back(a, a + 1 + static_cast<int>(random() * (n - 1 - a)));
    }
    LevelSystem system(n, pairs);
    if (!loops) {
      EXPECT_EQ(system.fill(), 0u);
    }
    std::vector<double> full(at(n) * at(n), 0.0), x(at(n)), right(at(n), 0.0);
    const auto entry = [&](int i, int j) -> double& { return full[at(i) * at(n) + at(j)]; };
    system.clear();
    for (int i = 0; i < n; ++i) {
      entry(i, i) += random.between(0.1, 2);
      x[at(i)] = random.between(-1, 1);
    }
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      const auto [a, b] = pairs[k];
      const double l = random.between(0, 50), r = random.between(0, 50);
      entry(a, a) += l, entry(b, b) += r, entry(a, b) -= r, entry(b, a) -= l;
      system.add_coupling(static_cast<int>(k), -r, -l);
    }
    std::vector<double> diagonal;
    for (int i = 0; i < n; ++i) diagonal.push_back(entry(i, i));
    system.set_diagonal(diagonal);
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j) right[at(i)] += entry(i, j) * x[at(j)];
    system.solve(right);
    for (int i = 0; i < n; ++i) EXPECT_NEAR(right[at(i)], x[at(i)], 1e-10) << i;
  }
}

constexpr Terrain kGentle{50, 8103, 1e-6, 0.05};

// Speed of water that fell from the highest bed to the lowest without friction: no water can be faster by
// much.
double falling_speed(const Network& network) {
  const WaveGrid grid(network);
  const auto [lowest, highest] = std::minmax_element(grid.bed.begin(), grid.bed.end());
  return std::sqrt(2 * 9.81 * (*highest - *lowest));
}

TEST(DynamicFlow, BalancesCloseOnRandomRiversAndFloods) {
  for (std::uint64_t seed = 1; seed <= 16; ++seed) {
    Random random(seed);
    const double dt = std::vector{10.0, 60.0, 300.0, 900.0}[seed % 4];
    River river = random_river(random, 12 + static_cast<int>(seed), seed % 2 ? 150 : 1000, kGentle);
    const Network& network = river.basin.network;
    river.basin.schemes.hydraulics = HydraulicScheme::dynamic;
    const auto hydraulics = make_hydraulics(river.basin);
    WaterStep step(network, static_cast<int>(river.basin.sources.size()));
    WaterInput input = river.input(dt);
    if (seed % 3) draw_input(random, input);
    hydraulics->initialise(input, step);
    const double fastest = falling_speed(network);
    for (int n = 0; n < 100; ++n) {
      const std::vector<double> before = step.volume1;
      draw_input(random, input);
      hydraulics->advance(input, step);
      ASSERT_EQ(step.volume0, before);
      ASSERT_LE(cell_miss(network, step), 1e-11) << "seed " << seed << " step " << n;
      ASSERT_LE(junction_miss(network, step), 1e-11) << "seed " << seed << " step " << n;
      for (std::size_t s = 0; s < input.volume.size(); ++s) ASSERT_LE(step.abstracted[s], input.volume[s]);
      for (std::size_t i = 0; i < step.depth.size(); ++i) {
        ASSERT_TRUE(std::isfinite(step.depth[i]) && std::isfinite(step.velocity[i])) << "seed " << seed;
        ASSERT_LT(step.velocity[i], 10 + fastest) << "seed " << seed << " step " << n << " cell " << i;
      }
    }
    const Hydraulics::Counts counts = hydraulics->counts();
    EXPECT_LE(counts.capped, 3) << "seed " << seed << ", limited " << counts.limited << ", retried "
                                << counts.retried;
  }
}

// Trapezoids go through chains a run at a time, other sections face by face: the same sections as tables must
// give the same water, up to round-off, in floods, drying and reversed flow.
TEST(DynamicFlow, RunsOfTrapezoidsAreWhatTheirFacesAre) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Random random(seed);
    River river = random_river(random, 15, seed % 2 ? 150 : 1000, kGentle);
    river.basin.schemes.hydraulics = HydraulicScheme::dynamic;
    for (Channel& channel : river.basin.network.channels) {
      channel = Channel{};
      channel.bottom_width = random.between(2, 40);
      channel.side_slope = seed % 4 ? random.between(0, 3) : 0;
      channel.shape = ChannelShape::trapezoidal;
    }
    River tables = river;
    for (Channel& channel : tables.basin.network.channels) {
      channel.shape = ChannelShape::tabulated;
      channel.table_depth = {0, 1000};
      channel.table_width = {channel.bottom_width, channel.bottom_width + 2000 * channel.side_slope};
    }
    const double dt = std::vector{10.0, 60.0, 300.0}[seed % 3];
    const auto a = make_hydraulics(river.basin), b = make_hydraulics(tables.basin);
    WaterStep one(river.basin.network, static_cast<int>(river.basin.sources.size())), other = one;
    WaterInput input = river.input(dt);
    draw_input(random, input);
    a->initialise(input, one);
    b->initialise(input, other);
    for (int n = 0; n < 20; ++n) {
      draw_input(random, input);
      a->advance(input, one);
      b->advance(input, other);
      for (std::size_t i = 0; i < one.volume1.size(); ++i) {
        const double scale = one.volume1[i] + 0.01 * river.basin.network.cell_length[i];
        ASSERT_NEAR(one.volume1[i] / scale, other.volume1[i] / scale, 1e-7)
            << "seed " << seed << " step " << n;
      }
    }
  }
}

// A straight river of one reach.
River canal(double length, double cell_length, double slope, double manning_n, double width) {
  River river;
  Reach& reach = river.add_reach(0, 1, length);
  reach.slope = slope;
  reach.manning_n = manning_n;
  river.channels[0].bottom_width = width;
  river.build(cell_length);
  river.basin.schemes.hydraulics = HydraulicScheme::dynamic;
  return river;
}

// Constant inflow into a prismatic channel ends at normal depth, to the tolerance of the volumes.
TEST(DynamicFlow, SteadyFlowIsAtNormalDepth) {
  for (const double slope : {1e-5, 1e-3, 0.03}) {
    River river = canal(10000, 250, slope, 0.035, 20);
    river.add_source(SourceKind::boundary, 0);
    WaterStep step(river.basin.network, 1);
    WaterInput input = river.input(300);
    set_flow(input, 0, 25);
    const auto hydraulics = make_hydraulics(river.basin);
    hydraulics->initialise(input, step);
    const Reach& reach = river.basin.network.reaches[0];
    const double area = normal_area(river.basin.network.channels[0], 25, slope, reach.manning_n, 0);
    for (std::size_t i = 2; i < step.area.size(); ++i) {
      EXPECT_NEAR(step.area[i] / area, 1, 1e-3) << slope << " cell " << i;
      EXPECT_NEAR(step.discharge[i], 25, 1e-4) << slope;
      EXPECT_NEAR(step.velocity[i], 25 / area, 2e-3 * 25 / area);
    }
  }
}

// Depths of the dam-break on a dry bed without friction (Ritter 1892), h0 = 1 m at x < x0.
double ritter(double x, double t) {
  const double c0 = std::sqrt(9.81), speed = x / t;
  if (speed <= -c0) return 1;
  if (speed >= 2 * c0) return 0;
  const double root = 2 * c0 - speed;
  return root * root / (9 * 9.81);
}

// L1 error of the depth over the water that moves, relative to the initial volume of a river of 2 km.
double ritter_error(double cell_length) {
  constexpr double kLength = 2000, kDam = 1000, kTime = 100;
  River river = canal(kLength, cell_length, 1e-12, 1e-9, 10);
  WaterStep step(river.basin.network, 0);
  const auto hydraulics = make_hydraulics(river.basin);
  const double dt = 0.25 * cell_length / std::sqrt(9.81);
  const WaterInput input = river.input(dt);
  for (std::size_t i = 0; i < step.volume1.size(); ++i)
    step.volume1[i] = river.basin.network.cell_chainage[i] < kDam ? 10 * cell_length : 0;
  const double before = std::accumulate(step.volume1.begin(), step.volume1.end(), 0.0);
  hydraulics->resume(input, std::vector<double>(step.face.size(), 0.0), step);
  const int steps = static_cast<int>(std::lround(kTime / dt));
  for (int n = 0; n < steps; ++n) hydraulics->advance(input, step);
  EXPECT_NEAR(std::accumulate(step.volume1.begin(), step.volume1.end(), 0.0) / before, 1, 1e-12);
  double error = 0;
  for (std::size_t i = 0; i < step.volume1.size(); ++i) {
    EXPECT_GE(step.volume1[i], 0);
    const double exact = ritter(river.basin.network.cell_chainage[i] - kDam, steps * dt);
    error += std::fabs(step.volume1[i] / (10 * cell_length) - exact) * cell_length;
  }
  return error / kDam;
}

TEST(DynamicFlow, ConvergesToRittersDamBreak) {
  const double coarse = ritter_error(20), fine = ritter_error(10), finer = ritter_error(5);
  EXPECT_LT(coarse, 0.03);
  EXPECT_GT(std::log2(coarse / fine), 0.8);
  EXPECT_GT(std::log2(fine / finer), 0.8);
}

}  // namespace
}  // namespace limpid
