// Sums of extents over the river, in an order that depends neither on threads nor on the number of lanes, and
// what the ledger gets from them.
//
// Cells are summed in chunks of kChunkCells; within a chunk cell c adds to partial sum c % kBlock of its
// lane, so that a block of points adds as a whole whatever the number of lanes. Partial sums are added in
// order at the chunk's end, chunks in order with compensation.
#pragma once

#include <vector>

#include "model/basin.hpp"
#include "solvers/field.hpp"
#include "solvers/ledger.hpp"
#include "solvers/stoichiometry.hpp"

namespace limpid {

inline constexpr std::size_t kChunkCells = 128;  // a multiple of kBlock

class ExtentSums {
 public:
  // Declares the accounts: process:<id>, atmosphere, bed, burial. first_nu as in ParameterRows.
  ExtentSums(const Basin& basin, const Stoichiometry& stoichiometry, const std::vector<int>& first_nu,
             std::size_t lanes, Ledger& ledger);

  // One thread's partial sums of the chunk at hand.
  using Partial = std::vector<BlockRow>;
  void open(Partial& partial) const;
  // block: counted from the chunk's first; extent: [row]; volume 0 = a point that does not count.
  void add(std::size_t block, const BlockRow& volume, const std::vector<BlockRow>& extent,
           const double* const* fields, Partial& partial) const;
  void close(std::size_t chunk, const Partial& partial);

  void start(std::size_t chunks) { chunk_sums_.resize(chunks * sums_.size() * lanes_); }
  void book(std::size_t chunks, Ledger& ledger) const;

 private:
  // A sum over points of V x extent, or of V x |nu| x extent where |nu| is a parameter (which may differ by
  // point).
  struct Sum {
    std::size_t row;
    int nu;  // field, -1 = none
  };
  struct Booking {
    int account, constituent;
    std::size_t sum;
    double factor;
  };
  Booking booking(const ProcessUse& use, const Term& term, int first_row, int nu, Ledger& ledger);

  std::size_t lanes_;
  std::vector<Sum> sums_;
  std::vector<Booking> bookings_;
  std::vector<double> chunk_sums_;  // [chunk][sum][lane]
};

}  // namespace limpid
