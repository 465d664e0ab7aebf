#include "model/bed.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace limpid {

std::vector<double> node_beds(const Network& network) {
  constexpr double kUnset = std::numeric_limits<double>::infinity();
  const auto at = [](int i) { return static_cast<std::size_t>(i); };
  std::vector<double> bed(network.nodes.size(), kUnset);
  std::vector<std::vector<int>> leaving(network.nodes.size());
  for (std::size_t r = 0; r < network.reaches.size(); ++r)
    leaving[at(network.reaches[r].from)].push_back(static_cast<int>(r));
  for (auto junction = network.junction_order.rbegin(); junction != network.junction_order.rend();
       ++junction) {
    const int node = network.junctions[at(*junction)].node;
    if (node < 0) continue;
    double& own = bed[at(node)];
    for (const int r : leaving[at(node)]) own = std::min(own, bed_at(network.reaches[at(r)], bed, 0));
    if (std::isfinite(network.nodes[at(node)].bed_level)) own = network.nodes[at(node)].bed_level;
    if (own == kUnset) own = 0;
  }
  return bed;
}

bool shore_is_given(const Network& network, const Lake& lake) {
  const auto node = static_cast<std::size_t>(lake.node);
  return network.junctions[node].in.empty() || std::isfinite(network.nodes[node].bed_level);
}

bool structure_holds(const Network& network, int node) {
  const std::vector<int>& in = network.junctions[static_cast<std::size_t>(node)].in;
  return in.size() == 1 && !network.is_lake(in.front());
}

std::vector<char> held_reaches(const Network& network) {
  const auto at = [](int i) { return static_cast<std::size_t>(i); };
  std::vector<char> held(network.reaches.size(), 0), node(network.nodes.size(), 0);
  for (const Outlet& outlet : network.outlets)
    node[at(outlet.node)] = outlet.kind != OutletKind::normal_depth;
  for (const Lake& lake : network.lakes)
    if (std::isfinite(network.nodes[at(lake.node)].bed_level)) node[at(lake.node)] = 1;
  for (const Structure& structure : network.structures)
    if (structure_holds(network, structure.node)) node[at(structure.node)] = 1;
  for (auto chain = network.chains.rbegin(); chain != network.chains.rend(); ++chain) {
    const Reach& reach = network.reaches[at(chain->reach)];
    if (reach.lake >= 0 || !node[at(reach.to)]) continue;
    held[at(chain->reach)] = node[at(reach.from)] = 1;
  }
  return held;
}

}  // namespace limpid
