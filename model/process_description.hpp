// What the registered processes say of themselves, for docs/processes.md and `limpid processes`.
#pragma once

#include <string>

#include "model/problem.hpp"
#include "model/process.hpp"

namespace limpid {

// Markdown: equation, roles, stoichiometry and parameters with unit, default, range and source. Headings
// follow the language; meanings and sources are in English.
std::string describe_process(const ProcessInfo& info, Lang lang);
std::string describe_process_sets(Lang lang);
std::string describe_dispersion_formulas(Lang lang);
// All processes of the registry, in the order of their ids, then the ready sets and the formulas of
// dispersion.
std::string describe_processes(Lang lang);

}  // namespace limpid
