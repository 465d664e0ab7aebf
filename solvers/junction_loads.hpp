// Loads that come to a junction without water, shared between advection and dispersion.
//
// Given to advection alone, such a load goes down with the water that passes, and dispersion finds it in the
// middle of the cell below: half a cell from where it entered, an error of first order at the sharpest place
// of the profile. Given to dispersion alone, it spreads into the cells around by their half-cell conductances
// G (a source in a star without volume, its concentration eliminated), which is of second order but throws
// part of the load upstream where there is next to no dispersion. In the balance of the junction,
//   Q c + sum G (c - c_i) = W + ...,
// the load divides as the junction's own outflows: sum G / (sum G + Q) goes with dispersion, half of it in
// each half step, the rest with advection.
// What comes with water stays in that water, so that a uniform concentration stays uniform.
#pragma once

#include <vector>

#include "model/network.hpp"
#include "solvers/transport.hpp"

namespace limpid {

class JunctionLoads {
 public:
  JunctionLoads(const Network& network, const Rows& rows);

  // After the loads have changed: which junctions have one.
  void find(const TransportRows& amounts);
  // Takes dispersion's part out of amounts.junction_load and makes its deposits. coefficient: [cell] m2/s.
  void divide(const WaterStep& step, const std::vector<double>& coefficient, TransportRows& amounts);
  // For one half step of dispersion; valid until the next divide().
  const std::vector<Deposit>& deposits() const { return deposits_; }
  // Puts the whole loads back into amounts.junction_load (the same bits).
  void restore(TransportRows& amounts) const;

 private:
  struct End {
    int face, cell;
    double into;  // +1 where a positive face volume enters the junction
  };
  // Share of dispersion; adds the deposits of the cells around.
  double spread(int junction, const double* load, const WaterStep& step,
                const std::vector<double>& coefficient);

  const Network& network_;
  Rows rows_;
  std::vector<std::vector<End>> ends_;  // [junction], empty where fewer than two chains meet
  std::vector<int> loaded_;             // junctions with ends and a load
  std::vector<int> divided_;            // those of loaded_ whose load is divided in this step
  std::vector<double> whole_;           // [loaded_][width]
  std::vector<Deposit> deposits_;
};

}  // namespace limpid
