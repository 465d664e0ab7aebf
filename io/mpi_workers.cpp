#include "io/mpi_workers.hpp"

#include <omp.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "io/thread_workers.hpp"
#include "model/problem.hpp"

namespace limpid {

namespace {

// What the threads of this rank have come to.
struct Course {
  std::atomic<int> working{0};
  std::atomic<bool> stopped{false};
  std::mutex lock;
  std::exception_ptr thrown;  // the first

  void keep(std::exception_ptr exception) {
    const std::scoped_lock guard(lock);
    if (!thrown) thrown = std::move(exception);
  }
};

void take_and_work(SharedCounter& counter, std::size_t count, const std::function<bool(std::size_t)>& work,
                   Course& course) {
  try {
    for (std::uint64_t i = counter.take(); i < count; i = counter.take()) {
      if (work(static_cast<std::size_t>(i))) continue;
      course.stopped = true;
      counter.exhaust();
    }
  } catch (...) {
    course.keep(std::current_exception());
    counter.exhaust();
  }
  --course.working;
}

// The threads compute, this one sleeps and serves what other ranks ask.
void compute(Ranks& ranks, const ThreadShare& share, std::size_t count,
             const std::function<bool(std::size_t)>& work, Course& course) {
  SharedCounter counter(ranks);
  course.working = share.workers;
  std::vector<std::jthread> team;
  team.reserve(static_cast<std::size_t>(share.workers));
  for (int i = 0; i < share.workers; ++i)
    team.emplace_back([&] {
      omp_set_num_threads(share.threads_each);
      take_and_work(counter, count, work, course);
    });
  while (course.working > 0) {
    ranks.serve();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  team.clear();
  ranks.agree(0);  // asleep until all are here: the counter's end waits inside MPI
}

// Ranks that see other files than the rest would leave members out, or run them twice.
void demand_one_count(Ranks& ranks, std::size_t count) {
  constexpr int kMany = 1 << 30;
  const int n = static_cast<int>(count);
  const int most = ranks.agree(n).status;
  const int least = kMany - ranks.agree(kMany - n).status;
  if (least != most)
    throw Failure(Code::E1815, {},
                  {"MPI", "its ranks see " + std::to_string(least) + " and " + std::to_string(most) +
                              " batches left; all must see the same files"});
}

}  // namespace

bool MpiWorkers::run(std::size_t count, const std::function<bool(std::size_t)>& work) {
  ranks_.together();
  demand_one_count(ranks_, count);
  Course course;
  const std::size_t most_of_one = 1 + count / static_cast<std::size_t>(ranks_.size());
  compute(ranks_, share_threads(threads_, most_of_one), count, work, course);
  const bool all_ran = ranks_.agree(course.stopped ? 1 : 0).status == 0;
  if (course.thrown) std::rethrow_exception(course.thrown);
  ranks_.together();
  return all_ran;
}

}  // namespace limpid
