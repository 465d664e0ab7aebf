// What must hold before a network can be cut into cells.
#pragma once

#include <vector>

#include "model/network.hpp"

namespace limpid {

using ReachLists = std::vector<std::vector<int>>;  // per node, indices of reaches

// The reaches that leave each node, in order.
ReachLists reaches_from(const Network& network);

// Whether every reach names nodes and a channel that exist (E1409); nothing else may be asked before.
bool check_references(const Network& network, Problems& problems);

// Length, slope and roughness of one reach (E1403 to E1405). A slope need only be finite here: whether it may
// be 0 or less is a matter of the scheme.
void check_reach(const Reach& reach, Problems& problems);

// Lengths, slopes, roughness and splits of the reaches (E1403 to E1408).
void check_reaches(const Network& network, Problems& problems);

// Node indices, headwaters first, along one river as far as its tributaries allow. Cycles and reaches that
// lead into one are problems (E1401, E1402).
std::vector<int> topological_order(const Network& network, Problems& problems);

}  // namespace limpid
