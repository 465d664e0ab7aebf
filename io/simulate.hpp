// A case's scenarios run for a command, with a line of progress, until they end or a signal comes.
#pragma once

#include <string>
#include <vector>

#include "io/console.hpp"
#include "io/loaded_case.hpp"
#include "io/scenario_output.hpp"
#include "scenarios/comparison.hpp"
#include "scenarios/confidence.hpp"

namespace limpid {

struct Finished {
  std::vector<Scenario> scenarios;
  std::vector<std::string> names;
  std::vector<ScenarioResult> results;  // empty: interrupted
  RunClock clock;
};

bool shows_progress(const CommonOptions& common);
// Draws the line and says whether to go on: until a signal comes.
ProgressReport progress_of(Progress& progress, std::chrono::seconds offset);
double days_of(const TimeGrid& grid);

// What --threads says, or as many as the machine has.
int threads_of(const CommonOptions& common);

// The clock of a run that starts now.
RunClock start_clock(const CommonOptions& common);

// Runs the baseline (if asked) and every plan of the case.
Finished simulate(const CommonOptions& common, const LoadedCase& loaded, bool baseline,
                  const Assumptions& assumptions = {});

// Tells that nothing was written; the status of a command that a signal ended.
int interrupted_status(Lang lang);

std::vector<PlanVerdict> verdicts(const LoadedCase& loaded, const Finished& finished);

}  // namespace limpid
