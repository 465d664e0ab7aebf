#include "solvers/level_system.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace limpid {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

LevelSystem::LevelSystem(int unknowns, const std::vector<std::pair<int, int>>& pairs)
    : turn_(at(unknowns)), diagonal_(turn_.size(), 0.0), load_(turn_.size(), 0.0) {
  std::vector<std::vector<int>> neighbours(turn_.size());
  for (const auto& [a, b] : pairs) {
    neighbours[at(a)].push_back(b);
    neighbours[at(b)].push_back(a);
  }
  for (auto& list : neighbours) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    distinct_ += list.size();
  }
  distinct_ /= 2;
  list_entries(order(std::move(neighbours)));
  for (const auto& [a, b] : pairs)
    entries_of_pair_.emplace_back(entry(turn_[at(a)], turn_[at(b)]), entry(turn_[at(b)], turn_[at(a)]));
}

// Greedy least degree; among equals the one that waits for the fewest others, then the lowest number. A
// pivot's neighbours become neighbours of each other. Returns the later neighbours, by turn.
std::vector<std::vector<int>> LevelSystem::order(std::vector<std::vector<int>> neighbours) {
  std::vector<int> level(neighbours.size(), 0);
  std::set<std::tuple<std::size_t, int, int>> queue;  // degree, level, unknown
  const auto key = [&](int i) { return std::tuple{neighbours[at(i)].size(), level[at(i)], i}; };
  for (int i = 0; i < static_cast<int>(neighbours.size()); ++i) queue.insert(key(i));
  std::vector<std::vector<int>> later;
  while (!queue.empty()) {
    const int p = std::get<2>(*queue.begin());
    queue.erase(queue.begin());
    turn_[at(p)] = static_cast<int>(later.size());
    const std::vector<int> rest = std::move(neighbours[at(p)]);
    for (const int q : rest) {
      auto& list = neighbours[at(q)];
      queue.erase(key(q));
      list.erase(std::find(list.begin(), list.end(), p));
      for (const int r : rest)
        if (r != q && std::find(list.begin(), list.end(), r) == list.end()) list.push_back(r);
      level[at(q)] = std::max(level[at(q)], level[at(p)] + 1);
      queue.insert(key(q));
    }
    later.push_back(rest);
  }
  for (auto& list : later)
    for (int& unknown : list) unknown = turn_[at(unknown)];
  return later;
}

void LevelSystem::list_entries(const std::vector<std::vector<int>>& later) {
  first_.push_back(0);
  for (const auto& list : later) {
    neighbours_.insert(neighbours_.end(), list.begin(), list.end());
    first_.push_back(neighbours_.size());
  }
  entries_.assign(2 * neighbours_.size(), 0.0);
  first_update_.push_back(0);
  for (std::size_t p = 0; p < later.size(); ++p) {
    for (std::size_t a = first_[p]; a < first_[p + 1]; ++a)
      for (std::size_t b = first_[p]; b < first_[p + 1]; ++b)
        if (a != b) updates_.push_back({2 * a, 2 * b + 1, entry(neighbours_[b], neighbours_[a])});
    first_update_.push_back(updates_.size());
  }
}

// Where (row, column) stands; both are turns.
std::size_t LevelSystem::entry(int row, int column) const {
  const int pivot = std::min(row, column), other = std::max(row, column);
  const auto begin = neighbours_.begin() + static_cast<std::ptrdiff_t>(first_[at(pivot)]),
             end = neighbours_.begin() + static_cast<std::ptrdiff_t>(first_[at(pivot) + 1]);
  const auto found = static_cast<std::size_t>(std::find(begin, end, other) - neighbours_.begin());
  return 2 * found + (row == pivot ? 0 : 1);
}

void LevelSystem::set_diagonal(const std::vector<double>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) diagonal_[at(turn_[i])] = values[i];
}

void LevelSystem::clear() {
  std::fill(entries_.begin(), entries_.end(), 0.0);
}

void LevelSystem::solve(std::vector<double>& right) {
  for (std::size_t i = 0; i < right.size(); ++i) load_[at(turn_[i])] = right[i];
  eliminate();
  substitute();
  for (std::size_t i = 0; i < right.size(); ++i) right[i] = load_[at(turn_[i])];
}

void LevelSystem::eliminate() {
  for (std::size_t p = 0; p < diagonal_.size(); ++p) {
    const double inverse = 1 / diagonal_[p];
    diagonal_[p] = inverse;
    for (std::size_t u = first_update_[p]; u < first_update_[p + 1]; ++u)
      entries_[updates_[u].to] -= entries_[updates_[u].second] * inverse * entries_[updates_[u].first];
    for (std::size_t k = first_[p]; k < first_[p + 1]; ++k) {
      const double factor = entries_[2 * k + 1] * inverse;
      diagonal_[at(neighbours_[k])] -= factor * entries_[2 * k];
      load_[at(neighbours_[k])] -= factor * load_[p];
    }
  }
}

void LevelSystem::substitute() {
  for (std::size_t p = diagonal_.size(); p-- > 0;) {
    double sum = load_[p];
    for (std::size_t k = first_[p]; k < first_[p + 1]; ++k)
      sum -= entries_[2 * k] * load_[at(neighbours_[k])];
    load_[p] = sum * diagonal_[p];
  }
}

}  // namespace limpid
