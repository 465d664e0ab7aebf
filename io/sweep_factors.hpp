// The factors of a sweep file, checked against its case and plans.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "io/case.hpp"
#include "io/toml_reader.hpp"
#include "scenarios/sweep.hpp"

namespace limpid {

// A factor with what its values may be.
struct ReadFactor {
  Factor factor;
  NamedUnit expected = unit::none;
  std::string_view species = "";                            // of `expected`, as parse_quantity takes it
  double least = -std::numeric_limits<double>::infinity();  // inside units
  double most = std::numeric_limits<double>::infinity();
  std::string range;  // both, as messages say them
  Place place;
  bool drawn = false;  // its distribution was given and could be read

  bool possible(double inside) const { return inside >= least && inside <= most; }
};

// All [[factor]]s. Of the sweep its plans and years must be there. needed: a distribution must be given.
std::vector<ReadFactor> read_factors(const TomlFile& toml, const Case& c, const Sweep& sweep, bool needed,
                                     Problems& problems);

// E1806 for a factor of which drawn values are not possible.
void check_drawn(const std::vector<ReadFactor>& factors, const Design& design, Problems& problems);

// A value as the user writes it: a label, or the number in the factor's unit.
std::string value_text(const Factor& factor, double value);

}  // namespace limpid
