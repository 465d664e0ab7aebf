// Tables of what water holds: oxygen in balance with air, ammonia that is not ionised.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void oxygen_saturation_table(const CaseFolder& folder, Report& report);
void unionised_ammonia_table(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
