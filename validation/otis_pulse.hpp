// OTIS application 3 (Runkel 1996): two hours of a decaying solute at the head of a river.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void otis_decaying_pulse(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
