// The matrix of one dispersion step, eliminated: equal for all constituents and lanes.
//
// Unknown is the change y of a cell's concentration over a sub-step tau; G = conductance of a face (half
// cells in series), theta of the time weight: V y_i + tau sum theta G (y_i - y_j) = -tau sum G (c_i - c_j).
// theta = 1/2 where the explicit half leaves no cell below 0 (Fourier number <= 1), nearer to 1 elsewhere.
// A star is an unknown with V = 0 whose old concentration is the conductance-weighted mean of its cells.
// The elimination leaves links out.
#pragma once

#include <vector>

#include "model/network.hpp"
#include "solvers/dispersion_tree.hpp"

namespace limpid {

class DispersionFactors {
 public:
  DispersionFactors(const Network& network, const DispersionTree& tree);

  // coefficient [cell] m2/s, area [cell] m2, volume [cell] m3. Cheap if all are those of the last call: then
  // false.
  bool set(double dt, const std::vector<double>& coefficient, const std::vector<double>& area,
           const std::vector<double>& volume);

  // One unknown: its coupling towards the root and its pivot.
  struct Row {
    double flux = 0;      // tau G [m3]
    double coupling = 0;  // tau theta G [m3]
    double pivot = 0;     // 1 / eliminated diagonal [m-3]
    double lower = 0;     // coupling * pivot
  };
  std::vector<Row> rows;              // [position]; the last of a branch couples to its root star
  std::vector<double> inverse;        // [position] 1 / volume, 0 where dry
  std::vector<Row> star_rows;         // [star]; couples to the first position of its parent
  std::vector<Row> link_rows;         // [link]; flux and coupling of its first position to its star
  std::vector<double> link_weight;    // [link] of that position in the star's mean
  std::vector<double> star_weight;    // [position] weight in the mean of the star at a branch's last position
  std::vector<double> parent_weight;  // [star] of the parent's first position
  std::vector<int> sub_steps;         // [component]
  int most_sub_steps() const;
  // Time weight of the flux from this position towards the root; 1 where there is none.
  double theta(int position) const {
    const Row& row = rows[static_cast<std::size_t>(position)];
    return row.flux > 0 ? row.coupling / row.flux : 1.0;
  }

 private:
  void set_cells();
  void set_conductances();
  void set_star(int star);
  void count_sub_steps();
  void set_couplings(const Branch& branch);
  void set_star_coupling(int star);
  std::size_t link_position(int link) const {
    const Link& l = tree_.links[static_cast<std::size_t>(link)];
    return static_cast<std::size_t>(tree_.branches[static_cast<std::size_t>(l.branch)].begin);
  }
  void eliminate(int branch);
  double eliminate_star(int star);
  double tau(int component) const { return dt_ / sub_steps[static_cast<std::size_t>(component)]; }

  const Network& network_;
  const DispersionTree& tree_;
  double dt_ = 0;
  std::vector<double> coefficient_, area_, volume_;  // [cell] of the last call
  std::vector<double> cell_inverse_, cell_half_;  // [cell] 1 / volume and half-cell conductance, 0 where dry
  std::vector<double> held_, half_, conductance_,
      reach_;                             // [position] volume, half-cell and face conductance, their sum
  std::vector<double> star_conductance_;  // [star] of the parent's half cell
  std::vector<double>
      to_star_;  // [branch] what its elimination adds to the diagonal beyond its last position
};

}  // namespace limpid
