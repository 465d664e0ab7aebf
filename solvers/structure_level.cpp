#include "solvers/structure_level.hpp"

#include <algorithm>
#include <limits>

#include "solvers/gate_levels.hpp"
#include "solvers/rising_root.hpp"

namespace limpid {

namespace {

constexpr double kNoFlow = 1e-9;  // m3/s

bool is_weir(StructureKind kind) {
  return kind == StructureKind::broad_weir || kind == StructureKind::sharp_weir;
}

// What passes one structure, and how it grows with the level above, through its opening, too.
Line passing(const Structure& structure, int number, const Openings& openings, double level, double below) {
  constexpr double kShift = 1e-6;  // m
  const double opening = openings.at(number, level);
  const Passage now = passage(structure, opening, level, below);
  const double wider = openings.at(number, level + kShift);
  if (wider == opening) return {now.rate, now.upper};
  return {now.rate, now.upper + (passage(structure, wider, level, below).rate - now.rate) / kShift};
}

}  // namespace

double Openings::at(int structure, double level) const {
  double opening = own[static_cast<std::size_t>(structure)];
  for (const GateInput& rule : rules)
    if (rule.structure == structure) opening = ruled_opening(rule, opening, level);
  return opening;
}

LevelAbove level_above(const std::vector<Structure>& all, const std::vector<int>& beside,
                       const Openings& openings, double flow, double below) {
  double lowest = std::numeric_limits<double>::infinity();
  for (const int s : beside) lowest = std::min(lowest, all[static_cast<std::size_t>(s)].crest_level);
  const double base = std::max(lowest, below);
  if (flow <= kNoFlow) return {base, false};
  const auto excess = [&](double head) -> Line {
    Line sum{-flow, 0};
    for (const int s : beside) {
      const Line one = passing(all[static_cast<std::size_t>(s)], s, openings, base + head, below);
      sum.value += one.value;
      sum.slope += one.slope;
    }
    return sum;
  };
  if (excess(kMostHead).value < 0) return {base + kMostHead, true};
  return {base + rising_root(excess, 0, kMostHead), false};
}

bool has_weir(const std::vector<Structure>& all, const Structure& structure) {
  return is_weir(structure.kind) || std::any_of(all.begin(), all.end(), [&](const Structure& other) {
           return other.node == structure.node && is_weir(other.kind);
         });
}

}  // namespace limpid
