// Water that comes back from abstractions (Source::is_return), a step after it was taken.
//
// Of what an abstraction got in one step, water and all it carried, the share of each of its returns waits
// outside of the river and enters with the next step at its own place, treated by the forcing
// (Forcing::returned). A delay of a step, which makes any place possible: above the intake, on another
// branch, in a lake. What waits has left the river's balance (account abstraction:) and is booked again as it
// comes back (account source:).
#pragma once

#include <vector>

#include "model/basin.hpp"
#include "solvers/state.hpp"
#include "solvers/transport.hpp"
#include "solvers/water_step.hpp"

namespace limpid {

class Checkpoint;

class ReturnedWater {
 public:
  ReturnedWater(const Basin& basin, const Rows& rows);

  bool any() const { return !returns_.empty(); }
  const std::vector<int>& sources() const { return sources_; }  // the returns, as sources

  // What waits becomes the volumes and rates of the returns.
  void ask(WaterInput& input) const;
  // What n-th return carries of it, as it was taken: [width].
  const double* carried(int n) const { return amount_.data() + rows_.at(n); }
  // After a step: what its abstractions got.
  void take(const WaterStep& step, const TransportRows& amounts);

  // Before a run: water as the abstractions get it in `step`. Whether that is new by more than round-off.
  bool take_water(const WaterStep& step);
  // And what it carries where they stand.
  void fill(const State& state, const std::vector<double>& volume);

  void checkpoint(Checkpoint& file);

 private:
  struct Return {
    int source = 0, of = 0, junction = 0;
    int cell = 0;  // above the intake, or below it at a headwater
    double share = 0;
  };
  Rows rows_;
  std::vector<Return> returns_;
  std::vector<int> sources_;
  std::vector<double> volume_;  // [return] m3
  std::vector<double> amount_;  // [return][width]
  double dt_ = 1;               // s, of the step that took it
};

}  // namespace limpid
