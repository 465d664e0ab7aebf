// Quantities by formula over constituents: recorded and assessed, never transported or booked.
#pragma once

#include <string>
#include <vector>

#include "model/unit.hpp"

namespace limpid {

// One quantity by formula. inputs name constituents, or "temperature" [degC] and "elevation" [m above sea
// level] of the cell; an input marked '?' counts as 0 when the case has no such constituent, but at least one
// input must be there.
struct Derived {
  const char *id, *name_zh, *name_en;
  NamedUnit unit;
  const char* formula;  // as the docs print it
  const char* source;
  std::vector<std::string> inputs;
  double (*value)(const double* inputs);  // in `unit`; order of `inputs`
};
const std::vector<Derived>& derived_quantities();
const Derived* find_derived(const std::string& id);

struct DerivedUse {
  const Derived* derived = nullptr;
  std::vector<int>
      constituents;  // per input; -1 = absent (0), -2 = the cell's temperature, -3 = its elevation
};

}  // namespace limpid
