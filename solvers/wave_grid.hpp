// The network as the dynamic wave sees it: cells that faces join, with a bed.
//
// Below an outlet with a stage lies one cell more: the water beyond, whose level is given. Where a river ends
// in a lake stands one cell more too: the shore, the river's last section under the lake's level. Those cells
// come after the network's own and have no length. The first layer's cell stands for all of its lake.
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
  int step_face;      // of WaterStep::face, which carries its volume
  int rule_reach;     // reach whose split rule gives the flow; -1 = the levels give it
  int gate;           // of WaveGrid::gates, whose structures give the flow; -1 = none
  int lake;           // of Network::lakes, which lets the flow out by its own rules; -1 = none
  int before, after;  // the next faces upstream and downstream; -1 = none, not single, or a structure between
};

// A river's chain: cells and, one after another between them, faces.
struct WaveRun {
  int reach;
  int first_cell, first_face, faces;  // face first_face + j stands below cell first_cell + j
};

// Structures side by side between two cells, on the face that joins them.
struct WaveGate {
  int face;
  std::vector<int> structures;  // of Network::structures
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
  int outlet;  // of Network::outlets; -1 = normal depth
  int lake;    // of Network::lakes, which lets the flow out by its own rules; -1 = none
};

struct WaveBeyond {
  int cell;    // the one more
  int outlet;  // of Network::outlets
};

struct WaveShore {
  int cell;  // the one more
  int lake;  // of Network::lakes
};

struct WaveGrid {
  explicit WaveGrid(const Network& network);

  int own_cells;                   // the network's
  std::vector<double> bed;         // [cell] height of the bed at its centre, m above datum (node_beds())
  std::vector<double> length;      // [cell] m
  std::vector<int> reach;          // [cell]
  std::vector<int> owner;          // [cell] whose level it has: its own; of a shore its lake's
  std::vector<char> in_lake;       // [own cell]
  std::vector<int> lake_cell;      // [lake] that stands for it
  std::vector<WaveFace> faces;     // inside chains first, by runs
  std::vector<double> per_metre;   // [face] 1 / distance between its cells' centres, 1/m
  std::vector<double> left_share;  // [face] of the two cells' length
  std::vector<WaveRun> runs;
  std::vector<int> ends;   // cells that do not stand between two faces of a run
  std::vector<int> apart;  // cells of no run: of lakes, shores and what lies beyond
  int run_faces = 0;       // of faces
  std::vector<WaveGate> gates;
  std::vector<WaveBeyond> beyond;
  std::vector<WaveShore> shores;
  std::vector<WaveOutlet> outlets;  // those without a stage
  std::vector<int> hub;             // [junction] cell; -1 at an outlet
  std::vector<int> hub_face;        // [junction] of WaterStep::face; -1 at an outlet
  std::vector<int> hub_sign;        // [junction] +1: hub_face brings water into the hub, -1: takes it out
  FaceLists upper, lower;           // of cells: faces that end and that begin there

 private:
  void join(int left, int right, int step_face, int rule);
  void set_lakes(const Network& network);
  int add_cell(double height, int of_reach, int owned_by);
  void enter(const Network& network, int chain, const Junction& junction, int into, double height);
  void end(const Network& network, const Junction& junction, const std::vector<double>& beds);
  void join_chains(const Network& network, std::size_t junction, const std::vector<double>& beds);
  void set_gates(const Network& network);
  void list_faces();
  void list_ends();
};

}  // namespace limpid
