// Gates that are shut under the scheme steady, whose flow is what the sources give.
#pragma once

#include "model/basin.hpp"

namespace limpid {

// E1481 at `place` where nothing passes a gate or an orifice with an opening of 0 and no weir stands beside
// it, under `steady`.
void check_shut(const Basin& basin, const Structure& structure, double opening, const Place& place,
                Problems& problems);

}  // namespace limpid
