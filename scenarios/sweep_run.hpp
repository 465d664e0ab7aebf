// Runs the members of a sweep, batch by batch, into a store.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "scenarios/member_metrics.hpp"
#include "scenarios/store.hpp"
#include "scenarios/sweep.hpp"
#include "scenarios/workers.hpp"

namespace limpid {

// All that decides what a member gives. The referenced objects must outlive it.
class SweepRun {
 public:
  // The basin is run without maps and final states.
  SweepRun(const Basin& basin, const RunOptions& options, const AssessmentRules& rules, const Sweep& sweep,
           std::vector<ChosenSeries> series);

  const Basin& basin() const { return basin_; }
  const RunOptions& options() const { return options_; }
  const Sweep& sweep() const { return sweep_; }
  const MetricLayout& metrics() const { return metrics_; }
  const std::vector<ChosenSeries>& series() const { return series_; }
  std::vector<std::string> closure_names() const;  // the constituents, then water
  std::size_t record_times() const;                // of every series
  std::vector<double> times() const;               // their times, seconds since 1970
  RecordedQuantity quantity(const ChosenSeries& series) const;

  // Members of one water as lanes of one batch, in the order of `members`. A lane that fails is marked; when
  // the batch itself fails (water without a solution, memory), its members run again one by one and each is
  // marked by what stopped it. Empty when `keep_going`, which gets the share of the batch that is done,
  // returned false.
  std::vector<MemberResult> run(const std::vector<std::size_t>& members,
                                const std::function<bool(double)>& keep_going) const;

 private:
  MemberResult result_of(std::size_t member, const Scenario& scenario, const ScenarioResult& result) const;
  MemberResult failed_result(std::size_t member, const std::string& cause) const;
  std::vector<MemberResult> run_batch(const std::vector<std::size_t>& members,
                                      const std::function<bool(double)>& keep_going) const;
  std::string cause_of(const BatchOutcome& batch, int lane) const;

  const Basin& basin_;
  RunOptions options_;
  const AssessmentRules& rules_;
  const Sweep& sweep_;
  std::vector<ChosenSeries> series_;
  MetricLayout metrics_;
};

// What is left of the batches of shard `shard` (from 0) of `shards`: every `shards`-th batch without its
// members in `done` (ascending); batches that are done are left out.
std::vector<std::vector<std::size_t>> left_of(const std::vector<std::vector<std::size_t>>& batches,
                                              const std::vector<std::size_t>& done, std::size_t shard = 0,
                                              std::size_t shards = 1);

// Told when a worker gets on: members that this call has finished (of all workers of this process), those
// that failed, and the share that is done counting batches on their way. From one thread at a time; false
// stops all.
struct SweepProgress {
  std::size_t finished = 0, failed = 0;
  double fraction = 0;
};
using SweepReport = std::function<bool(const SweepProgress&)>;

// Runs the batches through the workers; each goes into the store as soon as it is done, so that memory holds
// what is on its way and no more. Returns whether all were run; what the store throws comes through.
bool run_sweep(const SweepRun& run, const std::vector<std::vector<std::size_t>>& batches, Workers& workers,
               Store& store, const SweepReport& report = {});

}  // namespace limpid
