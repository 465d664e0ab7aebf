// HDF5 is an unsafe parser: some damaged files abort, hang or exhaust the process that opens them.
#pragma once

#include <filesystem>

namespace limpid {

// Reads the whole file in a child process with limits on time and memory; throws Failure E1051 (E1001, E1002
// as usual) unless the child came through. After this the same bytes may be read here.
void guard_netcdf(const std::filesystem::path& path);

}  // namespace limpid
