// What a sweep gave, gathered: one NetCDF file with dimension member, one table, and the timings apart. The
// first two are a function of the sweep and of which members are done: the same bytes whoever ran them.
// docs/sweep_store.md states every variable and column.
#pragma once

#include <filesystem>

#include "io/sweep_store.hpp"

namespace limpid {

// The folder as it was at its last look(). Each throws Failure E5002 (disk), E5010 (NetCDF), E1819 (journal).
void write_sweep_netcdf(const std::filesystem::path& path, const SweepStore& store, const SweepRun& run);
// id, status, cause, factors, capex_cny, opex_cny_per_year, metrics, closure/<constituent>; full doubles.
void write_sweep_table(const std::filesystem::path& path, const SweepStore& store, const SweepRun& run);
// id, seconds, lanes: of the members that are done.
void write_sweep_timings(const std::filesystem::path& path, const SweepStore& store, const SweepRun& run);

}  // namespace limpid
