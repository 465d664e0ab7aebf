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
// What comes with water where chains meet stays in that water, so that a uniform concentration stays uniform.
//
// At a head, W enters with water Q. Let in by advection alone it meets dispersion's closed end: each half
// step flattens the profile there, and the splitting falls to first order. The same balance, (Q + G) c = W +
// G c_1, gives what the end must let through, W - Q c = G / (Q + G) (W - Q c_1): so much goes with dispersion
// (it may be negative), and advection brings Q c. Both parts keep the concentration of the inlet (Einkemmer &
// Ostermann 2016, doi:10.1137/16M1056250, correct both parts of a splitting at oblique boundaries in this
// way). Nothing goes with dispersion where c_1 = W / Q.
#pragma once

#include <functional>
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
  // amount(cell): its row at the begin of the step, read before the next is asked for.
  using CellRow = std::function<const double*(int)>;
  void divide(const WaterStep& step, const std::vector<double>& coefficient, const CellRow& amount,
              TransportRows& amounts);
  // For one half step of dispersion; valid until the next divide().
  const std::vector<Deposit>& deposits() const { return deposits_; }
  // Puts the whole loads back into amounts.junction_load (the same bits).
  void restore(TransportRows& amounts) const;

 private:
  struct End {
    int face, cell;
    double into;  // +1 where a positive face volume enters the junction
  };
  struct Inlet {
    int junction, face, cell;
  };
  void divide_inlet(const Inlet& inlet, double* part, const WaterStep& step,
                    const std::vector<double>& coefficient, const CellRow& amount, TransportRows& amounts);
  // Share of dispersion; adds the deposits of the cells around.
  double spread(int junction, const double* load, const WaterStep& step,
                const std::vector<double>& coefficient);

  const Network& network_;
  Rows rows_;
  std::vector<std::vector<End>> ends_;  // [junction], empty where fewer than two chains meet
  std::vector<Inlet> inlets_;           // heads of one chain
  std::vector<int> loaded_;             // junctions with ends and a load
  std::vector<int> divided_;            // those of loaded_ and of inlets_ whose load is divided in this step
  std::vector<double> whole_;           // [divided_][width], with room for all
  std::vector<double> part_;            // [inlets_][width] what goes with dispersion
  std::vector<Deposit> deposits_;
};

}  // namespace limpid
