// Stoichiometry that makes or loses nitrogen, phosphorus or carbon, wherever its numbers are given.
#pragma once

#include <string>
#include <vector>

#include "model/problem.hpp"
#include "model/process.hpp"

namespace limpid {

// E1245 for each element that a row within the water makes of nothing, or loses: what it takes from one
// constituent and gives to another must hold the same. Of the values at 20 degC, and where a number that
// counts matter changes with the temperature, of those at 21 degC. where: added to the row's name in the
// letter, e.g. "stretch M". Processes with an open role that is not optional are passed over.
void check_elements(const ProcessUse& use, const std::vector<Constituent>& constituents,
                    const std::string& where, const Place& place, Problems& problems);

// The parameter is a stoichiometric number (the yield of a term).
bool is_yield(const ProcessInfo& info, std::size_t parameter);

// The process as it is on a stretch.
ProcessUse on_stretch(ProcessUse use, const std::string& stretch);

}  // namespace limpid
