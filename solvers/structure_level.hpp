// The level above structures that stand side by side, where the flow that they pass together is given: what
// holds the surface of steady flow above them (solvers/backwater.hpp).
#pragma once

#include <vector>

#include "model/structure.hpp"
#include "solvers/water_step.hpp"

namespace limpid {

// m above the sill or the level below, whichever is higher: where an opening would need more to pass the
// flow, water stands at that level nevertheless.
inline constexpr double kMostHead = 30;

struct LevelAbove {
  double level = 0;     // m above datum
  bool capped = false;  // at kMostHead
};

// How far gates stand open: [structure] m, and the rules that move them by the level above, if any.
struct Openings {
  std::vector<double> own;
  std::vector<GateInput> rules;
  double at(int structure, double level) const;
};

// Of those structures of `all` that `beside` names. flow >= 0 [m3/s]; below: level there [m above datum], far
// down where water falls freely. Without flow water stands at the lowest crest or as high as below.
LevelAbove level_above(const std::vector<Structure>& all, const std::vector<int>& beside,
                       const Openings& openings, double flow, double below);

// Whether a weir stands at the structure's node, or it is one: what passes when its gates are shut.
bool has_weir(const std::vector<Structure>& all, const Structure& structure);

}  // namespace limpid
