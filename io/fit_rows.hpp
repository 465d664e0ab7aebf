// How a run fits the case's observations: one row a section and indicator.
#pragma once

#include <vector>

#include "io/case.hpp"
#include "io/tables.hpp"
#include "solvers/record.hpp"

namespace limpid {

// Each observed value is paired with the simulated one at the same time (linear between records). Sections
// are matched by id, then by name. Observations outside the run are left out. The case's observations were
// checked when it was read.
std::vector<FitRow> fit_rows(const Case& c, const Record& record);

}  // namespace limpid
