// Who watches a run. Observers see the amounts only at synchronised times (every hour) and never change
// anything.
#pragma once

namespace limpid {

class Checkpoint;
class Simulation;

class Observer {
 public:
  virtual ~Observer() = default;
  // time: seconds since 1970; called at the run's begin and at every synchronised step border after it.
  virtual void observe(const Simulation& simulation, double time) = 0;
  // After every step over [t0, t1): the water of the step, and nothing else that stands at one time.
  virtual void see_step(const Simulation&, double /*t0*/, double /*t1*/) {}
  // Writes or reads what it has gathered so far (solvers/checkpoint.hpp); nothing for one that gathers
  // nothing.
  virtual void checkpoint(Checkpoint&) {}
};

}  // namespace limpid
