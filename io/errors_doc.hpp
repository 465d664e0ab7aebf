// docs/errors.md from the table of problems.
#pragma once

#include <string>

namespace limpid {

// All codes with their texts in both languages and the exit status, as Markdown. docs/errors.md is this text.
std::string errors_markdown();

}  // namespace limpid
