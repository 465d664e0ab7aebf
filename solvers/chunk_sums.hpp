// Sums over the points of the river, lane by lane, in an order that depends neither on threads nor on the
// number of lanes.
//
// Cells are summed in chunks of kChunkCells; within a chunk cell c adds to partial sum c % kPartialSums of
// its lane, so that as many points of a block add side by side whatever the number of lanes. Partial sums are
// added in order at the chunk's end, chunks in order with compensation.
#pragma once

#include <array>
#include <vector>

#include "solvers/field.hpp"

namespace limpid {

inline constexpr std::size_t kPartialSums = 8;   // kBlock is a multiple
inline constexpr std::size_t kChunkCells = 128;  // a multiple of kBlock

class ChunkSums {
 public:
  ChunkSums() = default;
  ChunkSums(std::size_t sums, std::size_t lanes) : sums_(sums), lanes_(lanes) {}

  // One thread's partial sums of the chunk at hand.
  using Partial = std::vector<double>;  // [sum][kPartialSums cells][lane]
  void open(Partial& partial) const { partial.assign(sums_ * lanes_ * kPartialSums, 0.0); }
  // Where a block adds: to(sum, amount). block: counted from the chunk's first.
  auto adder(std::size_t block, Partial& partial) const {
    static_assert(kBlock % kPartialSums == 0);
    constexpr std::size_t kParts = kBlock / kPartialSums;
    std::array<double*, kParts> first;
    for (std::size_t k = 0; k < kParts; ++k)
      first[k] = partial.data() + (block * kParts + k) % lanes_ * kPartialSums;
    return [first, stride = lanes_ * kPartialSums](std::size_t sum, const BlockValue& amount) {
      BlockRow part;
      amount.store(part.v);
      for (std::size_t k = 0; k < kParts; ++k)
        for (std::size_t w = 0; w < kPartialSums; w += kPack) {
          double* to = first[k] + sum * stride + w;
          store(to, load(to) + load(part.v + k * kPartialSums + w));
        }
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
