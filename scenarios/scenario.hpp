// Running plans on a basin: what each lane gave, whole and judged.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/assessment.hpp"
#include "scenarios/batch.hpp"
#include "scenarios/workers.hpp"
#include "solvers/record.hpp"
#include "solvers/simulation.hpp"
#include "solvers/station_watch.hpp"

namespace limpid {

// A plan on its assumptions. The empty plan is the baseline.
struct Scenario {
  Plan plan;
  Assumptions assumptions{};
};

// What a whole batch shares after its run; lanes index into it.
struct BatchOutcome {
  Ledger ledger, water_ledger;
  std::vector<double> stock_begin, stock_end;  // [constituent][lane]
  double water_begin = 0, water_end = 0;       // m3
  std::vector<LaneFailure> failures;
  Kinetics::Counts kinetics;
  Hydraulics::Counts hydraulics;
  std::int64_t steps = 0;
  int lanes = 1;
  std::vector<double> closure;  // [constituent][lane]
  double water_closure = 0;
  std::vector<std::vector<StationDay>> station_days;  // [station][day]
  std::vector<RiverState> final_states;               // [lane], where RunOptions::final_state asks for them
};

struct ScenarioResult {
  std::shared_ptr<const BatchOutcome> batch;
  int lane = 0;
  Record record;
  Assessment assessment;
  std::vector<std::vector<DeadlineAnswer>> answers;  // per section
  bool failed = false;
};

// What a simulation gave, to be judged lane by lane: the parts of run_scenarios, for other ways to run.
std::shared_ptr<BatchOutcome> outcome_of(const Simulation& simulation, const RunOptions& options);
ScenarioResult result_of(const Basin& basin, const AssessmentRules& rules,
                         const std::shared_ptr<const BatchOutcome>& outcome, int lane, Record record);

// How far the run is, in [0, 1], and the date it has reached; return false to stop.
using ProgressReport = std::function<bool(double fraction, double time)>;

// Runs all scenarios: those with the same water as lanes of one batch, batches shared out among the workers
// (none given: one after another). Results stand in the order of the scenarios and do not depend on the
// workers. Returns an empty list when `progress` stopped the run.
std::vector<ScenarioResult> run_scenarios(const Basin& basin, const RunOptions& options,
                                          const AssessmentRules& rules,
                                          const std::vector<Scenario>& scenarios,
                                          const ProgressReport& progress = {}, Workers* workers = nullptr);

// The same for many scenarios of which only a little is kept: at most `lanes` of them make a batch, and
// `take` gets each result as soon as its batch is done. `take` and `progress` are called by one worker at a
// time. Returns whether all were run.
using ResultSink = std::function<void(std::size_t scenario, ScenarioResult result)>;
bool run_each(const Basin& basin, const RunOptions& options, const AssessmentRules& rules,
              const std::vector<Scenario>& scenarios, std::size_t lanes, const ResultSink& take,
              const ProgressReport& progress = {}, Workers* workers = nullptr);
// How many lanes such a batch has at most, a function of the case alone: more than 16 gain no speed, and
// their section records must fit into memory.
std::size_t lanes_at_a_time(const Basin& basin, const RunOptions& options);

// The series of every item of the standard that the record holds, in the standard's units.
std::vector<IndicatorSeries> indicator_series(const Standard& standard, const Record& record);

// Mean load of all sources per constituent [g/s] under a plan over [t0, t1), daily steps.
std::vector<double> mean_loads(const Basin& basin, const RunOptions& options, const Plan& plan, double t0,
                               double t1);

}  // namespace limpid
