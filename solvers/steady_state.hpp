// The steady state of a river under constant inputs: the amounts that a day of the model gives back
// unchanged.
//
// Fixed point of the map "a day of the run" (the run's own steps), accelerated after Anderson by SUNDIALS
// KINSOL (KIN_FP). Every value of the map is a state that the run itself could reach: positive, its balance
// closed, with every store and process that the case has; and a state found is the one to which the run would
// settle, the error of its step included. Only the limiter of the transport is another (Limiter::smooth):
// under the run's own a river may never settle. Amounts are scaled by the largest content of their
// constituent.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "solvers/simulation.hpp"

namespace limpid {

struct SteadySearch {
  double tolerance = 1e-10;  // change in a day, over the largest content of the constituent, that is none
  double acceptable = 1e-8;  // the same, where the search goes no further
  int settling_days = 3;     // without acceleration, at the beginning
  int longest_window = 64;   // days that one value of the map may take
  int iterations = 60;       // of KINSOL, per window of 1, 4, 16, ... days
  int depth = 8;             // earlier values that the acceleration uses
};

// The largest change of a constituent in a day, over its largest content anywhere in the same store.
struct DailyChange {
  double value = 0;
  int cell = 0;
  bool stored = false;  // in dead zones
};

struct SteadyState {
  bool found = false;
  bool stopped = false;             // keep_going asked for it
  int days = 0;                     // of the model that the search took
  double water = 0;                 // largest change of a cell's water in a day, over the largest cell
  std::vector<DailyChange> change;  // per constituent
  int worst = -1;                   // constituent of the largest change; -1 = the water
};

// The simulation has one lane, a ConstantForcing and a grid of one day, and is initialised; it is left in the
// state found (of whatever change), at its first step. Failed lanes stand in simulation.failures().
SteadyState find_steady_state(Simulation& simulation, const SteadySearch& search = {},
                              const std::function<bool(int days)>& keep_going = {});

}  // namespace limpid
