// Worked answers of textbooks and examinations, met by running the model.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

void published_answers(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
