// The steady water surface above outlets that give a level: gradually varied flow, section by section
// (standard step method; Chow 1959, Open-channel hydraulics, ch. 10-6, 11-5; Henderson 1966, ch. 4-5).
//
//   z1 + h1 + Q1^2 / (2 g A1^2) = z2 + h2 + Q2^2 / (2 g A2^2) + dx (Sf1 + Sf2) / 2,   Sf = (Q / K)^2
//
// Sections stand at both ends of every chain and at the middles of its cells. Upstream from the outlets the
// subcritical depth is found; where there is none the flow is critical. Downstream from those controls, and
// from headwaters on steep slopes (at normal depth), the supercritical depth is found as long as there is
// one. Where both exist the larger specific force Q^2/(g A) + (first moment of the area) holds: between them
// stands a jump. At a node all water has one level; supercritical flow passes nodes with one reach above
// only, and begins anew below others.
#pragma once

#include <vector>

#include "model/basin.hpp"
#include "solvers/water_step.hpp"

namespace limpid {

class Backwater {
 public:
  explicit Backwater(const Basin& basin);

  bool holds(int cell) const { return cells_[static_cast<std::size_t>(cell)] != 0; }
  bool any() const { return any_; }
  // Cross-sections of the cells whose surface hangs on a level below (held_reaches()), into `area` [cell] m2;
  // the others are left alone. discharge: [cell] m3/s in the cells' middles; face: [face] m3 over input.dt.
  void set_areas(const WaterInput& input, const std::vector<double>& discharge,
                 const std::vector<double>& face, std::vector<double>& area);

 private:
  struct Section {
    double chainage = 0, bed = 0, flow = 0;  // m, m, m3/s
    double critical = 0, depth = 0;          // m
    bool is_control = false;                 // no subcritical depth holds here
  };
  struct Reachway {  // a chain's sections, upstream to downstream
    int chain = 0;
    std::vector<Section> sections;
  };
  void set_flows(double dt, const std::vector<double>& discharge, const std::vector<double>& face);
  void go_up(const WaterInput& input);
  void go_down();
  double level_below(const Reachway& way, const WaterInput& input) const;
  double entering_depth(const Reachway& way) const;

  const Basin& basin_;
  bool any_ = false;
  std::vector<char> cells_;
  std::vector<Reachway> ways_;  // of held chains, in topological order
  std::vector<int> way_of_;     // [chain]; -1 = not held
  std::vector<int> outlet_of_;  // [junction] of Network::outlets; -1 = none
};

}  // namespace limpid
