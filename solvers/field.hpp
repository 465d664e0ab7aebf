// A value of the kinetics as it varies over the river: everywhere the same, by cell, or by point (cell x
// lane).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/process.hpp"

namespace limpid {

// kBlock doubles that begin on a cache line.
struct alignas(64) BlockRow {
  double v[kBlock];
};

enum class Spread : std::uint8_t { constant, cell, point };

// constant: kBlock copies; cell, point: one value each, padded to whole blocks with copies of the last.
struct Field {
  Spread spread = Spread::constant;
  std::vector<double> values;
};

// The kBlock points from `first` on, cell-major; cell[w] is the cell of point w (of the last point beyond the
// end).
struct BlockPlace {
  std::size_t first = 0;
  std::array<std::size_t, kBlock> cell{};

  BlockPlace(std::size_t block, std::size_t cells, std::size_t lanes) : first(block * kBlock) {
    std::size_t c = first / lanes, lane = first % lanes;
    for (auto& here : cell) {
      here = c < cells ? c : cells - 1;
      if (++lane == lanes) lane = 0, ++c;
    }
  }
};

// The kBlock values of a field on a block; `expanded` is room for them where they do not lie together.
inline const double* values_on(const Field& field, const BlockPlace& place, bool one_lane,
                               BlockRow& expanded) {
  if (field.spread == Spread::constant) return field.values.data();
  if (field.spread == Spread::point || one_lane) return field.values.data() + place.first;
  for (std::size_t w = 0; w < kBlock; ++w) expanded.v[w] = field.values[place.cell[w]];
  return expanded.v;
}

}  // namespace limpid
