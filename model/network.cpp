#include "model/network.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "model/network_checks.hpp"

namespace limpid {

namespace {

constexpr double kSamePlace = 1e-3;  // m: cuts this near each other, or to an end of the reach, are one junction

// Cuts of one reach from its upper to its lower end, as junctions.
struct ReachCut {
  double chainage;
  int junction;
};

// Gives every cut its junction; returns the inner cuts of each reach in order.
std::vector<std::vector<ReachCut>> place_cuts(Network& network, const std::vector<Cut>& cuts) {
  std::vector<int> order(cuts.size());
  std::iota(order.begin(), order.end(), 0);
  const auto key = [&](int i) { return cuts[static_cast<std::size_t>(i)]; };
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    return key(a).reach != key(b).reach ? key(a).reach < key(b).reach : key(a).chainage < key(b).chainage;
  });
  std::vector<std::vector<ReachCut>> inner(network.reaches.size());
  network.cut_junctions.assign(cuts.size(), -1);
  for (int i : order) {
    const auto reach_index = static_cast<std::size_t>(key(i).reach);
    const Reach& reach = network.reaches[reach_index];
    auto& list = inner[reach_index];
    int& junction = network.cut_junctions[static_cast<std::size_t>(i)];
    if (key(i).chainage <= kSamePlace) {
      junction = reach.from;
    } else if (key(i).chainage >= reach.length - kSamePlace) {
      junction = reach.to;
    } else if (!list.empty() && key(i).chainage - list.back().chainage <= kSamePlace) {
      junction = list.back().junction;
    } else {
      junction = static_cast<int>(network.junctions.size());
      network.junctions.emplace_back();
      list.push_back({key(i).chainage, junction});
    }
  }
  return inner;
}

void add_chain(Network& network, int reach_index, double begin, double end, int upstream, int downstream, double cell_length) {
  const int cells = std::max(1, static_cast<int>(std::ceil((end - begin) / cell_length - 1e-9)));
  const int chain = static_cast<int>(network.chains.size());
  network.chains.push_back({reach_index, network.cell_count(), cells, upstream, downstream, begin, end});
  const double length = (end - begin) / cells;
  for (int i = 0; i < cells; ++i) {
    network.cell_reach.push_back(reach_index);
    network.cell_chain.push_back(chain);
    network.cell_length.push_back(length);
    network.cell_chainage.push_back(begin + (i + 0.5) * length);
  }
  network.junctions[static_cast<std::size_t>(upstream)].out.push_back(chain);
  network.junctions[static_cast<std::size_t>(downstream)].in.push_back(chain);
}

void add_reach_chains(Network& network, int reach_index, const std::vector<ReachCut>& cuts, double cell_length) {
  const Reach& reach = network.reaches[static_cast<std::size_t>(reach_index)];
  const double wanted = reach.cell_length > 0 ? reach.cell_length : (cell_length > 0 ? cell_length : reach.length);
  double begin = 0;
  int upstream = reach.from;
  for (const ReachCut& cut : cuts) {
    network.junction_order.push_back(cut.junction);
    add_chain(network, reach_index, begin, cut.chainage, upstream, cut.junction, wanted);
    begin = cut.chainage;
    upstream = cut.junction;
  }
  add_chain(network, reach_index, begin, reach.length, upstream, reach.to, wanted);
}

// Chains of one level do not feed each other: the level of a junction is one above that of what flows into it.
void number_levels(Network& network) {
  std::vector<int> level(network.junctions.size(), 0);
  network.chain_level.assign(network.chains.size(), 0);
  for (int j : network.junction_order) {
    const auto junction = static_cast<std::size_t>(j);
    for (int chain : network.junctions[junction].in)
      level[junction] = std::max(level[junction], network.chain_level[static_cast<std::size_t>(chain)] + 1);
    for (int chain : network.junctions[junction].out) network.chain_level[static_cast<std::size_t>(chain)] = level[junction];
  }
}

// A readable layout where no coordinates were given: x = distance to the outlet (negative upstream), y = one line a
// headwater; a node stands on the line of its longest way upstream.
void lay_out(Network& network, const std::vector<int>& node_order) {
  const std::size_t n = network.nodes.size();
  std::vector<double> to_outlet(n, 0), from_head(n, 0), line(n, -1);
  std::vector<std::vector<int>> out(n);
  for (std::size_t r = 0; r < network.reaches.size(); ++r) out[static_cast<std::size_t>(network.reaches[r].from)].push_back(static_cast<int>(r));
  for (auto node = node_order.rbegin(); node != node_order.rend(); ++node)
    for (int r : out[static_cast<std::size_t>(*node)]) {
      const Reach& reach = network.reaches[static_cast<std::size_t>(r)];
      double& distance = to_outlet[static_cast<std::size_t>(*node)];
      distance = std::max(distance, to_outlet[static_cast<std::size_t>(reach.to)] + reach.length);
    }
  double next_line = 0;
  for (int node : node_order) {
    const auto i = static_cast<std::size_t>(node);
    if (line[i] < 0) line[i] = next_line++;
    for (int r : out[i]) {
      const Reach& reach = network.reaches[static_cast<std::size_t>(r)];
      const auto to = static_cast<std::size_t>(reach.to);
      if (from_head[i] + reach.length <= from_head[to]) continue;
      from_head[to] = from_head[i] + reach.length;
      line[to] = line[i];
    }
    network.nodes[i].x = -to_outlet[i];
    network.nodes[i].y = 1000 * line[i];
  }
}

}  // namespace

Network::Location Network::locate(int reach, double chainage) const {
  for (std::size_t k = 0; k < chains.size(); ++k) {
    const Chain& chain = chains[k];
    if (chain.reach != reach || (chainage > chain.end_chainage && chain.end_chainage < reaches[static_cast<std::size_t>(reach)].length)) continue;
    const double length = cell_length[static_cast<std::size_t>(chain.first_cell)];
    const double position = (chainage - chain.begin_chainage) / length - 0.5;  // in cells, from the first centre
    const int below = std::clamp(static_cast<int>(std::floor(position)), 0, chain.cells - 1);
    const int above = std::min(below + 1, chain.cells - 1);
    const double weight = above == below ? 0.0 : std::clamp(position - below, 0.0, 1.0);
    return {chain.first_cell + below, chain.first_cell + above, weight};
  }
  return {};
}

Network build_network(std::vector<Node> nodes, std::vector<Reach> reaches, std::vector<Channel> channels,
                      const std::vector<Cut>& cuts, double cell_length, bool schematic, std::string crs, Problems& problems) {
  Network network;
  network.nodes = std::move(nodes);
  network.reaches = std::move(reaches);
  network.channels = std::move(channels);
  network.crs = std::move(crs);
  network.schematic = schematic;
  Problems found;
  check_reaches(network, found);
  const std::vector<int> node_order = topological_order(network, found);
  problems.append(found);
  if (found.has_errors()) return network;
  network.junctions.resize(network.nodes.size());
  for (std::size_t i = 0; i < network.nodes.size(); ++i) network.junctions[i].node = static_cast<int>(i);
  const auto inner = place_cuts(network, cuts);
  std::vector<std::vector<int>> out(network.nodes.size());
  for (std::size_t r = 0; r < network.reaches.size(); ++r)
    out[static_cast<std::size_t>(network.reaches[r].from)].push_back(static_cast<int>(r));
  for (int node : node_order) {
    network.junction_order.push_back(node);
    for (int r : out[static_cast<std::size_t>(node)]) add_reach_chains(network, r, inner[static_cast<std::size_t>(r)], cell_length);
  }
  number_levels(network);
  if (schematic) lay_out(network, node_order);
  return network;
}

}  // namespace limpid
