#include "solvers/junction_flow.hpp"

#include <algorithm>

#include "solvers/hydraulics.hpp"

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
    step.lateral_in[static_cast<std::size_t>(share.cell)] += share.share * input.volume[static_cast<std::size_t>(share.source)];
}

void JunctionFlow::pass(int junction, const WaterInput& input, const std::vector<double>& chain_rate, WaterStep& step,
                        std::vector<double>& inflow_rate) const {
  const Network& network = basin_.network;
  const auto j = static_cast<std::size_t>(junction);
  double volume = 0, rate = 0;
  for (int chain : network.junctions[j].in) {
    const Chain& c = network.chains[static_cast<std::size_t>(chain)];
    volume += step.face[static_cast<std::size_t>(network.first_face(chain) + c.cells)];
    rate += chain_rate[static_cast<std::size_t>(chain)];
  }
  step.junction_in[j] = step.junction_out[j] = 0;
  for (int s : inflows_[j]) {
    step.junction_in[j] += input.volume[static_cast<std::size_t>(s)];
    rate += input.rate[static_cast<std::size_t>(s)];
  }
  volume += step.junction_in[j];
  for (int s : abstractions_[j]) {
    const double taken = std::min(input.volume[static_cast<std::size_t>(s)], volume);
    step.abstracted[static_cast<std::size_t>(s)] = taken;
    step.junction_out[j] += taken;
    volume -= taken;
    rate = std::max(0.0, rate - input.rate[static_cast<std::size_t>(s)]);
  }
  const auto& out = network.junctions[j].out;
  if (out.empty()) return;
  std::vector<double> volumes(out.size()), rates(out.size());
  split_flow(network, junction, volume / input.dt, volumes.data());
  split_flow(network, junction, rate, rates.data());
  double given = 0;  // the last outgoing chain takes the round-off, so that the junction holds nothing
  for (std::size_t k = 0; k < out.size(); ++k) {
    const bool last = k + 1 == out.size();
    const double share = last ? std::max(0.0, volume - given) : volumes[k] * input.dt;
    step.face[static_cast<std::size_t>(network.first_face(out[k]))] = share;
    inflow_rate[static_cast<std::size_t>(out[k])] = rates[k];
    given += share;
  }
}

void set_geometry(const Network& network, WaterStep& step) {
  for (std::size_t k = 0; k < network.chains.size(); ++k) {
    const Chain& chain = network.chains[k];
    const Channel& channel = network.channels[static_cast<std::size_t>(network.reaches[static_cast<std::size_t>(chain.reach)].channel)];
    const auto first = static_cast<std::size_t>(chain.first_cell);
    for (std::size_t i = first; i < first + static_cast<std::size_t>(chain.cells); ++i) {
      const double area = step.volume1[i] / network.cell_length[i];
      step.area[i] = area;
      step.discharge[i] = 0.5 * (step.face[i + k] + step.face[i + k + 1]) / step.dt;
      step.velocity[i] = area > 0 ? step.discharge[i] / area : 0;
      step.depth[i] = area > 0 ? area / channel.top_width(channel.depth(area)) : 0;
    }
  }
}

std::vector<double> accumulate_steady(const Basin& basin, const JunctionFlow& junctions, const WaterInput& input, WaterStep& step) {
  const Network& network = basin.network;
  std::vector<double> middle(static_cast<std::size_t>(network.cell_count())), end_rate(network.chains.size(), 0), begin_rate(end_rate);
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
