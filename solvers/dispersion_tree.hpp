// The network as dispersion sees it: cells in branches, branches in stars. A branch is a run of cells through
// chains and junctions of two; where more meet, a star joins their ends. Every component has one root, every
// other cell one neighbour on the way to it, so that elimination runs from the leaves to the root and back
// without fill-in. Where a chain meets a junction that is reached already it closes a loop: its last cell
// hangs on that junction's star by a link, which the elimination leaves out (DispersionLoops brings it in).
#pragma once

#include <vector>

#include "model/network.hpp"

namespace limpid {

inline constexpr int kSegment = 64;

struct Branch {
  int begin = 0, end = 0;  // positions; the last lies nearest to the root
  int leaf_star = -1;      // star that flows into the first position; -1 = none
  int link = -1;           // link at the first position; -1 = none
  int root_star = -1;      // star beyond the last position; -1 = the component's root
  int component = 0;
  int first_segment = 0;  // segments of kSegment positions from `begin` on; the last may be shorter
};

struct Star {
  int parent = -1;  // branch towards the root, -1 = the star is the root
  int component = 0;
  std::vector<int> children;  // branches that end here
  std::vector<int> links;
};

// Between the first position of a branch and a star of the same component.
struct Link {
  int branch = 0, star = 0;
};

struct DispersionTree {
  explicit DispersionTree(const Network& network);

  std::vector<int> cell;  // [position]
  std::vector<Branch> branches;
  std::vector<Star> stars;
  std::vector<std::vector<int>> levels;  // of branches: level 0 at the roots, children one level up
  std::vector<int> root_stars;
  std::vector<Link> links;
  int components = 0, segments = 0;
};

}  // namespace limpid
