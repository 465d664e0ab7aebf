// Processes that carry the same matter to the bed at the same place.
#pragma once

#include <vector>

#include "model/basin.hpp"

namespace limpid {

// Indices into Basin::processes and Basin::constituents.
struct BedTwice {
  int first, second, constituent;
};

// Pairs of processes of one compartment, at least one of them the bed's own (is_of_bed), that both let a
// constituent settle or both take oxygen for the bed. Phosphate counts where its settling velocity is not 0.
std::vector<BedTwice> bed_twice(const Basin& basin);

}  // namespace limpid
