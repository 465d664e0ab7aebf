// A sweep with its case and plans, read for a command: problems printed, and whether the command may go on.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/case.hpp"
#include "io/commands.hpp"
#include "io/sha256.hpp"
#include "scenarios/sweep.hpp"

namespace limpid {

struct LoadedSweep {
  Case c;
  Sweep sweep;
  std::filesystem::path root;      // folder that holds every file read
  std::string file;                // the sweep file, relative to it
  std::vector<std::string> files;  // every file read, likewise; sorted
  bool usable = false;
};

// Reads everything, prints all problems in one go (stderr). With --strict warnings make it unusable too.
LoadedSweep load_sweep(const CommonOptions& common, const std::filesystem::path& file);
// The same of a sealed copy, whose warnings have been read and whose paths were allowed when it was made.
LoadedSweep load_sealed_sweep(const CommonOptions& common, const std::filesystem::path& file);

// Copies what the sweep read into `folder`, as it lies under its root; returns the hashes. Throws Failure
// E1001, E5001.
std::vector<FileHash> seal_sweep(const LoadedSweep& loaded, const std::filesystem::path& folder);

}  // namespace limpid
