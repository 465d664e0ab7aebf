// The dynamic wave: balances on random rivers, dam breaks, steady flow, and its linear system.
#include "solvers/dynamic.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

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
      const double storage = random.between(0.1, 2);
      entry(i, i) += storage;
      system.add_diagonal(i, storage);
      x[at(i)] = random.between(-1, 1);
    }
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      const auto [a, b] = pairs[k];
      const double l = random.between(0, 50), r = random.between(0, 50);
      entry(a, a) += l, entry(b, b) += r, entry(a, b) -= r, entry(b, a) -= l;
      system.add_diagonal(a, l);
      system.add_diagonal(b, r);
      system.add_coupling(static_cast<int>(k), -r, -l);
    }
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j) right[at(i)] += entry(i, j) * x[at(j)];
    system.solve(right);
    for (int i = 0; i < n; ++i) EXPECT_NEAR(right[at(i)], x[at(i)], 1e-10) << i;
  }
}

constexpr Terrain kGentle{50, 8103, 1e-6, 0.05};

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
        ASSERT_LT(step.velocity[i], 60) << "seed " << seed << " step " << n << " cell " << i;
      }
    }
    const Hydraulics::Counts counts = hydraulics->counts();
    std::printf("seed %d dt %g: limited %lld capped %lld retried %lld of 100 steps, %d cells\n",
                static_cast<int>(seed), dt, counts.limited, counts.capped, counts.retried,
                network.cell_count());
  }
}

}  // namespace
}  // namespace limpid
