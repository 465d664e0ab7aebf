// Gates that open by the level above them:
//   opening = own + strength x clamp[(z - from) / (full - from), 0, 1] x (opening wanted - own)
// z: level in the cell above the structure as the step begins; under steady flow the level that stands above
// the structure, found together with the opening (structure_level.hpp). Between two levels and not at one: a
// gate that opens at a level shuts itself in the next step.
#pragma once

#include <vector>

#include "model/basin.hpp"
#include "solvers/water_step.hpp"

namespace limpid {

// Of a gate whose rules before gave `own` [m], at a level above it [m above datum].
double ruled_opening(const GateInput& gate, double own, double level);

class GateLevels {
 public:
  explicit GateLevels(const Network& network);

  // Openings of the step from the rules that input.gates asks for, in their order.
  void open(const WaterStep& step, WaterInput& input) const;
  double level_above(int structure, const WaterStep& step, const std::vector<ChannelInput>& channels) const;

 private:
  const Network& network_;
  std::vector<int> cell_;    // [structure] above it; -1 where no reach ends
  std::vector<double> bed_;  // [structure] m, of that cell's middle
};

}  // namespace limpid
