// Sums of extents over the river (ChunkSums) and what the ledger gets from them.
#pragma once

#include <vector>

#include "model/basin.hpp"
#include "solvers/chunk_sums.hpp"
#include "solvers/ledger.hpp"
#include "solvers/stoichiometry.hpp"

namespace limpid {

// The account of what a row makes or uses: process:<id>, or the world outside that it exchanges with.
int process_account(const ProcessUse& use, const ProcessRow& row, Ledger& ledger);

class ExtentSums {
 public:
  // Declares the accounts: process:<id>, atmosphere, bed, burial. first_nu as in ParameterRows.
  ExtentSums(const Basin& basin, const Stoichiometry& stoichiometry, const std::vector<int>& first_nu,
             std::size_t lanes, Ledger& ledger);

  using Partial = ChunkSums::Partial;
  void open(Partial& partial) const { chunks_.open(partial); }
  // block: counted from the chunk's first; extent: [row]; volume 0 = a point that does not count.
  void add(std::size_t block, const BlockRow& volume, const std::vector<BlockRow>& extent,
           const double* const* fields, Partial& partial) const;
  void close(std::size_t chunk, const Partial& partial) { chunks_.close(chunk, partial); }

  void start(std::size_t chunks) { chunks_.start(chunks); }
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
  ChunkSums chunks_;
};

}  // namespace limpid
