// The file of a sweep: which case and plans, which factors, which design.
#pragma once

#include <filesystem>
#include <vector>

#include "io/case.hpp"
#include "scenarios/sweep.hpp"

namespace limpid {

struct SweepFile {
  Case c;  // its run shortened to the sweep's begin and end
  Sweep sweep;
  // What was read beside the files of the case (c.folder, c.file, c.files): the sweep file, the plans, the
  // list. As the sweep names them, from the working folder on.
  std::vector<std::filesystem::path> files;
};

// Reads the sweep with its case and plans, checks its factors against them and draws the design. All problems
// are added at once; what was read is usable only if none is an error (then the design is empty).
SweepFile read_sweep(const std::filesystem::path& file, Problems& problems, bool allow_path = false);

}  // namespace limpid
