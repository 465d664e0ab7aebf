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

bool in_range(const Split& split) {
  return split.fraction >= 0 && split.fraction <= 1 && split.capacity >= 0 && split.reserve >= 0;
}

// Exactly one reach of a node takes what the others leave.
void check_split(const Network& network, const std::vector<int>& out, Problems& problems) {
  int remainders = 0;
  double fractions = 0;
  for (int r : out) {
    const Reach& reach = network.reaches[static_cast<std::size_t>(r)];
    if (reach.split.kind == SplitKind::remainder) ++remainders;
    if (reach.split.kind == SplitKind::fraction) fractions += reach.split.fraction;
    if (!in_range(reach.split)) problems.add(Code::E1407, reach.place, {reach.id});
  }
  const Reach& first = network.reaches[static_cast<std::size_t>(out.front())];
  const std::string& node = network.nodes[static_cast<std::size_t>(first.from)].id;
  if (remainders != 1) problems.add(Code::E1406, first.place, {node, std::to_string(remainders)});
  if (fractions > 1 + 1e-9) problems.add(Code::E1408, first.place, {node, number(fractions)});
}

// The reaches of one cycle among nodes that no order reached: walk upstream until a node comes again.
std::vector<int> find_cycle(const Network& network, const std::vector<int>& waiting, int node) {
  std::vector<int> entering(network.nodes.size(), -1);
  for (std::size_t r = 0; r < network.reaches.size(); ++r)
    if (waiting[static_cast<std::size_t>(network.reaches[r].from)] > 0)
      entering[static_cast<std::size_t>(network.reaches[r].to)] = static_cast<int>(r);
  std::vector<int> path, seen(network.nodes.size(), -1);
  while (seen[static_cast<std::size_t>(node)] < 0) {
    seen[static_cast<std::size_t>(node)] = static_cast<int>(path.size());
    path.push_back(entering[static_cast<std::size_t>(node)]);
    node = network.reaches[static_cast<std::size_t>(path.back())].from;
  }
  path.erase(path.begin(), path.begin() + seen[static_cast<std::size_t>(node)]);
  std::reverse(path.begin(), path.end());
  std::rotate(path.begin(), std::min_element(path.begin(), path.end()), path.end());
  return path;
}

void report_cycle(const Network& network, const std::vector<int>& cycle, Problems& problems) {
  constexpr std::size_t kMostNames = 40;
  std::string names;
  for (std::size_t k = 0; k < std::min(cycle.size(), kMostNames); ++k)
    names += network.reaches[static_cast<std::size_t>(cycle[k])].id + " -> ";
  if (cycle.size() > kMostNames) names += "... -> ";
  const Reach& first = network.reaches[static_cast<std::size_t>(cycle.front())];
  problems.add(Code::E1401, first.place, {names + first.id});
}

std::vector<bool> nodes_with_way_out(const Network& network, const ReachLists& out) {
  ReachLists in(network.nodes.size());
  for (std::size_t r = 0; r < network.reaches.size(); ++r)
    in[static_cast<std::size_t>(network.reaches[r].to)].push_back(static_cast<int>(r));
  std::vector<bool> reached(network.nodes.size(), false);
  std::vector<int> open;
  for (std::size_t i = 0; i < network.nodes.size(); ++i)
    if (out[i].empty()) open.push_back(static_cast<int>(i));
  while (!open.empty()) {
    const auto node = static_cast<std::size_t>(open.back());
    open.pop_back();
    if (reached[node]) continue;
    reached[node] = true;
    for (int r : in[node]) open.push_back(network.reaches[static_cast<std::size_t>(r)].from);
  }
  return reached;
}

// Orders what can be ordered, headwaters first and along the rivers: takes the nodes of `ready` from its end.
void release(const Network& network, const ReachLists& out, std::vector<int>& ready,
             std::vector<int>& waiting, std::vector<int>& order) {
  while (!ready.empty()) {
    const int node = ready.back();
    ready.pop_back();
    order.push_back(node);
    for (int r : out[static_cast<std::size_t>(node)]) {
      const int to = network.reaches[static_cast<std::size_t>(r)].to;
      int& count = waiting[static_cast<std::size_t>(to)];
      if (count > 0 && --count == 0) ready.push_back(to);
    }
  }
}

// Every cycle that shares no node with one reported before, and the reaches outside them that lead to no
// outlet.
void report_cycles(const Network& network, const ReachLists& out, std::vector<int> waiting,
                   Problems& problems) {
  constexpr int kMostCycles = 50;
  std::vector<bool> in_cycle(network.reaches.size(), false);
  for (int n = 0; n < kMostCycles; ++n) {
    const auto start = std::find_if(waiting.begin(), waiting.end(), [](int count) { return count > 0; });
    if (start == waiting.end()) break;
    std::vector<int> ready, order;
    const auto cycle = find_cycle(network, waiting, static_cast<int>(start - waiting.begin()));
    report_cycle(network, cycle, problems);
    for (int r : cycle) {
      in_cycle[static_cast<std::size_t>(r)] = true;
      ready.push_back(network.reaches[static_cast<std::size_t>(r)].to);
      waiting[static_cast<std::size_t>(ready.back())] = 0;
    }
    release(network, out, ready, waiting, order);
  }
  const std::vector<bool> way_out = nodes_with_way_out(network, out);
  for (std::size_t r = 0; r < network.reaches.size(); ++r)
    if (!in_cycle[r] && !way_out[static_cast<std::size_t>(network.reaches[r].to)])
      problems.add(Code::E1402, network.reaches[r].place, {network.reaches[r].id});
}

}  // namespace

void check_reach(const Reach& reach, Problems& problems) {
  if (!(reach.length > 0) || !std::isfinite(reach.length))
    problems.add(Code::E1403, reach.place, {reach.id, number(reach.length)});
  if (reach.lake >= 0) return;
  if (!std::isfinite(reach.slope))
    problems.add(Code::E1404, reach.place, {reach.id, number(reach.slope), "any", "任一"});
  if (!(reach.manning_n > 0) || !std::isfinite(reach.manning_n))
    problems.add(Code::E1405, reach.place, {reach.id, number(reach.manning_n)});
}

ReachLists reaches_from(const Network& network) {
  ReachLists out(network.nodes.size());
  for (std::size_t r = 0; r < network.reaches.size(); ++r)
    out[static_cast<std::size_t>(network.reaches[r].from)].push_back(static_cast<int>(r));
  return out;
}

bool check_references(const Network& network, Problems& problems) {
  const auto names = [](int index, std::size_t count) {
    return index >= 0 && static_cast<std::size_t>(index) < count;
  };
  bool whole = true;
  for (const Reach& reach : network.reaches) {
    const bool shaped = reach.lake >= 0 ? names(reach.lake, network.lakes.size())
                                        : names(reach.channel, network.channels.size());
    if (names(reach.from, network.nodes.size()) && names(reach.to, network.nodes.size()) && shaped) continue;
    problems.add(Code::E1409, reach.place, {reach.id});
    whole = false;
  }
  return whole;
}

void check_reaches(const Network& network, Problems& problems) {
  for (const Reach& reach : network.reaches) check_reach(reach, problems);
  for (const auto& out : reaches_from(network))
    if (!out.empty()) check_split(network, out, problems);
}

std::vector<int> topological_order(const Network& network, Problems& problems) {
  const ReachLists out = reaches_from(network);
  std::vector<int> waiting(network.nodes.size(), 0), ready, order;
  for (const Reach& reach : network.reaches) ++waiting[static_cast<std::size_t>(reach.to)];
  for (std::size_t i = network.nodes.size(); i-- > 0;)
    if (waiting[i] == 0) ready.push_back(static_cast<int>(i));
  release(network, out, ready, waiting, order);
  if (order.size() < network.nodes.size()) report_cycles(network, out, std::move(waiting), problems);
  return order;
}

}  // namespace limpid
