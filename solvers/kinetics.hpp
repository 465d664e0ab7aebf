// Reactions in every point (cell x lane): the positive, second-order mean-state scheme with one joint
// limiter.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "model/basin.hpp"
#include "solvers/ledger.hpp"
#include "solvers/rate_fault.hpp"
#include "solvers/state.hpp"

namespace limpid {

class Checkpoint;

// What the processes see of the water, per cell.
struct Environment {
  std::array<std::vector<double>, kEnvCount> values;  // [Env][cell]
  // [cell][lane] degC where the run simulates the temperature; empty where it is prescribed for all lanes.
  std::vector<double> lane_temperature;
  std::vector<double>& operator[](Env e) { return values[static_cast<std::size_t>(e)]; }
  const std::vector<double>& operator[](Env e) const { return values[static_cast<std::size_t>(e)]; }
};

// Parameters that differ by lane: parameter of a process on a stretch (empty = everywhere), from
// set_parameter actions.
struct LaneParameter {
  int process;          // index into Basin::processes
  int parameter;        // index into its parameters
  std::string stretch;  // "" = all reaches
  int lane;
  double value;  // inside units, at 20 degC
};

class Kinetics {
 public:
  // The processes that act in one compartment. Declares the ledger's accounts for them. Keeps a reference to
  // the basin.
  Kinetics(const Basin& basin, int lanes, Ledger& ledger, Compartment where = Compartment::channel);
  ~Kinetics();
  Kinetics(Kinetics&&) noexcept;

  // Replaces the lane-dependent values (dated measures move them), from the next prepare() on; cheap when
  // nothing changed. A value for a stretch wins over one for all reaches.
  void set_lane_parameters(const std::vector<LaneParameter>& values);
  // Coefficients of the processes for a new water step (call whenever the environment changed).
  void prepare(const Environment& environment);
  // Advances all points by dt with the case's sub-steps; books extents on the processes' accounts.
  // volume: [cell] m3 of the compartment, to which every content is referred, that of `attached` (the
  // attached constituents' rows; may be null if no process works on them) too.
  void advance(double dt, const std::vector<double>& volume, State& carried, State* attached, Ledger& ledger);
  void advance(double dt, const std::vector<double>& volume, State& carried, Ledger& ledger) {
    advance(dt, volume, carried, nullptr, ledger);
  }
  bool idle() const;  // no process acts here

  struct Counts {
    long long points = 0;            // point-sub-steps done
    std::vector<long long> limited;  // per process: point-sub-steps in which the limiter acted
  };
  const Counts& counts() const;
  // What made a lane leave the finite numbers here, or that it came so; nullptr while it did not.
  const PointFault* fault(int lane) const;
  // The counts alone: all else follows from set_lane_parameters() and prepare().
  void checkpoint(Checkpoint& file);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace limpid
