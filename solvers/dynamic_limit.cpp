// Volumes of a sub-step from its fluxes, and what is cut where a cell would give more than it has.
#include <algorithm>

#include "solvers/dynamic.hpp"

namespace limpid {

namespace {

constexpr int kSweeps = 8;
constexpr double kMargin = 1e-12;

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

void DynamicFlow::form_volumes(double dt) {
  settle_ponds(dt);
  for (std::size_t i = 0; i < next_.volume.size(); ++i)
    next_.volume[i] = now_.volume[i] + dt * net_inflow_[i];
  for (std::size_t f = 0; f < flux_.size(); ++f) {
    next_.volume[at(grid_.faces[f].left)] -= dt * flux_.rate[f];
    if (grid_.faces[f].right < grid_.own_cells) next_.volume[at(grid_.faces[f].right)] += dt * flux_.rate[f];
  }
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o)
    next_.volume[at(grid_.outlets[o].cell)] -= dt * outlet_rate_[o];
  for (const Pond& pond : ponds_) next_.volume[pond.cell] = pond.volume;
}

// Cells that would give more than they have give less. Returns what was cut, m3.
double DynamicFlow::limit(double dt) {
  double cut = 0;
  form_volumes(dt);
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    const bool last = sweep + 1 >= kSweeps;
    bool clean = true;
    for (std::size_t i = 0; i < next_.volume.size(); ++i) {
      if (next_.volume[i] >= 0) continue;
      clean = false;
      cut -= next_.volume[i];
      ++counts_.limited;
      scale_outflow(i, dt, last);
    }
    if (clean) return cut;
    form_volumes(dt);
  }
  return cut;
}

// What a split rule gives is taken before what runs down the river.
void DynamicFlow::scale_outflow(std::size_t i, double dt, bool ignore_inflow) {
  double ruled = 0, open = 0;
  const auto add = [&](int f, double rate) {
    if (rate > 0) (grid_.faces[at(f)].rule_reach >= 0 ? ruled : open) += rate;
  };
  for (const int f : grid_.lower[i]) add(f, flux_.rate[at(f)]);
  for (const int f : grid_.upper[i]) add(f, -flux_.rate[at(f)]);
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o)
    if (at(grid_.outlets[o].cell) == i) open += outlet_rate_[o];
  const double out = ruled + open;
  if (ignore_inflow) give_back(i, dt);
  if (out <= 0) return;
  const double held = now_.volume[i] + dt * net_inflow_[i];
  const double wanted = ignore_inflow ? held : out * dt + next_.volume[i];
  const double most = std::clamp(wanted / dt * (1 - kMargin), 0.0, out);
  const double of_ruled = ruled > most ? most / ruled : 1.0;
  const double of_open = open > 0 ? std::clamp((most - ruled) / open, 0.0, 1.0) : 1.0;
  const auto scale = [&](int f) {
    const double factor = grid_.faces[at(f)].rule_reach >= 0 ? of_ruled : of_open;
    flux_.rate[at(f)] *= factor;
    flux_.end_rate[at(f)] *= factor;
    flux_.velocity[at(f)] *= factor;
  };
  for (const int f : grid_.lower[i])
    if (flux_.rate[at(f)] > 0) scale(f);
  for (const int f : grid_.upper[i])
    if (flux_.rate[at(f)] < 0) scale(f);
  for (std::size_t o = 0; o < grid_.outlets.size(); ++o)
    if (at(grid_.outlets[o].cell) == i) outlet_rate_[o] *= of_open;
}

// What abstractions took of water that a lake was to let out and did not.
void DynamicFlow::give_back(std::size_t i, double dt) {
  for (std::size_t j = 0; j < taken_now_.size(); ++j) {
    const double lack = -(now_.volume[i] / dt + net_inflow_[i]);
    if (lack <= 0 || grid_.hub[j] != static_cast<int>(i)) continue;
    const double back = std::min(taken_now_[j], lack);
    taken_now_[j] -= back;
    net_inflow_[i] += back;
  }
}

}  // namespace limpid
