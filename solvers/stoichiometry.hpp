// The Petersen matrix of a case, flattened for the kinetics: terms for sums by constituent, reactants by row.
#pragma once

#include <vector>

#include "model/basin.hpp"
#include "solvers/field.hpp"

namespace limpid {

// What each constituent that takes part gains and loses by all rows of a block.
struct GrossSums {
  std::vector<BlockRow> production, consumption;  // [column]
};

class Stoichiometry {
 public:
  struct Row {
    int process;
    int first_reactant, last_reactant;  // [first, last) of `reactants`
  };
  std::vector<int> processes;  // that act here
  std::vector<int> columns;    // the constituents that take part: made, used, or read by a rate
  std::vector<char> consumed;  // [column] 1 = by some row
  std::vector<Row> rows;
  std::vector<int> reactants;  // columns
  std::vector<int> column_of;  // per constituent of the basin; -1 = takes no part
  std::vector<int> first_row;  // per process of the basin

  // Of the processes that act in one compartment; the others have no rows.
  // first_nu: per process, the field of its first term's |nu| (ParameterRows); the other terms follow.
  Stoichiometry(const Basin& basin, const std::vector<int>& first_nu, Compartment where);

  // Sums of |nu| times rate (or extent) [row] over the terms that make or use a column, those with |nu| = 1
  // first.
  BlockValue production(std::size_t column, const BlockRow* rate, const double* const* fields) const {
    return sum(production_, column, rate, fields);
  }
  BlockValue consumption(std::size_t column, const BlockRow* rate, const double* const* fields) const {
    return sum(consumption_, column, rate, fields);
  }
  GrossSums make_sums() const;  // room for sum()
  void sum(const BlockRow* rate, const double* const* fields, GrossSums& sums) const;

 private:
  struct Placed;
  // One addition: a row's rate, times the field `nu` unless |nu| = 1.
  struct Addition {
    int row, nu;
  };
  struct Additions {
    struct Range {
      int plain, scaled, end;  // [plain, scaled) with |nu| = 1, [scaled, end) with a field
    };
    std::vector<Addition> list;
    std::vector<Range> of;  // [column]
  };
  static BlockValue sum(const Additions& additions, std::size_t column, const BlockRow* rate,
                        const double* const* fields) {
    const Additions::Range range = additions.of[column];
    const Addition *next = additions.list.data() + range.plain,
                   *scaled = additions.list.data() + range.scaled, *end = additions.list.data() + range.end;
    BlockValue total = 0.0;
    for (; next != scaled; ++next) total += BlockValue::load(rate[next->row].v);
    for (; next != end; ++next)
      total += BlockValue::load(fields[next->nu]) * BlockValue::load(rate[next->row].v);
    return total;
  }
  std::vector<Placed> place_terms(const Basin& basin, const std::vector<int>& first_nu) const;
  void number_columns(const Basin& basin, const std::vector<Placed>& placed);
  Additions list_additions(const std::vector<Placed>& placed, bool consumption) const;
  void list_reactants(const std::vector<Placed>& placed);

  Additions production_, consumption_;
};

}  // namespace limpid
