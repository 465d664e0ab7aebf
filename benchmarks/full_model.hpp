// The river that speed is promised on: reaches of 50 cells in a row with side inflows, ten constituents or
// the set `river`.
#pragma once

#include "model/basin.hpp"
#include "scenarios/batch.hpp"
#include "solvers/recorder.hpp"
#include "solvers/simulation.hpp"

namespace limpid::bench {

struct FullModel {
  Basin basin;
  RunOptions options;
  std::vector<Plan> plans;  // one a lane
};

// ten: oxygen, CBOD, nitrogen, phosphorus, algae, solids, detritus with 13 uses of processes; river: the
// ready set with 18 constituents, three of them attached.
enum class FullSet { ten, river, water };  // water: nothing in it

// Lanes differ by a removal at the sources, so that no two carry the same numbers.
FullModel full_model(int lanes, int steps, int reaches = 20, FullSet set = FullSet::ten);

}  // namespace limpid::bench
