// A case as the user gives it: case.toml and the tables beside it, read, converted and checked.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "model/basin.hpp"
#include "scenarios/assessment.hpp"
#include "scenarios/measure.hpp"
#include "solvers/run_options.hpp"

namespace limpid {

struct Case {
  std::filesystem::path folder;  // paths inside the case are relative to it
  std::string file;              // case.toml's name
  Basin basin;
  RunOptions run;
  AssessmentRules assessment;
  std::optional<std::string> observations;  // relative path of observations.csv
  std::vector<std::string> files;  // every file read, relative to the folder, sorted: what a run seals
};

// Reads a case from a folder (its case.toml) or a .toml file. All problems are added at once; the case is
// usable only if none is an error. Paths in the case must stay under its folder unless allow_path.
Case read_case(const std::filesystem::path& path, Problems& problems, bool allow_path = false);

// Reads a plan for a case and checks it against the case (sources, constituents, dates, caps). A case with
// errors is good enough: what could be read of it is what the plan is checked against.
Plan read_plan(const std::filesystem::path& path, const Case& c, Problems& problems);

}  // namespace limpid
