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
  auto outcome = std::make_shared<BatchOutcome>();
  outcome->ledger = simulation_.ledger();
  outcome->water_ledger = simulation_.water_ledger();
  outcome->failures = simulation_.failures();
  outcome->kinetics = simulation_.kinetics_counts();
  outcome->hydraulics = simulation_.hydraulics().counts();
  outcome->steps = simulation_.steps_done();
  outcome->lanes = simulation_.rows().lanes;
  for (int c = 0; c < simulation_.rows().constituents; ++c)
    for (int l = 0; l < outcome->lanes; ++l) {
      outcome->stock_begin.push_back(simulation_.stock_begin(c, l));
      outcome->stock_end.push_back(simulation_.stores().total(c, l));
      outcome->closure.push_back(simulation_.closure(c, l));
    }
  outcome->water_begin = simulation_.stock_begin(-1, 0);
  for (double volume : simulation_.water().volume1) outcome->water_end += volume;
  outcome->water_closure = simulation_.closure(-1, 0);
  outcome->station_days = watch_.days();
  for (int l = 0; options_.final_state && l < outcome->lanes; ++l)
    outcome->final_states.push_back(simulation_.river_state(l, options_.grid.end));
  return outcome;
}

ScenarioResult BatchRun::result(const AssessmentRules& rules,
                                const std::shared_ptr<const BatchOutcome>& outcome, int lane) {
  if (records_.empty()) records_ = recorder_.take();
  ScenarioResult result;
  result.batch = outcome;
  result.lane = lane;
  result.record = std::move(records_[static_cast<std::size_t>(lane)]);
  for (const LaneFailure& failure : outcome->failures) result.failed = result.failed || failure.lane == lane;
  result.assessment =
      assess(basin_.standard, basin_.sections, indicator_series(basin_.standard, result.record), rules);
  for (std::size_t s = 0; s < basin_.sections.size(); ++s)
    result.answers.push_back(
        deadline_answers(basin_.standard, basin_.sections[s], static_cast<int>(s), result.assessment, rules));
  return result;
}

}  // namespace limpid
