// Transient storage: the channel's water changes places with that of dead zones beside it.
//   dC/dt = alpha (Cs - C),   dCs/dt = alpha A / As (C - Cs)
// (Bencala and Walters 1983, doi:10.1029/WR019i003p00718; OTIS, Runkel 1998, WRIR 98-4018). Solved exactly
// over a step with both volumes constant:
//   amount that changes sides = (C - Cs) V Vs / (V + Vs) (1 - exp(-alpha dt (1 + V / Vs)))
#pragma once

#include <vector>

#include "model/network.hpp"
#include "solvers/state.hpp"

namespace limpid {

class StorageExchange {
 public:
  explicit StorageExchange(const Network& network);

  // m3 of dead zone beside each cell; constant, 0 where there is none.
  const std::vector<double>& volume() const { return volume_; }
  // channel_volume: [cell] m3. A dry cell exchanges nothing.
  void advance(double dt, const std::vector<double>& channel_volume, State& channel, State& storage) const;

 private:
  std::vector<double> volume_, rate_;  // [cell] m3, 1/s
};

}  // namespace limpid
