// The processes that mpirun started together, and what they agree on. A process alone is one rank, and then
// MPI is never started. ranks_mpi.cpp has it over MPI; ranks_alone.cpp is for a build without.
#pragma once

#include <cstdint>
#include <memory>

#include "io/launch.hpp"

namespace limpid {

// Thrown in the ranks that are well when another has failed.
struct StoppedElsewhere {
  int status;  // the exit status of the one that failed
};

// The worst exit status of all ranks, and the first rank that has it.
struct Agreed {
  int status = 0;
  int rank = 0;
};

class Ranks {
 public:
  // Starts MPI if several were launched. Throws Failure: E1814 this build has no MPI, E1815 MPI counts
  // other ranks than were launched (an mpirun of another MPI) or cannot serve threads.
  explicit Ranks(const Launch& launch);
  ~Ranks();
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;

  int size() const { return size_; }
  int rank() const { return rank_; }

  // Waits for all ranks, asleep. This and together() are the only places where ranks wait for each other,
  // and one call of either meets one of either elsewhere: a rank that fails meets the others where they are.
  Agreed agree(int status);
  void together();  // agree(0); throws StoppedElsewhere when it is not 0

  // Lets MPI move what others ask of this rank; to be called every few milliseconds while it computes.
  void serve();

  class Implementation;  // of MPI, behind one lock: its calls may come from any thread

 private:
  friend class SharedCounter;
  int size_ = 1, rank_ = 0;
  std::unique_ptr<Implementation> mpi_;  // none if alone
};

// A number that all ranks take from, one after another; made and destroyed by all of them together.
class SharedCounter {
 public:
  explicit SharedCounter(Ranks& ranks);
  ~SharedCounter();
  SharedCounter(const SharedCounter&) = delete;
  SharedCounter& operator=(const SharedCounter&) = delete;

  std::uint64_t take();  // 0, 1, 2, ...; each once in all ranks and threads
  void exhaust();        // whatever is taken from now on is 2^40 or more

 private:
  struct Window;
  Ranks& ranks_;
  std::unique_ptr<Window> window_;
};

}  // namespace limpid
