// What enters the dynamic wave over a step and what its cells lose to the air and the ground.
#include <algorithm>

#include "solvers/dynamic.hpp"

namespace limpid {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

void DynamicFlow::set_inflow(const WaterInput& input, WaterStep& step) {
  const Network& network = basin_.network;
  junctions_.spread_laterals(input, step);
  // The cells beyond the outlets, behind the network's own, get none.
  for (std::size_t i = 0; i < step.lateral_in.size(); ++i) inflow_[i] = step.lateral_in[i] / input.dt;
  for (const Pond& pond : ponds_)
    for (std::size_t i = pond.cell + 1; i < pond.cell + at(pond.lake->layers()); ++i) {
      inflow_[pond.cell] += inflow_[i];
      inflow_[i] = 0;
    }
  std::fill(head_inflow_.begin(), head_inflow_.end(), 0.0);
  for (auto* list : {&step.junction_in, &step.junction_out, &wanted_, &taken_})
    std::fill(list->begin(), list->end(), 0.0);
  for (std::size_t s = 0; s < basin_.sources.size(); ++s) {
    const Source& source = basin_.sources[s];
    if (source.junction < 0) continue;
    const std::size_t j = at(source.junction);
    if (source.kind == SourceKind::abstraction) {
      wanted_[j] += input.volume[s] / input.dt;
      continue;
    }
    step.junction_in[j] += input.volume[s];
    if (grid_.hub[j] < 0) continue;
    const double rate = input.volume[s] / input.dt;
    const bool head = network.junctions[j].in.empty() && !grid_.in_lake[at(grid_.hub[j])];
    (head ? head_inflow_ : inflow_)[at(grid_.hub[j])] += rate;
  }
  set_head_areas();
  loss_rate_.assign(input.losses.empty() ? 0 : step.volume1.size(), 0.0);
  for (std::size_t i = 0; i < loss_rate_.size(); ++i)
    if (!grid_.in_lake[i])
      loss_rate_[i] = input.losses[at(network.cell_reach[i])].rate() * network.cell_length[i];
  lost_.assign(loss_rate_.size(), 0.0);
  lost_now_ = lost_;
}

// Of uniform flow of what enters: water does not come faster into an empty channel.
void DynamicFlow::set_head_areas() {
  const Network& network = basin_.network;
  for (const int hub : grid_.hub) {
    if (hub < 0 || head_inflow_[at(hub)] <= 0) continue;
    const Reach& reach = network.reaches[at(network.cell_reach[at(hub)])];
    double& area = head_area_[at(hub)];
    if (reach.slope <= 0) continue;
    area = normal_area(network.channels[at(reach.channel)], head_inflow_[at(hub)], reach.slope,
                       reach.manning_n, area);
  }
}

// What evaporates and seeps over a sub-step, at most half of what stands in a cell and what comes in by its
// sides.
void DynamicFlow::lose(double dt) {
  for (std::size_t i = 0; i < loss_rate_.size(); ++i) {
    const double most = std::max(0.0, 0.5 * now_.volume[i] / dt + net_inflow_[i]);
    lost_now_[i] = std::min(loss_rate_[i] * width_[i], most);
    net_inflow_[i] -= lost_now_[i];
  }
}

}  // namespace limpid
