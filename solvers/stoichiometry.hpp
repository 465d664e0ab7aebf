// The Petersen matrix of a case, ordered for the kinetics: by constituent for sums, by row for reactants.
#pragma once

#include <vector>

#include "model/basin.hpp"
#include "solvers/octet.hpp"

namespace limpid {

struct Stoichiometry {
  // |nu| of one term is the field `nu` (ParameterRows).
  struct Entry {
    int row, nu;
  };
  // A constituent that takes part: entries [begin, middle) produce it, [middle, end) consume it.
  struct Column {
    int constituent, begin, middle, end;
  };
  struct Row {
    int process;
    int first_reactant, last_reactant;  // [first, last) of `reactants`
  };
  std::vector<Column> columns;
  std::vector<Entry> entries;
  std::vector<Row> rows;
  std::vector<int> reactants;  // columns
  std::vector<int> column_of;  // per constituent of the basin; -1 = takes no part
  std::vector<int> first_row;  // per process

  // first_nu: per process, the field of its first term's |nu|; the other terms follow.
  Stoichiometry(const Basin& basin, const std::vector<int>& first_nu);
};

// Production and consumption of a column: sums of |nu| times the rows' rates (or extents).
struct GrossSums {
  Octet production, consumption;
};
inline GrossSums gross_sums(const Stoichiometry& s, const Stoichiometry::Column& column,
                            const double* const* fields, const double* rate) {
  GrossSums sums{0.0, 0.0};
  const auto add = [&](Octet& sum, int e) {
    const auto& entry = s.entries[static_cast<std::size_t>(e)];
    sum += Octet::load(fields[entry.nu]) * Octet::load(rate + entry.row * kBlock);
  };
  for (int e = column.begin; e < column.middle; ++e) add(sums.production, e);
  for (int e = column.middle; e < column.end; ++e) add(sums.consumption, e);
  return sums;
}

}  // namespace limpid
