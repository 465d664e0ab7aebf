// The water of lakes: level-pool routing, for every scheme that has no backwater. The dynamic wave solves the
// same balance together with the rivers (dynamic_lakes.cpp).
//
//   V1 = V0 + Fin - F - E,   F = dt [(1 - th) O(V0) + th O(V1) + R],   E = dt e [A(V0) + A(V1)] / 2
// O(V): what the level opens (spillway, outflow column of the storage curve); R: the release, as far as V1
// stays above the lowest level; e: evaporation.
// th = max(1/2, 1 - 1/(dt dO/dV)), dO/dV the larger of those at the begin and at the volume that th = 1
// gives: of second order while a step is shorter than two response times of the lake, without oscillations
// beyond ("modified Puls" with th = 1/2: Puls 1928; Chow, Maidment & Mays 1988, Applied Hydrology, ch. 8.2).
// The right side grows with V1, so that a bracket always holds the one root; F is then what the balance
// leaves, hence never more than there is.
#pragma once

#include <algorithm>
#include <vector>

#include "model/basin.hpp"
#include "solvers/water_step.hpp"

namespace limpid {

// What a lake is asked to let out and to lose over a step.
struct LakeDemand {
  double release = 0, share = 0, abstraction = 0;  // m3/s, of the inflow, m3/s
  double evaporation = 0;                          // m/s
  bool hold = false;                               // lets out what flows in
  // Through the dam while the level stands above the lowest, for a rate of inflow [m3/s].
  double through_dam(double inflow) const { return std::max(release, share * inflow) + abstraction; }
};

// What a lake did over a step [m3], and what leaves it at the end [m3/s].
struct LakePool {
  double volume = 0, outflow = 0, spilled = 0, evaporated = 0;
  double end_rate = 0;
};

// What a level opens (spillway, outflow column) [m3/s], and how it grows [m2/s].
struct LakeSpill {
  double rate = 0, slope = 0;
};
LakeSpill lake_spill(const Lake& lake, double level);
// Of the volume with the level [m2]: what the storage curve's rows say, which need not be its area.
double storage_slope(const StorageCurve& curve, double level);

class LakeFlow {
 public:
  explicit LakeFlow(const Basin& basin);

  bool any() const { return !basin_.network.lakes.empty(); }
  // Both volumes of all layers at the lakes' first levels.
  void fill(WaterStep& step) const;
  // Routes the lake of a chain whose upper face and volume0 are set: its other faces, spilled, evaporated and
  // volume1. Returns the rate at which water leaves at the end of the step [m3/s].
  double route(int chain, const WaterInput& input, WaterStep& step) const;

  LakeDemand demand(const Lake& lake, const WaterInput& input) const;
  // Layers' volumes and what flows between them, spilled, evaporated and the lower face, from what the lake
  // did as a whole. Its upper face and volume0 are set.
  void set_layers(const Lake& lake, const LakePool& pool, WaterStep& step) const;
  // What a lake that holds `volume` does in dt with an inflow, both m3.
  static LakePool pool(const Lake& lake, const LakeDemand& demand, double dt, double volume, double inflow);

 private:
  const Basin& basin_;
  std::vector<std::vector<int>> abstractions_;  // [lake] sources that take from what it lets out
};

// Depth (of a layer: volume over its upper side), cross-section (volume over the lake's length), discharge
// and velocity of a lake's cells. False if its water is not finite.
bool set_lake_geometry(const Network& network, const Lake& lake, WaterStep& step);

}  // namespace limpid
