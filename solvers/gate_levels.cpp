#include "solvers/gate_levels.hpp"

#include <algorithm>

#include "model/bed.hpp"

namespace limpid {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

double ruled_opening(const GateInput& gate, double own, double level) {
  const double share = std::clamp((level - gate.from) / (gate.full - gate.from), 0.0, 1.0);
  return own + gate.strength * share * (gate.opening - own);
}

GateLevels::GateLevels(const Network& network) : network_(network) {
  if (network.structures.empty()) return;
  const std::vector<double> beds = node_beds(network);
  for (const Structure& structure : network.structures) {
    const std::vector<int>& in = network.junctions[at(structure.node)].in;
    cell_.push_back(in.empty() ? -1
                               : network.chains[at(in.front())].first_cell +
                                     network.chains[at(in.front())].cells - 1);
    const int cell = cell_.back();
    bed_.push_back(cell < 0 ? 0.0
                            : bed_at(network.reaches[at(network.cell_reach[at(cell)])], beds,
                                     network.cell_chainage[at(cell)]));
  }
}

double GateLevels::level_above(int structure, const WaterStep& step,
                               const std::vector<ChannelInput>& channels) const {
  const int cell = cell_[at(structure)];
  if (cell < 0) return 0;
  const std::size_t reach = at(network_.cell_reach[at(cell)]);
  const Channel& channel = network_.channels[at(network_.reaches[reach].channel)];
  const double area = step.volume1[at(cell)] / network_.cell_length[at(cell)];
  const double depth =
      channels.empty() ? channel.depth(area) : widened(channel, channels[reach].width_factor).depth(area);
  return bed_[at(structure)] + depth;
}

void GateLevels::open(const WaterStep& step, WaterInput& input) const {
  for (const GateInput& gate : input.gates) {
    const double level = level_above(gate.structure, step, input.channels);
    double& opening = input.openings[at(gate.structure)];
    opening = ruled_opening(gate, opening, level);
  }
}

}  // namespace limpid
