// One lane through the production path (Batch and Simulation), with its concentrations as functions of place.
#pragma once

#include <functional>
#include <vector>

#include "scenarios/batch.hpp"
#include "solvers/simulation.hpp"

namespace limpid::validation {

class SingleRun {
 public:
  // basin and options must outlive the run. Throws std::runtime_error if a lane failed (in to_end and
  // each_step).
  SingleRun(const Basin& basin, const RunOptions& options);
  SingleRun(const SingleRun&) = delete;
  SingleRun& operator=(const SingleRun&) = delete;

  // Start from these concentrations, [cell] for every constituent in turn; of what is attached, per m2.
  void start_from(const std::vector<std::vector<double>>& concentrations);
  void to_end();
  // Calls `look` at the begin and at every whole hour and the end (where the run is synchronised).
  void each_hour(const std::function<void(double time)>& look);
  // Calls `look` after every step. Except at whole hours and the end, processes are half a step ahead there:
  // short steps keep that small.
  void each_step(const std::function<void(double time)>& look);

  double concentration(int constituent, int cell) const;
  // Straight between the two nearest cell centres of the chain at that place, continued beyond its end
  // centres.
  double at(int constituent, int reach, double chainage) const;
  double total(int constituent) const { return simulation_.state().total(constituent, 0); }
  const Simulation& simulation() const { return simulation_; }

 private:
  void require_finite() const;

  const Basin& basin_;
  const RunOptions& options_;
  Plan plan_;
  Batch batch_;
  Simulation simulation_;
};

}  // namespace limpid::validation
