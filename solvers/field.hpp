// A value of the kinetics as it varies over the river: everywhere the same, by cell, or by point (cell x
// lane).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

#include "model/process.hpp"
#include "solvers/block_value.hpp"
#include "solvers/pack.hpp"
#include "solvers/rows.hpp"

namespace limpid {

// kBlock doubles that begin on a cache line.
struct alignas(64) BlockRow {
  double v[kBlock];
};

enum class Spread : std::uint8_t { constant, cell, point };  // from coarse to fine

// constant: kBlock copies; cell, point: one value each, padded to whole blocks with copies of the last.
struct Field {
  Spread spread = Spread::constant;
  std::vector<double> values;
};

// A run of n points that lie side by side, n known to the compiler: as one vector where it is one.
template <std::size_t n>
void copy_run(std::integral_constant<std::size_t, n>, const double* from, double* to) {
  std::memcpy(to, from, n * sizeof(double));
}
template <std::size_t n>
void fill_run(std::integral_constant<std::size_t, n>, double value, double* to) {
  if constexpr (n == kPack)
    store(to, splat(value));
  else
    std::fill_n(to, n, value);
}

// The kBlock points from block * kBlock on, cell-major; what lies beyond the end repeats the last cell.
class BlockPlace {
 public:
  static constexpr std::size_t kQuad = kPack;
  std::size_t first;
  std::array<std::size_t, kBlock> cell, lane;

  BlockPlace(std::size_t block, std::size_t cells, std::size_t lanes)
      : first(block * kBlock), in_quads_(lanes % kQuad == 0) {
    std::size_t c = first / lanes, l = first % lanes;
    each_run([&](auto run, std::size_t w) {
      for (std::size_t k = 0; k < run; ++k) {
        cell[w + k] = c < cells ? c : cells - 1;
        lane[w + k] = l + k;
      }
      l += run;
      if (l == lanes) l = 0, ++c;
    });
  }
  // Calls f(integral_constant<n>, w) for the points from w on in runs of n lanes of one cell: n = 4 if there
  // are four, eight, twelve ... lanes, else 1.
  template <class F>
  void each_run(const F& f) const {
    if (in_quads_)
      for (std::size_t w = 0; w < kBlock; w += kQuad) f(std::integral_constant<std::size_t, kQuad>{}, w);
    else
      for (std::size_t w = 0; w < kBlock; ++w) f(std::integral_constant<std::size_t, 1>{}, w);
  }
  // Of point w from lane 0 of a constituent's first cell, `stride` doubles from cell to cell.
  std::size_t offset(std::size_t w, std::size_t stride) const { return cell[w] * stride + lane[w]; }
  // Of one value per cell, that of each point.
  void spread(const double* of_cell, double* to) const {
    each_run([&](auto run, std::size_t w) { fill_run(run, of_cell[cell[w]], to + w); });
  }

 private:
  bool in_quads_;
};

// The kBlock values from point `first` on where they lie together: all but values by cell under several
// lanes.
inline const double* values_from(const Field& field, std::size_t first) {
  return field.values.data() + (field.spread == Spread::constant ? 0 : first);
}
// The same on a block of several lanes; `expanded` is room for what does not lie together.
inline const double* values_on(const Field& field, const BlockPlace& place, BlockRow& expanded) {
  if (field.spread != Spread::cell) return values_from(field, place.first);
  place.spread(field.values.data(), expanded.v);
  return expanded.v;
}

// All fields of a case on one block after another: a row of kBlock values for each.
class BoundFields {
 public:
  // Call again whenever the fields have changed.
  void bind(const std::vector<Field>& fields, bool one_lane);
  void move_to(const BlockPlace& place);
  const double* const* rows() const { return rows_.data(); }

 private:
  struct Lying {  // where kBlock values lie together
    std::size_t field;
    const double* values;
  };
  struct Spreading {  // where one value per cell is given
    const double* values;
    std::size_t row;  // of expanded_
  };
  std::vector<const double*> rows_;
  std::vector<Lying> lying_;
  std::vector<Spreading> spreading_;
  std::vector<BlockRow> expanded_;
};

}  // namespace limpid
