// What must hold before a network can be cut into cells.
#pragma once

#include <vector>

#include "model/network.hpp"

namespace limpid {

// Lengths, slopes, roughness and splits of the reaches (E1403 to E1408).
void check_reaches(const Network& network, Problems& problems);

// Node indices, headwaters first. Cycles and reaches that lead into one are problems (E1401, E1402).
std::vector<int> topological_order(const Network& network, Problems& problems);

}  // namespace limpid
