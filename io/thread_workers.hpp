// Workers that are threads of this process, each with its own share of the processor's.
#pragma once

#include "scenarios/workers.hpp"

namespace limpid {

// How `threads` are shared: as many workers as there is work for, the rest inside each of them.
struct ThreadShare {
  int workers = 1, threads_each = 1;
};
ThreadShare share_threads(int threads, std::size_t count);

class ThreadWorkers : public Workers {
 public:
  explicit ThreadWorkers(int threads) : threads_(threads) {}
  // What `work` throws stops all and is thrown again, the first if several do.
  bool run(std::size_t count, const std::function<bool(std::size_t)>& work) override;

 private:
  int threads_;
};

}  // namespace limpid
