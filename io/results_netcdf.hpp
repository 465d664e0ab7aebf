// results.nc: what a run gave, for xarray, QGIS, ncdump and CDO (CF-1.11, UGRID-1.0 mesh1d; docs/output.md).
//
// Maps <quantity>(time, mesh1d_edge) and section series section_<quantity>(section_time, section) as full
// doubles, the ledger(ledger_account, ledger_quantity), the hashes of the inputs. Everything is a function of
// the scenario alone: no date of the run, host, path, thread, rank, lane, batch or timing, so that equal runs
// give equal bytes.
#pragma once

#include <filesystem>
#include <vector>

#include "io/balance.hpp"
#include "io/sha256.hpp"
#include "model/basin.hpp"
#include "scenarios/assessment.hpp"
#include "solvers/record.hpp"

namespace limpid {

// What an assessment of the results needs to be repeated: root attributes and the variables carried_*.
struct AssessmentBasis {
  std::string standard;  // id
  AssessmentRules rules;
  std::string forcing_years;  // "2025 <- 2023, 2026 <- 2021"; "" when every year is itself
};

// inputs: the files that this scenario read (its own plan, not those of other lanes), relative paths.
// Throws Failure E5010 (two quantities of one name, memory) or E5002 (disk).
void write_results(const std::filesystem::path& path, const Basin& basin, const Record& record,
                   const Balance& balance, const std::vector<FileHash>& inputs, const AssessmentBasis& basis);

}  // namespace limpid
