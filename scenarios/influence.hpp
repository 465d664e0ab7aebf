// Which sections a measure can change: those that the water of its places reaches.
#pragma once

#include <vector>

#include "model/basin.hpp"
#include "scenarios/measure.hpp"

namespace limpid {

// Indices of the sections at or below a place where the measure acts, in order: its sources, or for
// set_parameter the reaches of its stretch (all of them if it names none). Follows the reaches, also through
// diversions that run dry at times.
std::vector<int> sections_below(const Basin& basin, const Measure& measure);

}  // namespace limpid
