// The river that speed is promised on: reaches of 50 cells in a row with side inflows, ten constituents.
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

// Lanes differ by a removal at the sources, so that no two carry the same numbers.
FullModel full_model(int lanes, int steps, int reaches = 20);

}  // namespace limpid::bench
