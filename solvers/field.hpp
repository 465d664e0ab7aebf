// A value of the kinetics as it varies over the river: everywhere the same, by cell, or by point (cell x
// lane).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/process.hpp"
#include "solvers/octet.hpp"
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

// The kBlock points from block * kBlock on, cell-major; what lies beyond the end repeats the last cell.
struct BlockPlace {
  std::size_t first = 0;
  std::array<std::size_t, kBlock> cell{}, lane{};

  BlockPlace(std::size_t block, std::size_t cells, std::size_t lanes) : first(block * kBlock) {
    std::size_t c = first / lanes, l = first % lanes;
    if (l + kBlock <= lanes && c < cells) {  // all points in one cell
      cell.fill(c);
      for (std::size_t w = 0; w < kBlock; ++w) lane[w] = l + w;
      return;
    }
    for (std::size_t w = 0; w < kBlock; ++w) {
      cell[w] = c < cells ? c : cells - 1;
      lane[w] = l;
      if (++l == lanes) l = 0, ++c;
    }
  }
  bool in_one_cell() const { return cell.front() == cell.back(); }
  // Of point w from lane 0 of a constituent's first cell, `stride` doubles from cell to cell.
  std::size_t offset(std::size_t w, std::size_t stride) const { return cell[w] * stride + lane[w]; }
};

// The kBlock values of a field on a block; `expanded` is room for them where they do not lie together.
inline const double* values_on(const Field& field, const BlockPlace& place, bool one_lane,
                               BlockRow& expanded) {
  if (field.spread == Spread::constant) return field.values.data();
  if (field.spread == Spread::point || one_lane) return field.values.data() + place.first;
  if (place.in_one_cell())
    Octet(field.values[place.cell.front()]).store(expanded.v);
  else
    for (std::size_t w = 0; w < kBlock; ++w) expanded.v[w] = field.values[place.cell[w]];
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
