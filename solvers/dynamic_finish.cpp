// The step that the dynamic wave hands on, from its sub-steps.
#include <algorithm>
#include <cmath>

#include "solvers/dynamic.hpp"
#include "solvers/reach_losses.hpp"
#include "solvers/state.hpp"

namespace limpid {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

void DynamicFlow::add_volumes(double dt) {
  for (std::size_t f = 0; f < flux_.size(); ++f) moved_[at(grid_.faces[f].step_face)] += dt * flux_.rate[f];
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o)
    moved_[at(grid_.outlets[o].step_face)] += dt * outlet_rate_[o];
  for (std::size_t j = 0; j < taken_.size(); ++j)
    if (grid_.hub[j] >= 0) taken_[j] += dt * taken_now_[j];
  for (std::size_t i = 0; i < lost_.size(); ++i) lost_[i] += dt * lost_now_[i];
  for (Pond& pond : ponds_) {
    pond.all_spilled += dt * pond.spilled;
    pond.all_evaporated += dt * pond.evaporated;
  }
}

// Face volumes, volumes and geometry of the whole step.
void DynamicFlow::finish(const WaterInput& input, WaterStep& step) {
  const Network& network = basin_.network;
  step.face = moved_;
  abstract(input, step);
  for (std::size_t j = 0; j < network.junctions.size(); ++j) {
    if (grid_.hub[j] < 0) continue;
    double entering = step.junction_in[j] - step.junction_out[j];
    for (const int k : network.junctions[j].in) {
      const int face = network.first_face(k) + network.chains[at(k)].cells;
      if (face != grid_.hub_face[j]) entering += step.face[at(face)];
    }
    for (const int k : network.junctions[j].out)
      if (network.first_face(k) != grid_.hub_face[j]) entering -= step.face[at(network.first_face(k))];
    step.face[at(grid_.hub_face[j])] = grid_.hub_sign[j] * entering;
  }
  for (std::size_t i = 0; i < step.volume1.size(); ++i) {
    if (grid_.in_lake[i]) continue;
    const std::size_t face = i + at(network.cell_chain[i]);
    double volume = step.volume0[i] + step.lateral_in[i] + step.face[face] - step.face[face + 1];
    if (const LossInput* loss = loss_of(input, network.cell_reach[i])) {
      book_loss(*loss, std::clamp(lost_[i], 0.0, std::max(0.0, volume)), i, step);
      volume -= step.evaporated[i] + step.seeped[i];
    }
    counts_.limited += volume < 0;  // by round-off
    step.volume1[i] = std::max(0.0, volume);
  }
  finish_ponds(step);
  set_sections(network, step);
  set_speeds(step);
}

// Abstractions at one junction share in the order of the sources; at an outlet they take from what leaves.
void DynamicFlow::abstract(const WaterInput& input, WaterStep& step) {
  for (std::size_t j = 0; j < taken_.size(); ++j) {
    if (grid_.hub[j] >= 0) continue;
    taken_[j] = step.junction_in[j];
    for (const int k : basin_.network.junctions[j].in)
      taken_[j] += step.face[at(basin_.network.first_face(k) + basin_.network.chains[at(k)].cells)];
    taken_[j] = std::max(0.0, taken_[j]);
  }
  for (std::size_t s = 0; s < basin_.sources.size(); ++s) {
    const Source& source = basin_.sources[s];
    if (source.kind != SourceKind::abstraction || source.junction < 0) continue;
    const std::size_t j = at(source.junction);
    step.abstracted[s] = std::min(input.volume[s], taken_[j]);
    taken_[j] -= step.abstracted[s];
    step.junction_out[j] += step.abstracted[s];
  }
}

// m/s, the mean over the cell's faces weighted by their flow at the end of the step, without its sign; the
// velocity of uniform flow where no face moves water.
void DynamicFlow::set_speeds(WaterStep& step) const {
  constexpr double kStands = -1;
  for (const WaveRun& run : grid_.runs) {
    const double *rate = now_.rate.data() + at(run.first_face),
                 *velocity = now_.velocity.data() + at(run.first_face);
    double* speed = step.velocity.data() + at(run.first_cell);
#pragma omp simd
    for (int j = 1; j < run.faces; ++j) {
      const double flow = std::fabs(rate[j - 1]) + std::fabs(rate[j]);
      const double momentum = std::fabs(rate[j - 1] * velocity[j - 1]) + std::fabs(rate[j] * velocity[j]);
      speed[j] = flow > 0 ? momentum / flow : kStands;
    }
    for (int j = 1; j < run.faces; ++j)
      if (speed[j] == kStands) speed[j] = uniform_speed(at(run.first_cell + j), step);
  }
  for (const int end : grid_.ends)
    if (end < grid_.own_cells && !grid_.in_lake[at(end)]) step.velocity[at(end)] = end_speed(at(end), step);
}

double DynamicFlow::uniform_speed(std::size_t i, const WaterStep& step) const {
  const Reach& reach = basin_.network.reaches[at(grid_.reach[i])];
  if (step.volume1[i] <= kDryVolume) return 0;
  const double slope = std::max(reach.slope, 0.0);
  return normal_flow(*channel_[i], step.area[i], slope, reach.manning_n).discharge / step.area[i];
}

double DynamicFlow::end_speed(std::size_t i, const WaterStep& step) const {
  double flow = 0, momentum = 0;
  for (const auto list : {grid_.upper[i], grid_.lower[i]})
    for (const int f : list) {
      flow += std::fabs(now_.rate[at(f)]);
      momentum += std::fabs(now_.rate[at(f)] * now_.velocity[at(f)]);
    }
  return flow > 0 ? momentum / flow : uniform_speed(i, step);
}

}  // namespace limpid
