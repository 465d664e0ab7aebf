// The Petersen matrix of a case, ordered for the kinetics: by constituent for sums, by row for reactants.
#pragma once

#include <vector>

#include "model/basin.hpp"
#include "model/process.hpp"
#include "solvers/octet.hpp"

namespace limpid {

struct Stoichiometry {
  // |nu| of one term is the field `nu` (ParameterRows).
  struct Entry {
    int row, nu;
  };
  // Of the entries, [begin, scaled) have |nu| = 1, [scaled, end) any other.
  struct Terms {
    int begin, scaled, end;
    bool empty() const { return begin == end; }
  };
  // A constituent that takes part.
  struct Column {
    int constituent;
    Terms production, consumption;
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

 private:
  struct Placed;
  std::vector<Placed> place_terms(const Basin& basin, const std::vector<int>& first_nu) const;
  Terms append(const std::vector<Placed>& placed, int constituent, bool consumes);
  void add_column(const std::vector<Placed>& placed, int constituent);
  void list_reactants(const std::vector<Placed>& placed);
};

// Sum of |nu| times the rows' rates (or extents), in the order of the entries.
inline Octet gross_sum(const Stoichiometry::Entry* entries, const Stoichiometry::Terms& terms,
                       const double* const* fields, const double* rate) {
  Octet sum = 0.0;
  for (int e = terms.begin; e < terms.scaled; ++e) sum += Octet::load(rate + entries[e].row * kBlock);
  for (int e = terms.scaled; e < terms.end; ++e)
    sum += Octet::load(fields[entries[e].nu]) * Octet::load(rate + entries[e].row * kBlock);
  return sum;
}

// What a column gains and loses by all rows.
struct GrossSums {
  Octet production, consumption;
};
inline GrossSums gross_sums(const Stoichiometry& s, const Stoichiometry::Column& column,
                            const double* const* fields, const double* rate) {
  return {gross_sum(s.entries.data(), column.production, fields, rate),
          gross_sum(s.entries.data(), column.consumption, fields, rate)};
}

}  // namespace limpid
