// The dynamic wave's borders: outlets, what stands beyond them, structures, and the pools that they hold.
#include <algorithm>
#include <cmath>
#include <limits>

#include "model/wetted.hpp"
#include "solvers/dynamic.hpp"

namespace limpid {

namespace {

constexpr double kGravity = 9.81;

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

// Levels beyond the outlets and openings of the structures over a step.
void DynamicFlow::set_borders(const WaterInput& input) {
  const Network& network = basin_.network;
  stage0_.clear();
  stage1_.clear();
  for (const WaveBeyond& beyond : grid_.beyond) {
    const OutletInput given = input.outlets.empty() ? outlet_input(network.outlets[at(beyond.outlet)], 0, 0)
                                                    : input.outlets[at(beyond.outlet)];
    stage0_.push_back(given.stage0);
    stage1_.push_back(given.stage1);
  }
  openings_ = input.openings;
  if (openings_.empty())
    for (const Structure& s : network.structures) openings_.push_back(s.opening.at(0));
}

// The water beyond the outlets as it stands at a part of the step.
void DynamicFlow::set_beyond(double part) {
  for (std::size_t b = 0; b < grid_.beyond.size(); ++b) {
    const std::size_t i = at(grid_.beyond[b].cell);
    const double stage = stage0_[b] + part * (stage1_[b] - stage0_[b]);
    const Reach& reach = basin_.network.reaches[at(grid_.reach[i])];
    depth_[i] = std::max(0.0, stage - grid_.bed[i]);
    wet_sections(*channel_[i], reach.manning_n, &depth_[i], 1, &area_[i], &width_[i], &friction_[i]);
    set_cell(i);
  }
}

// How far the water falls by friction over half a cell, as it flowed when the sub-step began.
double DynamicFlow::fall_to_end(std::size_t i, double rate) const {
  if (area_[i] <= 1e-6 || i >= at(grid_.own_cells)) return 0;
  const double velocity = rate / area_[i];
  const double fall = 0.5 * grid_.length[i] * friction_[i] * velocity * std::fabs(velocity) / kGravity;
  return std::clamp(fall, -0.5 * depth_[i], 0.5 * depth_[i]);
}

void DynamicFlow::set_falls() {
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o)
    outlet_fall_[o] = fall_to_end(at(grid_.outlets[o].cell), now_.outlet[o]);
  for (std::size_t g = 0; g < grid_.gates.size(); ++g) {
    const std::size_t f = at(grid_.gates[g].face);
    gate_fall_[g] = fall_to_end(at(grid_.faces[f].left), now_.rate[f]);
    gate_rise_[g] = fall_to_end(at(grid_.faces[f].right), now_.rate[f]);
  }
}

// All structures of a face together. The jet's momentum is lost: water goes on as fast as the cell it enters
// is wide.
DynamicFlow::Flux DynamicFlow::gate_flux(const WaveFace& face) const {
  const std::size_t l = at(face.left), r = at(face.right);
  Flux flux;
  for (const int s : grid_.gates[at(face.gate)].structures) {
    const Passage passes =
        passage(basin_.network.structures[at(s)], openings_[at(s)], level_[l] - gate_fall_[at(face.gate)],
                level_[r] + gate_rise_[at(face.gate)]);
    flux.rate += passes.rate;
    flux.left += passes.upper;
    flux.right += passes.lower;
  }
  flux.end_rate = flux.rate;
  flux.weight = 1;
  const double area = area_[flux.rate >= 0 ? r : l];
  flux.velocity = area > 1e-6 ? flux.rate / std::max(area, area_[flux.rate >= 0 ? l : r] * 0.1) : 0;
  return flux;
}

// At critical depth, or in uniform flow where the channel is steep.
DynamicFlow::Outflow DynamicFlow::free_fall(std::size_t i) const {
  if (depth_[i] <= 0) return {};
  const Reach& reach = basin_.network.reaches[at(grid_.reach[i])];
  const double celerity = std::sqrt(kGravity * area_[i] / width_[i]);
  const Outflow critical{area_[i] * celerity, 1.5 * celerity * width_[i]};
  if (reach.slope <= 0) return critical;
  const NormalFlow uniform = normal_flow(*channel_[i], area_[i], reach.slope, reach.manning_n);
  return uniform.discharge > critical.rate ? Outflow{uniform.discharge, uniform.celerity * width_[i]}
                                           : critical;
}

DynamicFlow::Outflow DynamicFlow::outlet_flow(const WaveOutlet& outlet, double fall) const {
  const std::size_t i = at(outlet.cell);
  const Outlet* told = outlet.outlet < 0 ? nullptr : &basin_.network.outlets[at(outlet.outlet)];
  if (told && told->kind == OutletKind::free_fall) return free_fall(i);
  if (told && told->kind == OutletKind::rating) {
    if (depth_[i] <= 0) return {};
    return {told->rating.at(level_[i] - fall), told->rating.slope(level_[i] - fall)};
  }
  const Reach& reach = basin_.network.reaches[at(grid_.reach[i])];
  const NormalFlow uniform = normal_flow(*channel_[i], area_[i], reach.slope, reach.manning_n);
  return {uniform.discharge, uniform.celerity * width_[i]};
}

// However low the water beyond stands, no more leaves than falls freely.
DynamicFlow::Flux DynamicFlow::held_by_fall(const WaveFace& face, const Flux& flux) const {
  const Outflow most = free_fall(at(face.left));
  if (flux.rate <= most.rate) return flux;
  const double area = area_[at(face.left)];
  return {area > 1e-6 ? most.rate / area : 0, most.rate, most.rate, most.slope, 0, 0, 1};
}

// Raises the first water to the levels that stages, crests and rising beds hold it at.
void DynamicFlow::fill_pools() {
  constexpr double kNone = -std::numeric_limits<double>::infinity();
  const Network& network = basin_.network;
  std::vector<double> pool(grid_.bed.size(), kNone);
  for (std::size_t b = 0; b < grid_.beyond.size(); ++b) pool[at(grid_.beyond[b].cell)] = stage0_[b];
  const auto below = [&](std::size_t i) {
    double level = std::numeric_limits<double>::infinity();
    for (const int f : grid_.lower[i]) {
      const WaveFace& face = grid_.faces[at(f)];
      double here = pool[at(face.right)];
      if (face.right < grid_.own_cells && grid_.bed[at(face.right)] > grid_.bed[i])
        here = std::max(here, grid_.bed[at(face.right)]);
      if (face.gate >= 0) here = std::max(here, lowest_crest(grid_.gates[at(face.gate)]));
      level = std::min(level, here);
    }
    return std::isfinite(level) ? level : kNone;
  };
  for (auto chain = network.chains.rbegin(); chain != network.chains.rend(); ++chain)
    for (int i = chain->first_cell + chain->cells - 1; i >= chain->first_cell; --i) {
      pool[at(i)] = below(at(i));
      const double depth = pool[at(i)] - grid_.bed[at(i)];
      if (depth > 0)
        now_.volume[at(i)] =
            std::max(now_.volume[at(i)], channel_[at(i)]->area(depth) * network.cell_length[at(i)]);
    }
}

double DynamicFlow::lowest_crest(const WaveGate& gate) const {
  double level = std::numeric_limits<double>::infinity();
  for (const int s : gate.structures) level = std::min(level, basin_.network.structures[at(s)].crest_level);
  return level;
}

}  // namespace limpid
