#include "solvers/kinematic.hpp"

#include <algorithm>
#include <cmath>

namespace limpid {

namespace {

// What the balance of one cell needs.
struct Cell {
  const Channel& channel;
  double length, slope, manning_n, dt;
  double volume0, inflow, lateral;  // m3
  double i0, i1, o0;                // m3/s
  double available() const { return volume0 + inflow + lateral; }
  NormalFlow normal(double volume) const { return normal_flow(channel, volume / length, slope, manning_n); }
};

struct Outcome {
  double volume = 0, rate = 0;  // V1 and O1
  bool limited = false, capped = false;
};

// The flow at V + change, from that at V: a parabola of the local power law Q ~ V^m, m = V Q'/Q.
struct Outflow {
  double rate, slope, bend;  // O1, dO1/dV and half its second derivative
  double after(double change) const { return rate + change * (slope + bend * change); }
};

// O1 = max(0, 2 Qn(V/L) - I1)
Outflow outflow(const Cell& cell, const NormalFlow& flow, double volume) {
  if (2 * flow.discharge <= cell.i1) return {0, 0, 0};
  const double slope = 2 * flow.celerity / cell.length;
  return {2 * flow.discharge - cell.i1, slope, 0.5 * slope * (0.5 * slope / flow.discharge - 1 / volume)};
}

// V1 + dt th O1(V1) = right by third-order Newton (Chebyshev) inside a bracket, from V0 where the flow is
// known. A step within kNear is taken without looking again; it leaves at most 2e-9 of the volume. Where O1
// has a kink (first outflow, banks of a compound section) Newton can cycle; late steps therefore take turns
// with halving.
Outcome solve(const Cell& cell, NormalFlow flow, double theta, double right) {
  constexpr int kMostSteps = 80, kPlainSteps = 8;
  constexpr double kNear = 2e-3, kNearKinks = 1e-5;  // relative to the volume
  const bool smooth =
      cell.channel.shape <= ChannelShape::trapezoidal || cell.channel.shape == ChannelShape::power_law;
  double low = 0, high = cell.available(), volume = cell.volume0;
  for (int n = 0; n < kMostSteps; ++n) {
    const Outflow out = outflow(cell, flow, volume);
    const double weight = cell.dt * theta, residual = volume + weight * out.rate - right;
    (residual > 0 ? high : low) = volume;
    const double gradient = 1 + weight * out.slope, newton = -residual / gradient;
    const double change = newton * (1 - newton * weight * out.bend / gradient), next = volume + change;
    if (next >= low && next <= high && (n < kPlainSteps || n % 2 == 0)) {
      const double near = out.slope > 0 ? (smooth ? kNear : kNearKinks) : 0.0, rate = out.after(change);
      if (std::fabs(newton) <= near * volume && rate >= 0) return {next, rate};
      volume = next;
    } else {
      volume = 0.5 * (low + high);
    }
    flow = cell.normal(volume);
  }
  return {volume, outflow(cell, flow, volume).rate, false, true};
}

double theta_at(const Cell& cell, double celerity) {
  const double courant = cell.dt * celerity / cell.length;
  return courant > 1 ? 1 - 0.5 / courant : 0.5;
}

Outcome balance(const Cell& cell, const NormalFlow& flow, double theta) {
  const double right = cell.available() - cell.dt * (1 - theta) * cell.o0;
  return right > 0 ? solve(cell, flow, theta, right) : Outcome{};
}

// Outflow held at `rate`; the volume is what stays.
void hold(const Cell& cell, double theta, double rate, Outcome& out) {
  const double leaving = cell.dt * ((1 - theta) * cell.o0 + theta * rate);
  out.rate = rate;
  out.volume = std::max(0.0, cell.available() - leaving);
  out.limited = true;
}

// flow: at V0
Outcome route(const Cell& cell, const NormalFlow& flow) {
  if (cell.available() == 0) return {};
  constexpr double kRoundOff = 1e-9;
  const double mean_inflow = cell.inflow / cell.dt;
  const double least = std::min({cell.o0, cell.i0, cell.i1, mean_inflow, flow.discharge});
  const double most =
      std::max({cell.o0, cell.i0, cell.i1, mean_inflow, flow.discharge}) + cell.lateral / cell.dt;
  double theta = theta_at(cell, flow.celerity);
  Outcome out = balance(cell, flow, theta);
  if (out.rate >
      most * (1 + kRoundOff)) {  // a flood on a slow or dry cell: its Courant number is that of the flood
    theta = std::max(theta, theta_at(cell, cell.normal(out.volume).celerity));
    out = balance(cell, flow, theta);
  }
  if (out.rate < least * (1 - kRoundOff) || out.rate > most * (1 + kRoundOff))
    hold(cell, theta, std::clamp(out.rate, least, most), out);
  return out;
}

}  // namespace

KinematicFlow::KinematicFlow(const Basin& basin)
    : basin_(basin),
      junctions_(basin),
      rate_(static_cast<std::size_t>(basin.network.face_count()), 0.0),
      end_rate_(basin.network.chains.size(), 0.0),
      begin_rate_(end_rate_) {}

void KinematicFlow::initialise(const WaterInput& input, WaterStep& step) {
  const Network& network = basin_.network;
  step.dt = input.dt;
  const std::vector<double> middle = accumulate_steady(basin_, junctions_, input, step);
  double area = 0;
  for (std::size_t i = 0; i < middle.size(); ++i) {
    const Reach& reach = network.reaches[static_cast<std::size_t>(network.cell_reach[i])];
    const Channel& channel = network.channels[static_cast<std::size_t>(reach.channel)];
    area = normal_area(channel, middle[i], reach.slope, reach.manning_n, area);
    step.volume1[i] = network.cell_length[i] * area;
  }
  for (std::size_t f = 0; f < rate_.size(); ++f) rate_[f] = step.face[f] / input.dt;
  step.volume0 = step.volume1;
  set_geometry(network, step, flows_);
}

void KinematicFlow::resume(const WaterInput& input, const std::vector<double>& face_rate, WaterStep& step) {
  step.dt = input.dt;
  step.volume0 = step.volume1;
  rate_ = face_rate;
  for (std::size_t f = 0; f < rate_.size(); ++f) step.face[f] = rate_[f] * input.dt;
  set_geometry(basin_.network, step, flows_);
}

void KinematicFlow::advance(const WaterInput& input, WaterStep& step) {
  step.dt = input.dt;
  step.volume0.swap(step.volume1);
  junctions_.spread_laterals(input, step);
  for (int j : basin_.network.junction_order) {
    junctions_.pass(j, input, end_rate_, step, begin_rate_);
    for (int chain : basin_.network.junctions[static_cast<std::size_t>(j)].out)
      route_chain(chain, input, step);
  }
  set_geometry(basin_.network, step, flows_);
}

void KinematicFlow::route_chain(int chain_index, const WaterInput& input, WaterStep& step) {
  const Network& network = basin_.network;
  const Chain& chain = network.chains[static_cast<std::size_t>(chain_index)];
  const Reach& reach = network.reaches[static_cast<std::size_t>(chain.reach)];
  const Channel& channel = network.channels[static_cast<std::size_t>(reach.channel)];
  auto face = static_cast<std::size_t>(network.first_face(chain_index));
  double i0 = rate_[face], i1 = begin_rate_[static_cast<std::size_t>(chain_index)];
  rate_[face] = i1;
  const auto first = static_cast<std::size_t>(chain.first_cell);
  for (std::size_t i = first; i < first + static_cast<std::size_t>(chain.cells); ++i, ++face) {
    const double o0 = rate_[face + 1];
    const Cell cell{channel,
                    network.cell_length[i],
                    reach.slope,
                    reach.manning_n,
                    input.dt,
                    step.volume0[i],
                    step.face[face],
                    step.lateral_in[i],
                    i0,
                    i1,
                    o0};
    const Outcome out = route(cell, flows_[i]);
    step.face[face + 1] = cell.available() - out.volume;
    step.volume1[i] = out.volume;
    rate_[face + 1] = i1 = out.rate;
    i0 = o0;
    counts_.limited += out.limited;
    counts_.capped += out.capped;
  }
  end_rate_[static_cast<std::size_t>(chain_index)] = i1;
}

}  // namespace limpid
