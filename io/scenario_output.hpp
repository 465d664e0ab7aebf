// The folder of one scenario: results.nc, tables, sealed inputs and run.json.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/loaded_case.hpp"
#include "scenarios/scenario.hpp"

namespace limpid {

struct RunClock {
  std::string started;      // ISO 8601
  double wall_seconds = 0;  // of the whole command's simulation
  int threads = 1;
};

// Writes everything into `folder`. names: of the scenarios of the result's batch, by lane. plan: nullptr for
// the baseline. Throws Failure 50xx.
void write_scenario(const std::filesystem::path& folder, const LoadedCase& loaded, const LoadedPlan* plan,
                    const ScenarioResult& result, const std::vector<std::string>& names,
                    const RunClock& clock);

// Exit status that the results ask for: 6 balance, 4 failed lanes, else 0; prints why.
int status_of(const std::vector<ScenarioResult>& results, const std::vector<std::string>& names,
              const Basin& basin, std::chrono::seconds offset, Lang lang);

}  // namespace limpid
