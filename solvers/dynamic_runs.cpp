// The dynamic wave inside chains, where one face follows another: what dynamic_flux.cpp and
// dynamic_iteration.cpp say of one face and its cells, for all of a run at once, without branches.
#include <algorithm>
#include <cmath>

#include "solvers/dynamic.hpp"
#include "solvers/minmod.hpp"

namespace limpid {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

// Water that passes the cells between two faces, and with what velocity it comes from either side.
void DynamicFlow::pass_through(const WaveRun& run, const Through& to) const {
  const double *rate = flux_.rate.data() + at(run.first_face),
               *velocity = flux_.velocity.data() + at(run.first_face);
#pragma omp simd
  for (int j = 1; j < run.faces; ++j) {
    to.flow[j] = 0.5 * (rate[j - 1] + rate[j]);
    to.from_upper[j] = rate[j - 1] > 0 ? velocity[j - 1] : 0.0;
    to.from_lower[j] = rate[j] < 0 ? velocity[j] : 0.0;
  }
}

// Half of what the velocity changes by from face to face, and the fall of the depth across each face; both
// reach one face beyond the run's ends.
void DynamicFlow::set_run_slopes(const WaveRun& run) {
  const int n = run.faces, first = run.first_face, last = first + n - 1;
  const double *u = &flux_.velocity[at(first)], *depth = depth_.data() + at(run.first_cell),
               *per_metre = &grid_.per_metre[at(first)];
  double *half = run_half_.data() + 1, *fall = run_fall_.data() + 1;
#pragma omp simd
  for (int j = 0; j < n; ++j) fall[j] = (depth[j + 1] - depth[j]) * per_metre[j];
#pragma omp simd
  for (int j = 1; j < n - 1; ++j) half[j] = 0.5 * minmod(u[j] - u[j - 1], u[j + 1] - u[j]);
  const int before = grid_.faces[at(first)].before, after = grid_.faces[at(last)].after;
  half[-1] = before < 0 ? 0 : half_slope(grid_.faces[at(before)].before, before, first);
  half[0] = half_slope(before, first, grid_.faces[at(first)].after);
  if (n > 1) half[n - 1] = half_slope(last - 1, last, after);
  fall[-1] =
      before < 0 ? 0 : (depth[0] - depth_[at(grid_.faces[at(before)].left)]) * grid_.per_metre[at(before)];
  fall[n] =
      after < 0 ? 0 : (depth_[at(grid_.faces[at(after)].right)] - depth[n]) * grid_.per_metre[at(after)];
}

// Cross-section that carries at each face, as the donor sees it, and how it grows; 0 where the face is shut.
void DynamicFlow::set_run_sections(const WaveRun& run) {
  const Channel& c = *channel_[at(run.first_cell)];
  const double bottom = c.bottom_width, side = c.side_slope;
  const double *u = flux_.velocity.data() + at(run.first_face), *depth = depth_.data() + at(run.first_cell),
               *level = level_.data() + at(run.first_cell), *bed = grid_.bed.data() + at(run.first_cell),
               *length = grid_.length.data() + at(run.first_cell), *fall = run_fall_.data() + 1;
  double *area = run_area_.data(), *width = run_width_.data();
#pragma omp simd
  for (int j = 0; j < run.faces; ++j) {
    const bool forward = (u[j] != 0 ? u[j] : level[j] - level[j + 1]) >= 0;
    const double donor = forward ? depth[j] : depth[j + 1], there = forward ? level[j] : level[j + 1];
    const double rise = forward ? bed[j + 1] - bed[j] : bed[j] - bed[j + 1];
    const double slope = minmod(fall[j], forward ? fall[j - 1] : fall[j + 1]);
    const double to_face = forward ? 0.5 * length[j] : -0.5 * length[j + 1];
    const double reached = donor + to_face * slope, sill = there - 0.5 * (bed[j + 1] + bed[j]);
    const double held = rise > 0 ? std::min(reached, sill) : reached;
    const double h = donor > kDryDepth ? std::max(0.0, held) : 0.0;
    area[j] = (bottom + side * h) * h;
    width[j] = h > 0 ? bottom + 2 * side * h : 0.0;
  }
}

// Upwind advection at each face.
void DynamicFlow::set_run_advection(const WaveRun& run) {
  const Through ends = through_of(run);
  const Through all{run_through_.data(), run_upper_.data(), run_lower_.data()};
  pass_through(run, all);
  for (const int j : {0, run.faces}) {
    all.flow[j] = ends.flow[j];
    all.from_upper[j] = ends.from_upper[j];
    all.from_lower[j] = ends.from_lower[j];
  }
  const double *u = flux_.velocity.data() + at(run.first_face),
               *per_momentum = per_volume_.data() + at(run.first_face), *through = all.flow,
               *from_upper = all.from_upper, *from_lower = all.from_lower,
               *inflow = inflow_.data() + at(run.first_cell), *half = run_half_.data() + 1;
  double *rate = run_rate_.data(), *source = run_source_.data();
#pragma omp simd
  for (int j = 0; j < run.faces; ++j) {
    const double left = through[j], right = through[j + 1];
    const double down = std::max(0.0, left), up = std::max(0.0, -right);
    const double second = right * half[j] - left * half[j - 1];
    const bool is_second = (u[j] > 0) & (right >= 0) & (right <= kMostGain * left);
    rate[j] = (down + up + 0.5 * (inflow[j] + inflow[j + 1])) * per_momentum[j];
    source[j] =
        (down * from_upper[j] + up * from_lower[j + 1] - (is_second ? second : 0.0)) * per_momentum[j];
  }
}

void DynamicFlow::run_fluxes(const WaveRun& run, double dt) {
  set_run_slopes(run);
  set_run_sections(run);
  set_run_advection(run);
  const std::size_t f = at(run.first_face), i = at(run.first_cell);
  const double *u = flux_.velocity.data() + f, *old = now_.velocity.data() + f,
               *old_rate = now_.rate.data() + f, *per_metre = grid_.per_metre.data() + f,
               *share = grid_.left_share.data() + f, *per_volume = per_volume_.data() + f,
               *depth = &depth_[i], *level = &level_[i], *start = &start_level_[i], *stands = &area_[i],
               *rough = &friction_[i], *rough_limit = &rough_limit_[i], *area = run_area_.data(),
               *width = run_width_.data(), *carried = run_rate_.data(), *source = run_source_.data();
  double *velocity = flux_.next_velocity.data() + f, *rate = flux_.next_rate.data() + f,
         *to_left = flux_.left.data() + f, *to_right = flux_.right.data() + f,
         *velocity_left = flux_.velocity_left.data() + f;
#pragma omp simd
  for (int j = 0; j < run.faces; ++j) {
    const bool forward = (u[j] != 0 ? u[j] : level[j] - level[j + 1]) >= 0, open = width[j] > 0;
    const double donor = forward ? rough[j] : rough[j + 1];
    const bool both = (depth[j] > kDryDepth) & (depth[j + 1] > kDryDepth);
    const double mean_friction = both ? 0.5 * (rough[j] + rough[j + 1]) : donor;
    const double friction = forward ? std::min(mean_friction, rough_limit[j + 1] * donor) : mean_friction;
    const double mean = stands[j + 1] + share[j] * (stands[j] - stands[j + 1]);
    const double gravity = kGravity * dt * std::min(kMostSwelling * per_metre[j], mean * per_volume[j]);
    const double drag = friction * std::fabs(u[j]);
    const double per_inertia = 1 / (1 + dt * (2 * drag + carried[j]));
    const double drive = (1 - kTheta) * (start[j + 1] - start[j]) + kTheta * (level[j + 1] - level[j]);
    const double v = (old[j] + dt * (source[j] + drag * u[j]) - gravity * drive) * per_inertia;
    const double answer = kTheta * gravity * per_inertia, coupled = kTheta * area[j] * answer;
    const double with_donor = kTheta * width[j] * std::max(0.0, forward ? v : -v);
    velocity[j] = open ? v : 0.0;
    velocity_left[j] = open ? answer : 0.0;
    rate[j] = open ? kTheta * area[j] * v + (1 - kTheta) * old_rate[j] : 0.0;
    to_left[j] = open ? coupled + (forward ? with_donor : 0.0) : 0.0;
    to_right[j] = open ? coupled + (forward ? 0.0 : with_donor) : 0.0;
  }
}

// The balances of a run's cells with what the faces between them bring and take, and how they answer to
// levels.
void DynamicFlow::assemble_run(const WaveRun& run, double dt) {
  const std::size_t f = at(run.first_face), i = at(run.first_cell);
  const double *rate = flux_.next_rate.data() + f, *to_left = flux_.left.data() + f,
               *to_right = flux_.right.data() + f, *answers = &answers_[i];
  double *right = &right_[i], *diagonal = &diagonal_[i];
  set_balance(i, at(run.faces) + 1, dt);
#pragma omp simd
  for (int j = 0; j < run.faces; ++j) {
    right[j] -= dt * rate[j];
    diagonal[j] += dt * to_left[j];
  }
#pragma omp simd
  for (int j = 0; j < run.faces; ++j) {
    right[j + 1] += dt * rate[j];
    diagonal[j + 1] += answers[j + 1] * dt * to_right[j];
  }
  for (int j = 0; j < run.faces; ++j)
    system_.add_coupling(run.first_face + j, -dt * to_right[j], -answers[j + 1] * dt * to_left[j]);
}

// The fluxes linearly with the levels.
void DynamicFlow::correct_run(const WaveRun& run) {
  const std::size_t f = at(run.first_face);
  const double *change = right_.data() + at(run.first_cell), *to_left = flux_.left.data() + f,
               *to_right = flux_.right.data() + f, *velocity_left = flux_.velocity_left.data() + f;
  double *rate = flux_.rate.data() + f, *velocity = flux_.velocity.data() + f;
#pragma omp simd
  for (int j = 0; j < run.faces; ++j) {
    rate[j] += to_left[j] * change[j] - to_right[j] * change[j + 1];
    velocity[j] += velocity_left[j] * (change[j] - change[j + 1]);
  }
}

}  // namespace limpid
