// Steady flow on random rivers with structures and lakes: every balance, and a uniform field.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/solvers/steady_river.hpp"
#include "tests/solvers/uniform_field.hpp"

namespace limpid {
namespace {

using namespace steady_rivers;

// Structures wherever they may stand, and lakes whose rivers' beds are told, from deep below the lake's first
// level to above it.
River controlled_river(Random& random, std::uint64_t seed) {
  Terrain terrain{50, 4000, 1e-6, 0.02};
  terrain.lakes = 0.25;
  River river = random_river(random, 14, seed % 2 ? 300 : 1000, terrain);
  river.basin.schemes.hydraulics = HydraulicScheme::steady;
  Network& network = river.basin.network;
  for (const Lake& lake : network.lakes)
    if (random() < 0.8) network.nodes[at(lake.node)].bed_level = lake.initial_level + random.between(-5, 2);
  const std::vector<double> beds = node_beds(network);
  for (std::size_t j = 0; j < network.nodes.size(); ++j) {
    const Junction& junction = network.junctions[j];
    const int node = static_cast<int>(j);
    if (junction.is_outlet() && random() < 0.7)
      network.outlets.push_back(stage_at(node, beds[j] + random.between(0, 3)));
    if (junction.is_outlet() && network.outlets.empty()) continue;
    if (!structure_holds(network, node) || junction.out.size() > 1 || random() < 0.3) continue;
    if (!junction.is_outlet() && network.is_lake(junction.out[0]) && std::isnan(network.nodes[j].bed_level))
      continue;
    for (int n = 0; n < 2; ++n) {
      Structure s = structure_of(static_cast<StructureKind>(static_cast<int>(random() * 4)),
                                 beds[j] + random.between(0, 2), random.between(1, 20), random());
      s.node = node;
      network.structures.push_back(s);
    }
  }
  const std::vector<char> held = held_reaches(network);
  for (std::size_t r = 0; r < network.reaches.size(); ++r)
    if (held[r] && random() < 0.15) network.reaches[r].slope *= random() < 0.5 ? 0 : -1;
  return river;
}

void draw_controls(Random& random, const Network& network, WaterInput& input) {
  input.outlets.resize(network.outlets.size());
  for (std::size_t o = 0; o < input.outlets.size(); ++o)
    input.outlets[o].stage1 = network.outlets[o].stage.at(0) + random.between(-0.5, 0.5);
  input.openings.resize(network.structures.size());
  for (double& opening : input.openings)
    if (random() < 0.3) opening = random() < 0.2 ? 0 : random.between(0, 2);
  if (input.lakes.empty() || random() < 0.2) draw_lake_inputs(random, network, false, input);
}

TEST(SteadyControls, BalancesCloseAndUniformStaysUniformOnRandomRivers) {
  std::size_t structures = 0, lakes = 0, held = 0, capped = 0;
  for (std::uint64_t seed = 1; seed <= 16; ++seed) {
    Random random(500 + seed);
    const double dt = std::vector{60.0, 900.0, 3600.0, 86400.0}[seed % 4];
    const River river = controlled_river(random, seed);
    const Network& network = river.basin.network;
    structures += network.structures.size();
    lakes += network.lakes.size();
    for (const char h : held_reaches(network)) held += h != 0;
    const auto hydraulics = make_hydraulics(river.basin);
    WaterStep step(network, static_cast<int>(river.basin.sources.size()));
    WaterInput input = river.input(dt);
    draw_input(random, input);
    draw_controls(random, network, input);
    hydraulics->initialise(input, step);
    UniformField field(network, step);
    for (int n = 0; n < 120; ++n) {
      draw_input(random, input);
      draw_controls(random, network, input);
      hydraulics->advance(input, step);
      ASSERT_LE(cell_miss(network, step), 1e-12) << "seed " << seed << " step " << n;
      ASSERT_LE(junction_miss(network, step), 1e-12) << "seed " << seed << " step " << n;
      for (const double volume : step.face) ASSERT_TRUE(std::isfinite(volume));
      for (std::size_t i = 0; i < step.depth.size(); ++i)
        ASSERT_TRUE(std::isfinite(step.depth[i]) && std::isfinite(step.velocity[i]) && step.velocity[i] >= 0);
      ASSERT_LE(field.miss_after(step), 1) << "seed " << seed << " step " << n;
    }
    capped += static_cast<std::size_t>(hydraulics->counts().capped);
  }
  EXPECT_GT(structures, 60u);
  EXPECT_GT(lakes, 30u);
  EXPECT_GT(held, 150u);
  EXPECT_GT(capped, 0u);
}

}  // namespace
}  // namespace limpid
