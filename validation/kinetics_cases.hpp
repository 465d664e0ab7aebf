// Chains of first-order reactions against exact answers.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

// Sequential decay with dispersion; the species are the table's columns behind x_m and t_s.
void nitrification_chain(const CaseFolder& folder, Report& report);
// A cascade of mixed tanks, as a chain of reactions in still surroundings.
void tanks_in_series(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
