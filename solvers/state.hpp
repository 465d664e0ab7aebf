// Every store of the river: the amount of each constituent in each cell, for all lanes.
//
// There are three: the water of the channel, what is attached to the bed, and the dead zones beside the
// channel (transient storage). All of them have one row per cell; a store that a case does not need has none.
#pragma once

#include <vector>

#include "solvers/rows.hpp"

namespace limpid {

// Below this volume a cell is dry: it keeps its amounts, its concentration is undefined.
inline constexpr double kDryVolume = 1e-6;  // m3

// The one place where a concentration is made [amount m-3]; 0 where the cell is dry.
inline double concentration(double amount, double volume) {
  return volume > kDryVolume ? amount / volume : 0.0;
}

// One store.
struct State {
  Rows rows;
  std::vector<double> amount;  // [cell][rows.width]; padding stays 0

  State() = default;
  State(int cells, Rows shape) : rows(shape), amount(shape.at(cells), 0.0) {}
  double* row(int cell) { return amount.data() + rows.at(cell); }
  const double* row(int cell) const { return amount.data() + rows.at(cell); }
  int cells() const {
    return rows.width ? static_cast<int>(amount.size() / static_cast<std::size_t>(rows.width)) : 0;
  }
  // Sum over cells in fixed order, compensated.
  double total(int constituent, int lane) const;
};

struct Stores {
  State water;     // what the water carries
  State attached;  // what stays with its cell: the constituents behind those that the water carries
  State storage;   // what the water carries, in the dead zones

  Stores(int cells, int carried, int attached_constituents, int lanes, bool has_storage);
  // constituent: as the basin counts them.
  double amount(int cell, int constituent, int lane) const;  // in the channel or attached
  double total(int constituent, int lane) const;             // in all stores
};

}  // namespace limpid
