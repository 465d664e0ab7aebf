#include "solvers/junction_flow.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/hydraulics.hpp"
#include "solvers/state.hpp"

namespace limpid {

JunctionFlow::JunctionFlow(const Basin& basin)
    : basin_(basin), inflows_(basin.network.junctions.size()), abstractions_(basin.network.junctions.size()) {
  for (std::size_t s = 0; s < basin.sources.size(); ++s) {
    const Source& source = basin.sources[s];
    if (source.junction < 0) continue;
    auto& list = source.kind == SourceKind::abstraction ? abstractions_ : inflows_;
    list[static_cast<std::size_t>(source.junction)].push_back(static_cast<int>(s));
  }
}

void JunctionFlow::spread_laterals(const WaterInput& input, WaterStep& step) const {
  std::fill(step.lateral_in.begin(), step.lateral_in.end(), 0.0);
  for (const DiffuseShare& share : basin_.diffuse_shares)
    step.lateral_in[static_cast<std::size_t>(share.cell)] +=
        share.share * input.volume[static_cast<std::size_t>(share.source)];
}

JunctionFlow::Water JunctionFlow::gather(int junction, const WaterInput& input,
                                         const std::vector<double>& chain_rate, WaterStep& step) const {
  const Network& network = basin_.network;
  const auto j = static_cast<std::size_t>(junction);
  Water water;
  for (int chain : network.junctions[j].in) {
    const Chain& c = network.chains[static_cast<std::size_t>(chain)];
    water.volume += step.face[static_cast<std::size_t>(network.first_face(chain) + c.cells)];
    water.rate += chain_rate[static_cast<std::size_t>(chain)];
  }
  double entering = 0;
  for (int s : inflows_[j]) {
    entering += input.volume[static_cast<std::size_t>(s)];
    water.rate += input.rate[static_cast<std::size_t>(s)];
  }
  step.junction_in[j] = entering;
  water.volume += entering;
  return water;
}

// First come, first served, in the order of the sources.
void JunctionFlow::abstract(int junction, const WaterInput& input, WaterStep& step, Water& water) const {
  const auto j = static_cast<std::size_t>(junction);
  double leaving = 0;
  for (int s : abstractions_[j]) {
    const auto source = static_cast<std::size_t>(s);
    const double taken = std::min(input.volume[source], water.volume);
    step.abstracted[source] = taken;
    leaving += taken;
    water.volume -= taken;
    water.rate = std::max(0.0, water.rate - input.rate[source]);
  }
  step.junction_out[j] = leaving;
}

void JunctionFlow::pass(int junction, const WaterInput& input, const std::vector<double>& chain_rate,
                        WaterStep& step, std::vector<double>& inflow_rate) {
  const Network& network = basin_.network;
  Water water = gather(junction, input, chain_rate, step);
  abstract(junction, input, step, water);
  const auto& out = network.junctions[static_cast<std::size_t>(junction)].out;
  const auto face = [&](int chain) { return static_cast<std::size_t>(network.first_face(chain)); };
  if (out.size() == 1) {
    step.face[face(out[0])] = water.volume;
    inflow_rate[static_cast<std::size_t>(out[0])] = water.rate;
    return;
  }
  if (share_.size() < out.size()) share_.resize(out.size());
  split_volume(network, junction, water.volume, input.dt, share_.data());
  for (std::size_t k = 0; k < out.size(); ++k) step.face[face(out[k])] = share_[k];
  split_flow(network, junction, water.rate, share_.data());
  for (std::size_t k = 0; k < out.size(); ++k) inflow_rate[static_cast<std::size_t>(out[k])] = share_[k];
}

void split_volume(const Network& network, int junction, double volume, double seconds, double* out) {
  const auto& chains = network.junctions[static_cast<std::size_t>(junction)].out;
  if (chains.empty()) return;
  double left = volume;
  std::size_t remainder = 0;
  for (std::size_t k = 0; k < chains.size(); ++k) {
    const int reach = network.chains[static_cast<std::size_t>(chains[k])].reach;
    const Split& split = network.reaches[static_cast<std::size_t>(reach)].split;
    if (chains.size() == 1 || split.kind == SplitKind::remainder) {
      remainder = k;
      continue;
    }
    const double wanted = split.kind == SplitKind::fraction
                              ? split.fraction * volume
                              : std::clamp(volume - split.reserve * seconds, 0.0, split.capacity * seconds);
    out[k] = std::min(wanted, left);
    left -= out[k];
  }
  out[remainder] = left;
}

namespace {

// The velocity is that of uniform flow at the area that stands: the step's mean discharge over the area at
// its end would run away where a cell falls dry (10^5 m/s was seen).
void set_chain_geometry(const Network& network, const Chain& chain, WaterStep& step, NormalFlow* flows) {
  const Reach& reach = network.reaches[static_cast<std::size_t>(chain.reach)];
  const Channel& channel = network.channels[static_cast<std::size_t>(reach.channel)];
  const auto first = static_cast<std::size_t>(chain.first_cell),
             end = first + static_cast<std::size_t>(chain.cells);
  for (std::size_t i = first; i < end; ++i) step.area[i] = step.volume1[i] / network.cell_length[i];
  normal_flows(channel, reach.slope, reach.manning_n, &step.area[first], chain.cells, flows + first);
  for (std::size_t i = first; i < end; ++i) {
    const bool dry = step.volume1[i] <= kDryVolume;
    step.velocity[i] = dry ? 0 : flows[i].discharge / step.area[i];
    step.depth[i] = dry ? 0 : step.area[i] / flows[i].top_width;
  }
}

}  // namespace

void set_geometry(const Network& network, WaterStep& step, std::vector<NormalFlow>& flows) {
  flows.resize(static_cast<std::size_t>(network.cell_count()));
  const double rate = 0.5 / step.dt;
  for (std::size_t k = 0; k < network.chains.size(); ++k) {
    const Chain& chain = network.chains[k];
    set_chain_geometry(network, chain, step, flows.data());
    const auto first = static_cast<std::size_t>(chain.first_cell);
    double total = 0;
    for (std::size_t i = first; i < first + static_cast<std::size_t>(chain.cells); ++i) {
      step.discharge[i] = rate * (step.face[i + k] + step.face[i + k + 1]);
      total += step.volume1[i] + step.discharge[i];
    }
    const Reach& reach = network.reaches[static_cast<std::size_t>(chain.reach)];
    if (!std::isfinite(total)) throw Failure(Code::E3001, reach.place, {reach.id});
  }
}

std::vector<double> accumulate_steady(const Basin& basin, JunctionFlow& junctions, const WaterInput& input,
                                      WaterStep& step) {
  const Network& network = basin.network;
  std::vector<double> middle(static_cast<std::size_t>(network.cell_count())),
      end_rate(network.chains.size(), 0), begin_rate(end_rate);
  junctions.spread_laterals(input, step);
  for (int j : network.junction_order) {
    junctions.pass(j, input, end_rate, step, begin_rate);
    for (int k : network.junctions[static_cast<std::size_t>(j)].out) {
      const Chain& chain = network.chains[static_cast<std::size_t>(k)];
      double volume = step.face[static_cast<std::size_t>(network.first_face(k))];
      for (int i = 0; i < chain.cells; ++i) {
        const auto cell = static_cast<std::size_t>(chain.first_cell + i);
        middle[cell] = (volume + 0.5 * step.lateral_in[cell]) / input.dt;
        volume += step.lateral_in[cell];
        step.face[static_cast<std::size_t>(network.first_face(k) + i + 1)] = volume;
      }
      end_rate[static_cast<std::size_t>(k)] = volume / input.dt;
    }
  }
  return middle;
}

}  // namespace limpid
