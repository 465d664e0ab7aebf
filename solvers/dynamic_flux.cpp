// The momentum equation of the dynamic wave, face by face, about an iterate of the levels.
#include <algorithm>
#include <cmath>

#include "model/wetted.hpp"
#include "solvers/dynamic.hpp"
#include "solvers/minmod.hpp"

namespace limpid {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

// Area that carries and its growth at a depth > 0.
struct Surface {
  double area, width;
};
Surface surface(const Channel& c, double depth) {
  if (c.shape <= ChannelShape::trapezoidal)
    return {(c.bottom_width + c.side_slope * depth) * depth, c.bottom_width + 2 * c.side_slope * depth};
  const Wetted section = carrying(c, depth);
  return {section.area, section.width};
}

}  // namespace

void DynamicFlow::set_depths() {
  const Network& network = basin_.network;
  for (const WaveRun& run : grid_.runs) {
    const std::size_t first = at(run.first_cell), end = first + at(run.faces) + 1;
    for (std::size_t i = first; i < end; ++i) area_[i] = now_.volume[i] / network.cell_length[i];
    wet_depths(*channel_[first], &area_[first], run.faces + 1, &depth_[first]);
  }
  for (const Pond& pond : ponds_)
    depth_[pond.cell] = pond.lake->curve.level_at(now_.volume[pond.cell]) - grid_.bed[pond.cell];
}

void DynamicFlow::set_levels() {
  set_depths();
  set_cells();
  start_level_ = level_;
  for (std::size_t f = 0; f < per_volume_.size(); ++f) {
    const WaveFace& face = grid_.faces[f];
    const double left = area_[at(face.left)], right = area_[at(face.right)];
    per_volume_[f] = grid_.per_metre[f] / std::max(kLeastArea, right + grid_.left_share[f] * (left - right));
  }
}

// Levels, areas, widths and friction at depth_.
void DynamicFlow::set_cells() {
  for (const WaveRun& run : grid_.runs) set_run(run);
  set_lakes();
}

void DynamicFlow::set_run(const WaveRun& run) {
  const std::size_t first = at(run.first_cell), end = first + at(run.faces) + 1;
  wet_sections(*channel_[first], basin_.network.reaches[at(run.reach)].manning_n, &depth_[first],
               run.faces + 1, &area_[first], &width_[first], &friction_[first]);
  for (std::size_t i = first; i < end; ++i) set_cell(i);
}

void DynamicFlow::set_lakes() {
  for (const Pond& pond : ponds_) {
    set_pond_cell(pond);
    set_cell(pond.cell);
  }
  set_shores();
}

void DynamicFlow::set_cell(std::size_t i) {
  level_[i] = grid_.bed[i] + depth_[i];
  width_[i] = std::max(width_[i], kNarrowest);
  friction_[i] = depth_[i] > kDryDepth ? kGravity * friction_[i] : 0;
}

// Water that passes each cell, and with what velocity it comes.
void DynamicFlow::set_through_flow() {
  for (const int end : grid_.ends) {
    const std::size_t i = at(end);
    double in = head_inflow_[i], in_momentum = 0, out = 0;
    if (in > 0) in_momentum = in * in / std::max(carrying_area(i), head_area_[i]);
    for (const int f : grid_.upper[i]) {
      const double rate = flux_.rate[at(f)];
      if (rate > 0) in += rate, in_momentum += rate * flux_.velocity[at(f)];
      if (rate < 0) out -= rate;
    }
    from_upper_[i] = in > 0 ? in_momentum / in : 0;
    out_upper_[i] = out;
    double leaving = 0, back = 0, back_momentum = 0;
    for (const int f : grid_.lower[i]) {
      const double rate = flux_.rate[at(f)];
      if (rate > 0) leaving += rate;
      if (rate < 0) back -= rate, back_momentum -= rate * flux_.velocity[at(f)];
    }
    from_lower_[i] = back > 0 ? back_momentum / back : 0;
    out_lower_[i] = leaving;
    through_[i] = 0.5 * (in - out + leaving - back);
  }
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o)
    through_[at(grid_.outlets[o].cell)] += 0.5 * outlet_rate_[o];
}

double DynamicFlow::half_slope(int before, int face, int after) const {
  if (before < 0 || after < 0) return 0;
  const double u = flux_.velocity[at(face)];
  return 0.5 * minmod(u - flux_.velocity[at(before)], flux_.velocity[at(after)] - u);
}

// Depth at the face as the donor sees it: second order inside chains, not above the donor's level over a
// sill.
double DynamicFlow::face_depth(std::size_t f, std::size_t donor, bool forward) const {
  const WaveFace& face = grid_.faces[f];
  const auto receiver = at(forward ? face.right : face.left);
  double depth = depth_[donor];
  const int behind = forward ? face.before : face.after;
  if (behind >= 0) {
    const WaveFace& other = grid_.faces[at(behind)];
    const auto cell = at(forward ? other.left : other.right);
    const double to = (depth_[receiver] - depth_[donor]) * grid_.per_metre[f],
                 from = (depth_[donor] - depth_[cell]) * grid_.per_metre[at(behind)];
    depth += 0.5 * grid_.length[donor] * minmod(to, from);
  }
  if (grid_.bed[receiver] > grid_.bed[donor]) {
    const double sill = face.right >= grid_.own_cells ? grid_.bed[at(face.right)]
                                                      : 0.5 * (grid_.bed[receiver] + grid_.bed[donor]);
    depth = std::min(depth, level_[donor] - sill);
  }
  return depth;
}

// Advection at a face, upwind: what flows through the cells on its two sides brings their inflow's velocity,
// a branch its share of it; lateral inflow brings none.
DynamicFlow::Advection DynamicFlow::advection(std::size_t f) const {
  const WaveFace& face = grid_.faces[f];
  const std::size_t l = at(face.left), r = at(face.right);
  const double per_momentum = per_volume_[f], rate = flux_.rate[f];
  Advection sum;
  if (through_[l] > 0) {
    const double share = grid_.lower[l].size() == 1 ? 1 : (rate > 0 ? rate / out_lower_[l] : 0);
    sum.rate += share * through_[l] * per_momentum;
    sum.source += share * through_[l] * per_momentum * from_upper_[l];
  }
  if (through_[r] < 0) {
    const double share = grid_.upper[r].size() == 1 ? 1 : (rate < 0 ? -rate / out_upper_[r] : 0);
    sum.rate -= share * through_[r] * per_momentum;
    sum.source -= share * through_[r] * per_momentum * from_lower_[r];
  }
  sum.rate += 0.5 * (inflow_[l] + inflow_[r]) * per_momentum;
  const bool second_order =
      flux_.velocity[f] > 0 && face.before >= 0 && through_[r] >= 0 && through_[r] <= kMostGain * through_[l];
  if (second_order)
    sum.source -= per_momentum * (through_[r] * half_slope(face.before, static_cast<int>(f), face.after) -
                                  through_[l] * half_slope(grid_.faces[at(face.before)].before, face.before,
                                                           static_cast<int>(f)));
  return sum;
}

DynamicFlow::Flux DynamicFlow::flux(std::size_t f, double dt) const {
  const WaveFace& face = grid_.faces[f];
  if (face.rule_reach >= 0) return ruled_flux(face, dt);
  if (face.lake >= 0) return dam_flux(face);
  if (face.gate >= 0) return gate_flux(face);
  const std::size_t l = at(face.left), r = at(face.right);
  const double u = flux_.velocity[f];
  const bool forward = u > 0 || (u == 0 && level_[l] >= level_[r]);
  const std::size_t donor = forward ? l : r;
  if (depth_[donor] <= kDryDepth) return {};  // closed
  const double depth = face_depth(f, donor, forward);
  if (depth <= 0) return {};
  const Surface cross = surface(*channel_[donor], depth);
  const double mean = area_[r] + grid_.left_share[f] * (area_[l] - area_[r]);
  const bool both = depth_[l] > kDryDepth && depth_[r] > kDryDepth;
  double friction = both ? 0.5 * (friction_[l] + friction_[r]) : friction_[donor];
  if (forward) friction = std::min(friction, rough_limit_[r] * friction_[donor]);
  const Advection carried = advection(f);

  const double gravity = kGravity * dt * std::min(kMostSwelling * grid_.per_metre[f], mean * per_volume_[f]);
  const double per_inertia = 1 / (1 + dt * (2 * friction * std::fabs(u) + carried.rate));
  Flux flux;
  flux.velocity =
      (now_.velocity[f] + dt * (carried.source + friction * u * std::fabs(u)) -
       gravity * ((1 - kTheta) * (start_level_[r] - start_level_[l]) + kTheta * (level_[r] - level_[l]))) *
      per_inertia;
  flux.rate = kTheta * cross.area * flux.velocity + (1 - kTheta) * now_.rate[f];
  flux.velocity_left = kTheta * gravity * per_inertia;
  flux.left = flux.right = kTheta * cross.area * flux.velocity_left;
  if (forward) flux.left += kTheta * cross.width * std::max(flux.velocity, 0.0);
  if (!forward) flux.right += kTheta * cross.width * std::max(-flux.velocity, 0.0);
  if (grid_.owner[r] != face.right && depth_[r] <= 0) flux.right = 0;  // the lake stands below the shore
  return face.right >= grid_.own_cells ? held_by_fall(face, flux) : flux;
}

}  // namespace limpid
