// run.json: how a run was made and how it went. The only result file with dates, threads and timings.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "io/balance.hpp"
#include "io/sha256.hpp"
#include "model/basin.hpp"
#include "scenarios/scenario.hpp"

namespace limpid {

struct FailedLane {
  std::string scenario;  // plan's name, or "baseline"
  std::string place;     // "<reach id>@<km>"
  std::string constituent, date, cause;
  std::string process, row;  // whose rate was the first that is not finite; "" = none, or not known
  std::string values;        // that rate and what it was made of
};

// From what a run can be made again: files by their names among the inputs.
struct RunRecipe {
  std::string case_file;
  std::string plan;                // "" = the baseline
  std::vector<std::string> slips;  // ID=PERIOD
  std::string how_sure;            // of a member of an ensemble; "" = none
  int member = -1;
  std::string steady;  // begin of the day whose steady state it is; "" = a run
};

struct RunSummary {
  std::string status;   // complete, partly_failed (some scenarios), failed
  std::string started;  // ISO 8601
  RunRecipe recipe;
  std::vector<FileHash> inputs, results;  // results: hash_results() of the folder
  int threads = 1, lanes = 1;
  std::int64_t cells = 0, constituents = 0, steps = 0;
  double wall_seconds = 0;
  std::map<std::string, double> closure;        // by constituent, and water
  std::map<std::string, std::int64_t> limited;  // by process: point-sub-steps in which the limiter acted
  std::int64_t point_sub_steps = 0;             // of which they are a part
  std::int64_t hydraulics_limited = 0, hydraulics_capped = 0, hydraulics_retried = 0;
  std::vector<std::string> warnings;
  std::vector<FailedLane> failed;

  double cell_constituent_steps_per_second() const;  // over all lanes; 0 when no time was taken
};

// What of a summary follows from a batch's outcome, for one of its lanes. names: of the batch's scenarios, by
// lane.
RunSummary summarise(const Basin& basin, const BatchOutcome& batch, int lane,
                     const std::vector<std::string>& names, std::chrono::seconds offset);

// {"version","status","started","run":{"case","plan","slips":[],"how_sure","member","steady"},"inputs":{path:
// sha256},"values_sha256":{file: sha256},"threads","lanes","cells",
// "constituents","steps","wall_seconds","cell_constituent_steps_per_second","closure":{},"limited":{},
// "point_sub_steps","hydraulics":{"limited","capped"},"warnings":[],"failed":[{"scenario","place","constituent","date",
// "cause","process","row","values"}]}
std::string run_json(const RunSummary& summary);
void write_run_json(const std::filesystem::path& path, const RunSummary& summary);  // throws Failure E5002

}  // namespace limpid
