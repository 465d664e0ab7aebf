// limpid sweep design.
#pragma once

#include <filesystem>

#include "io/commands.hpp"

namespace limpid {

// Draws the members of a sweep into the table `out`; says how many, how they share their water and how long
// they will take. Throws Failure E1010, E5002.
int command_sweep_design(const CommonOptions& common, const std::filesystem::path& sweep,
                         const std::filesystem::path& out);

}  // namespace limpid
