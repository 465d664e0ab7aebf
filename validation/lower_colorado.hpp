// A real network: the Lower Colorado River, Texas.
#pragma once

#include "model/basin.hpp"
#include "validation/report.hpp"

namespace limpid::validation {

// The network with its inflows over 28 h from 1970-01-01T00:00Z; kinematic until the caller says otherwise.
Basin lower_colorado_basin(const CaseFolder& folder);

void lower_colorado(const CaseFolder& folder, Report& report);

// Ten constituents and their processes on it over 28 h, muskingum-cunge.
void lower_colorado_ten(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
