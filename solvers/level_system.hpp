// The linear system of an implicit water step: one unknown a cell, coupled across faces, solved by
// elimination in a fixed order of least degree. On a tree nothing fills in (Thomas' algorithm, branch by
// branch); a loop fills in a little. The matrix has positive columns sums and no positive entry off its
// diagonal (an M-matrix), so that no pivoting is needed.
//
// Inside, unknowns are numbered in their order of elimination: memory is read forwards, and the heads of all
// branches come first, then the cells below them, so that neighbouring eliminations do not wait for each
// other.
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
  void set_diagonal(const std::vector<double>& values);  // [unknown]
  // Adds to the entries (first, second) and (second, first) of face `pair`.
  void add_coupling(int pair, double first_second, double second_first) {
    const auto [first, second] = entries_of_pair_[static_cast<std::size_t>(pair)];
    entries_[first] += first_second;
    entries_[second] += second_first;
  }
  // Solves in place; destroys the matrix.
  void solve(std::vector<double>& right);

  std::size_t fill() const { return neighbours_.size() - distinct_; }  // couplings beyond those given

 private:
  struct Update {               // of the coupling of two neighbours of a pivot
    std::size_t first, second;  // entries with the pivot: (pivot, first), (second, pivot)
    std::size_t to;             // entry (second, first)
  };
  std::vector<std::vector<int>> order(std::vector<std::vector<int>> neighbours);
  void list_entries(const std::vector<std::vector<int>>& later);
  std::size_t entry(int row, int column) const;
  void eliminate();
  void substitute();

  std::vector<int> turn_;                  // [unknown] when it is eliminated
  std::vector<std::size_t> first_;         // [turn + 1] of its neighbours
  std::vector<int> neighbours_;            // the turns of those that are eliminated later
  std::vector<std::size_t> first_update_;  // [turn + 1]
  std::vector<Update> updates_;
  std::vector<std::pair<std::size_t, std::size_t>> entries_of_pair_;
  std::vector<double> diagonal_, load_;  // [turn]
  std::vector<double> entries_;          // [2 neighbour]: (pivot, neighbour), then (neighbour, pivot)
  std::size_t distinct_ = 0;
};

}  // namespace limpid
