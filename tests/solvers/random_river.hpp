// Random rivers with confluences, rejoining branches, diversions, abstractions and floods on dry beds, and
// what every WaterStep must satisfy.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "solvers/hydraulics.hpp"
#include "tests/solvers/chain_network.hpp"

namespace limpid::rivers {

using chain_network::at;
using chain_network::Random;

inline std::string numbered(char letter, std::size_t number) {
  return std::string(1, letter).append(std::to_string(number));
}

inline Outlet stage_at(int node, double level) {
  Outlet outlet;
  outlet.node = node;
  outlet.kind = OutletKind::stage;
  outlet.stage = Series::constant(level);
  return outlet;
}

struct River {
  std::vector<Node> nodes;
  std::vector<Reach> reaches;
  std::vector<Channel> channels;
  std::vector<Cut> cuts;
  std::vector<Lake> lakes;
  Basin basin;

  River() {
    Channel channel;
    channel.bottom_width = 10;
    channels.push_back(channel);
  }
  Reach& add_reach(int from, int to, double length = 1000) {
    while (static_cast<int>(nodes.size()) <= std::max(from, to))
      nodes.push_back({numbered('n', nodes.size()), 0, 0, {}});
    Reach reach;
    reach.id = numbered('r', reaches.size());
    reach.from = from;
    reach.to = to;
    reach.length = length;
    reach.slope = 1e-3;
    return reaches.emplace_back(reach);
  }
  void build(double cell_length) {
    Problems problems;
    basin.network = build_network(nodes, reaches, channels, cuts, cell_length, true, "", problems, lakes);
    for (const Problem& p : problems.sorted()) ADD_FAILURE() << p.text(Lang::en);
  }
  int add_source(SourceKind kind, int junction) {
    Source source;
    source.kind = kind;
    source.junction = junction;
    basin.sources.push_back(source);
    return static_cast<int>(basin.sources.size()) - 1;
  }
  int add_diffuse(int cell) {
    basin.diffuse_shares.push_back({static_cast<int>(basin.sources.size()), cell, 1.0});
    return add_source(SourceKind::diffuse, -1);
  }
  WaterInput input(double dt) const {
    return {dt, std::vector<double>(basin.sources.size(), 0.0),
            std::vector<double>(basin.sources.size(), 0.0)};
  }
};

inline void set_flow(WaterInput& input, int source, double flow) {
  input.volume[at(source)] = flow * input.dt;
  input.rate[at(source)] = flow;
}

inline Channel random_channel(Random& random) {
  Channel c;
  c.bottom_width = random.between(0.5, 40);
  const double draw = random();
  if (draw < 0.3) return c;
  c.shape = ChannelShape::trapezoidal;
  c.side_slope = random.between(0, 3);
  if (draw < 0.6) return c;
  if (draw < 0.75) {
    c.shape = ChannelShape::compound;
    c.bank_depth = random.between(0.3, 3);
    c.flood_width = random.between(5, 300);
    c.flood_manning_n = random.between(0.03, 0.15);
  } else if (draw < 0.9) {
    c.shape = ChannelShape::power_law;
    c.area_coef = random.between(0.5, 30);
    c.area_exp = random.between(1, 2.2);
  } else {
    c.shape = ChannelShape::tabulated;
    c.table_depth = {0, 0.5, 2, 5};
    for (int i = 0; i < 4; ++i) c.table_width.push_back(random.between(1, 60));
  }
  return c;
}

// What random rivers are drawn from.
struct Terrain {
  double shortest = 1, longest = 8103;  // m
  double gentlest = 1e-6, steepest = 3.9;
  double lakes = 0;  // share of the nodes at which one stands
};

// From a pond to a large reservoir, of one to four layers. smallest: ln of its area at the bottom [m2];
// highest: a quarter of its range of levels, m.
inline Lake random_lake(Random& random, int node, double smallest = 3, double highest = 15) {
  Lake lake;
  lake.id = numbered('l', at(node));
  lake.node = node;
  lake.length = random.between(10, 5000);
  const double bottom = random.between(0, 300), rise = random.between(0.3, highest);
  double area = std::exp(random.between(smallest, 15)), volume = 0;
  for (int row = 0; row < 5; ++row) {
    lake.curve.level.push_back(bottom + row * rise);
    lake.curve.area.push_back(area);
    lake.curve.volume.push_back(volume);
    const double next = area * random.between(1, 2);
    volume += 0.5 * rise * (area + next);
    area = next;
  }
  const auto level = [&](double part) { return bottom + part * 4 * rise; };
  lake.initial_level = level(random());
  lake.lowest_level = level(random.between(0, 0.4));
  lake.inflow_share = random() < 0.3 ? random() : 0;
  if (random() < 0.7) lake.spillway = {level(random.between(0.2, 1)), random.between(1, 50), 1.7};
  if (random() < 0.2) lake.curve.outflow = {0, 0, 1, 10, 200};
  const int layers = 1 + static_cast<int>(random() * 4);
  for (int k = layers - 1; k > 0; --k) lake.boundaries.push_back(level(k / (layers + 0.5)));
  lake.inflow_layer = static_cast<int>(random() * layers);
  lake.release_layer = static_cast<int>(random() * layers);
  return lake;
}

// What lakes let out, lose to the air and mix.
inline void draw_lake_inputs(Random& random, const Network& network, bool evaporate, WaterInput& input) {
  input.lakes.resize(network.lakes.size());
  for (std::size_t l = 0; l < input.lakes.size(); ++l) {
    LakeInput& lake = input.lakes[l];
    lake.release = random() < 0.4 ? 0.0 : std::exp(random.between(-6, 4));
    lake.evaporation = evaporate && random() < 0.7 ? random.between(0, 2e-7) : 0.0;
    lake.exchange.clear();
    for (int k = 1; k < network.lakes[l].layers(); ++k)
      lake.exchange.push_back(std::exp(random.between(-18, 0)));
  }
}

// Most reaches lose next to nothing, some as much as gravel does.
inline void draw_losses(Random& random, const Network& network, bool evaporate, WaterInput& input) {
  input.losses.resize(network.reaches.size());
  for (std::size_t r = 0; r < input.losses.size(); ++r) {
    if (network.reaches[r].lake >= 0) continue;
    LossInput& loss = input.losses[r];
    loss.evaporation = evaporate && random() < 0.7 ? random.between(0, 2e-7) : 0.0;
    loss.seepage = random() < 0.3 ? 0.0 : std::exp(random.between(-18, -9));
  }
}

// Nodes flow to one or two of the next few. Not built yet.
inline River random_reaches(Random& random, int nodes, const Terrain& terrain) {
  River river;
  river.channels.clear();
  for (int i = 0; i < 8; ++i) river.channels.push_back(random_channel(random));
  const auto reach_from = [&](int from) {
    const int to = from + 1 + static_cast<int>(random() * std::min(5, nodes - 1 - from));
    Reach& reach = river.add_reach(
        from, to, std::exp(random.between(std::log(terrain.shortest), std::log(terrain.longest))));
    reach.slope = std::exp(random.between(std::log(terrain.gentlest), std::log(terrain.steepest)));
    reach.manning_n = random.between(0.015, 0.15);
    reach.channel = static_cast<int>(random() * 8);
    if (random() < 0.3)
      river.cuts.push_back({static_cast<int>(river.reaches.size()) - 1, random.between(0, reach.length)});
  };
  for (int from = 0; from + 1 < nodes; ++from) {
    reach_from(from);
    if (random() > 0.25) continue;
    reach_from(from);
    river.reaches.back().split =
        random() < 0.5 ? Split{SplitKind::fraction, random(), 0, 0}
                       : Split{SplitKind::diversion, 0, random.between(0, 9), random.between(0, 3)};
  }
  return river;
}

inline void draw_sources(Random& random, River& river) {
  Basin& basin = river.basin;
  for (int j = 0; j < static_cast<int>(basin.network.junctions.size()); ++j) {
    if (basin.network.junctions[at(j)].in.empty() && random() < 0.7)
      river.add_source(SourceKind::boundary, j);
    if (random() < 0.2) river.add_source(SourceKind::point, j);
    if (random() < 0.2) river.add_source(SourceKind::abstraction, j);
  }
  for (int i = 0; i < basin.network.cell_count(); ++i)
    if (random() < 0.3) river.add_diffuse(i);
}

inline River random_river(Random& random, int nodes, double cell_length, const Terrain& terrain = {}) {
  River river = random_reaches(random, nodes, terrain);
  for (int node = 0; terrain.lakes > 0 && node < nodes; ++node)
    if (random() < terrain.lakes)
      insert_lake(random_lake(random, node), {}, river.nodes, river.reaches, river.lakes);
  river.build(cell_length);
  draw_sources(random, river);
  return river;
}

// Flows between nothing and 300 m3/s that jump by orders of magnitude, with rates that need not fit the
// volumes.
inline void draw_input(Random& random, WaterInput& input) {
  for (std::size_t s = 0; s < input.volume.size(); ++s) {
    if (random() < 0.6) continue;  // the same as before
    const double flow = random() < 0.3 ? 0.0 : std::exp(random.between(-9, 5.7));
    input.volume[s] = flow * input.dt;
    input.rate[s] = random() < 0.2 ? 3 * flow : flow;
  }
}

// A cell that passes less counts as passing this, m3.
inline constexpr double kLitre = 1e-3;

// What passes a junction, m3.
inline double passing(const Network& network, const WaterStep& step, int junction) {
  const Junction& j = network.junctions[at(junction)];
  double sum = step.junction_in[at(junction)] + step.junction_out[at(junction)];
  for (int k : j.in) sum += std::fabs(step.face[at(network.first_face(k) + network.chains[at(k)].cells)]);
  for (int k : j.out) sum += std::fabs(step.face[at(network.first_face(k))]);
  return sum;
}

// Largest miss of the cells' and the junctions' balances, relative to what passes; cells at a junction are
// balanced together with it, to the round-off of what passes there.
inline double cell_miss(const Network& network, const WaterStep& step) {
  double worst = 0;
  for (int k = 0; k < static_cast<int>(network.chains.size()); ++k)
    for (int c = 0; c < network.chains[at(k)].cells; ++c) {
      const int first = network.chains[at(k)].first_cell;
      const std::size_t i = at(first + c), f = at(network.first_face(k) + c);
      const Lake* lake = network.lake_of(k);
      const double change =
          lake ? lake_change(*lake, first, network.first_face(k), c, step)
               : step.face[f] - step.face[f + 1] + step.lateral_in[i] - step.evaporated[i] - step.seeped[i];
      double turnover =
          step.volume0[i] + std::fabs(step.face[f]) + std::fabs(step.face[f + 1]) + step.lateral_in[i];
      for (int n = 0; lake && n < lake->layers(); ++n)  // balanced as a whole, to the round-off of the whole
        turnover += step.volume0[at(first + n)] + step.lateral_in[at(first + n)];
      const Chain& chain = network.chains[at(k)];
      if (lake || c == 0) turnover += passing(network, step, chain.upstream);
      if (lake || c + 1 == chain.cells) turnover += passing(network, step, chain.downstream);
      EXPECT_GE(step.volume1[i], 0);
      const double miss = std::fabs(step.volume0[i] + change - step.volume1[i]);
      if (miss > 0) worst = std::max(worst, miss / std::max(turnover, kLitre));
    }
  return worst;
}

inline double junction_miss(const Network& network, const WaterStep& step) {
  double worst = 0;
  for (std::size_t j = 0; j < network.junctions.size(); ++j) {
    const Junction& junction = network.junctions[j];
    double in = step.junction_in[j], out = step.junction_out[j];
    for (int k : junction.in) in += step.face[at(network.first_face(k) + network.chains[at(k)].cells)];
    for (int k : junction.out) out += step.face[at(network.first_face(k))];
    EXPECT_GE(step.junction_out[j], 0);
    bool turns = false;  // water may come in
    for (const Outlet& outlet : network.outlets)
      turns = turns || (outlet.node == junction.node && outlet.kind == OutletKind::stage);
    if (turns) continue;
    if (junction.is_outlet() ? out > in : out != in)
      worst = std::max(worst, std::fabs(in - out) / passing(network, step, static_cast<int>(j)));
  }
  return worst;
}

}  // namespace limpid::rivers
