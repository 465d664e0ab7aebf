// Every store of the river: the amount of each constituent in each cell, for all lanes.
#pragma once

#include <vector>

#include "solvers/rows.hpp"

namespace limpid {

// Below this volume a cell is dry: it keeps its amounts, its concentration is undefined.
inline constexpr double kDryVolume = 1e-6;  // m3

// The one place where a concentration is made [amount m-3]; 0 where the cell is dry.
inline double concentration(double amount, double volume) { return volume > kDryVolume ? amount / volume : 0.0; }

struct State {
  Rows rows;
  std::vector<double> amount;  // [cell][rows.width]; padding stays 0

  State() = default;
  State(int cells, Rows shape) : rows(shape), amount(shape.at(cells), 0.0) {}
  double* row(int cell) { return amount.data() + rows.at(cell); }
  const double* row(int cell) const { return amount.data() + rows.at(cell); }
  int cells() const { return rows.width ? static_cast<int>(amount.size() / static_cast<std::size_t>(rows.width)) : 0; }
  // Sum over cells in fixed order, compensated.
  double total(int constituent, int lane) const;
};

}  // namespace limpid
