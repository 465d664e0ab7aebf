#include "solvers/routed_flow.hpp"

#include <omp.h>

#include "solvers/checkpoint.hpp"
#include "solvers/reach_losses.hpp"
#include "solvers/routing_cell.hpp"
#include "solvers/team.hpp"

namespace limpid {

namespace {

constexpr int kWideLevel = 2000;     // cells from which a level is shared: about 0.1 ms of work
constexpr double kDryShare = 1e-13;  // of a cell's water: round-off of what is left when all is lost

}  // namespace

RoutedFlow::RoutedFlow(const Basin& basin)
    : basin_(basin),
      junctions_(basin),
      lakes_(basin),
      levels_(basin.network, kWideLevel),
      rate_(static_cast<std::size_t>(basin.network.face_count()), 0.0),
      end_rate_(basin.network.chains.size(), 0.0),
      begin_rate_(end_rate_),
      counts_(end_rate_.size()) {}

void RoutedFlow::initialise(const WaterInput& input, WaterStep& step) {
  const Network& network = basin_.network;
  step.dt = input.dt;
  lakes_.fill(step);
  double area = 0;
  settle_losses(network, input, [&](const std::vector<double>& widths, std::vector<double>& areas) {
    const std::vector<double> middle = accumulate_steady(basin_, junctions_, input, step, &lakes_, widths);
    areas.resize(middle.size(), 0.0);
    for (std::size_t i = 0; i < middle.size(); ++i) {
      if (network.is_lake(network.cell_chain[i])) continue;
      const Reach& reach = network.reaches[static_cast<std::size_t>(network.cell_reach[i])];
      const Channel& channel = network.channels[static_cast<std::size_t>(reach.channel)];
      areas[i] = area = normal_area(channel, middle[i], reach.slope, reach.manning_n, area);
      step.volume1[i] = network.cell_length[i] * area;
    }
  });
  for (std::size_t f = 0; f < rate_.size(); ++f) rate_[f] = step.face[f] / input.dt;
  lakes_.fill(step);
  step.volume0 = step.volume1;
  set_geometry(network, step, flows_);
}

void RoutedFlow::resume(const WaterInput& input, const std::vector<double>& face_rate, WaterStep& step) {
  step.dt = input.dt;
  step.volume0 = step.volume1;
  rate_ = face_rate;
  for (std::size_t f = 0; f < rate_.size(); ++f) step.face[f] = rate_[f] * input.dt;
  set_geometry(basin_.network, step, flows_);
}

void RoutedFlow::advance(const WaterInput& input, WaterStep& step) {
  step.dt = input.dt;
  step.volume0.swap(step.volume1);
  junctions_.spread_laterals(input, step);
  sweep(input, step);
  set_geometry(basin_.network, step, flows_);
}

void RoutedFlow::take_channels(WaterStep& step) {
  set_geometry(basin_.network, step, flows_);
}

void RoutedFlow::sweep(const WaterInput& input, WaterStep& step) {
  if (levels_.levels.empty() || omp_get_max_threads() == 1) {  // along the rivers: kind to the cache
    for (int j : basin_.network.junction_order) route_from(j, input, step);
    return;
  }
  with_team(true, [&] {
    for (const std::vector<int>& level : levels_.levels)
      share_work(true, static_cast<int>(level.size()), 0, 1,
                 [&](int i, int) { route_from(level[static_cast<std::size_t>(i)], input, step); });
  });
  for (int j : levels_.rest) route_from(j, input, step);
}

void RoutedFlow::route_from(int junction, const WaterInput& input, WaterStep& step) {
  const Network& network = basin_.network;
  junctions_.pass(junction, input, end_rate_, step, begin_rate_);
  for (int chain : network.junctions[static_cast<std::size_t>(junction)].out) {
    if (network.is_lake(chain)) {
      route_lake(chain, input, step);
      continue;
    }
    const Chain& cells = network.chains[static_cast<std::size_t>(chain)];
    const double fall = network.reaches[static_cast<std::size_t>(cells.reach)].slope *
                        network.cell_length[static_cast<std::size_t>(cells.first_cell)];
    if (basin_.schemes.hydraulics == HydraulicScheme::muskingum_cunge)
      route_chain(chain, CungeWeight{fall}, input, step);
    else
      route_chain(chain, FixedWeight{0.5}, input, step);
  }
}

template <class Weight>
void RoutedFlow::route_chain(int chain_index, const Weight& weight, const WaterInput& input,
                             WaterStep& step) {
  const Network& network = basin_.network;
  const auto k = static_cast<std::size_t>(chain_index);
  const Chain& chain = network.chains[k];
  const Reach& reach = network.reaches[static_cast<std::size_t>(chain.reach)];
  const auto first = static_cast<std::size_t>(chain.first_cell);
  const double length = network.cell_length[first], per_length = 1 / length, per_dt = 1 / input.dt;
  const ManningStorage storage{network.channels[static_cast<std::size_t>(reach.channel)], length, reach.slope,
                               reach.manning_n};
  const LossInput* loss = loss_of(input, chain.reach);
  auto face = static_cast<std::size_t>(network.first_face(chain_index));
  double i0 = rate_[face], i1 = begin_rate_[k];
  rate_[face] = i1;
  for (std::size_t i = first; i < first + static_cast<std::size_t>(chain.cells); ++i, ++face) {
    const double o0 = rate_[face + 1];
    double lateral = step.lateral_in[i];
    if (loss) {
      const double there = step.volume0[i] + step.face[face] + lateral;
      lateral -= take_loss(*loss, flows_[i].top_width * length * input.dt, there, i, step);
      if (step.volume0[i] + step.face[face] + lateral <= kDryShare * there) {  // all of it is lost
        step.face[face + 1] = step.volume1[i] = rate_[face + 1] = i1 = 0;
        i0 = o0;
        continue;
      }
    }
    const CellWater cell{per_length, input.dt, per_dt, step.volume0[i], step.face[face], lateral, i0, i1, o0};
    const RoutedCell out = route_cell(cell, storage, weight, flows_[i]);
    step.face[face + 1] = cell.available() - out.volume;
    step.volume1[i] = out.volume;
    rate_[face + 1] = i1 = out.rate;
    i0 = o0;
    counts_[k].limited += out.limited;
    counts_[k].capped += out.capped;
  }
  end_rate_[k] = i1;
}

void RoutedFlow::route_lake(int chain, const WaterInput& input, WaterStep& step) {
  const auto k = static_cast<std::size_t>(chain);
  end_rate_[k] = lakes_.route(chain, input, step);
  const auto first = static_cast<std::size_t>(basin_.network.first_face(chain)),
             last = first + static_cast<std::size_t>(basin_.network.chains[k].cells);
  rate_[first] = begin_rate_[k];
  for (std::size_t f = first + 1; f < last; ++f) rate_[f] = step.face[f] / input.dt;
  rate_[last] = end_rate_[k];
}

Hydraulics::Counts RoutedFlow::counts() const {
  Counts sum;
  for (const Counts& chain : counts_) {
    sum.limited += chain.limited;
    sum.capped += chain.capped;
  }
  return sum;
}

void RoutedFlow::checkpoint(Checkpoint& file) {
  file.fixed("rates", rate_);
  file.item("uniform flows", flows_);
  file.fixed("counts", counts_);
}

}  // namespace limpid
