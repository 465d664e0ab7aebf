// The distribution of a factor of a sweep file. Internal to io/sweep_*.cpp.
#pragma once

#include "io/key_table.hpp"
#include "io/sweep_factors.hpp"

namespace limpid {

// Reads the distribution in the unit of its first value, which becomes the factor's; of plan and years the
// names. needed: it must be there. Problems: E1111 what it lacks, E1805 bounds that cannot be, E1806 a bound
// or value that is not possible, those of quantities and units.
void read_distribution(const KeyTable& keys, const Sweep& sweep, bool needed, ReadFactor& out,
                       Problems& problems);

// Takes `text` as the factor's unit; false, with a problem, if it does not measure what the factor moves.
bool take_unit(const std::string& text, const std::string& what, const Place& place, ReadFactor& out,
               Problems& problems);

}  // namespace limpid
