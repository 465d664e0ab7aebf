// A case and its plans, read for a command: problems printed, and whether the command may go on.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
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
  std::vector<std::string> slip_words{};       // the same as ID=PERIOD, one after another
  std::string sha256{};                        // of the file as it was read
};

// One member of an ensemble, which the case and the plan have become.
struct LoadedMember {
  std::filesystem::path how_sure;  // the ensemble's file
  int number = 0;
  std::string sha256{};
};

struct LoadedCase {
  Case c;
  std::vector<LoadedPlan> plans;
  std::vector<std::string> warnings;  // as printed, one text each
  std::vector<FileHash> files{};      // the case's, with itself, as they were read; if usable
  bool usable = false;
  std::optional<LoadedMember> member{};
  std::string steady_day{};  // begin of the day whose steady state is asked; "" = a run
};

// Reads everything, prints all problems in one go (stderr). With --strict warnings make it unusable too.
// A plan may be a run's folder (compared_plans.hpp); slips: ID=PERIOD.
LoadedCase load_case(const CommonOptions& common, const std::filesystem::path& case_path,
                     const std::vector<std::filesystem::path>& plans,
                     const std::vector<std::string>& slips = {});

// Every file that a scenario read, as it was then: the case's by their paths in it, its plan as plans/<file>,
// the file of its ensemble as how_sure/<file>; sorted.
std::vector<FileHash> hash_inputs(const LoadedCase& loaded, const LoadedPlan* plan);

// Whether a case's file lies in its folder and is sealed; others (--allow-path) are known by their hash
// alone.
bool is_sealed(const std::string& file);

// Copies what a scenario read into `folder`, by those names. Returns hash_inputs(). Throws Failure E1001,
// E5001.
std::vector<FileHash> seal_inputs(const LoadedCase& loaded, const LoadedPlan* plan,
                                  const std::filesystem::path& folder);

}  // namespace limpid
