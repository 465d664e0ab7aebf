// values_sha256: one number for the values of a result file, whatever library wrote it.
//
// .nc: over the root's variables in byte order of their names, the line "<name> <number|text> <n1>x<n2>...\n"
// (scalars: no sizes) and then the values in C order: numbers of any type as IEEE doubles, little end first,
// every NaN as 0x7ff8000000000000; texts as their bytes. Attributes do not count. Any other file: over its
// bytes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/sha256.hpp"

namespace limpid {

// Throws Failure E1001, E1051 when the file cannot be read.
std::string values_sha256(const std::filesystem::path& path);

// Result files of a run that are there, in this order: results.nc, sections.csv, assessment.csv, ledger.csv,
// fit.csv, comparison.csv, state.nc.
std::vector<FileHash> hash_results(const std::filesystem::path& folder);

}  // namespace limpid
