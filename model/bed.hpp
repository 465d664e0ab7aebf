// Heights of the bed.
#pragma once

#include <vector>

#include "model/network.hpp"

namespace limpid {

// [node] m above the case's datum. Given (Node::bed_level), or from the lower ends of the reaches that leave
// a node, by slope and length: the lowest of them. 0 at an outlet that gives none. The lower end of a reach
// lies at its node; where its upper end does not, there is a step.
std::vector<double> node_beds(const Network& network);

// Of a reach at a chainage [m], from node_beds().
inline double bed_at(const Reach& reach, const std::vector<double>& beds, double chainage) {
  return beds[static_cast<std::size_t>(reach.to)] + reach.slope * (reach.length - chainage);
}

// [reach] 1 where the steady water surface hangs on a level below: an outlet that gives one (any kind but
// normal_depth), a structure, or a lake whose level counts from the datum of the beds (Node::bed_level of its
// node) lies below it, with no other lake between.
std::vector<char> held_reaches(const Network& network);

// Whether structures at a node hold the water above: a river ends there, and no other one.
bool structure_holds(const Network& network, int node);

// Whether the rivers that end in a lake are told how high their beds lie there, from the datum of its storage
// curve (Node::bed_level). Without it their beds would follow from below its dam. The dynamic wave asks for
// it.
bool shore_is_given(const Network& network, const Lake& lake);

}  // namespace limpid
