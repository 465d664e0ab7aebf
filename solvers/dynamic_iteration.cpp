// Newton's method for the levels of the dynamic wave.
#include <algorithm>
#include <cmath>

#include "solvers/dynamic.hpp"

namespace limpid {

namespace {

constexpr double kDeep = 1;  // m; a deeper lake counts as that deep

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

// One Newton step for the levels; the fluxes follow.
void DynamicFlow::iterate(double dt) {
  set_through_flow();
  set_spills(dt);
  for (std::size_t f = 0; f < flux_.size(); ++f) next_flux_[f] = flux(f, dt);
  flux_.swap(next_flux_);
  assemble(dt);
  system_.solve(right_);
  correct_closed(dt);
  correct();
}

// Residual and matrix of the cells' balances at the levels of the iterate.
void DynamicFlow::assemble(double dt) {
  const Network& network = basin_.network;
  system_.clear();
  for (std::size_t i = 0; i < given_.size(); ++i) {
    const auto cell = static_cast<int>(i);
    right_[i] = given_[i] ? 0 : now_.volume[i] - area_[i] * network.cell_length[i] + dt * net_inflow_[i];
    system_.add_diagonal(cell, given_[i] ? 1 : width_[i] * network.cell_length[i]);
  }
  for (const Pond& pond : ponds_) {
    if (given_[pond.cell]) continue;
    right_[pond.cell] -= dt * (pond.evaporated + pond.excess);
    if (pond.excess > 0) system_.add_diagonal(static_cast<int>(pond.cell), dt * pond.slope);
  }
  for (std::size_t f = 0; f < flux_.size(); ++f) {
    const int left = grid_.owner[at(grid_.faces[f].left)], right = grid_.owner[at(grid_.faces[f].right)];
    const Flux& x = flux_[f];
    if (!given_[at(left)]) {
      right_[at(left)] -= dt * x.rate;
      system_.add_diagonal(left, dt * x.left);
    }
    if (!given_[at(right)]) {
      right_[at(right)] += dt * x.rate;
      system_.add_diagonal(right, answers_[at(right)] * dt * x.right);
    }
    if (!given_[at(left)] && !given_[at(right)])
      system_.add_coupling(static_cast<int>(f), -dt * x.right, -answers_[at(right)] * dt * x.left);
  }
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o) {
    const std::size_t i = at(grid_.outlets[o].cell);
    const Outflow out = outlet_flow(grid_.outlets[o]);
    outlet_rate_[o] = out.rate;
    outlet_slope_[o] = out.slope;
    if (given_[i]) continue;
    right_[i] -= dt * out.rate;
    system_.add_diagonal(static_cast<int>(i), dt * outlet_slope_[o]);
  }
}

// Levels by the solution, at most nine tenths of a depth down; the fluxes linearly with them.
void DynamicFlow::correct() {
  change_ = 0;
  for (std::size_t i = 0; i < at(grid_.own_cells); ++i) {
    if (depth_[i] + right_[i] < 0) right_[i] = -0.9 * depth_[i];
    if (grid_.in_lake[i]) right_[i] = std::min(right_[i], depth_[i] + kDeep);
    depth_[i] += right_[i];
    const double scale = grid_.in_lake[i] ? std::min(depth_[i], kDeep) : depth_[i];
    change_ = std::max(change_, std::fabs(right_[i]) / (scale + kShallow));
  }
  set_cells();
  for (Pond& pond : ponds_) pond.spill += pond.slope * right_[pond.cell];
  for (std::size_t f = 0; f < flux_.size(); ++f) {
    if (flux_[f].left == 0 && flux_[f].right == 0) continue;  // closed, or by a rule
    const WaveFace& face = grid_.faces[f];
    const double l = right_[at(grid_.owner[at(face.left)])], r = right_[at(grid_.owner[at(face.right)])];
    flux_[f].rate += flux_[f].left * l - flux_[f].right * r;
    const double weight = flux_[f].weight;
    flux_[f].end_rate = (flux_[f].rate - (1 - weight) * now_.rate[f]) / weight;
    flux_[f].velocity += flux_[f].velocity_left * (l - r);
  }
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o)
    outlet_rate_[o] = std::max(0.0, outlet_rate_[o] + outlet_slope_[o] * right_[at(grid_.outlets[o].cell)]);
}

// How far the levels are from the volumes that the fluxes make, as a share of a cell.
double DynamicFlow::residual() const {
  const Network& network = basin_.network;
  double worst = 0;
  for (std::size_t i = 0; i < next_.volume.size(); ++i) {
    const double length = network.cell_length[i], volume = area_[i] * length;
    const double scale = std::max({volume, now_.volume[i], 0.01 * width_[i] * length});
    worst = std::max(worst, std::fabs(volume - next_.volume[i]) / scale);
  }
  return std::max(worst, closed_residual());
}

}  // namespace limpid
