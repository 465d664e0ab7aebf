// Longitudinal dispersion predicted from the flow: the published formulas, each with its source and range.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "model/process.hpp"

namespace limpid {

// Of one cross-section.
struct FlowSection {
  double velocity = 0;        // U, m/s, >= 0
  double depth = 0;           // H, mean, m, > 0
  double width = 0;           // B, of the water surface, m
  double shear_velocity = 0;  // u*, m/s, > 0
};

// Width over depth, B/H, for which a formula is meant; no bounds where none was read.
struct AspectRange {
  double low = 0, high = std::numeric_limits<double>::infinity();
  const char* source = "";
  Status status = Status::unverified;
  bool holds(const FlowSection& x) const { return x.width >= low * x.depth && x.width <= high * x.depth; }
};

struct DispersionFormula {
  const char *id, *name_en;
  const char* formula;   // as the docs print it
  const char* validity;  // where it was fitted
  const char* source;
  Status status;
  double (*value)(const FlowSection&);  // m2/s
  AspectRange aspect{};
};

// In the order of the choices of column dispersion_formula.
const std::vector<DispersionFormula>& dispersion_formulas();

// The formula whose value in this section is nearest (as a ratio) to that of `formula`, among those whose
// range holds it; -1 if there is none.
int nearest_dispersion_formula(int formula, const FlowSection& section);

// What a plan may set in place of a reach's own: ids dispersion (m2/s) and dispersion_factor (times its own).
const std::vector<Parameter>& dispersion_parameters();

// Beyond these a value is a mistake, not a river: an order above the plausible ranges that reaches.csv is
// checked against (chosen; no published bound).
inline constexpr double kMostDispersion = 1e5;        // m2/s
inline constexpr double kFastestStorageExchange = 1;  // 1/s

// u* of flow with Manning's friction: u* = sqrt(g) n U / H^(1/6), which is sqrt(g H S) where the flow is
// uniform and wide.
double shear_velocity(double velocity, double depth, double manning_n);

}  // namespace limpid
