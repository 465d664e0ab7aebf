// Who runs batches of scenarios: the caller alone, threads of this process, ranks of MPI; io/ has those that
// are more than one.
#pragma once

#include <cstddef>
#include <functional>

namespace limpid {

class Workers {
 public:
  virtual ~Workers() = default;
  // Calls `work(i)` for every i of [0, count) exactly once among all workers of all ranks, those that are
  // free next taking the next; false from `work` stops all of them (interrupt). Returns whether all ran.
  virtual bool run(std::size_t count, const std::function<bool(std::size_t)>& work) = 0;
  virtual int ranks() const { return 1; }
  virtual int rank() const { return 0; }
};

// One piece after the other, by whoever calls.
class OneWorker : public Workers {
 public:
  bool run(std::size_t count, const std::function<bool(std::size_t)>& work) override {
    for (std::size_t i = 0; i < count; ++i)
      if (!work(i)) return false;
    return true;
  }
};

}  // namespace limpid
