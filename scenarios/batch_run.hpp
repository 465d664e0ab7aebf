// Scenarios that share their water on their way: the batch, its simulation, what watches it, and where it
// all stands.
#pragma once

#include <memory>
#include <vector>

#include "scenarios/scenario.hpp"
#include "solvers/recorder.hpp"

namespace limpid {

class Checkpoint;

class BatchRun {
 public:
  // One lane a plan, with its assumptions if any are given. Everything must outlive the run.
  BatchRun(const Basin& basin, const RunOptions& options, std::vector<const Plan*> plans,
           std::vector<const Assumptions*> assumptions = {});

  // Starts, or goes on from where it stands. Returns false if keep_going stopped it, between two steps.
  bool run(const Simulation::KeepGoing& keep_going = {});
  std::int64_t steps_done() const { return simulation_.steps_done(); }

  // Writes or reads where it stands (solvers/checkpoint.hpp); its records are to be kept beside, and are
  // given back before it is read. A run of the same case, plans and assumptions goes on with the same bits.
  void checkpoint(Checkpoint& file);
  const std::vector<Record>& records() const { return recorder_.records(); }  // by lane
  void restore(std::vector<Record> records) { recorder_.restore(std::move(records)); }

  // After the run. result() takes the lane's record away.
  std::shared_ptr<BatchOutcome> outcome() const;
  ScenarioResult result(const AssessmentRules& rules, const std::shared_ptr<const BatchOutcome>& outcome,
                        int lane);

 private:
  const Basin& basin_;
  const RunOptions& options_;
  Batch batch_;
  Simulation simulation_;
  Recorder recorder_;
  StationWatch watch_;
  std::vector<Record> records_;  // of the recorder, once results are asked for
  bool started_ = false;
};

}  // namespace limpid
