// Loops of the network in a dispersion step: the links that DispersionTree leaves out, brought in by a Schur
// complement on them (Woodbury; Golub & Van Loan 2013, sec. 2.1.4).
//
// With M the eliminated matrix of the tree, U the column e_q - e_s of each link (q its cell, s its star), g
// its coupling and b the right-hand sides, the implicit parts f of the links' fluxes are
//   (1 + g U' M^-1 U) f = g U' M^-1 b,   and   M y = b - U f
// is the tree's own system again. Made symmetric by f = sqrt(g) x. Exact, and equal for all columns but for
// b: a step costs a second way along the branches between links and roots, which no network without loops
// pays.
#pragma once

#include <vector>

#include "solvers/dispersion_factors.hpp"
#include "solvers/dispersion_tree.hpp"

namespace limpid {

class DispersionLoops {
 public:
  DispersionLoops(const DispersionTree& tree, const DispersionFactors& factors);

  // After the factors have changed. Links^2 way + links^3 per component.
  void set();
  // What lies on the way between links and roots: branches by level, root stars.
  const std::vector<std::vector<int>>& levels() const { return levels_; }
  bool passes_star(int star) const { return star_passes_[static_cast<std::size_t>(star)] != 0; }
  const std::vector<std::vector<int>>& links() const { return links_; }  // [component with loops][..]

  // f of the links of one component for one column: x holds U' M^-1 b [links of it], then f.
  void solve(int component, double* x) const;

 private:
  bool passes(int branch) const { return branch_passes_[static_cast<std::size_t>(branch)] != 0; }
  void mark(int branch);
  // Scalar: change of all marked unknowns for one unit into the cell of a link and out of its star.
  void respond(std::size_t component, int link);
  // Marked branches of a component, by level.
  std::vector<std::vector<int>> way(int component) const;
  void clear(std::size_t component);
  void eliminate(int branch);
  void substitute(int branch);
  double difference(int link) const;  // y of its cell less y of its star
  void factorise(std::size_t component);

  const DispersionTree& tree_;
  const DispersionFactors& factors_;
  std::vector<char> branch_passes_, star_passes_;
  std::vector<std::vector<int>> links_, levels_;     // levels_: marked branches of each level
  std::vector<std::vector<std::vector<int>>> ways_;  // [component with loops] the same of it alone
  std::vector<std::vector<double>> lower_,
      root_;                              // [component] Cholesky factor by rows; [component][..] sqrt(g)
  std::vector<double> side_, star_side_;  // [position], [star]: right-hand sides, then y
};

}  // namespace limpid
