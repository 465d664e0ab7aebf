// A tree of 63 reaches with a flood, against the kinematic wave of EPA SWMM.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void swmm_kinematic_tree(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
