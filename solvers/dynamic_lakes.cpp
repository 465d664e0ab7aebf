// Lakes in the dynamic wave: one level each, seen by the rivers that end in them.
//
//   V(eta) = V^n + dt (in - O - R - E),   O = (1 - w) O(eta^n) + w O(eta),   E = e [A(eta^n) + A(eta)] / 2
// with storage curve, spill O, release R and evaporation E of lake_flow.hpp and its weight w, of the second
// order while a sub-step is shorter than two response times of the lake. `in` are the fluxes across the
// shores, which the wave's momentum equation gives: water runs back into the rivers where the lake stands
// higher. What the lake lets out does not depend on the level below it.
#include <algorithm>
#include <cmath>

#include "model/wetted.hpp"
#include "solvers/dynamic.hpp"

namespace limpid {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

std::vector<DynamicFlow::Pond> DynamicFlow::ponds_of(const Network& network, const WaveGrid& grid) {
  std::vector<Pond> ponds;
  for (std::size_t k = 0; k < network.chains.size(); ++k) {
    const Lake* lake = network.lake_of(static_cast<int>(k));
    if (!lake) continue;
    Pond pond;
    pond.lake = lake;
    pond.cell = at(grid.lake_cell[at(lake->number)]);
    for (std::size_t f = 0; f < grid.faces.size(); ++f)
      if (grid.faces[f].lake == lake->number) pond.face = static_cast<int>(f);
    for (std::size_t o = 0; o < grid.outlets.size(); ++o)
      if (grid.outlets[o].lake == lake->number) pond.outlet = static_cast<int>(o);
    pond.lowest_volume = lake->curve.volume_at(lake->lowest_level);
    ponds.push_back(pond);
  }
  return ponds;
}

void DynamicFlow::set_lake_demands(const WaterInput& input) {
  for (Pond& pond : ponds_) {
    pond.demand = lakes_.demand(*pond.lake, input);
    pond.all_spilled = pond.all_evaporated = 0;
    given_[pond.cell] = given(pond);
  }
}

// A section as wide as the volume grows, over the length of the cell that stands for the lake.
void DynamicFlow::set_pond_cell(const Pond& pond) {
  const StorageCurve& curve = pond.lake->curve;
  const double level = grid_.bed[pond.cell] + depth_[pond.cell], per_length = 1 / grid_.length[pond.cell];
  area_[pond.cell] = curve.volume_at(level) * per_length;
  width_[pond.cell] = storage_slope(curve, level) * per_length;
}

void DynamicFlow::set_shores() {
  for (const WaveShore& shore : grid_.shores) {
    const std::size_t i = at(shore.cell);
    const Reach& reach = basin_.network.reaches[at(grid_.reach[i])];
    depth_[i] = std::max(0.0, level_[at(grid_.owner[i])] - grid_.bed[i]);
    wet_sections(*channel_[i], reach.manning_n, &depth_[i], 1, &area_[i], &width_[i], &friction_[i]);
    set_cell(i);
  }
}

void DynamicFlow::begin_ponds() {
  for (Pond& pond : ponds_) {
    const double level = pond.lake->curve.level_at(now_.volume[pond.cell]);
    pond.begin_spill = lake_spill(*pond.lake, level).rate;
    pond.begin_area = pond.lake->curve.area_at(level);
  }
}

// What the lakes above a junction will about let out, m3/s: abstractions may count on it.
double DynamicFlow::let_out(std::size_t j, double dt) const {
  double sum = 0;
  for (const int k : basin_.network.junctions[j].in) {
    const Lake* lake = basin_.network.lake_of(k);
    if (!lake) continue;
    const Pond& pond = ponds_[at(pond_of_[at(lake->number)])];
    if (pond.demand.hold && pond.face >= 0) {
      sum += std::max(0.0, now_.rate[at(pond.face)]);
      continue;
    }
    const double above = std::max(0.0, now_.volume[pond.cell] - pond.lowest_volume) / dt;
    sum += pond.begin_spill + std::min(pond.demand.through_dam(0), above);
  }
  return sum;
}

// m3/s, less what runs back into the rivers
double DynamicFlow::pond_inflow(const Pond& pond) const {
  double sum = net_inflow_[pond.cell];
  for (const int f : grid_.upper[pond.cell]) sum += flux_.rate[at(f)];
  return sum;
}

// The levels of a first iterate: with what flows in so far.
void DynamicFlow::guess_ponds(double dt) {
  for (const Pond& pond : ponds_) {
    if (given_[pond.cell]) continue;
    const double volume = now_.volume[pond.cell];
    const double inflow = std::max(-0.5 * volume, dt * pond_inflow(pond));
    const LakePool pool = LakeFlow::pool(*pond.lake, pond.demand, dt, volume, inflow);
    depth_[pond.cell] = pond.lake->curve.level_at(pool.volume) - grid_.bed[pond.cell];
    set_pond_cell(pond);
    set_cell(pond.cell);
  }
  set_shores();
}

// What the levels of the iterate open.
void DynamicFlow::set_spills(double dt) {
  for (Pond& pond : ponds_) {
    const double level = level_[pond.cell];
    const LakeSpill spill = lake_spill(*pond.lake, level);
    const double response = dt * spill.slope / storage_slope(pond.lake->curve, level);
    const double weight = response > 2 ? 1 - 1 / response : 0.5;
    pond.spill = (1 - weight) * pond.begin_spill + weight * spill.rate;
    pond.slope = given_[pond.cell] ? 0 : weight * spill.slope;
    settle_pond(pond, dt, false);
    const double through = pond.demand.through_dam(std::max(0.0, pond_inflow(pond)));
    const bool at_lowest = pond.released > 0 && pond.released < through;  // lets out all that comes
    answers_[pond.cell] = at_lowest ? 0 : 1;
    const double most = std::max(0.0, now_.volume[pond.cell] / dt + pond_inflow(pond));
    pond.excess = given_[pond.cell] ? 0 : std::max(0.0, pond.spilled - most);
  }
}

// What leaves a lake by the fluxes across its shores: first what evaporates, then what spills, then what goes
// through the dam. by_water: the first two, too, as far as there is water; while the levels are sought they
// are what these give.
void DynamicFlow::settle_pond(Pond& pond, double dt, bool by_water) const {
  const double inflow = pond_inflow(pond), begin = now_.volume[pond.cell];
  const double through = pond.demand.through_dam(std::max(0.0, inflow));
  if (given(pond)) {
    const bool hold = pond.demand.hold;
    pond.evaporated = hold ? std::min(pond.demand.evaporation * pond.begin_area, std::max(0.0, inflow)) : 0;
    const double out = hold ? std::max(0.0, inflow - pond.evaporated) : pond.begin_spill + through;
    const bool by_dam = pond.demand.release > 0 || pond.demand.share > 0;
    pond.spilled = hold ? (by_dam ? 0 : out) : pond.begin_spill;
    pond.released = out - pond.spilled;
    pond.volume = begin + (hold ? dt * (inflow - pond.evaporated - out) : 0);
    return;
  }
  const auto take = [&](double rate, double above, bool limited = true) {
    const double taken = limited ? std::clamp(dt * rate, 0.0, std::max(0.0, pond.volume - above)) : dt * rate;
    pond.volume -= taken;
    return taken / dt;
  };
  pond.volume = begin + dt * inflow;
  pond.evaporated =
      take(0.5 * pond.demand.evaporation * (pond.begin_area + pond.lake->curve.area_at(level_[pond.cell])), 0,
           by_water);
  pond.spilled = take(pond.spill, 0, by_water);
  pond.released = take(through, pond.lowest_volume);
}

void DynamicFlow::settle_ponds(double dt) {
  for (Pond& pond : ponds_) {
    settle_pond(pond, dt, true);
    const double out = pond.spilled + pond.released;
    if (pond.face >= 0) flux_.rate[at(pond.face)] = flux_.end_rate[at(pond.face)] = out;
    if (pond.outlet >= 0) outlet_rate_[at(pond.outlet)] = out;
  }
}

DynamicFlow::Flux DynamicFlow::dam_flux(const WaveFace& face) const {
  const Pond& pond = ponds_[at(pond_of_[at(face.lake)])];
  const double rate = pond.spilled - pond.excess + pond.released;
  const std::size_t into = at(face.right);
  const double velocity = grid_.in_lake[into] ? 0 : entering_velocity(grid_.reach[into], into, rate);
  return {velocity, rate, pond.excess > 0 ? 0 : pond.slope, 0, 0, 1};
}

void DynamicFlow::finish_ponds(WaterStep& step) const {
  const Network& network = basin_.network;
  for (const Pond& pond : ponds_) {
    const Chain& chain = network.chains[at(pond.lake->chain)];
    const auto face = at(network.first_face(pond.lake->chain));
    LakePool pool;
    for (int i = chain.first_cell; i < chain.first_cell + chain.cells; ++i)
      pool.volume += step.volume0[at(i)] + step.lateral_in[at(i)];
    pool.evaporated = pond.all_evaporated;
    pool.outflow = step.face[face + at(chain.cells)];
    pool.spilled = std::min(pond.all_spilled, pool.outflow);
    if (pinned_)
      pool.volume = pond.lake->curve.volume_at(pond.lake->initial_level);
    else
      pool.volume = std::max(0.0, pool.volume + step.face[face] - pool.evaporated - pool.outflow);
    lakes_.set_layers(*pond.lake, pool, step);
  }
}

}  // namespace limpid
