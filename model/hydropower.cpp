#include "model/hydropower.hpp"

#include <algorithm>
#include <cmath>

namespace limpid {

namespace {

constexpr double kDay = 86400;

// Seconds that a window open from 0 to `length` of every day has been open, from time 0 to t.
double open_until(double t, double length) {
  const double days = std::floor(t / kDay);
  return days * length + std::min(length, t - days * kDay);
}

// Share of [t0, t1) in which water is diverted.
double open_share(const Hydropower& station, double t0, double t1, std::chrono::seconds offset) {
  const double end = station.removed ? std::min(t1, seconds_of(*station.removed)) : t1;
  if (end <= t0) return 0;
  if (station.opens == station.closes) return (end - t0) / (t1 - t0);
  double length = station.closes - station.opens;
  if (length < 0) length += kDay;
  const double shift = static_cast<double>(offset.count()) - station.opens;
  return (open_until(end + shift, length) - open_until(t0 + shift, length)) / (t1 - t0);
}

// The branch of a node that takes the rest; -1 at an outlet.
int river_below(const Network& network, int node) {
  int only = -1;
  for (std::size_t r = 0; r < network.reaches.size(); ++r) {
    const Reach& reach = network.reaches[r];
    if (reach.from != node) continue;
    only = static_cast<int>(r);
    if (reach.split.kind == SplitKind::remainder) break;
  }
  return only;
}

// Nodes that the water of a reach meets on its way down.
std::vector<int> nodes_below(const Network& network, int reach) {
  std::vector<int> nodes;
  for (int r = reach; r >= 0; r = river_below(network, nodes.back()))
    nodes.push_back(network.reaches[static_cast<std::size_t>(r)].to);
  return nodes;
}

}  // namespace

double DiversionInput::diverted(double flow, double seconds) const {
  const double stays = std::max(reserve * seconds, inflow_share * flow);
  return std::clamp(flow - stays, 0.0, capacity * seconds);
}

DiversionInput diversion_input(const Hydropower& station, double capacity, double t0, double t1,
                               double record_begin, std::chrono::seconds offset) {
  return {station.release.mean(record_begin, record_begin + (t1 - t0)), station.inflow_share,
          capacity * open_share(station, t0, t1, offset)};
}

std::vector<int> bypassed_reaches(const Network& network, int canal) {
  const Reach& first = network.reaches[static_cast<std::size_t>(canal)];
  const std::vector<int> returns = nodes_below(network, canal);
  std::vector<int> reaches;
  for (int r = river_below(network, first.from); r >= 0;) {
    reaches.push_back(r);
    const int node = network.reaches[static_cast<std::size_t>(r)].to;
    if (std::find(returns.begin(), returns.end(), node) != returns.end()) break;
    r = river_below(network, node);
  }
  return reaches;
}

}  // namespace limpid
