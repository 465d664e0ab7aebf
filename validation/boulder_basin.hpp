// Boulder Creek as a basin, from its QUAL2Kw file.
#pragma once

#include <string>
#include <vector>

#include "model/basin.hpp"
#include "validation/q2k_case.hpp"

namespace limpid::validation {

struct BoulderCreek {
  Q2kCase q;
  Basin basin;
  double begin = 0;              // s since 1970: local midnight
  std::vector<double> at_begin;  // per constituent: concentration, or amount per m2 of what is attached
};

// cells: in each reach. What enters a reach stands at its upper end, as the discharge of a reach is its
// outflow in QUAL2Kw. The abstraction takes from the outflow of its reach, as QUAL2Kw takes it out of the
// mixed reach; the bed there slopes more, so that depth and volume stay those of what flows on. With more
// than one cell a reach, what enters the reach below it stands 10 m below the abstraction, which would else
// take from it.
BoulderCreek boulder_basin(const std::filesystem::path& file, int cells);

// pH of a state [per constituent] at its temperature.
double boulder_ph(const BoulderCreek& creek, const std::vector<double>& state);

// A column of the reference, the constituent (or "pH") and the factor from ours to its unit.
struct BoulderColumn {
  const char *column, *id;
  double factor;
};
const std::vector<BoulderColumn>& boulder_columns();

}  // namespace limpid::validation
