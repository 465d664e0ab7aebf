#include "solvers/kinematic.hpp"

#include <algorithm>
#include <cmath>

namespace limpid {

struct KinematicFlow::Cell {
  const Channel& channel;
  double length, slope, manning_n, dt;
  double volume0, inflow, lateral;  // m3
  double i0, i1, o0;                // m3/s
  double available() const { return volume0 + inflow + lateral; }
};

namespace {

constexpr int kMaxIterations = 60;

// Rate that leaves at the end of the step, and its derivative to the volume.
struct Outflow {
  double rate = 0, slope = 0;
};

}  // namespace

KinematicFlow::KinematicFlow(const Basin& basin)
    : basin_(basin),
      junctions_(basin),
      inflow_rate_(static_cast<std::size_t>(basin.network.cell_count()), 0.0),
      outflow_rate_(inflow_rate_),
      end_rate_(basin.network.chains.size(), 0.0),
      begin_rate_(end_rate_) {}

void KinematicFlow::initialise(const WaterInput& input, WaterStep& step) {
  const Network& network = basin_.network;
  step.dt = input.dt;
  const std::vector<double> middle = accumulate_steady(basin_, junctions_, input, step);
  for (std::size_t i = 0; i < middle.size(); ++i) {
    const Reach& reach = network.reaches[static_cast<std::size_t>(network.cell_reach[i])];
    const Channel& channel = network.channels[static_cast<std::size_t>(reach.channel)];
    step.volume1[i] = network.cell_length[i] * normal_area(channel, middle[i], reach.slope, reach.manning_n, 0);
    const std::size_t face = i + static_cast<std::size_t>(network.cell_chain[i]);
    inflow_rate_[i] = step.face[face] / input.dt;
    outflow_rate_[i] = step.face[face + 1] / input.dt;
  }
  step.volume0 = step.volume1;
  set_geometry(network, step);
}

void KinematicFlow::advance(const WaterInput& input, WaterStep& step) {
  step.dt = input.dt;
  step.volume0.swap(step.volume1);
  junctions_.spread_laterals(input, step);
  for (int j : basin_.network.junction_order) {
    junctions_.pass(j, input, end_rate_, step, begin_rate_);
    for (int chain : basin_.network.junctions[static_cast<std::size_t>(j)].out) route_chain(chain, input, step);
  }
  set_geometry(basin_.network, step);
}

void KinematicFlow::route_chain(int chain_index, const WaterInput& input, WaterStep& step) {
  const Network& network = basin_.network;
  const Chain& chain = network.chains[static_cast<std::size_t>(chain_index)];
  const Reach& reach = network.reaches[static_cast<std::size_t>(chain.reach)];
  const Channel& channel = network.channels[static_cast<std::size_t>(reach.channel)];
  double rate = begin_rate_[static_cast<std::size_t>(chain_index)];
  for (int k = 0; k < chain.cells; ++k) {
    const auto i = static_cast<std::size_t>(chain.first_cell + k);
    const auto face = static_cast<std::size_t>(network.first_face(chain_index) + k);
    const Cell cell{channel, network.cell_length[i], reach.slope, reach.manning_n, input.dt,
                    step.volume0[i], step.face[face], step.lateral_in[i], inflow_rate_[i], rate, outflow_rate_[i]};
    rate = outflow(cell, 0.5);
    const double volume = input.dt * (theta_ * rate + (1 - theta_) * cell.o0);
    step.face[face + 1] = std::clamp(volume, 0.0, cell.available());
    step.volume1[i] = cell.available() - step.face[face + 1];
    inflow_rate_[i] = cell.i1;
    outflow_rate_[i] = rate;
  }
  end_rate_[static_cast<std::size_t>(chain_index)] = rate;
}

// Newton with a bracket on V + dt th O1(V) = V0 + Fin + l - dt (1 - th) O0.
double KinematicFlow::solve(const Cell& cell, double x_wanted) {
  const double right = cell.available() - cell.dt * (1 - theta_) * cell.o0;
  const auto at = [&](double volume) {
    const NormalFlow normal = normal_flow(cell.channel, volume / cell.length, cell.slope, cell.manning_n);
    if (x_wanted * cell.i1 >= normal.discharge) return Outflow{};  // x = Qn/I1: nothing leaves
    return Outflow{(normal.discharge - x_wanted * cell.i1) / (1 - x_wanted), normal.celerity / cell.length / (1 - x_wanted)};
  };
  double low = 0, high = cell.available(), volume = std::min(cell.volume0, high);
  Outflow out = at(volume);
  for (int n = 0; n < kMaxIterations; ++n) {
    const double residual = volume + cell.dt * theta_ * out.rate - right;
    if (std::fabs(residual) <= 1e-12 * cell.available()) return out.rate;
    (residual > 0 ? high : low) = volume;
    const double newton = volume - residual / (1 + cell.dt * theta_ * out.slope);
    volume = newton > low && newton < high ? newton : 0.5 * (low + high);
    out = at(volume);
  }
  ++counts_.capped;
  return out.rate;
}

double KinematicFlow::outflow(const Cell& cell, double x) {
  if (!(cell.available() > 0)) return theta_ = 1, 0.0;
  const double reference = (cell.volume0 + 0.5 * (cell.inflow + cell.lateral)) / cell.length;
  const double courant = cell.dt * normal_flow(cell.channel, reference, cell.slope, cell.manning_n).celerity / cell.length;
  theta_ = std::max(0.5, 1 - (1 - x) / courant);
  const double rate = solve(cell, x);
  const double side = cell.lateral / cell.dt;
  const double least = std::min({cell.o0, cell.i0, cell.i1}), most = std::max({cell.o0, cell.i0, cell.i1}) + side;
  if (rate >= least && rate <= most) return rate;
  ++counts_.limited;
  const double x_monotone = std::min(x, 0.5 * courant);
  theta_ = std::max(0.5, 1 - (1 - x_monotone) / courant);
  return solve(cell, x_monotone);
}

}  // namespace limpid
