// Longitudinal dispersion predicted from the flow: the published formulas, each with its source and range.
#pragma once

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

struct DispersionFormula {
  const char *id, *name_en;
  const char* formula;   // as the docs print it
  const char* validity;  // where it was fitted
  const char* source;
  Status status;
  double (*value)(const FlowSection&);  // m2/s
};

// In the order of the choices of column dispersion_formula.
const std::vector<DispersionFormula>& dispersion_formulas();

// u* of flow with Manning's friction: u* = sqrt(g) n U / H^(1/6), which is sqrt(g H S) where the flow is
// uniform and wide.
double shear_velocity(double velocity, double depth, double manning_n);

}  // namespace limpid
