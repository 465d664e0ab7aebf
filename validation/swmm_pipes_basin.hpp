// Pipes of EPA SWMM's examples as a network for the dynamic wave, from the tables that swmm_pipes.py makes.
#pragma once

#include "model/basin.hpp"
#include "validation/report.hpp"

namespace limpid::validation {

// table: reaches.csv of the folder.
Basin pipes_basin(const CaseFolder& folder, const Reference& table);

}  // namespace limpid::validation
