// Closed sections in the dynamic wave: pipes, culverts and covered rivers that fill, run under pressure and
// empty.
//
// Above the soffit the storage is that of a slot, a hundredth of what it is below: V(eta) bends down, and
// from a bed that widens upwards it bends up first. Newton's method by itself then runs to and fro between
// both branches. Where a section is closed each Newton step of the network is therefore followed by one in
// the cell: with the neighbours' changes as the linear system gave them, its level is the root of
//   V(eta) + G (eta - eta_k) = V(eta_k) + (W_k + G) d(eta)
// (G: how the outflow grows with the level, W_k: the surface at the iterate; of an outlet its law itself),
// which is increasing and found within a bracket. Where the width does not change that is the Newton step
// itself. (Casulli & Stelling 2013, Int. J. Numer. Meth. Fluids 71, split V into two convex functions for the
// same end, with an iteration inside the iteration: the whole system would be eliminated several times as
// often.)
#include <algorithm>
#include <cmath>

#include "model/wetted.hpp"
#include "solvers/dynamic.hpp"

namespace limpid {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

void DynamicFlow::correct_closed(double dt) {
  for (const auto& [cell, outlet] : closed_) {
    const std::size_t i = at(cell);
    double slope = 0;  // m2 of the outflow over the sub-step
    for (const int f : grid_.lower[i]) slope += dt * flux_.left[at(f)];
    for (const int f : grid_.upper[i]) slope += dt * flux_.right[at(f)];
    right_[i] = closed_change(i, slope, dt, outlet, right_[i]);
  }
}

// faces: m2 of the outflow through them over the sub-step. By how much the level changes until the cell's own
// balance holds. What leaves at an outlet is the outlet's law itself, whose slope jumps as a pipe's end
// fills; its slope is left as that of the chord.
double DynamicFlow::closed_change(std::size_t i, double faces, double dt, int outlet, double change) {
  constexpr int kMostSteps = 60;
  constexpr double kNear = 1e-13;
  const double length = basin_.network.cell_length[i], from = depth_[i];
  double asked = area_[i] * length + (width_[i] * length + faces) * change;
  const double leaves = outlet < 0 ? 0 : outlet_rate_[at(outlet)];
  if (outlet >= 0) asked += dt * (leaves + outlet_slope_[at(outlet)] * change);
  if (asked + faces * from <= 0) return change;  // runs dry: as any cell does
  Outflow out;
  const auto miss = [&](double depth) {
    set_closed(i, depth);
    if (outlet >= 0) out = outlet_flow(grid_.outlets[at(outlet)]);
    return std::pair(area_[i] * length + faces * (depth - from) + dt * out.rate - asked,
                     width_[i] * length + faces + dt * out.slope);
  };
  double low = 0, high = std::max(from + change, from);
  while (miss(high).first < 0) low = high, high = 2 * high + channel_[i]->soffit;
  double depth = std::clamp(from + change, low, high);
  for (int n = 0; n < kMostSteps; ++n) {
    const auto [rest, growth] = miss(depth);
    (rest > 0 ? high : low) = depth;
    double next = depth - rest / growth;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const bool near = std::fabs(next - depth) <= kNear * depth;
    depth = next;
    if (near) break;
  }
  if (outlet >= 0 && depth != from) outlet_slope_[at(outlet)] = (out.rate - leaves) / (depth - from);
  set_closed(i, from);
  return depth - from;
}

void DynamicFlow::set_closed(std::size_t i, double depth) {
  const Reach& reach = basin_.network.reaches[at(grid_.reach[i])];
  depth_[i] = depth;
  wet_sections(*channel_[i], reach.manning_n, &depth_[i], 1, &area_[i], &width_[i], &friction_[i]);
  set_cell(i);
}

// As a share of what the surface holds: a slot holds next to nothing. 1 where a front waits before a face.
double DynamicFlow::closed_residual() const {
  double worst = 0;
  for (const ClosedCell& closed : closed_) {
    const std::size_t i = at(closed.cell);
    const double length = basin_.network.cell_length[i];
    const double scale = width_[i] * length * (depth_[i] + kShallow);
    worst = std::max(worst, std::fabs(area_[i] * length - next_.volume[i]) / scale);
    if (depth_[i] <= channel_[i]->soffit) continue;
    for (const auto faces : {grid_.lower[i], grid_.upper[i]})
      for (const int f : faces)
        if (shut(f, i)) worst = std::max(worst, 1.0);
  }
  return worst;
}

// Whether the iteration saw a face shut, for its donor was dry, which is full by now: the front goes on
// there.
bool DynamicFlow::shut(int f, std::size_t donor) const {
  const WaveFace& face = grid_.faces[at(f)];
  if (flux_.left[at(f)] != 0 || flux_.right[at(f)] != 0 || face.right >= grid_.own_cells) return false;
  if (face.rule_reach >= 0 || face.gate >= 0 || face.lake >= 0) return false;
  const bool forward = at(face.left) == donor;
  return level_[donor] > level_[at(forward ? face.right : face.left)] &&
         face_depth(at(f), donor, forward) > 0;
}

// Without what stands in the slot.
double DynamicFlow::carrying_area(std::size_t i) const {
  return channel_[i] && channel_[i]->closed() ? std::min(area_[i], channel_[i]->full_area()) : area_[i];
}

// Uniform flow, at most that of the full section; above the soffit on the slope to the soffit at the end.
DynamicFlow::Outflow DynamicFlow::end_of_pipe(std::size_t i) const {
  const Channel& channel = *channel_[i];
  const Reach& reach = basin_.network.reaches[at(grid_.reach[i])];
  const double above = depth_[i] - channel.soffit, half = 0.5 * grid_.length[i];
  const double full = full_flow(channel, 1.0, reach.manning_n);
  if (above > 0) {
    const double root = std::sqrt(reach.slope + above / half);
    return {full * root, 0.5 * full / (root * half)};
  }
  const NormalFlow uniform = normal_flow(channel, area_[i], reach.slope, reach.manning_n);
  const double most = full * std::sqrt(reach.slope);
  if (uniform.discharge >= most) return {most, 0};
  return {uniform.discharge, std::max(0.0, uniform.celerity) * width_[i]};
}

}  // namespace limpid
