// One scenario of a case, as `limpid run` makes it and `limpid verify` repeats it: the baseline or a plan, or
// one member of an ensemble.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "io/how_sure_reader.hpp"
#include "io/run_checkpoint.hpp"
#include "io/simulate.hpp"

namespace limpid {

struct OneRun {
  LoadedCase loaded;  // with at most one plan
  Assumptions assumptions;
  std::vector<Draw> draws;  // of a member

  const LoadedPlan* plan() const { return loaded.plans.empty() ? nullptr : &loaded.plans.front(); }
};

// nullopt when the problems, which are printed, are errors.
std::optional<HowSure> load_how_sure(const CommonOptions& common, const std::filesystem::path& path,
                                     const Case& c);

// nullopt when the problems, which are printed, are errors. Throws Failure E1111, E1524.
std::optional<OneRun> load_one_run(const CommonOptions& common, const RunArguments& arguments);

// Runs it; no results when a signal stopped it.
Finished run_one(const CommonOptions& common, const OneRun& run);

// The run's whole folder, beside checkpoints. Throws Failure 50xx.
void write_one_run(const std::filesystem::path& folder, const OneRun& run, const Finished& finished);

// By what a checkpoint knows its run: version, every input, plan, slips, member.
RunIdentity identity_of(const OneRun& run);

}  // namespace limpid
