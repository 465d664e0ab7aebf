#include "model/network.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "model/network_checks.hpp"

namespace limpid {

namespace {

constexpr double kSamePlace =
    1e-3;  // m: cuts this near each other, or to an end of the reach, are one junction

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
    if (reach.lake >= 0 || key(i).chainage <= kSamePlace) {
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

// A lake's cells are its layers.
double wanted_cell_length(const Network& network, const Reach& reach, double cell_length) {
  if (reach.lake >= 0) return reach.length / network.lakes[static_cast<std::size_t>(reach.lake)].layers();
  return reach.cell_length > 0 ? reach.cell_length : (cell_length > 0 ? cell_length : reach.length);
}

void check_size(const Network& network, double cell_length, Problems& problems) {
  constexpr double kMostCells = 1e8;
  double cells = 0;
  for (const Reach& reach : network.reaches)
    cells += std::ceil(reach.length / wanted_cell_length(network, reach, cell_length));
  if (cells <= kMostCells) return;
  problems.add(Code::E1410, network.reaches.front().place,
               {std::to_string(static_cast<long long>(std::min(cells, 1e18))),
                std::to_string(static_cast<long long>(kMostCells))});
}

void add_chain(Network& network, int reach_index, double begin, double end, int upstream, int downstream,
               double cell_length) {
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

void add_reach_chains(Network& network, int reach_index, const std::vector<ReachCut>& cuts,
                      double cell_length) {
  const Reach& reach = network.reaches[static_cast<std::size_t>(reach_index)];
  const double wanted = wanted_cell_length(network, reach, cell_length);
  network.first_chain[static_cast<std::size_t>(reach_index)] = static_cast<int>(network.chains.size());
  double begin = 0;
  int upstream = reach.from;
  for (const ReachCut& cut : cuts) {
    network.junction_order.push_back(cut.junction);
    add_chain(network, reach_index, begin, cut.chainage, upstream, cut.junction, wanted);
    begin = cut.chainage;
    upstream = cut.junction;
  }
  add_chain(network, reach_index, begin, reach.length, upstream, reach.to, wanted);
  if (reach.lake >= 0)
    network.lakes[static_cast<std::size_t>(reach.lake)].chain = static_cast<int>(network.chains.size()) - 1;
}

// Chains of one level do not feed each other: the level of a junction is one above that of what flows into
// it.
void number_levels(Network& network) {
  std::vector<int> level(network.junctions.size(), 0);
  network.chain_level.assign(network.chains.size(), 0);
  for (int j : network.junction_order) {
    const auto junction = static_cast<std::size_t>(j);
    for (int chain : network.junctions[junction].in)
      level[junction] = std::max(level[junction], network.chain_level[static_cast<std::size_t>(chain)] + 1);
    for (int chain : network.junctions[junction].out)
      network.chain_level[static_cast<std::size_t>(chain)] = level[junction];
  }
}

// A readable layout where no coordinates were given: x = distance to the outlet (negative upstream), y = one
// line a headwater; a node stands on the line of its longest way upstream.
void lay_out(Network& network, const std::vector<int>& node_order) {
  const std::size_t n = network.nodes.size();
  std::vector<double> to_outlet(n, 0), from_head(n, 0), line(n, -1);
  const ReachLists out = reaches_from(network);
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

// Nodes in order, or nothing when a problem was found.
std::optional<std::vector<int>> checked_order(const Network& network, double cell_length,
                                              Problems& problems) {
  Problems found;
  std::vector<int> order;
  if (check_references(network, found)) {
    check_reaches(network, found);
    order = topological_order(network, found);
    if (!found.has_errors()) check_size(network, cell_length, found);
  }
  problems.append(found);
  if (found.has_errors()) return std::nullopt;
  return order;
}

}  // namespace

Network::Location Network::locate(int reach, double chainage, int layer) const {
  auto k = static_cast<std::size_t>(first_chain[static_cast<std::size_t>(reach)]);
  if (reaches[static_cast<std::size_t>(reach)].lake >= 0) {
    const int cell = chains[k].first_cell + std::clamp(layer, 0, chains[k].cells - 1);
    return {cell, cell, 0.0};
  }
  while (k + 1 < chains.size() && chains[k + 1].reach == reach && chainage >= chains[k].end_chainage) ++k;
  const Chain& chain = chains[k];
  const double length = cell_length[static_cast<std::size_t>(chain.first_cell)];
  const double last = chain.cells - 1;  // positions in cells, counted from the first centre
  const double position = std::clamp((chainage - chain.begin_chainage) / length - 0.5, 0.0, last);
  const int below = static_cast<int>(position);
  const int above = std::min(below + 1, chain.cells - 1);
  return {chain.first_cell + below, chain.first_cell + above, above == below ? 0.0 : position - below};
}

Network build_network(std::vector<Node> nodes, std::vector<Reach> reaches, std::vector<Channel> channels,
                      const std::vector<Cut>& cuts, double cell_length, bool schematic, std::string crs,
                      Problems& problems, std::vector<Lake> lakes) {
  Network network;
  network.lakes = std::move(lakes);
  network.nodes = std::move(nodes);
  network.reaches = std::move(reaches);
  network.channels = std::move(channels);
  network.crs = std::move(crs);
  network.schematic = schematic;
  const auto node_order = checked_order(network, cell_length, problems);
  if (!node_order) return network;
  network.junctions.resize(network.nodes.size());
  for (std::size_t i = 0; i < network.nodes.size(); ++i) network.junctions[i].node = static_cast<int>(i);
  const auto inner = place_cuts(network, cuts);
  const ReachLists out = reaches_from(network);
  network.first_chain.resize(network.reaches.size());
  for (int node : *node_order) {
    network.junction_order.push_back(node);
    for (int r : out[static_cast<std::size_t>(node)])
      add_reach_chains(network, r, inner[static_cast<std::size_t>(r)], cell_length);
  }
  number_levels(network);
  if (schematic) lay_out(network, *node_order);
  return network;
}

void insert_lake(Lake lake, Reach own, std::vector<Node>& nodes, std::vector<Reach>& reaches,
                 std::vector<Lake>& lakes) {
  Node below = nodes[static_cast<std::size_t>(lake.node)];
  below.id = lake.id + "_out";
  below.place = lake.place;
  own.id = lake.id;
  own.name_zh = lake.name_zh;
  own.name_en = lake.name_en;
  own.from = lake.node;
  own.to = static_cast<int>(nodes.size());
  own.length = lake.length;
  own.place = lake.place;
  own.lake = lake.number = static_cast<int>(lakes.size());
  for (Reach& reach : reaches)
    if (reach.from == lake.node) reach.from = own.to;
  lake.reach = static_cast<int>(reaches.size());
  nodes.push_back(std::move(below));
  reaches.push_back(std::move(own));
  lakes.push_back(std::move(lake));
}

}  // namespace limpid
