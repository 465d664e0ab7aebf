#include "solvers/backwater.hpp"

#include <algorithm>
#include <cmath>

#include "model/bed.hpp"
#include "model/wetted.hpp"

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

// Root of a function that rises with x > 0, between low (where it is not above 0) and high; f gives its value
// and about its slope.
template <class F>
double root(const F& f, double low, double high) {
  constexpr int kMost = 100;
  double x = 0.5 * (low + high);
  for (int n = 0; n < kMost; ++n) {
    const auto [value, slope] = f(x);
    (value > 0 ? high : low) = x;
    double next = slope > 0 ? x - value / slope : low;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const bool near = std::fabs(next - x) <= 1e-13 * x || high - low <= 1e-14 * high;
    x = next;
    if (near) break;
  }
  return x;
}

struct Line {
  double value, slope;
};

// The first depth, doubling from `from`, at which a rising function is above 0.
template <class F>
double above_root(const F& f, double from) {
  double high = std::max(from, 1e-3);
  for (int n = 0; n < 60 && f(high).value <= 0; ++n) high *= 2;
  return high;
}

double critical_depth(const Channel& channel, double flow) {
  if (flow <= kNoFlow) return 0;
  const auto excess = [&](double h) -> Line {
    const double area = channel.area(h), celerity = std::sqrt(kGravity * area / channel.top_width(h));
    return {area * celerity - flow, 1.5 * celerity * channel.top_width(h)};
  };
  return root(excess, 0, above_root(excess, 0.1));
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
      outlet_of_(basin.network.junctions.size(), -1) {
  const Network& network = basin.network;
  const std::vector<char> held = held_reaches(network);
  const std::vector<double> beds = node_beds(network);
  for (std::size_t o = 0; o < network.outlets.size(); ++o)
    outlet_of_[at(network.outlets[o].node)] = static_cast<int>(o);
  for (std::size_t k = 0; k < network.chains.size(); ++k) {
    const Chain& chain = network.chains[k];
    if (!held[at(chain.reach)]) continue;
    Reachway way{static_cast<int>(k), {}};
    const auto add = [&](double chainage) {
      way.sections.push_back({chainage, bed_at(network.reaches[at(chain.reach)], beds, chainage)});
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
}

void Backwater::set_areas(const WaterInput& input, const std::vector<double>& discharge,
                          const std::vector<double>& face, std::vector<double>& area) {
  set_flows(input.dt, discharge, face);
  go_up(input);
  go_down();
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

// Level at a chain's lower end; the lowest number where the river falls freely.
double Backwater::level_below(const Reachway& way, const WaterInput& input) const {
  constexpr double kFalls = -1e300;
  const Chain& chain = basin_.network.chains[at(way.chain)];
  const Junction& junction = basin_.network.junctions[at(chain.downstream)];
  if (junction.is_outlet()) {
    const int o = outlet_of_[at(chain.downstream)];
    const Outlet& outlet = basin_.network.outlets[at(o)];
    if (outlet.kind == OutletKind::stage)
      return input.outlets.empty() ? outlet.stage.at(0) : input.outlets[at(o)].stage1;
    if (outlet.kind != OutletKind::rating || outlet.rating.stage.size() < 2) return kFalls;
    const double flow = way.sections.back().flow, lowest = outlet.rating.stage.front();
    const auto excess = [&](double above) -> Line {
      return {outlet.rating.at(lowest + above) - flow, outlet.rating.slope(lowest + above)};
    };
    return lowest + root(excess, 0, above_root(excess, 1));
  }
  double level = kFalls;
  for (const int k : junction.out) {
    if (way_of_[at(k)] < 0) continue;
    const Section& below = ways_[at(way_of_[at(k)])].sections.front();
    level = std::max(level, below.bed + below.depth);
  }
  return level;
}

// Subcritical depths from the outlets up.
void Backwater::go_up(const WaterInput& input) {
  const Network& network = basin_.network;
  for (auto way = ways_.rbegin(); way != ways_.rend(); ++way) {
    const Reach& reach = network.reaches[at(network.chains[at(way->chain)].reach)];
    const Channel& channel = network.channels[at(reach.channel)];
    Section& last = way->sections.back();
    const double given = level_below(*way, input) - last.bed;
    last.is_control = given < last.critical;
    last.depth = std::max(given, last.critical);
    for (std::size_t i = way->sections.size() - 1; i-- > 0;) {
      Section &s = way->sections[i], &below = way->sections[i + 1];
      if (s.flow <= kNoFlow) {
        s.depth = std::max(0.0, below.bed + below.depth - s.bed);
        s.is_control = false;
        continue;
      }
      const Stretch stretch{channel, reach.manning_n, below.chainage - s.chainage};
      const double head = below.flow > kNoFlow ? stretch.head(below.flow, below.depth, 1).value : below.depth;
      const auto excess = [&](double h) -> Line {
        const Line line = stretch.head(s.flow, h, -1);
        return {line.value + s.bed - head - below.bed, line.slope};
      };
      s.is_control = excess(s.critical).value >= 0;
      s.depth = s.is_control ? s.critical : root(excess, s.critical, above_root(excess, 2 * s.critical));
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
  if (junction.in.size() == 1 && way_of_[at(junction.in[0])] >= 0) {
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
        depth = s.flow > kNoFlow && lack(s.critical).value >= 0 ? root(lack, 0, s.critical) : kNoDepth;
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
