// The commands of the program, one function each: what the user typed in, the exit status out.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "model/problem.hpp"

namespace limpid {

struct CommonOptions {
  int threads = 0;  // 0 = as many as the machine has
  bool json = false, force = false, quiet = false, strict = false, allow_path = false;
  Lang lang = Lang::en;
};

int command_init(const CommonOptions& common, const std::filesystem::path& folder,
                 const std::string& template_name);
int command_check(const CommonOptions& common, const std::filesystem::path& case_path,
                  const std::vector<std::filesystem::path>& plans);

struct RunArguments {
  std::filesystem::path case_path, out;
  std::optional<std::filesystem::path> plan;
  bool estimate = false;
  // One member of an ensemble alone: the file that plan compare --how-sure read, and its number.
  std::optional<std::filesystem::path> how_sure;
  std::optional<int> member;
  bool steady = false;                    // the steady state under the inputs of one day instead
  std::optional<std::string> day;         // which; the run's first
  std::optional<std::string> checkpoint;  // period between two checkpoints
  bool resume = false;                    // go on with OUT.partial from its last checkpoint
  std::vector<std::string> slips{};       // ID=PERIOD, of a run that is repeated
};
int command_run(const CommonOptions& common, const RunArguments& arguments);
int command_steady(const CommonOptions& common, const RunArguments& arguments);

struct CompareArguments {
  std::filesystem::path case_path, out;
  std::vector<std::filesystem::path> plans;  // plan files, or folders of runs with a plan on the same base
  std::vector<std::string> slips;            // ID=PERIOD
  bool attribute = false;
  std::optional<std::filesystem::path> how_sure;
  bool failing_flow = false;
  std::optional<std::filesystem::path> interim;  // table of yearly targets
};
int command_plan_compare(const CommonOptions& common, const CompareArguments& arguments);

struct AssessArguments {
  std::filesystem::path input;          // a run's folder, or a table of observations
  std::optional<std::string> standard;  // absent: the run's own; GB3838-2002 for observations
  std::optional<int> year;              // for station exports without one
  std::vector<std::string> criteria;    // beside the classes; empty: the run's own
};
int command_assess(const CommonOptions& common, const AssessArguments& arguments);

struct SourcesArguments {
  std::filesystem::path run;                 // a run's folder
  std::string section;                       // id or name
  std::optional<std::filesystem::path> out;  // a CSV table beside what is printed
};
int command_sources(const CommonOptions& common, const SourcesArguments& arguments);

// Runs again what made a folder, from the inputs sealed in it, and compares all values.
int command_verify(const CommonOptions& common, const std::filesystem::path& folder);

int command_processes(const CommonOptions& common);
int command_measures(const CommonOptions& common);
// Starts limpid_validate, which stands beside the program; arguments are passed on.
int command_validate(const CommonOptions& common, const std::vector<std::string>& arguments);

// Parses the command line and runs the command; the program's whole main.
int run_command_line(int argc, char** argv);

}  // namespace limpid
