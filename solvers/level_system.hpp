// The linear system of an implicit water step: one unknown a cell, coupled across faces, solved by
// elimination in a fixed order of least degree. On a tree nothing fills in (Thomas' algorithm, branch by
// branch); a loop fills in a little. The matrix has positive columns sums and no positive entry off its
// diagonal (an M-matrix), so that no pivoting is needed.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace limpid {

class LevelSystem {
 public:
  // pairs: the two unknowns that each face couples; several faces may couple the same two.
  LevelSystem(int unknowns, const std::vector<std::pair<int, int>>& pairs);

  void clear();
  void add_diagonal(int unknown, double value) { diagonal_[static_cast<std::size_t>(unknown)] += value; }
  // Adds to the entries (first, second) and (second, first) of face `pair`.
  void add_coupling(int pair, double first_second, double second_first);
  // Solves in place; destroys the matrix.
  void solve(std::vector<double>& right);

  std::size_t fill() const { return entries_.size() / 2 - distinct_; }  // couplings beyond those given

 private:
  struct Neighbour {
    int unknown;
    int slot;  // entries_[2 slot]: (pivot, unknown), entries_[2 slot + 1]: (unknown, pivot)
  };
  struct Update {       // of the coupling of two neighbours of a pivot
    int first, second;  // positions in the pivot's neighbours
    int slot;
    bool swapped;  // the slot's pivot is `second`
  };
  struct Pivot {
    int unknown;
    int first_neighbour, last_neighbour, first_update, last_update;
  };
  void order(std::vector<std::vector<int>> neighbours);
  int slot_of(int earlier, int later);

  std::vector<Pivot> pivots_;
  std::vector<Neighbour> neighbours_;
  std::vector<Update> updates_;
  std::vector<std::pair<int, bool>> slot_of_pair_;  // slot, and whether the slot's pivot is the second
  std::vector<double> diagonal_, entries_;
  std::size_t distinct_ = 0;
};

}  // namespace limpid
