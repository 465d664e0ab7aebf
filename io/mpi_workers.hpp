// Workers over the ranks of MPI, some threads in each.
#pragma once

#include "io/ranks.hpp"
#include "scenarios/workers.hpp"

namespace limpid {

// Whoever is free takes the next number from one counter, so that no rank waits for another. What one call of
// `work` does stays in one thread of one rank.
class MpiWorkers : public Workers {
 public:
  // threads: of this rank, 1 or more. Every rank makes its own, and all call run() alike.
  MpiWorkers(Ranks& ranks, int threads) : ranks_(ranks), threads_(threads) {}

  // Rethrows what `work` threw in this rank, after all ranks have stopped; in the others it then throws
  // StoppedElsewhere. Throws Failure E1815 when the ranks do not agree on `count`.
  bool run(std::size_t count, const std::function<bool(std::size_t)>& work) override;
  int ranks() const override { return ranks_.size(); }
  int rank() const override { return ranks_.rank(); }

 private:
  Ranks& ranks_;
  int threads_;
};

}  // namespace limpid
