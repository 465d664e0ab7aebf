#include "solvers/steady.hpp"

#include <algorithm>

#include "solvers/checkpoint.hpp"
#include "solvers/reach_losses.hpp"
#include "solvers/state.hpp"

namespace limpid {

SteadyFlow::SteadyFlow(const Basin& basin)
    : basin_(basin),
      junctions_(basin),
      lakes_(basin),
      backwater_(basin),
      wanted_area_(static_cast<std::size_t>(basin.network.cell_count()), 0.0),
      end_rate_(basin.network.chains.size(), 0.0),
      begin_rate_(end_rate_),
      target_(basin.network, static_cast<int>(basin.sources.size())) {}

void SteadyFlow::aim(const WaterInput& input, const std::vector<double>& discharge, const WaterStep& water) {
  const Network& network = basin_.network;
  for (std::size_t i = 0; i < wanted_area_.size(); ++i) {
    if (!discharge_.empty() && discharge[i] == discharge_[i]) continue;
    if (network.is_lake(network.cell_chain[i]) || backwater_.holds(static_cast<int>(i))) continue;
    const Reach& reach = network.reaches[static_cast<std::size_t>(network.cell_reach[i])];
    const Channel& channel = network.channels[static_cast<std::size_t>(reach.channel)];
    wanted_area_[i] = normal_area(channel, discharge[i], reach.slope, reach.manning_n, wanted_area_[i]);
  }
  discharge_ = discharge;
  if (backwater_.any()) backwater_.set_areas(input, discharge, water, wanted_area_);
}

// Where the surface is not uniform flow's, the velocity is that of the flow.
void SteadyFlow::set_step_geometry(WaterStep& step) {
  set_geometry(basin_.network, step, flows_);
  for (std::size_t i = 0; backwater_.any() && i < step.velocity.size(); ++i)
    if (backwater_.holds(static_cast<int>(i)) && step.volume1[i] > kDryVolume)
      step.velocity[i] = step.discharge[i] / step.area[i];
}

void SteadyFlow::initialise(const WaterInput& input, WaterStep& step) {
  step.dt = input.dt;
  lakes_.fill(step);
  settle_losses(basin_.network, input, [&](const std::vector<double>& widths, std::vector<double>& areas) {
    backwater_.forget_lakes();
    aim(input, accumulate_steady(basin_, junctions_, input, step, &lakes_, widths), step);
    areas = wanted_area_;
  });
  for (std::size_t i = 0; i < wanted_area_.size(); ++i)
    step.volume1[i] = wanted_area_[i] * basin_.network.cell_length[i];
  lakes_.fill(step);
  step.volume0 = step.volume1;
  set_step_geometry(step);
}

void SteadyFlow::resume(const WaterInput& input, const std::vector<double>& face_rate, WaterStep& step) {
  step.dt = input.dt;
  step.volume0 = step.volume1;
  for (std::size_t f = 0; f < face_rate.size(); ++f) step.face[f] = face_rate[f] * input.dt;
  set_step_geometry(step);
}

// As the last step left the water.
void SteadyFlow::set_widths(const WaterInput& input, const std::vector<double>& volume) {
  widths_.clear();
  if (input.losses.empty()) return;
  std::vector<double> area(volume);
  for (std::size_t i = 0; i < area.size(); ++i) area[i] /= basin_.network.cell_length[i];
  surface_widths(basin_.network, area, widths_);
}

void SteadyFlow::take_channels(WaterStep& step) {
  discharge_.clear();
  set_step_geometry(step);
}

void SteadyFlow::advance(const WaterInput& input, WaterStep& step) {
  const Network& network = basin_.network;
  step.dt = input.dt;
  step.volume0.swap(step.volume1);
  if (lakes_.any()) target_.volume0 = step.volume0;
  set_widths(input, step.volume0);
  const std::vector<double> discharge =
      accumulate_steady(basin_, junctions_, input, target_, &lakes_, widths_);
  target_.dt = input.dt;
  aim(input, discharge, target_);
  counts_.capped += backwater_.capped();
  junctions_.spread_laterals(input, step);
  for (int j : network.junction_order) {
    junctions_.pass(j, input, end_rate_, step, begin_rate_);
    for (int k : network.junctions[static_cast<std::size_t>(j)].out) {
      if (network.is_lake(k)) {
        end_rate_[static_cast<std::size_t>(k)] = lakes_.route(k, input, step);
        continue;
      }
      const Chain& chain = network.chains[static_cast<std::size_t>(k)];
      const LossInput* loss = loss_of(input, chain.reach);
      for (int i = 0; i < chain.cells; ++i) {
        const auto cell = static_cast<std::size_t>(chain.first_cell + i);
        const auto face = static_cast<std::size_t>(network.first_face(k) + i);
        double there = step.volume0[cell] + step.face[face] + step.lateral_in[cell];
        if (loss)
          there = std::max(0.0, there - take_loss(*loss, widths_[cell] * network.cell_length[cell] * input.dt,
                                                  there, cell, step));
        const double wanted = wanted_area_[cell] * network.cell_length[cell];
        step.face[face + 1] = std::max(0.0, there - wanted);
        step.volume1[cell] = there - step.face[face + 1];
        counts_.limited += there < wanted;
      }
      end_rate_[static_cast<std::size_t>(k)] =
          step.face[static_cast<std::size_t>(network.first_face(k) + chain.cells)] / input.dt;
    }
  }
  set_step_geometry(step);
}

// The search for a normal depth starts from the last one.
void SteadyFlow::checkpoint(Checkpoint& file) {
  file.fixed("wanted areas", wanted_area_);
  file.item("discharges", discharge_);
  file.item("counts", counts_);
  backwater_.checkpoint(file);
}

}  // namespace limpid
