// The small river with lakes, and with the water's own properties.
#pragma once

#include <gtest/gtest.h>

#include <utility>

#include "tests/scenarios/small_river.hpp"

namespace limpid::testing {

inline Lake small_lake(const char* id, int node) {
  Lake lake;
  lake.id = id;
  lake.node = node;
  lake.length = 900;
  lake.curve = {{50, 55, 60}, {1e5, 3e5, 6e5}, {0, 1e6, 3.25e6}, {}};
  lake.initial_level = 56;
  lake.spillway = {56.5, 25, 1.7};
  lake.release = Series::constant(1.5);
  lake.inflow_share = 0.2;
  lake.lowest_level = 51;
  return lake;
}

// The small river with a reservoir of three layers where its branches meet again, and a pond at its end.
inline SmallRiver lake_river(bool with_processes = true, bool evaporates = true) {
  SmallRiver river = small_river(with_processes);
  Network& network = river.basin.network;
  std::vector<Node> nodes = network.nodes;
  std::vector<Reach> reaches = network.reaches;
  std::vector<Lake> lakes;
  Lake reservoir = small_lake("reservoir", 3), pond = small_lake("pond", 4);
  reservoir.boundaries = {55, 52};
  reservoir.exchange = {Series::constant(2e-6), Series::constant(5e-7)};
  reservoir.inflow_layer = 1;
  reservoir.release_layer = 2;
  nodes[3].bed_level = 53;  // of the rivers that end in them: both stand higher
  nodes[4].bed_level = 54;
  if (evaporates) reservoir.evaporation = pond.evaporation = Series::constant(6e-8);
  for (const Lake& lake : {reservoir, pond}) insert_lake(lake, {}, nodes, reaches, lakes);
  Problems problems;
  network =
      build_network(nodes, reaches, network.channels, {{4, 2500}, {4, 6000}}, 500, true, "", problems, lakes);
  EXPECT_FALSE(problems.has_errors());
  river.basin.reach_climate.assign(reaches.size(), 0);
  river.basin.sources[2].junction = network.cut_junction(0);
  river.basin.sources[3].junction = network.cut_junction(1);
  river.basin.diffuse_shares = diffuse_shares(network, river.basin.sources.back(), 4);
  Source bank = river.basin.sources.back();  // and one into the reservoir
  bank.id = "shore";
  bank.reach = network.lakes[0].reach;
  for (const DiffuseShare& share : diffuse_shares(network, bank, 5))
    river.basin.diffuse_shares.push_back(share);
  river.basin.sources.push_back(bank);
  return river;
}

// Lakes under the water's own properties: temperature and age.
inline SmallRiver warm_lake_river() {
  SmallRiver river = lake_river();
  for (const auto& [id, basis] : {std::pair("temperature", AmountBasis::heat), {"age", AmountBasis::age}}) {
    Constituent& c = river.basin.constituents.emplace_back();
    c.id = id;
    c.basis = basis;
    c.non_negative = false;
    for (Source& source : river.basin.sources)
      if (!source.loads.empty())
        source.loads.push_back(
            {SourceLoad::Kind::concentration, Series::constant(basis == AmountBasis::heat ? 15 : 0)});
    river.options.initial_concentration.push_back(basis == AmountBasis::heat ? 15 : 0);
  }
  add_process(river.basin, "ageing");
  return river;
}

}  // namespace limpid::testing
