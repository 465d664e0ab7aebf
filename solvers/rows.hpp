// The shape of one cell's amounts: constituents x lanes, lane innermost, padded so that rows vectorise at any
// lane count.
#pragma once

#include <cstddef>

namespace limpid {

struct Rows {
  int constituents = 0, lanes = 1, width = 0;  // width >= constituents * lanes, a multiple of 4
  Rows() = default;
  Rows(int constituent_count, int lane_count)
      : constituents(constituent_count),
        lanes(lane_count),
        width((constituent_count * lane_count + 3) / 4 * 4) {}
  int used() const { return constituents * lanes; }
  int index(int constituent, int lane) const { return constituent * lanes + lane; }
  std::size_t at(int row) const { return static_cast<std::size_t>(row) * static_cast<std::size_t>(width); }
};

}  // namespace limpid
