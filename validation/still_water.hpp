// Ordinary differential equations with exact answers, by the processes that have them, in water that stands.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

// Zero order that fades with the oxygen itself: sediment_oxygen_demand.
void michaelis_menten(const CaseFolder& folder, Report& report);
// Bottom algae of first order with a capacity, nothing else limiting.
void logistic_algae(const CaseFolder& folder, Report& report);
// Oxygen under a half sine of photosynthesis: reaeration, sediment_oxygen_demand, bottom_algae of zero order.
void diel_oxygen(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
