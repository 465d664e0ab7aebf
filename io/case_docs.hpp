// docs/case.md: every key and column of cases and plans, printed from their declarations.
#pragma once

#include <string>

namespace limpid {

std::string case_markdown();

}  // namespace limpid
