#include "io/thread_workers.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>

namespace limpid {
namespace {

TEST(ThreadWorkers, ShareThreadsByTheWorkThereIs) {
  const auto shared = [](int threads, std::size_t count) {
    const ThreadShare share = share_threads(threads, count);
    return std::pair(share.workers, share.threads_each);
  };
  EXPECT_EQ(shared(1, 100), std::pair(1, 1));
  EXPECT_EQ(shared(4, 100), std::pair(4, 1));
  EXPECT_EQ(shared(4, 2), std::pair(2, 2));
  EXPECT_EQ(shared(8, 3), std::pair(3, 2));
  EXPECT_EQ(shared(4, 0), std::pair(1, 4));
}

TEST(ThreadWorkers, CallEveryPieceOnce) {
  for (const int threads : {1, 3}) {
    std::mutex mutex;
    std::multiset<std::size_t> seen;
    int inside = 0;
    EXPECT_TRUE(ThreadWorkers(threads).run(50, [&](std::size_t i) {
      const std::scoped_lock lock(mutex);
      seen.insert(i);
      inside = omp_get_max_threads();
      return true;
    }));
    EXPECT_EQ(seen.size(), 50u);
    EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), 50u);
    EXPECT_EQ(inside, 1);
  }
}

TEST(ThreadWorkers, StopWhenOneSaysSo) {
  std::atomic<int> calls{0};
  EXPECT_FALSE(ThreadWorkers(2).run(1000, [&](std::size_t) { return ++calls < 5; }));
  EXPECT_LE(calls, 6);
}

TEST(ThreadWorkers, HandOnWhatIsThrown) {
  std::atomic<int> calls{0};
  EXPECT_THROW(ThreadWorkers(2).run(1000,
                                    [&](std::size_t i) {
                                      ++calls;
                                      if (i == 3) throw std::runtime_error("disk");
                                      return true;
                                    }),
               std::runtime_error);
  EXPECT_LE(calls, 1000);
  EXPECT_TRUE(ThreadWorkers(2).run(0, [](std::size_t) { return false; }));
}

}  // namespace
}  // namespace limpid
