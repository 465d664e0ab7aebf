#include "model/basin.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>

namespace limpid {

namespace {

// The cells of a reach from its upper to its lower end.
std::vector<int> reach_cells(const Network& network, int reach) {
  std::vector<int> cells;
  for (int cell = 0; cell < network.cell_count(); ++cell)
    if (network.cell_reach[static_cast<std::size_t>(cell)] == reach) cells.push_back(cell);
  const auto above = [&](int a, int b) {
    return network.cell_chainage[static_cast<std::size_t>(a)] <
           network.cell_chainage[static_cast<std::size_t>(b)];
  };
  std::sort(cells.begin(), cells.end(), above);
  return cells;
}

struct Stretch {
  double begin, end;
};

Stretch cell_stretch(const Network& network, int cell) {
  const auto i = static_cast<std::size_t>(cell);
  return {network.cell_chainage[i] - 0.5 * network.cell_length[i],
          network.cell_chainage[i] + 0.5 * network.cell_length[i]};
}

// The cell that holds a chainage; the nearest end of the reach if none does.
int cell_at(const Network& network, const std::vector<int>& cells, double chainage) {
  const auto below = [&](int cell) { return cell_stretch(network, cell).end > chainage; };
  const auto found = std::find_if(cells.begin(), cells.end(), below);
  return found != cells.end() ? *found : cells.back();
}

}  // namespace

int Basin::constituent(const std::string& constituent_id) const {
  const auto same = [&](const Constituent& c) { return c.id == constituent_id; };
  const auto found = std::find_if(constituents.begin(), constituents.end(), same);
  return found != constituents.end() ? static_cast<int>(found - constituents.begin()) : -1;
}

std::vector<DiffuseShare> diffuse_shares(const Network& network, const Source& source, int source_index) {
  const std::vector<int> cells = reach_cells(network, source.reach);
  if (cells.empty()) throw std::invalid_argument("diffuse_shares: the source's reach has no cells");
  std::vector<DiffuseShare> shares;
  double total = 0;
  for (const int cell : cells) {
    const auto [begin, end] = cell_stretch(network, cell);
    const double overlap = std::min(end, source.end_chainage) - std::max(begin, source.chainage);
    if (!(overlap > 0)) continue;
    shares.push_back({source_index, cell, overlap});
    total += overlap;
  }
  if (shares.empty()) return {{source_index, cell_at(network, cells, source.chainage), 1.0}};
  for (DiffuseShare& share : shares) share.share /= total;
  std::sort(shares.begin(), shares.end(), [](const auto& a, const auto& b) { return a.cell < b.cell; });
  return shares;
}

}  // namespace limpid
