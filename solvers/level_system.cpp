#include "solvers/level_system.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace limpid {

LevelSystem::LevelSystem(int unknowns, const std::vector<std::pair<int, int>>& pairs)
    : diagonal_(static_cast<std::size_t>(unknowns), 0.0) {
  std::vector<std::vector<int>> neighbours(diagonal_.size());
  for (const auto& [a, b] : pairs) {
    neighbours[static_cast<std::size_t>(a)].push_back(b);
    neighbours[static_cast<std::size_t>(b)].push_back(a);
  }
  for (auto& list : neighbours) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    distinct_ += list.size();
  }
  distinct_ /= 2;
  order(std::move(neighbours));
  std::vector<int> turn(diagonal_.size());
  for (std::size_t n = 0; n < pivots_.size(); ++n)
    turn[static_cast<std::size_t>(pivots_[n].unknown)] = static_cast<int>(n);
  for (const auto& [a, b] : pairs) {
    const int turn_a = turn[static_cast<std::size_t>(a)], turn_b = turn[static_cast<std::size_t>(b)];
    const bool swapped = turn_b < turn_a;
    const Pivot& pivot = pivots_[static_cast<std::size_t>(swapped ? turn_b : turn_a)];
    const int other = swapped ? a : b;
    for (int k = pivot.first_neighbour; k < pivot.last_neighbour; ++k)
      if (neighbours_[static_cast<std::size_t>(k)].unknown == other)
        slot_of_pair_.emplace_back(neighbours_[static_cast<std::size_t>(k)].slot, swapped);
  }
}

// Greedy least degree, the lowest number first among equals; a pivot's neighbours become neighbours of each
// other.
void LevelSystem::order(std::vector<std::vector<int>> neighbours) {
  std::set<std::pair<std::size_t, int>> queue;  // degree, unknown
  for (std::size_t i = 0; i < neighbours.size(); ++i)
    queue.emplace(neighbours[i].size(), static_cast<int>(i));
  std::vector<std::vector<std::pair<int, int>>> eliminated(neighbours.size());  // later unknown, slot
  int slots = 0;
  while (!queue.empty()) {
    const int p = queue.begin()->second;
    queue.erase(queue.begin());
    const std::vector<int> rest = std::move(neighbours[static_cast<std::size_t>(p)]);
    Pivot pivot{p, static_cast<int>(neighbours_.size()), 0, 0, 0};
    for (const int q : rest) neighbours_.push_back({q, slots++});
    pivot.last_neighbour = static_cast<int>(neighbours_.size());
    pivots_.push_back(pivot);
    for (const int q : rest) {
      auto& list = neighbours[static_cast<std::size_t>(q)];
      queue.erase({list.size(), q});
      list.erase(std::find(list.begin(), list.end(), p));
      for (const int r : rest)
        if (r != q && std::find(list.begin(), list.end(), r) == list.end()) list.push_back(r);
      queue.emplace(list.size(), q);
    }
  }
  entries_.assign(2 * static_cast<std::size_t>(slots), 0.0);
  std::map<std::pair<int, int>, int> slot;  // (pivot, later) of pivots with fill to find
  for (const Pivot& pivot : pivots_)
    for (int k = pivot.first_neighbour; k < pivot.last_neighbour; ++k)
      slot[{pivot.unknown, neighbours_[static_cast<std::size_t>(k)].unknown}] =
          neighbours_[static_cast<std::size_t>(k)].slot;
  for (Pivot& pivot : pivots_) {
    pivot.first_update = static_cast<int>(updates_.size());
    for (int a = pivot.first_neighbour; a < pivot.last_neighbour; ++a)
      for (int b = a + 1; b < pivot.last_neighbour; ++b) {
        const int q = neighbours_[static_cast<std::size_t>(a)].unknown,
                  r = neighbours_[static_cast<std::size_t>(b)].unknown;
        const auto straight = slot.find({q, r});
        const bool swapped = straight == slot.end();
        updates_.push_back({a, b, swapped ? slot.at({r, q}) : straight->second, swapped});
      }
    pivot.last_update = static_cast<int>(updates_.size());
  }
}

void LevelSystem::clear() {
  std::fill(diagonal_.begin(), diagonal_.end(), 0.0);
  std::fill(entries_.begin(), entries_.end(), 0.0);
}

void LevelSystem::add_coupling(int pair, double first_second, double second_first) {
  const auto& [slot, swapped] = slot_of_pair_[static_cast<std::size_t>(pair)];
  double* entry = entries_.data() + 2 * static_cast<std::size_t>(slot);
  entry[swapped ? 1 : 0] += first_second;
  entry[swapped ? 0 : 1] += second_first;
}

void LevelSystem::solve(std::vector<double>& right) {
  const auto unknown = [&](const Neighbour& n) { return static_cast<std::size_t>(n.unknown); };
  for (const Pivot& pivot : pivots_) {
    const auto p = static_cast<std::size_t>(pivot.unknown);
    const double inverse = 1 / diagonal_[p];
    diagonal_[p] = inverse;
    for (int u = pivot.first_update; u < pivot.last_update; ++u) {
      const Update& update = updates_[static_cast<std::size_t>(u)];
      const double* a = entries_.data() + 2 * neighbours_[static_cast<std::size_t>(update.first)].slot;
      const double* b = entries_.data() + 2 * neighbours_[static_cast<std::size_t>(update.second)].slot;
      double* to = entries_.data() + 2 * update.slot;
      to[update.swapped ? 1 : 0] -= a[1] * inverse * b[0];  // (first, second)
      to[update.swapped ? 0 : 1] -= b[1] * inverse * a[0];
    }
    for (int k = pivot.first_neighbour; k < pivot.last_neighbour; ++k) {
      const Neighbour& n = neighbours_[static_cast<std::size_t>(k)];
      const double factor = entries_[2 * static_cast<std::size_t>(n.slot) + 1] * inverse;
      diagonal_[unknown(n)] -= factor * entries_[2 * static_cast<std::size_t>(n.slot)];
      right[unknown(n)] -= factor * right[p];
    }
  }
  for (auto pivot = pivots_.rbegin(); pivot != pivots_.rend(); ++pivot) {
    const auto p = static_cast<std::size_t>(pivot->unknown);
    double sum = right[p];
    for (int k = pivot->first_neighbour; k < pivot->last_neighbour; ++k) {
      const Neighbour& n = neighbours_[static_cast<std::size_t>(k)];
      sum -= entries_[2 * static_cast<std::size_t>(n.slot)] * right[unknown(n)];
    }
    right[p] = sum * diagonal_[p];
  }
}

}  // namespace limpid
