// Sums over the points of the river, lane by lane, in an order that depends neither on threads nor on the
// number of lanes.
//
// Cells are summed in chunks of kChunkCells; within a chunk cell c adds to partial sum c % kBlock of its
// lane, so that a block of points adds as a whole whatever the number of lanes. Partial sums are added in
// order at the chunk's end, chunks in order with compensation.
#pragma once

#include <vector>

#include "solvers/field.hpp"

namespace limpid {

inline constexpr std::size_t kChunkCells = 128;  // a multiple of kBlock

class ChunkSums {
 public:
  ChunkSums() = default;
  ChunkSums(std::size_t sums, std::size_t lanes) : sums_(sums), lanes_(lanes) {}

  // One thread's partial sums of the chunk at hand.
  using Partial = std::vector<BlockRow>;
  void open(Partial& partial) const { partial.assign(sums_ * lanes_, BlockRow{}); }
  // Where a block adds: to(sum, amount). block: counted from the chunk's first.
  auto adder(std::size_t block, Partial& partial) const {
    return [first = partial.data() + block % lanes_, lanes = lanes_](std::size_t sum, const Octet& amount) {
      double* to = first[sum * lanes].v;
      (Octet::load(to) + amount).store(to);
    };
  }
  void close(std::size_t chunk, const Partial& partial);

  void start(std::size_t chunks) { chunk_sums_.resize(chunks * sums_ * lanes_); }
  std::vector<double> totals(std::size_t chunks) const;  // [sum][lane]

 private:
  std::size_t sums_ = 0, lanes_ = 1;
  std::vector<double> chunk_sums_;  // [chunk][sum][lane]
};

}  // namespace limpid
