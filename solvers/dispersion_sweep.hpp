// Elimination and back-substitution of one dispersion sub-step for some columns of a state, branch by branch.
//
// Right-hand sides are kept only at the ends of segments of a branch and made again on the way back: a state
// that does not fit in cache is read twice and written once, and nothing of its size stands beside it. The
// fluxes that the solution gives are booked, the same double on both cells.
#pragma once

#include <vector>

#include "solvers/dispersion_factors.hpp"
#include "solvers/dispersion_loops.hpp"
#include "solvers/dispersion_tree.hpp"
#include "solvers/pack.hpp"
#include "solvers/state.hpp"

namespace limpid {

struct Columns {
  int first, count;  // multiples of kPack
};

class DispersionSweep {
 public:
  // floor: what an amount may not fall below, 0 or lowest()
  DispersionSweep(const DispersionTree& tree, const DispersionFactors& factors, const Rows& rows,
                  double floor);

  // In this order: all stars, then links; branches from the leaves to the root; root stars; branches from the
  // root to the leaves; give_back(). Branches of one level may be done by different threads, so may columns.
  // Where there are loops, after the first way to the root: look_from_root() and look() at what passes
  // between links and roots, again from the root; close(); and that way to the root once more.
  void mix_star(int star, Columns columns, const State& state);
  void open_link(int link, Columns columns, const State& state);
  void eliminate(int branch, Columns columns, const State& state);
  void look_from_root(int star, Columns columns);
  void look(int branch, Columns columns, const State& state);
  void close(const DispersionLoops& loops, int component, Columns columns);
  void solve_root_star(int star, Columns columns, const State& state);
  void substitute(int branch, Columns columns, State& state);
  void give_back(Columns columns, State& state);
  // Where an amount at a position was brought below the floor by what was taken out, its neighbours give.
  void cover(int branch, int position, Columns columns, State& state);

 private:
  template <int kBlock>
  struct Pass;  // concentrations and right-hand sides of kBlock packs on their way from the leaf
  template <int kBlock>
  struct Back;  // changes and open amounts on their way from the root

  void gather_star(int star, Columns columns);
  template <int kBlock>
  void substitute_segment(int index, int segment, int column, State& state);
  template <int kBlock>
  Pass<kBlock> begin_pass(const Branch& branch, int from, int column, const State& state);
  template <int kBlock>
  void pass(const Branch& branch, int from, int to, int column, const State& state, double* side,
            std::size_t step);
  template <int kBlock>
  Back<kBlock> begin_back(int index, int to, int column, const double* side, const State& state);
  template <int kBlock>
  void end_branch(int index, int column, Back<kBlock>& back, State& state);
  Pack share_out(int star, int column, Pack open, const State& state);
  void borrow(int branch, int position, int column, State& state);

  const double* amounts(int position, const State& state) const {
    return state.row(tree_.cell[static_cast<std::size_t>(position)]);
  }
  double* amounts(int position, State& state) const {
    return state.row(tree_.cell[static_cast<std::size_t>(position)]);
  }
  int last_segment(const Branch& branch) const {
    return branch.first_segment + (branch.end - branch.begin - 1) / kSegment;
  }
  double* row(std::vector<double>& of, int i) const { return of.data() + rows_.at(i); }

  const DispersionTree& tree_;
  const DispersionFactors& factors_;
  Rows rows_;
  double floor_;
  std::vector<double> side_;  // [segment][width] right-hand side of its last position, all below eliminated
  std::vector<double> star_old_;       // [star][width] old concentration
  std::vector<double> star_side_;      // [star][width] right-hand side, then the change
  std::vector<double> link_;           // [link][width] amount from its cell into its star
  std::vector<double> link_implicit_;  // [link][width] the implicit part of that; 0 until it is known
  std::vector<double> link_end_;       // [link][width] change of its cell's concentration without that part
  std::vector<double> open_;  // [branch][width] amount that leaves into the root star; between segments: the
                              // amount of the last cell done, without the flux it gets from the next
  std::vector<double> change_;   // [branch][width] change of that cell's concentration
  std::vector<char> overdrawn_;  // [branch][pack] 1 if the leaf's last cell fell below the floor
};

}  // namespace limpid
