// The levels that hold steady flow: at outlets, in lakes, above structures.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "model/bed.hpp"
#include "solvers/backwater.hpp"
#include "solvers/checkpoint.hpp"
#include "solvers/lake_flow.hpp"
#include "solvers/rising_root.hpp"
#include "solvers/structure_level.hpp"

namespace limpid {

namespace {

constexpr double kFalls = -1e300;  // m, of what a river falls to freely

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

void Backwater::set_gates() {
  const Network& network = basin_.network;
  for (std::size_t s = 0; s < network.structures.size(); ++s) {
    const int node = network.structures[s].node;
    if (!structure_holds(network, node)) continue;
    int& gate = gate_of_[at(node)];
    if (gate < 0) {
      gate = static_cast<int>(gates_.size());
      gates_.emplace_back();
    }
    gates_[at(gate)].push_back(static_cast<int>(s));
  }
}

double Backwater::outlet_level(int number, double flow, const WaterInput& input) const {
  if (number < 0) return kFalls;
  const Outlet& outlet = basin_.network.outlets[at(number)];
  if (outlet.kind == OutletKind::stage)
    return input.outlets.empty() ? outlet.stage.at(0) : input.outlets[at(number)].stage1;
  if (outlet.kind != OutletKind::rating || outlet.rating.stage.size() < 2) return kFalls;
  const double lowest = outlet.rating.stage.front();
  const auto excess = [&](double above) -> Line {
    return {outlet.rating.at(lowest + above) - flow, outlet.rating.slope(lowest + above)};
  };
  return lowest + rising_root(excess, 0, above_root(excess, 1));
}

// From below up: every way's lake is that of the ways below it.
void Backwater::set_lakes() {
  const Network& network = basin_.network;
  for (auto way = ways_.rbegin(); way != ways_.rend(); ++way)
    for (const int k : network.junctions[at(network.chains[at(way->chain)].downstream)].out) {
      const Lake* lake = network.lake_of(k);
      const int below = lake ? lake->number : way_of_[at(k)] < 0 ? -1 : ways_[at(way_of_[at(k)])].lake;
      way->lake = std::max(way->lake, below);
    }
  river_area_.assign(network.lakes.size(), 0.0);
  forget_lakes();
}

void Backwater::forget_lakes() {
  lake_level_.assign(basin_.network.lakes.size(), std::numeric_limits<double>::quiet_NaN());
}

void Backwater::checkpoint(Checkpoint& file) {
  file.fixed("lakes' levels", lake_level_);
  file.fixed("rivers' areas", river_area_);
}

void Backwater::aim_lakes(const WaterStep& water) {
  for (const Lake& lake : basin_.network.lakes) {
    const auto first = basin_.network.chains[at(lake.chain)].first_cell;
    const auto total = [&](const std::vector<double>& volume) {
      return std::accumulate(volume.begin() + first, volume.begin() + first + lake.layers(), 0.0);
    };
    double& level = lake_level_[at(lake.number)];
    if (std::isnan(level)) {
      level = lake.curve.level_at(total(water.volume0));
      continue;
    }
    const double volume = total(water.volume1), alone = lake.curve.level_at(volume);
    const double area = river_area_[at(lake.number)], before = level, low = std::min(alone, before);
    const auto excess = [&](double above) -> Line {
      const double z = low + above;
      return {lake.curve.volume_at(z) - volume + area * (z - before), storage_slope(lake.curve, z) + area};
    };
    if (alone != before) level = low + rising_root(excess, 0, std::max(alone, before) - low);
  }
}

// By the water surfaces of the cells, as far as they follow their lake.
void Backwater::weigh_rivers() {
  const Network& network = basin_.network;
  std::fill(river_area_.begin(), river_area_.end(), 0.0);
  for (const Reachway& way : ways_) {
    if (way.lake < 0) continue;
    const Chain& chain = network.chains[at(way.chain)];
    const Channel& channel = network.channels[at(network.reaches[at(chain.reach)].channel)];
    for (int i = 0; i < chain.cells; ++i) {
      const Section& s = way.sections[at(i + 1)];
      if (s.felt > 0)
        river_area_[at(way.lake)] +=
            s.felt * channel.top_width(s.depth) * network.cell_length[at(chain.first_cell + i)];
    }
  }
}

// Level at a chain's lower end, or beyond the structures there; kFalls where the river falls freely.
Backwater::Held Backwater::level_below(const Reachway& way, const WaterInput& input,
                                       const WaterStep& water) const {
  const int node = basin_.network.chains[at(way.chain)].downstream;
  const Junction& junction = basin_.network.junctions[at(node)];
  if (junction.is_outlet()) return {outlet_level(outlet_of_[at(node)], way.sections.back().flow, input), 0};
  if (const Lake* lake = basin_.network.lake_of(junction.out.front()))
    return {lake_level_[at(lake->number)], 1};
  Held highest{kFalls, 0};
  for (const int k : junction.out) {
    if (way_of_[at(k)] < 0 && gate_of_[at(node)] < 0) continue;
    const Section* below = way_of_[at(k)] < 0 ? nullptr : &ways_[at(way_of_[at(k)])].sections.front();
    const double level = gate_of_[at(node)] < 0 ? below->bed + below->depth : level_at_head(k, water);
    if (level > highest.level) highest = {level, below ? below->felt : 0};
  }
  return highest;
}

Backwater::Held Backwater::level_held(const Reachway& way, const WaterInput& input, const WaterStep& water) {
  const Held below = level_below(way, input, water);
  const int gate = gate_of_[at(basin_.network.chains[at(way.chain)].downstream)];
  if (gate < 0) return below;
  constexpr double kShift = 1e-4;  // m
  const auto above = [&](double level) {
    return level_above(basin_.network.structures, gates_[at(gate)], openings_, way.sections.back().flow,
                       level);
  };
  const LevelAbove now = above(below.level);
  capped_ += now.capped;
  if (below.felt <= 0) return {now.level, 0};
  const double followed = (above(below.level + kShift).level - now.level) / kShift;
  return {now.level, below.felt * std::clamp(followed, 0.0, 1.0)};
}

}  // namespace limpid
