// A case and its plans, read for a command: problems printed, and whether the command may go on.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "io/case.hpp"
#include "io/commands.hpp"
#include "io/sha256.hpp"

namespace limpid {

struct LoadedPlan {
  std::string name;  // file name without .toml: what output folders are called
  std::filesystem::path path;
  Plan plan;
  std::map<std::string, std::string> slips{};  // that it took: measure, period
};

struct LoadedCase {
  Case c;
  std::vector<LoadedPlan> plans;
  std::vector<std::string> warnings;  // as printed, one text each
  bool usable = false;
};

// Reads everything, prints all problems in one go (stderr). With --strict warnings make it unusable too.
// A plan may be a run's folder (compared_plans.hpp); slips: ID=PERIOD.
LoadedCase load_case(const CommonOptions& common, const std::filesystem::path& case_path,
                     const std::vector<std::filesystem::path>& plans,
                     const std::vector<std::string>& slips = {});

// Copies what a scenario read into `folder`: the case's files as they lie in it, its plan as plans/<file>.
// Returns their hashes. Throws Failure E1001, E5001.
std::vector<FileHash> seal_inputs(const LoadedCase& loaded, const LoadedPlan* plan,
                                  const std::filesystem::path& folder);

}  // namespace limpid
