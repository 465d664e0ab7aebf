#include "solvers/backwater.hpp"

#include <algorithm>
#include <cmath>

#include "model/bed.hpp"
#include "model/wetted.hpp"
#include "solvers/rising_root.hpp"

namespace limpid {

namespace {

constexpr double kGravity = 9.81;
constexpr double kNoFlow = 1e-9;  // m3/s; less stands as a pool
constexpr double kNoDepth = -1;

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

// One cross-section with a flow through it at a depth above 0.
struct Flowing {
  double area, head, friction_slope;  // m2; depth and velocity head, m; -
  double froude2;
};
Flowing flowing(const Channel& channel, double manning_n, double flow, double depth) {
  double area = 0, width = 0, friction = 0;
  wet_sections(channel, manning_n, &depth, 1, &area, &width, &friction);
  const double velocity = flow / area, square = velocity * velocity;
  return {area, depth + square / (2 * kGravity), friction * square, square * width / (kGravity * area)};
}

double critical_depth(const Channel& channel, double flow) {
  if (flow <= kNoFlow) return 0;
  const auto excess = [&](double h) -> Line {
    const double area = channel.area(h), celerity = std::sqrt(kGravity * area / channel.top_width(h));
    return {area * celerity - flow, 1.5 * celerity * channel.top_width(h)};
  };
  return rising_root(excess, 0, above_root(excess, 0.1));
}

// Q^2/(g A) + first moment of the area about the surface [m3].
double specific_force(const Channel& channel, double flow, double depth) {
  constexpr int kStrips = 32;
  double moment = 0;
  for (int n = 0; n < kStrips; ++n) moment += channel.area((n + 0.5) * depth / kStrips) * depth / kStrips;
  return flow * flow / (kGravity * channel.area(depth)) + moment;
}

// A stretch between two sections of one channel.
struct Stretch {
  const Channel& channel;
  double manning_n, length;

  // d/dh of head -+ length/2 friction slope (sign -1: upstream end, +1: downstream end)
  Line head(double flow, double depth, double sign) const {
    const Flowing x = flowing(channel, manning_n, flow, depth);
    const double loss = 0.5 * sign * length * x.friction_slope;
    const double growth = 10.0 / 3 * loss * channel.top_width(depth) / x.area;
    return {x.head + loss, 1 - x.froude2 - growth};
  }
};

}  // namespace

Backwater::Backwater(const Basin& basin)
    : basin_(basin),
      cells_(at(basin.network.cell_count()), 0),
      way_of_(basin.network.chains.size(), -1),
      outlet_of_(basin.network.junctions.size(), -1),
      gate_of_(outlet_of_),
      beds_(node_beds(basin.network)) {
  const Network& network = basin.network;
  const std::vector<char> held = held_reaches(network);
  for (std::size_t o = 0; o < network.outlets.size(); ++o)
    outlet_of_[at(network.outlets[o].node)] = static_cast<int>(o);
  for (std::size_t k = 0; k < network.chains.size(); ++k) {
    const Chain& chain = network.chains[k];
    if (!held[at(chain.reach)]) continue;
    Reachway way{static_cast<int>(k), -1, {}};
    const auto add = [&](double chainage) {
      way.sections.push_back({chainage, bed_at(network.reaches[at(chain.reach)], beds_, chainage)});
    };
    add(chain.begin_chainage);
    for (int i = chain.first_cell; i < chain.first_cell + chain.cells; ++i) {
      add(network.cell_chainage[at(i)]);
      cells_[at(i)] = 1;
    }
    add(chain.end_chainage);
    way_of_[k] = static_cast<int>(ways_.size());
    ways_.push_back(std::move(way));
  }
  any_ = !ways_.empty();
  set_gates();
  set_lakes();
}

void Backwater::set_areas(const WaterInput& input, const std::vector<double>& discharge,
                          const WaterStep& water, std::vector<double>& area) {
  set_flows(input.dt, discharge, water.face);
  openings_ = {input.openings, input.gates};
  if (openings_.own.empty())
    for (const Structure& s : basin_.network.structures) openings_.own.push_back(s.opening.at(0));
  capped_ = 0;
  aim_lakes(water);
  go_up(input, water);
  go_down();
  weigh_rivers();
  const Network& network = basin_.network;
  for (const Reachway& way : ways_) {
    const Chain& chain = network.chains[at(way.chain)];
    const Channel& channel = network.channels[at(network.reaches[at(chain.reach)].channel)];
    for (int i = 0; i < chain.cells; ++i)
      area[at(chain.first_cell + i)] = channel.area(way.sections[at(i + 1)].depth);
  }
}

void Backwater::set_flows(double dt, const std::vector<double>& discharge, const std::vector<double>& face) {
  const Network& network = basin_.network;
  for (Reachway& way : ways_) {
    const Chain& chain = network.chains[at(way.chain)];
    const Channel& channel = network.channels[at(network.reaches[at(chain.reach)].channel)];
    const int first_face = network.first_face(way.chain);
    double last = -1, critical = 0;
    for (int i = 0; i < chain.cells + 2; ++i) {
      Section& s = way.sections[at(i)];
      s.flow = i == 0                 ? face[at(first_face)] / dt
               : i == chain.cells + 1 ? face[at(first_face + chain.cells)] / dt
                                      : discharge[at(chain.first_cell + i - 1)];
      if (s.flow != last) critical = critical_depth(channel, s.flow);
      last = s.flow;
      s.critical = critical;
    }
  }
}

// Level at the upper end of a chain that begins below structures, which keep no momentum.
double Backwater::level_at_head(int chain, const WaterStep& water) const {
  const Network& network = basin_.network;
  const Reach& reach = network.reaches[at(network.chains[at(chain)].reach)];
  const Channel& channel = network.channels[at(reach.channel)];
  if (way_of_[at(chain)] < 0) {
    const double flow = water.face[at(network.first_face(chain))] / water.dt;
    return bed_at(reach, beds_, 0) +
           channel.depth(normal_area(channel, flow, reach.slope, reach.manning_n, 0));
  }
  const Reachway& way = ways_[at(way_of_[at(chain)])];
  const Section& first = way.sections.front();
  const double fast = entering_depth(way);
  const bool is_fast = fast > 0 && (first.is_control || specific_force(channel, first.flow, fast) >=
                                                            specific_force(channel, first.flow, first.depth));
  return first.bed + (is_fast ? fast : first.depth);
}

// Subcritical depths from the controls up.
void Backwater::go_up(const WaterInput& input, const WaterStep& water) {
  const Network& network = basin_.network;
  for (auto way = ways_.rbegin(); way != ways_.rend(); ++way) {
    const Reach& reach = network.reaches[at(network.chains[at(way->chain)].reach)];
    const Channel& channel = network.channels[at(reach.channel)];
    Section& last = way->sections.back();
    const Held held = level_held(*way, input, water);
    const double given = held.level - last.bed;
    last.is_control = given < last.critical;
    last.depth = std::max(given, last.critical);
    last.felt = last.is_control ? 0 : held.felt;
    for (std::size_t i = way->sections.size() - 1; i-- > 0;) {
      Section &s = way->sections[i], &below = way->sections[i + 1];
      if (s.flow <= kNoFlow) {
        s.depth = std::max(0.0, below.bed + below.depth - s.bed);
        s.is_control = false;
        s.felt = s.depth > 0 ? below.felt : 0;
        continue;
      }
      const Stretch stretch{channel, reach.manning_n, below.chainage - s.chainage};
      const Line head =
          below.flow > kNoFlow ? stretch.head(below.flow, below.depth, 1) : Line{below.depth, 1};
      const auto excess = [&](double h) -> Line {
        const Line line = stretch.head(s.flow, h, -1);
        return {line.value + s.bed - head.value - below.bed, line.slope};
      };
      s.is_control = excess(s.critical).value >= 0;
      s.depth =
          s.is_control ? s.critical : rising_root(excess, s.critical, above_root(excess, 2 * s.critical));
      s.felt = way->lake < 0 || s.is_control || below.felt <= 0
                   ? 0
                   : std::clamp(below.felt * head.slope / excess(s.depth).slope, 0.0, 1.0);
    }
  }
}

// Supercritical depth at a chain's upper end, kNoDepth if there is none.
double Backwater::entering_depth(const Reachway& way) const {
  const Network& network = basin_.network;
  const Chain& chain = network.chains[at(way.chain)];
  const Reach& reach = network.reaches[at(chain.reach)];
  const Junction& junction = network.junctions[at(chain.upstream)];
  const Section& first = way.sections.front();
  if (first.flow <= kNoFlow) return kNoDepth;
  if (junction.in.size() == 1 && way_of_[at(junction.in[0])] >= 0 && gate_of_[at(chain.upstream)] < 0) {
    const Section& above = ways_[at(way_of_[at(junction.in[0])])].sections.back();
    const double depth = above.bed + above.depth - first.bed;
    return above.depth <= above.critical && depth > 0 ? std::min(depth, first.critical) : kNoDepth;
  }
  if (reach.slope <= 0) return kNoDepth;
  const Channel& channel = network.channels[at(reach.channel)];
  const double uniform = channel.depth(normal_area(channel, first.flow, reach.slope, reach.manning_n, 0));
  return uniform < first.critical ? uniform : kNoDepth;
}

// Supercritical depths from controls down, as far as they win.
void Backwater::go_down() {
  const Network& network = basin_.network;
  for (Reachway& way : ways_) {
    const Reach& reach = network.reaches[at(network.chains[at(way.chain)].reach)];
    const Channel& channel = network.channels[at(reach.channel)];
    double depth = entering_depth(way);
    for (std::size_t i = 0; i < way.sections.size(); ++i) {
      Section& s = way.sections[i];
      if (i > 0 && depth > 0) {
        const Section& above = way.sections[i - 1];
        const Stretch stretch{channel, reach.manning_n, s.chainage - above.chainage};
        const double head = stretch.head(above.flow, depth, -1).value + above.bed - s.bed;
        const auto lack = [&](double h) -> Line {
          const Line line = stretch.head(s.flow, h, 1);
          return {head - line.value, -line.slope};
        };
        depth = s.flow > kNoFlow && lack(s.critical).value >= 0 ? rising_root(lack, 0, s.critical) : kNoDepth;
      }
      if (depth > 0 && !s.is_control &&
          specific_force(channel, s.flow, s.depth) > specific_force(channel, s.flow, depth))
        depth = kNoDepth;
      if (depth > 0)
        s.depth = depth;
      else if (s.is_control)
        depth = s.critical;
    }
  }
}

}  // namespace limpid
