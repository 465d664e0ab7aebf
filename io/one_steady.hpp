// One steady state, as `limpid run --steady` finds it and `limpid verify` repeats it.
#pragma once

#include <filesystem>
#include <optional>

#include "io/simulate.hpp"
#include "scenarios/steady_run.hpp"

namespace limpid {

struct OneSteady {
  LoadedCase loaded;  // with at most one plan
  Time day;

  const LoadedPlan* plan() const { return loaded.plans.empty() ? nullptr : &loaded.plans.front(); }
};

// nullopt when the problems, which are printed, are errors. Throws Failure E1306, E1330 for the day.
std::optional<OneSteady> load_one_steady(const CommonOptions& common, const RunArguments& arguments);

struct FoundSteady {
  SteadyRun run;  // run.state.stopped: a signal came
  RunClock clock;
};
// Throws Failure E3002 when there is no steady state.
FoundSteady find_one_steady(const CommonOptions& common, const OneSteady& asked);

// The folder of a run, with one instant and the ledger of a day, and steady.csv. Throws Failure 50xx.
void write_one_steady(const std::filesystem::path& folder, const OneSteady& asked, const FoundSteady& found);

}  // namespace limpid
