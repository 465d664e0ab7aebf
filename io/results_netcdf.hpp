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
#include "solvers/record.hpp"

namespace limpid {

// inputs: the files that this scenario read (its own plan, not those of other lanes), relative paths.
// Throws Failure E5010 (two quantities of one name, memory) or E5002 (disk).
void write_results(const std::filesystem::path& path, const Basin& basin, const Record& record,
                   const Balance& balance, const std::vector<FileHash>& inputs);

}  // namespace limpid
