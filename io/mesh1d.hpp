// The river network as UGRID sees it: every cell an edge between two mesh nodes.
//
// Mesh nodes: the network's junctions in their order (nodes first, then cuts inside reaches), then the faces
// between the cells of each chain, chain by chain. Edges: the cells. Reaches run straight between their two
// nodes.
#pragma once

#include <array>
#include <vector>

#include "model/network.hpp"

namespace limpid {

struct Point {
  double x = 0, y = 0;  // in the network's coordinate system
};

struct Mesh1d {
  std::vector<double> node_x, node_y;
  std::vector<double> edge_x, edge_y;     // cell centres
  std::vector<std::array<int, 2>> edges;  // upstream and downstream mesh node of each cell, from 0
};

Mesh1d make_mesh(const Network& network);
Point reach_point(const Network& network, int reach, double chainage);

}  // namespace limpid
