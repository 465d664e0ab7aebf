// Who watches a run. Observers see the state only at synchronised times (SplitClock) and never change it.
#pragma once

namespace limpid {

class Simulation;

class Observer {
 public:
  virtual ~Observer() = default;
  // time: seconds since 1970; called at the run's begin and at every synchronised step border after it.
  virtual void observe(const Simulation& simulation, double time) = 0;
};

}  // namespace limpid
