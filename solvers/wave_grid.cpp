#include "solvers/wave_grid.hpp"

#include <algorithm>
#include <limits>

namespace limpid {

namespace {

constexpr double kUnset = std::numeric_limits<double>::infinity();

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

// Height of the bed at every node: the lower end of a reach lies at its node, its upper end higher by slope x
// length; where several reaches leave a node it lies at the lowest of their upper ends, and the others begin
// on a step.
std::vector<double> node_heights(const Network& network) {
  std::vector<double> height(network.nodes.size(), kUnset);
  std::vector<int> order(network.junction_order.rbegin(), network.junction_order.rend());
  std::vector<std::vector<int>> leaving(network.nodes.size());
  for (std::size_t r = 0; r < network.reaches.size(); ++r)
    leaving[at(network.reaches[r].from)].push_back(static_cast<int>(r));
  for (const int junction : order) {
    const int node = network.junctions[at(junction)].node;
    if (node < 0) continue;
    for (const int r : leaving[at(node)]) {
      const Reach& reach = network.reaches[at(r)];
      height[at(node)] = std::min(height[at(node)], height[at(reach.to)] + reach.slope * reach.length);
    }
    if (height[at(node)] == kUnset) height[at(node)] = 0;
  }
  return height;
}

// The outgoing chain that takes what the split rules leave.
int remainder_of(const Network& network, const Junction& junction) {
  for (const int k : junction.out)
    if (network.reaches[at(network.chains[at(k)].reach)].split.kind == SplitKind::remainder) return k;
  return junction.out[0];
}

}  // namespace

FaceLists::FaceLists(const std::vector<std::vector<int>>& lists) : first_{0} {
  for (const std::vector<int>& list : lists) {
    faces_.insert(faces_.end(), list.begin(), list.end());
    first_.push_back(static_cast<int>(faces_.size()));
  }
}

WaveGrid::WaveGrid(const Network& network)
    : bed(at(network.cell_count())),
      hub(network.junctions.size(), -1),
      hub_face(hub),
      hub_sign(network.junctions.size(), 1) {
  std::vector<std::vector<int>> ending(bed.size()), beginning(bed.size());
  const std::vector<double> height = node_heights(network);
  for (std::size_t i = 0; i < bed.size(); ++i) {
    const Reach& reach = network.reaches[at(network.cell_reach[i])];
    bed[i] = height[at(reach.to)] + reach.slope * (reach.length - network.cell_chainage[i]);
  }
  const auto join = [&](int left, int right, int step_face, int rule) {
    const double both = network.cell_length[at(left)] + network.cell_length[at(right)];
    beginning[at(left)].push_back(static_cast<int>(faces.size()));
    ending[at(right)].push_back(static_cast<int>(faces.size()));
    faces.push_back({left, right, 0.5 * both, network.cell_length[at(left)] / both, step_face, rule, -1, -1});
  };
  for (std::size_t k = 0; k < network.chains.size(); ++k) {
    const Chain& chain = network.chains[k];
    for (int i = 1; i < chain.cells; ++i)
      join(chain.first_cell + i - 1, chain.first_cell + i, network.first_face(static_cast<int>(k)) + i, -1);
  }
  const auto first_cell = [&](int k) { return network.chains[at(k)].first_cell; };
  const auto last_cell = [&](int k) {
    return network.chains[at(k)].first_cell + network.chains[at(k)].cells - 1;
  };
  const auto end_face = [&](int k) { return network.first_face(k) + network.chains[at(k)].cells; };
  for (std::size_t j = 0; j < network.junctions.size(); ++j) {
    const Junction& junction = network.junctions[j];
    if (junction.is_outlet()) {
      for (const int k : junction.in) outlets.push_back({last_cell(k), end_face(k)});
      continue;
    }
    const bool at_last = junction.out.size() > 1 && junction.in.size() == 1;
    const int own = at_last ? junction.in[0] : remainder_of(network, junction);
    hub[j] = at_last ? last_cell(own) : first_cell(own);
    hub_face[j] = at_last ? end_face(own) : network.first_face(own);
    hub_sign[j] = at_last ? -1 : 1;
    for (const int k : junction.in)
      if (!at_last) join(last_cell(k), hub[j], end_face(k), -1);
    for (const int k : junction.out) {
      if (!at_last && k == own) continue;
      const int reach = network.chains[at(k)].reach;
      const bool ruled =
          network.reaches[at(reach)].split.kind != SplitKind::remainder && junction.out.size() > 1;
      join(hub[j], first_cell(k), network.first_face(k), ruled ? reach : -1);
    }
  }
  upper = FaceLists(ending);
  lower = FaceLists(beginning);
  for (std::size_t f = 0; f < faces.size(); ++f) {
    const auto single = [](std::span<const int> list) { return list.size() == 1 ? list[0] : -1; };
    if (lower[at(faces[f].left)].size() == 1) faces[f].before = single(upper[at(faces[f].left)]);
    if (upper[at(faces[f].right)].size() == 1) faces[f].after = single(lower[at(faces[f].right)]);
  }
}

}  // namespace limpid
