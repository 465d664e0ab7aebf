// What dispersion carries from one arm of a confluence into another while advection acts.
//
// Transport alone lets the waters of two arms run up to their confluence as they are; dispersion makes them
// one there. Split, every advection leaves a jump between the arms of the step times the difference of their
// rates of change, u dc/dx, and every dispersion smooths it over sqrt(D dt): order 1.5 in L1, 1 in the
// largest error. Both parts agree with each other where arms change at one rate r. So an amount q is added to
// advection and taken out of dispersion (Einkemmer & Ostermann, SIAM J. Sci. Comput. 37 (2015) and 38 (2016),
// correct the parts of a splitting at a border in this way; of the second the abstract was read. Order 1.5 at
// borders of the third type: abstract of arXiv:2504.10125), in arm i per volume
//   q_i(t) = (r - s_i) (1 - t / T)^2,   s_i = u_i dc_i/dx,   r = sum Q_i s_i / sum Q_i,
// t = travel time to the confluence. By the mean r and one T for all arms the q of all arms add up to nothing
// and the mixed water below does not feel it. T = 2 D / u^2, the time in which the profile above the
// confluence changes; where a step is longer than D / u^2, less is exchanged. dc/dx is that of the dispersive
// flux from the last cell. Nothing is exchanged where the arms carry equal water.
#pragma once

#include <functional>
#include <vector>

#include "model/network.hpp"
#include "solvers/transport.hpp"

namespace limpid {

class ConfluenceExchange {
 public:
  // tag_of: as for Advection. With the monotone scheme no more is taken than cells have, of a tag in the same
  // measure as of its total. Keeps a reference to the network.
  ConfluenceExchange(const Network& network, const Rows& rows, TransportScheme scheme,
                     const std::vector<int>& tag_of);

  using CellRow = std::function<const double*(int)>;  // of a cell, read before the next is asked for
  // The step's exchange, from the state at its begin. coefficient: [cell] m2/s.
  void find(const WaterStep& step, const std::vector<double>& coefficient, const CellRow& amount);
  // Bounds what is exchanged from here on by what is there.
  void bound(const CellRow& amount);
  // For one half step of dispersion: what it takes out of one arm and puts into another.
  const std::vector<Deposit>& deposits() const { return deposits_; }
  // give(cell, weight, row[width]): += weight * row, before advection and after it.
  using Give = std::function<void(int, double, const double*)>;
  void exchange(const CellRow& amount, const Give& give);

 private:
  struct Cell {
    int cell, face;
    double toward;  // +1 where a positive volume through the face below goes to the confluence
  };
  using Arm = std::vector<Cell>;  // upwards from the confluence to where waters meet or part
  struct Inflow {                 // an arm that acts
    const Arm* arm;
    double flow, speed, length;  // m3/s, m/s, m of its last cell
  };
  struct Part {
    int cell;
    double weight;  // m3
    int row;        // of rate_
  };
  struct Group {  // the parts of one confluence
    std::size_t begin, end;
  };
  Arm walk(int chain, bool lower) const;
  void find(const std::vector<Arm>& arms, const WaterStep& step, const std::vector<double>& coefficient,
            const CellRow& amount);
  double window(const std::vector<Inflow>& inflows, const WaterStep& step,
                const std::vector<double>& coefficient) const;
  void mix(const std::vector<Arm>& arms, const WaterStep& step, const std::vector<double>& coefficient,
           const CellRow& amount);
  void set_rates(const std::vector<Inflow>& inflows, const WaterStep& step, const CellRow& amount);
  void place(const Inflow& inflow, double window, double share, const WaterStep& step, int row);
  // Into bound_: by how much to shorten, that no cell loses more than `most` of what it has where sign *
  // rate < 0.
  void shorten(const Group& group, double sign, double most, const CellRow& amount);
  void tie_tags();
  void scale(const Group& group);

  const Network& network_;
  Rows rows_;
  bool bounded_;
  std::vector<int> tag_of_;
  std::vector<std::vector<Arm>> arms_;  // [confluence][end]
  std::vector<Part> parts_;
  std::vector<Group> groups_;
  std::vector<double> rate_;   // [row][width] amount per m3 of weight, in half a step
  std::vector<double> mixed_;  // [width] concentration at the confluence
  std::vector<double> bound_;  // [width]
  std::vector<Deposit> deposits_;
};

}  // namespace limpid
