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
  std::vector<int> columns;    // the constituents that take part
  std::vector<bool> consumed;  // [column] by some row
  std::vector<Row> rows;
  std::vector<int> reactants;  // columns
  std::vector<int> column_of;  // per constituent of the basin; -1 = takes no part
  std::vector<int> first_row;  // per process of the basin

  // Of the processes that act in one compartment; the others have no rows.
  // first_nu: per process, the field of its first term's |nu| (ParameterRows); the other terms follow.
  Stoichiometry(const Basin& basin, const std::vector<int>& first_nu, Compartment where);

  // Room for sum(); what no row makes or uses stays 0.
  GrossSums make_sums() const;
  // Sums of |nu| times rate (or extent) [row], in the order of the terms.
  void sum(const BlockRow* rate, const double* const* fields, GrossSums& sums) const;

 private:
  struct Placed;
  // One addition: a row's rate, times the field `nu` unless |nu| = 1, to the consumption or production of a
  // column.
  struct Addition {
    int row, column, nu;
  };
  // The first addition to each sum sets it, so that nothing has to be cleared.
  struct Additions {
    std::vector<Addition> set, add, set_scaled, add_scaled;
  };
  static void run(const Additions& additions, const BlockRow* rate, const double* const* fields,
                  std::vector<BlockRow>& sums);
  std::vector<Placed> place_terms(const Basin& basin, const std::vector<int>& first_nu) const;
  void number_columns(const Basin& basin, const std::vector<Placed>& placed);
  void list_additions(const std::vector<Placed>& placed, bool consumption, Additions& additions) const;
  void list_reactants(const std::vector<Placed>& placed);

  Additions production_, consumption_;
};

}  // namespace limpid
