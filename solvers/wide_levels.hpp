// The upper part of a network that threads can share: junctions level by level, as long as the levels are
// wide.
#pragma once

#include <vector>

#include "model/network.hpp"

namespace limpid {

// A junction comes one level after the chains that enter it (Network::chain_level); what leaves junctions of
// one level is independent.
struct WideLevels {
  // least_cells: cells below the junctions of a level from which it is worth sharing. The first narrower
  // level and all after it go to `rest`.
  WideLevels(const Network& network, int least_cells);

  std::vector<std::vector<int>> levels;  // junctions
  std::vector<int> rest;                 // in topological order
};

}  // namespace limpid
