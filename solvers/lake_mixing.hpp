// Lakes in advection: every layer is a stirred tank,
//   dm/dt = in - (Fout / V) m,   V from V0 to V1 on a straight line, all flows constant over the step,
// solved exactly for an inflow that brings its matter evenly:
//   m1 = m0 exp(-y) + M s,  y = Fout tau,  s = V1 tau phi((V1 - V0 + Fout) tau),
//   tau = ln(V1/V0) / (V1 - V0),  phi(x) = (1 - exp(-x)) / x.
// What leaves is m0 (1 - exp(-y)) + M (1 - s), positive, and the rest is what stays. Evaporation takes water
// alone, except from heat and age, which are the water's own.
//
// Where the river's ends have time bins, a lake takes a sub-step for each. Layers follow one another in the
// direction of the flow between them (a path has no loops), each giving to the next what left it in the
// sub-step.
#pragma once

#include <vector>

#include "model/network.hpp"
#include "solvers/state.hpp"
#include "solvers/water_step.hpp"

namespace limpid {

// Shares that leave a stirred tank with `out` m3 of water: of what it held, and of what came in during the
// step [1]. All volumes >= 0.
struct MixShares {
  double held = 0, entered = 0;
};
MixShares mix_shares(double volume0, double volume1, double out);

class LakeMixing {
 public:
  // of_water: [constituent], as Advection's; may be empty.
  LakeMixing(const Network& network, const Rows& rows, const std::vector<char>& of_water);

  // Plans for this step's water. bins: [junction].
  void set_water(const WaterStep& step, const std::vector<int>& bins);

  // Rows of one chunk of columns: of the bins at the lake's ends (those that flow in are read, the others
  // written), of its layers (changed), of diffuse loads of its layers (nullptr = none) and of what evaporates
  // (written). work: [layers][kChunk].
  struct Chunk {
    int first = 0, columns = 0;
    double* const* upper_bins = nullptr;
    double* const* lower_bins = nullptr;
    double* const* layers = nullptr;
    const double* const* loads = nullptr;
    double* evaporated = nullptr;
    double* work = nullptr;
  };
  void mix(int lake, const Chunk& chunk) const;

 private:
  enum class Way : unsigned char { above, below, upper_end, lower_end };
  struct Exit {
    Way way;
    double share;  // of what leaves with water
  };
  struct Tank {  // a layer in one sub-step
    MixShares matter, water;
    double evaporating = 0;  // share of `water` that leaves into the air
    std::vector<Exit> exits;
    std::size_t largest = 0;  // of exits: takes what the others leave
  };
  struct Plan {
    int upper_bins = 1, lower_bins = 1, sub_steps = 1;
    bool from_upper = false, from_lower = false, to_upper = false, to_lower = false;
    std::vector<int> order;   // of layers
    std::vector<Tank> tanks;  // [sub-step][layer]
  };
  void plan(const Lake& lake, const WaterStep& step, Plan& plan) const;
  Tank tank(const Lake& lake, const WaterStep& step, int layer, int sub_step, int sub_steps) const;
  double set_exits(const Lake& lake, const WaterStep& step, int layer, Tank& tank) const;
  void give(const Tank& tank, const Chunk& chunk, const Plan& plan, int layer, int sub_step,
            const double* leaving) const;

  const Network& network_;
  Rows rows_;
  std::vector<char> of_water_;  // [width]; empty = no column is
  std::vector<Plan> plans_;     // [lake]
};

}  // namespace limpid
