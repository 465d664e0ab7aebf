#include "scenarios/batch_run.hpp"

#include "solvers/checkpoint.hpp"

namespace limpid {

BatchRun::BatchRun(const Basin& basin, const RunOptions& options, std::vector<const Plan*> plans,
                   std::vector<const Assumptions*> assumptions)
    : basin_(basin),
      options_(options),
      batch_(basin, options, std::move(plans), std::move(assumptions)),
      simulation_(basin, batch_, options),
      recorder_(basin, options, batch_.lanes()),
      watch_(basin, options) {}

bool BatchRun::run(const Simulation::KeepGoing& keep_going) {
  if (!started_) {
    started_ = true;
    if (!simulation_.initialise(keep_going)) return false;
  }
  return simulation_.run({&recorder_, &watch_}, keep_going);
}

void BatchRun::checkpoint(Checkpoint& file) {
  file.item("started", started_);
  if (!started_) return;
  simulation_.checkpoint(file);
  recorder_.checkpoint(file);
  watch_.checkpoint(file);
}

std::shared_ptr<BatchOutcome> BatchRun::outcome() const {
  auto outcome = outcome_of(simulation_, options_);
  outcome->station_days = watch_.days();
  return outcome;
}

ScenarioResult BatchRun::result(const AssessmentRules& rules,
                                const std::shared_ptr<const BatchOutcome>& outcome, int lane) {
  if (records_.empty()) records_ = recorder_.take();
  return result_of(basin_, rules, outcome, lane, std::move(records_[static_cast<std::size_t>(lane)]));
}

}  // namespace limpid
