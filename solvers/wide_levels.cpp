#include "solvers/wide_levels.hpp"

#include <algorithm>

namespace limpid {

namespace {

int level_of(const Network& network, const Junction& junction) {
  int level = 0;
  for (int chain : junction.in)
    level = std::max(level, network.chain_level[static_cast<std::size_t>(chain)] + 1);
  return level;
}

int cells_below(const Network& network, const std::vector<int>& junctions) {
  int cells = 0;
  for (int j : junctions)
    for (int chain : network.junctions[static_cast<std::size_t>(j)].out)
      cells += network.chains[static_cast<std::size_t>(chain)].cells;
  return cells;
}

}  // namespace

WideLevels::WideLevels(const Network& network, int least_cells) {
  for (int j : network.junction_order) {
    const auto level =
        static_cast<std::size_t>(level_of(network, network.junctions[static_cast<std::size_t>(j)]));
    if (level >= levels.size()) levels.resize(level + 1);
    levels[level].push_back(j);
  }
  const auto narrow = std::find_if(levels.begin(), levels.end(), [&](const std::vector<int>& junctions) {
    return cells_below(network, junctions) < least_cells;
  });
  for (auto level = narrow; level != levels.end(); ++level)
    rest.insert(rest.end(), level->begin(), level->end());
  levels.erase(narrow, levels.end());
}

}  // namespace limpid
