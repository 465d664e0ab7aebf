// Order of the coupling between transport, dispersion, dead zones and kinetics, against the method of lines.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

// In pairs, in one river and in water that stands.
void coupling_order(const CaseFolder& folder, Report& report);
// All together in unsteady flow, through a confluence, and in a network with an arm that comes back.
void coupling_order_network(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
