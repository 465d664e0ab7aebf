// What was wrong with the words of a command line that cannot be parsed, and which ones were probably meant.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "model/problem.hpp"

namespace limpid {

// Adds the first word that is no command (E1033) or no option (E1034) of the program, or the command that is
// lacking (E1035); nothing if the words are all known and something else is wrong. Words behind a command
// that takes what it does not know (validate) are not looked at.
void find_misspelling(const CLI::App& app, const std::vector<std::string>& words, Problems& problems);

}  // namespace limpid
