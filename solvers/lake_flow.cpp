#include "solvers/lake_flow.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "solvers/state.hpp"

namespace limpid {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

// The row that a level lies above; the first below it, the last but one above all.
std::size_t row_at(const StorageCurve& curve, double level) {
  const auto above = std::upper_bound(curve.level.begin() + 1, curve.level.end() - 1, level);
  return static_cast<std::size_t>(above - curve.level.begin()) - 1;
}

// Outflow of a lake as a function of its volume [m3 -> m3/s].
struct OutflowLaw {
  const Lake& lake;
  double release, lowest_volume;

  double spill(double volume) const {
    const double level = lake.curve.level_at(volume);
    return lake.spillway.outflow(level) + lake.curve.outflow_at(level);
  }
  double released(double volume) const { return volume > lowest_volume ? release : 0.0; }
  // 1/s, of what the level opens; one-sided over a small part of the volume, as the curve has corners.
  double slope(double volume) const {
    const double part = 1e-6 * std::max(volume, 1e-3 * lake.curve.volume.back());
    return (spill(volume + part) - spill(volume)) / part;
  }
};

// Everything that leaves, as far as volume1 decides.
struct PoolBalance {
  const OutflowLaw& law;
  double dt, evaporation, available;
  double spill0, area0;

  double evaporated(double volume1) const {
    return 0.5 * dt * evaporation * (area0 + law.lake.curve.area_at(law.lake.curve.level_at(volume1)));
  }
  double spilling(double theta, double volume1) const {
    return (1 - theta) * spill0 + theta * law.spill(volume1);
  }
  double residual(double theta, double volume1) const {
    return volume1 + dt * (spilling(theta, volume1) + law.released(volume1)) + evaporated(volume1) -
           available;
  }
  // The volume where the residual changes its sign; 0 where it is positive everywhere.
  double solve(double theta) const {
    constexpr int kMostSteps = 200;
    double low = 0, high = available, low_value = residual(theta, 0);
    if (low_value >= 0) return 0;
    double high_value = residual(theta, high);
    if (high_value <= 0) return high;
    // The Illinois form of regula falsi, every third step a halving: safe at jumps and corners.
    for (int n = 0; n < kMostSteps && high - low > 1e-15 * available; ++n) {
      const double cut = (low * high_value - high * low_value) / (high_value - low_value);
      const double volume = n % 3 == 2 || !(cut > low && cut < high) ? 0.5 * (low + high) : cut;
      const double value = residual(theta, volume);
      if (value == 0 || volume <= low || volume >= high) return volume;
      if (value > 0) {
        high = volume;
        high_value = value;
        low_value *= 0.5;
      } else {
        low = volume;
        low_value = value;
        high_value *= 0.5;
      }
    }
    return low;
  }
};

}  // namespace

LakeSpill lake_spill(const Lake& lake, double level) {
  const StorageCurve& curve = lake.curve;
  const double head = level - lake.spillway.crest;
  LakeSpill spill;
  if (head > 0) {
    spill.rate = lake.spillway.outflow(level);
    spill.slope = 1.5 * spill.rate / head;
  }
  if (curve.outflow.empty()) return spill;
  const std::size_t row = row_at(curve, level);
  spill.rate += curve.outflow_at(level);
  spill.slope += std::max(
      0.0, (curve.outflow[row + 1] - curve.outflow[row]) / (curve.level[row + 1] - curve.level[row]));
  return spill;
}

double storage_slope(const StorageCurve& curve, double level) {
  if (level >= curve.level.back()) return curve.area.back();
  const std::size_t row = row_at(curve, level);
  return (curve.volume[row + 1] - curve.volume[row]) / (curve.level[row + 1] - curve.level[row]);
}

LakeFlow::LakeFlow(const Basin& basin) : basin_(basin), abstractions_(basin.network.lakes.size()) {
  for (std::size_t l = 0; l < abstractions_.size(); ++l) {
    const int below = basin.network.chains[at(basin.network.lakes[l].chain)].downstream;
    for (std::size_t s = 0; s < basin.sources.size(); ++s)
      if (basin.sources[s].kind == SourceKind::abstraction && basin.sources[s].junction == below)
        abstractions_[l].push_back(static_cast<int>(s));
  }
}

void LakeFlow::fill(WaterStep& step) const {
  for (const Lake& lake : basin_.network.lakes) {
    const int first = basin_.network.chains[at(lake.chain)].first_cell;
    for (auto* volumes : {&step.volume0, &step.volume1})
      lake.share_volume(lake.curve.volume_at(lake.initial_level), volumes->data() + first);
  }
}

LakeDemand LakeFlow::demand(const Lake& lake, const WaterInput& input) const {
  LakeDemand demand{0, lake.inflow_share, 0, 0, input.hold_levels};
  if (!input.lakes.empty()) {
    demand.release = input.lakes[at(lake.number)].release;
    demand.evaporation = input.lakes[at(lake.number)].evaporation;
  }
  for (const int s : abstractions_[at(lake.number)]) demand.abstraction += input.volume[at(s)] / input.dt;
  return demand;
}

LakePool LakeFlow::pool(const Lake& lake, const LakeDemand& demand, double dt, double volume, double inflow) {
  const double area0 = lake.curve.area_at(lake.curve.level_at(volume)), available = volume + inflow;
  LakePool pool;
  if (demand.hold) {
    pool.volume = volume;
    pool.evaporated = std::min(dt * demand.evaporation * area0, inflow);
    pool.outflow = inflow - pool.evaporated;
    pool.spilled = demand.release > 0 || demand.share > 0 ? 0 : pool.outflow;
    pool.end_rate = pool.outflow / dt;
    return pool;
  }
  const OutflowLaw law{lake, demand.through_dam(inflow / dt), lake.curve.volume_at(lake.lowest_level)};
  const PoolBalance balance{law, dt, demand.evaporation, available, law.spill(volume), area0};
  const double response = dt * std::max(law.slope(volume), law.slope(balance.solve(1.0)));
  const double theta = std::max(0.5, 1 - 1 / std::max(response, 1e-300));
  pool.volume = balance.solve(theta);
  pool.evaporated = std::min(balance.evaporated(pool.volume), available - pool.volume);
  pool.outflow = available - pool.volume - pool.evaporated;
  pool.spilled = std::min(pool.outflow, dt * balance.spilling(theta, pool.volume));
  pool.end_rate = law.spill(pool.volume) + (pool.outflow - pool.spilled) / dt;
  return pool;
}

// Volumes of the layers, and the faces between them from the bottom up.
void LakeFlow::set_layers(const Lake& lake, const LakePool& pool, WaterStep& step) const {
  const Chain& chain = basin_.network.chains[at(lake.chain)];
  const auto face = at(basin_.network.first_face(lake.chain));
  const int n = lake.layers();
  double* volume = step.volume1.data() + chain.first_cell;
  lake.share_volume(pool.volume, volume);
  int wet = 0;
  while (wet + 1 < n && volume[wet] <= 0) ++wet;
  for (int k = 0; k < n; ++k) step.evaporated[at(chain.first_cell + k)] = k == wet ? pool.evaporated : 0.0;
  step.spilled[at(lake.number)] = pool.spilled;
  step.face[face + at(n)] = pool.outflow;
  for (int k = 1; k < n; ++k) step.face[face + at(k)] = 0;
  for (int k = n - 1; k > 0; --k)
    step.face[face + at(k)] = volume[k] - step.volume0[at(chain.first_cell + k)] -
                              lake_change(lake, chain.first_cell, static_cast<int>(face), k, step);
}

double LakeFlow::route(int chain, const WaterInput& input, WaterStep& step) const {
  const Lake& lake = *basin_.network.lake_of(chain);
  const Chain& cells = basin_.network.chains[at(chain)];
  const auto face = at(basin_.network.first_face(chain));
  const double* begin = step.volume0.data() + cells.first_cell;
  const double* lateral = step.lateral_in.data() + cells.first_cell;
  const double inflow = std::accumulate(lateral, lateral + cells.cells, step.face[face]);
  const LakePool routed =
      pool(lake, demand(lake, input), input.dt, std::accumulate(begin, begin + cells.cells, 0.0), inflow);
  set_layers(lake, routed, step);
  return routed.end_rate;
}

bool set_lake_geometry(const Network& network, const Lake& lake, WaterStep& step) {
  const Chain& chain = network.chains[at(lake.chain)];
  const auto face = at(network.first_face(lake.chain));
  const double* volumes = step.volume1.data() + chain.first_cell;
  const double volume = std::accumulate(volumes, volumes + chain.cells, 0.0);
  const double passing = 0.5 / step.dt * (step.face[face] + step.face[face + at(chain.cells)]);
  for (int k = 0; k < chain.cells; ++k) {
    const auto i = at(chain.first_cell + k);
    const bool dry = step.volume1[i] <= kDryVolume;
    step.area[i] = step.volume1[i] / lake.length;
    step.depth[i] = dry ? 0 : step.volume1[i] / lake.layer_area(k, volume);
    step.velocity[i] = dry ? 0 : passing * lake.length / volume;
    step.discharge[i] = passing;
  }
  return std::isfinite(volume + passing);
}

}  // namespace limpid
