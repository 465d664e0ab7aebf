// What a factor of a sweep file moves. Internal to io/sweep_*.cpp.
#pragma once

#include "io/key_table.hpp"
#include "io/sweep_factors.hpp"

namespace limpid {

// Sets the names, the unit asked for and the range of what is possible; false, with a problem, if the factor
// names what the case or the plans do not have. Keys that its kind does not take are E1822, missing ones
// E1111.
bool read_target_of(const KeyTable& keys, const Case& c, const Sweep& sweep, ReadFactor& out,
                    Problems& problems);

}  // namespace limpid
