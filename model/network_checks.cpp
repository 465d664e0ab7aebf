#include "model/network_checks.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace limpid {

namespace {

std::string number(double value) {
  std::ostringstream stream;
  stream << value;
  return stream.str();
}

void check_reach(const Reach& reach, Problems& problems) {
  if (!(reach.length > 0) || !std::isfinite(reach.length))
    problems.add(Code::E1403, reach.place, {reach.id, number(reach.length)});
  if (!(reach.slope > 0) || !std::isfinite(reach.slope))
    problems.add(Code::E1404, reach.place, {reach.id, number(reach.slope)});
  if (!(reach.manning_n > 0) || !std::isfinite(reach.manning_n))
    problems.add(Code::E1405, reach.place, {reach.id, number(reach.manning_n)});
}

// Exactly one reach of a node takes what the others leave.
void check_split(const Network& network, const std::vector<int>& out, Problems& problems) {
  int remainders = 0;
  double fractions = 0;
  for (int r : out) {
    const Reach& reach = network.reaches[static_cast<std::size_t>(r)];
    if (reach.split.kind == SplitKind::remainder) ++remainders;
    if (reach.split.kind == SplitKind::fraction) fractions += reach.split.fraction;
    if (reach.split.fraction < 0 || reach.split.fraction > 1 || reach.split.capacity < 0 || reach.split.reserve < 0)
      problems.add(Code::E1407, reach.place, {reach.id});
  }
  const Reach& first = network.reaches[static_cast<std::size_t>(out.front())];
  const std::string& node = network.nodes[static_cast<std::size_t>(first.from)].id;
  if (remainders != 1) problems.add(Code::E1406, first.place, {node, std::to_string(remainders)});
  if (fractions > 1) problems.add(Code::E1408, first.place, {node, number(fractions)});
}

std::vector<std::vector<int>> reaches_from(const Network& network) {
  std::vector<std::vector<int>> out(network.nodes.size());
  for (std::size_t r = 0; r < network.reaches.size(); ++r)
    out[static_cast<std::size_t>(network.reaches[r].from)].push_back(static_cast<int>(r));
  return out;
}

// The reaches of one cycle among nodes that no order reached: walk upstream until a node comes again.
std::vector<int> find_cycle(const Network& network, const std::vector<int>& waiting) {
  std::vector<int> entering(network.nodes.size(), -1);
  for (std::size_t r = 0; r < network.reaches.size(); ++r)
    if (waiting[static_cast<std::size_t>(network.reaches[r].from)] > 0 && waiting[static_cast<std::size_t>(network.reaches[r].to)] > 0)
      entering[static_cast<std::size_t>(network.reaches[r].to)] = static_cast<int>(r);
  const auto start = std::find_if(waiting.begin(), waiting.end(), [](int count) { return count > 0; });
  auto node = static_cast<int>(start - waiting.begin());
  std::vector<int> path, seen(network.nodes.size(), -1);
  while (seen[static_cast<std::size_t>(node)] < 0) {
    seen[static_cast<std::size_t>(node)] = static_cast<int>(path.size());
    path.push_back(entering[static_cast<std::size_t>(node)]);
    node = network.reaches[static_cast<std::size_t>(path.back())].from;
  }
  path.erase(path.begin(), path.begin() + seen[static_cast<std::size_t>(node)]);
  std::reverse(path.begin(), path.end());
  return path;
}

// Reaches that lead to no outlet although they are in no cycle.
void check_outlets(const Network& network, const std::vector<int>& cycle, Problems& problems) {
  std::vector<std::vector<int>> in(network.nodes.size());
  std::vector<bool> has_out(network.nodes.size(), false), reached(network.nodes.size(), false);
  for (std::size_t r = 0; r < network.reaches.size(); ++r) {
    in[static_cast<std::size_t>(network.reaches[r].to)].push_back(static_cast<int>(r));
    has_out[static_cast<std::size_t>(network.reaches[r].from)] = true;
  }
  std::vector<int> open;
  for (std::size_t i = 0; i < network.nodes.size(); ++i)
    if (!has_out[i]) open.push_back(static_cast<int>(i));
  while (!open.empty()) {
    const auto node = static_cast<std::size_t>(open.back());
    open.pop_back();
    if (reached[node]) continue;
    reached[node] = true;
    for (int r : in[node]) open.push_back(network.reaches[static_cast<std::size_t>(r)].from);
  }
  for (std::size_t r = 0; r < network.reaches.size(); ++r) {
    const Reach& reach = network.reaches[r];
    const bool in_cycle = std::find(cycle.begin(), cycle.end(), static_cast<int>(r)) != cycle.end();
    if (!in_cycle && !reached[static_cast<std::size_t>(reach.to)]) problems.add(Code::E1402, reach.place, {reach.id});
  }
}

void report_cycle(const Network& network, const std::vector<int>& waiting, Problems& problems) {
  const std::vector<int> cycle = find_cycle(network, waiting);
  std::string names;
  for (int r : cycle) names += network.reaches[static_cast<std::size_t>(r)].id + " -> ";
  const Reach& first = network.reaches[static_cast<std::size_t>(cycle.front())];
  problems.add(Code::E1401, first.place, {names + first.id});
  check_outlets(network, cycle, problems);
}

}  // namespace

void check_reaches(const Network& network, Problems& problems) {
  for (const Reach& reach : network.reaches) check_reach(reach, problems);
  for (const auto& out : reaches_from(network))
    if (!out.empty()) check_split(network, out, problems);
}

std::vector<int> topological_order(const Network& network, Problems& problems) {
  const auto out = reaches_from(network);
  std::vector<int> waiting(network.nodes.size(), 0), order;
  for (const Reach& reach : network.reaches) ++waiting[static_cast<std::size_t>(reach.to)];
  for (std::size_t i = 0; i < network.nodes.size(); ++i)
    if (waiting[i] == 0) order.push_back(static_cast<int>(i));
  for (std::size_t k = 0; k < order.size(); ++k)
    for (int r : out[static_cast<std::size_t>(order[k])]) {
      const int to = network.reaches[static_cast<std::size_t>(r)].to;
      if (--waiting[static_cast<std::size_t>(to)] == 0) order.push_back(to);
    }
  if (order.size() < network.nodes.size()) report_cycle(network, waiting, problems);
  return order;
}

}  // namespace limpid
