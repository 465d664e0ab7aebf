// The steady water surface above what gives a level (an outlet, structures, a lake): gradually varied flow,
// section by section (standard step method; Chow 1959, Open-channel hydraulics, ch. 10-6, 11-5; Henderson
// 1966, ch. 4-5).
//
//   z1 + h1 + Q1^2 / (2 g A1^2) = z2 + h2 + Q2^2 / (2 g A2^2) + dx (Sf1 + Sf2) / 2,   Sf = (Q / K)^2
//
// Sections stand at both ends of every chain and at the middles of its cells. Upstream from what gives a
// level the subcritical depth is found; where there is none the flow is critical. Downstream from those
// controls, and from headwaters on steep slopes (at normal depth), the supercritical depth is found as long
// as there is one. Where both exist the larger specific force Q^2/(g A) + (first moment of the area) holds:
// between them stands a jump. At a node all water has one level; supercritical flow passes nodes with one
// reach above only, and begins anew below others.
//
// Structures stand between two levels: above them the one at which they pass the flow of the reach above
// (structure_level.hpp) against the one below, which is that of the reach below as it begins there (normal
// depth where nothing holds it), of the lake or of the outlet's stage. Supercritical flow ends at them.
//
// A lake and the rivers that hang on it share what it would gain in the step: they aim at the level z with
//   V(z) + A (z - z') = V1,
// V1 what the lake would end with if the rivers kept nothing, z' the level that they aimed at before, A the
// growth of their volume with it (from how the last surface's depths follow each other). At the level with
// which the step begins lakes smaller than A would swing.
#pragma once

#include <vector>

#include "model/basin.hpp"
#include "solvers/structure_level.hpp"

namespace limpid {

class Checkpoint;

class Backwater {
 public:
  explicit Backwater(const Basin& basin);

  bool holds(int cell) const { return cells_[static_cast<std::size_t>(cell)] != 0; }
  bool any() const { return any_; }
  // Cross-sections of the cells whose surface hangs on a level below (held_reaches()), into `area` [cell] m2;
  // the others are left alone. discharge: [cell] m3/s in the cells' middles; water: its faces are those of
  // steady flow over input.dt, its volume0 of lakes counts.
  void set_areas(const WaterInput& input, const std::vector<double>& discharge, const WaterStep& water,
                 std::vector<double>& area);
  // Nodes with structures whose openings were too small for the flow the last time.
  int capped() const { return capped_; }
  // The next time lakes stand as their volume0 says: for the state in which a run begins.
  void forget_lakes();
  void checkpoint(Checkpoint& file);

 private:
  struct Section {
    double chainage = 0, bed = 0, flow = 0;  // m, m, m3/s
    double critical = 0, depth = 0;          // m
    double felt = 0;                         // of a rise of the lake below, how much arrives here
    bool is_control = false;                 // no subcritical depth holds here
  };
  struct Reachway {  // a chain's sections, upstream to downstream
    int chain = 0;
    int lake = -1;  // whose level it hangs on; -1 = none
    std::vector<Section> sections;
  };
  void set_flows(double dt, const std::vector<double>& discharge, const std::vector<double>& face);
  void set_gates();
  void set_lakes();
  void aim_lakes(const WaterStep& water);
  void weigh_rivers();
  void go_up(const WaterInput& input, const WaterStep& water);
  void go_down();
  struct Held {
    double level = 0, felt = 0;  // m above datum; as of a section
  };
  Held level_held(const Reachway& way, const WaterInput& input, const WaterStep& water);
  Held level_below(const Reachway& way, const WaterInput& input, const WaterStep& water) const;
  double outlet_level(int number, double flow, const WaterInput& input) const;
  double level_at_head(int chain, const WaterStep& water) const;
  double entering_depth(const Reachway& way) const;

  const Basin& basin_;
  bool any_ = false;
  std::vector<char> cells_;
  std::vector<Reachway> ways_;           // of held chains, in topological order
  std::vector<int> way_of_;              // [chain]; -1 = not held
  std::vector<int> outlet_of_;           // [junction] of Network::outlets; -1 = none
  std::vector<int> gate_of_;             // [junction] of gates_; -1 = none
  std::vector<std::vector<int>> gates_;  // structures that stand side by side
  std::vector<double> beds_;             // [node] m above datum
  Openings openings_;
  std::vector<double> lake_level_;  // [lake] m above datum that its rivers aim at; NaN = as it stands
  std::vector<double> river_area_;  // [lake] m2 by which its rivers' volume grows with its level
  int capped_ = 0;
};

}  // namespace limpid
