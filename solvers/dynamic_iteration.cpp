// Newton's method for the levels of the dynamic wave.
#include <algorithm>
#include <array>
#include <cmath>

#include "solvers/dynamic.hpp"
#include "solvers/pack.hpp"

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
  system_.clear();
  set_fluxes(dt);
  assemble(dt);
  system_.solve(right_);
  correct_closed(dt);
  correct();
}

// A run's share of the system follows at once, while its rows are near.
void DynamicFlow::set_fluxes(double dt) {
  for (const WaveRun& run : grid_.runs) {
    set_run_fluxes(run, dt);
    assemble_run(run, dt);
  }
  for (std::size_t f = at(grid_.run_faces); f < flux_.size(); ++f) flux_.set_next(f, flux(f, dt));
  flux_.take_next();
}

// A run whose first cell lets out by several faces, or whose section is no trapezoid, goes face by face
// there.
void DynamicFlow::set_run_fluxes(const WaveRun& run, double dt) {
  if (run.faces == 0) return;
  const Channel& channel = *channel_[at(run.first_cell)];
  const bool plain = channel.shape <= ChannelShape::trapezoidal && !channel.closed();
  const bool forks = grid_.lower[at(run.first_cell)].size() > 1;
  if (plain) run_fluxes(run, dt);
  if (plain && !forks) return;
  pass_through(run, through_of(run));
  for (int j = 0; j < (plain ? 1 : run.faces); ++j)
    flux_.set_next(at(run.first_face + j), flux(at(run.first_face + j), dt));
}

// From the means; a face that does not answer to levels (shut, or by a rule) has one rate all the time.
void DynamicFlow::set_end_rates() {
  for (std::size_t f = 0; f < flux_.size(); ++f) {
    const bool open = flux_.left[f] + flux_.right[f] > 0;
    const double weight = flux_.weight[f], rate = flux_.rate[f];
    flux_.end_rate[f] = open ? (rate - (1 - weight) * now_.rate[f]) / weight : rate;
  }
}

// Without what faces bring and take.
void DynamicFlow::set_balance(std::size_t first, std::size_t count, double dt) {
  const double* length = &basin_.network.cell_length[first];
  const double *volume = &now_.volume[first], *net = &net_inflow_[first], *area = &area_[first],
               *width = &width_[first];
  double *right = &right_[first], *diagonal = &diagonal_[first];
#pragma omp simd
  for (std::size_t i = 0; i < count; ++i) {
    right[i] = volume[i] - area[i] * length[i] + dt * net[i];
    diagonal[i] = width[i] * length[i];
  }
}

// Residual and matrix of the cells' balances at the levels of the iterate, beside what runs brought.
void DynamicFlow::assemble(double dt) {
  for (const int cell : grid_.apart) {
    const std::size_t i = at(cell);
    if (!given_[i]) set_balance(i, 1, dt);
    if (given_[i]) right_[i] = 0, diagonal_[i] = 1;
  }
  for (const Pond& pond : ponds_) {
    if (given_[pond.cell]) continue;
    right_[pond.cell] -= dt * (pond.evaporated + pond.excess);
    if (pond.excess > 0) diagonal_[pond.cell] += dt * pond.slope;
  }
  for (std::size_t f = at(grid_.run_faces); f < flux_.size(); ++f) {
    const std::size_t left = at(grid_.owner[at(grid_.faces[f].left)]),
                      right = at(grid_.owner[at(grid_.faces[f].right)]);
    if (!given_[left]) {
      right_[left] -= dt * flux_.rate[f];
      diagonal_[left] += dt * flux_.left[f];
    }
    if (!given_[right]) {
      right_[right] += dt * flux_.rate[f];
      diagonal_[right] += answers_[right] * dt * flux_.right[f];
    }
    if (!given_[left] && !given_[right])
      system_.add_coupling(static_cast<int>(f), -dt * flux_.right[f], -answers_[right] * dt * flux_.left[f]);
  }
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o) {
    const std::size_t i = at(grid_.outlets[o].cell);
    const Outflow out = outlet_flow(grid_.outlets[o]);
    outlet_rate_[o] = out.rate;
    outlet_slope_[o] = out.slope;
    if (given_[i]) continue;
    right_[i] -= dt * out.rate;
    diagonal_[i] += dt * outlet_slope_[o];
  }
  system_.set_diagonal(diagonal_);
}

// Levels by the solution, at most nine tenths of a depth down; the fluxes linearly with them.
void DynamicFlow::correct() {
  change_ = 0;
  for (const WaveRun& run : grid_.runs) {
    change_ = std::max(change_, correct_cells(run));
    set_run(run);
    correct_run(run);
  }
  for (const Pond& pond : ponds_) {
    double &depth = depth_[pond.cell], &change = right_[pond.cell];
    change = std::min(depth + change < 0 ? -0.9 * depth : change, depth + kDeep);
    depth += change;
    change_ = std::max(change_, std::fabs(change) / (std::min(depth, kDeep) + kShallow));
  }
  set_lakes();
  for (Pond& pond : ponds_) pond.spill += pond.slope * right_[pond.cell];
  for (std::size_t f = at(grid_.run_faces); f < flux_.size(); ++f) {
    if (flux_.left[f] == 0 && flux_.right[f] == 0) continue;  // closed, or by a rule
    const WaveFace& face = grid_.faces[f];
    const double l = right_[at(grid_.owner[at(face.left)])], r = right_[at(grid_.owner[at(face.right)])];
    flux_.rate[f] += flux_.left[f] * l - flux_.right[f] * r;
    flux_.velocity[f] += flux_.velocity_left[f] * (l - r);
  }
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o)
    outlet_rate_[o] = std::max(0.0, outlet_rate_[o] + outlet_slope_[o] * right_[at(grid_.outlets[o].cell)]);
}

// The largest change of a depth, of itself.
double DynamicFlow::correct_cells(const WaveRun& run) {
  double *depth = &depth_[at(run.first_cell)], *change = &right_[at(run.first_cell)];
  const int cells = run.faces + 1;
  std::array<double, kPack> largest{};  // side by side, so that the loop vectorises
  const auto correct = [&](int i) {
    change[i] = depth[i] + change[i] < 0 ? -0.9 * depth[i] : change[i];
    depth[i] += change[i];
    return std::fabs(change[i]) / (depth[i] + kShallow);
  };
  int i = 0;
  for (; i + kPack <= cells; i += kPack)
    for (int k = 0; k < kPack; ++k) largest[at(k)] = std::max(largest[at(k)], correct(i + k));
  for (; i < cells; ++i) largest[0] = std::max(largest[0], correct(i));
  return *std::max_element(largest.begin(), largest.end());
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
