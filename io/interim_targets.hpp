// The table that `plan compare --interim` names: section_id, year, target.
#pragma once

#include <filesystem>
#include <vector>

#include "io/case.hpp"
#include "scenarios/interim.hpp"

namespace limpid {

// Problems: E1025 column, E1204 section, E1105 class, E1330 year outside the run.
std::vector<InterimTarget> read_interim_targets(const std::filesystem::path& path, const Case& c,
                                                Problems& problems);

}  // namespace limpid
