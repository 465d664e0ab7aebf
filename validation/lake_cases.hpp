// Lakes: mixing, level-pool routing, layers, age.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void lakes_in_series(const CaseFolder& folder, Report& report);
void lake_level_pool(const CaseFolder& folder, Report& report);
void lake_two_layers(const CaseFolder& folder, Report& report);
void lake_age(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
