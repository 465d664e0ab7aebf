#include "io/thread_workers.hpp"

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace limpid {

ThreadShare share_threads(int threads, std::size_t count) {
  ThreadShare share;
  share.workers =
      static_cast<int>(std::clamp<std::size_t>(count, 1, static_cast<std::size_t>(std::max(1, threads))));
  share.threads_each = std::max(1, threads / share.workers);
  return share;
}

namespace {

// The next piece of work for whoever is free.
struct Queue {
  std::size_t count;
  const std::function<bool(std::size_t)>& work;
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stopped{false};
  std::mutex mutex{};
  std::exception_ptr thrown{};

  void serve() {
    try {
      for (std::size_t i = next++; i < count && !stopped; i = next++)
        if (!work(i)) stopped = true;
    } catch (...) {
      const std::scoped_lock lock(mutex);
      if (!thrown) thrown = std::current_exception();
      stopped = true;
    }
  }
};

}  // namespace

bool ThreadWorkers::run(std::size_t count, const std::function<bool(std::size_t)>& work) {
  const ThreadShare share = share_threads(threads_, count);
  Queue queue{count, work};
  std::vector<std::thread> workers;
  for (int w = 0; w < share.workers; ++w)
    workers.emplace_back([&queue, &share] {
      omp_set_num_threads(share.threads_each);
      queue.serve();
    });
  for (std::thread& worker : workers) worker.join();
  if (queue.thrown) std::rethrow_exception(queue.thrown);
  return !queue.stopped;
}

}  // namespace limpid
