// design.csv: a design as a table that a person can read and edit: id, then one column a factor in the user's
// unit, plans and years by name. Numbers read back as the same doubles.
#pragma once

#include <filesystem>

#include "io/sweep_factors.hpp"

namespace limpid {

// Throws Failure E5002.
void write_design_csv(const std::filesystem::path& path, const Design& design);

// The table as a design of method list. Factors take their unit from its heads. Problems, each with its
// place: E1025 no column id, E1808 a factor without column, E1809 a column without factor, E1201 an id twice,
// E1823 a value that is not possible, E1311 and E1317 of units, E1807 too many rows, E1820 none.
Design read_design_csv(const std::filesystem::path& path, const std::string& shown,
                       std::vector<ReadFactor>& factors, Problems& problems, const Place& asked = {});

}  // namespace limpid
