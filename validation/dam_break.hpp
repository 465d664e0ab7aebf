// Dam breaks without friction in a long rectangular channel: the dynamic wave against Ritter and Stoker.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void dam_break(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
