// The network as the dynamic wave sees it: cells that faces join, with a bed.
//
// A junction holds no water. Its hub is the first cell of its outgoing chain if there is one only, else the
// last cell of its incoming chain if there is one only, else the first cell of its first outgoing chain;
// every other chain end at the junction is joined to the hub by a face, and what enters or leaves at the
// junction enters or leaves the hub. The hub's own end face carries the sum.
#pragma once

#include <span>
#include <vector>

#include "model/basin.hpp"

namespace limpid {

struct WaveFace {
  int left, right;    // cells; water runs from left to right where the flow is positive
  double distance;    // between their centres, m
  double left_share;  // of the two cells' length
  int step_face;      // of WaterStep::face, which carries its volume
  int rule_reach;     // reach whose split rule gives the flow; -1 = the levels give it
  int before, after;  // the next faces upstream and downstream inside the same chain; -1 = none or not single
};

// Faces at each cell.
class FaceLists {
 public:
  FaceLists() = default;
  explicit FaceLists(const std::vector<std::vector<int>>& lists);
  std::span<const int> operator[](std::size_t cell) const {
    return {faces_.data() + first_[cell], static_cast<std::size_t>(first_[cell + 1] - first_[cell])};
  }

 private:
  std::vector<int> first_, faces_;
};

struct WaveOutlet {
  int cell;
  int step_face;
};

struct WaveGrid {
  explicit WaveGrid(const Network& network);

  std::vector<double> bed;  // [cell] height of the bed at its centre, m above the lowest outlet
  std::vector<WaveFace> faces;
  std::vector<WaveOutlet> outlets;
  std::vector<int> hub;       // [junction] cell; -1 at an outlet
  std::vector<int> hub_face;  // [junction] of WaterStep::face; -1 at an outlet
  std::vector<int> hub_sign;  // [junction] +1: hub_face brings water into the hub, -1: takes it out
  FaceLists upper, lower;     // of cells: faces that end and that begin there
};

}  // namespace limpid
