// Ranks over MPI. Every call stands behind one lock (MPI_THREAD_SERIALIZED), and none of them waits inside
// MPI for another rank's work: MPI's own waiting takes a whole core.
#include <mpi.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include "io/ranks.hpp"
#include "model/problem.hpp"

namespace limpid {

class Ranks::Implementation {
 public:
  explicit Implementation(const Launch& launch);
  ~Implementation() { MPI_Finalize(); }
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;

  std::mutex lock;
  int size = 1, rank = 0;
};

namespace {
constexpr std::chrono::milliseconds kNap{1};
constexpr int kFirstOfEqual = 1 << 20;  // more than there are ranks

int start_mpi() {
  int provided = MPI_THREAD_SINGLE;
  MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided);
  return provided;
}
}  // namespace

Ranks::Implementation::Implementation(const Launch& launch) {
  const int provided = start_mpi();
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  std::string wrong;
  if (size != launch.size)
    wrong = launch.launcher + " started " + std::to_string(launch.size) + " processes, MPI sees " +
            std::to_string(size) + "; use the mpirun of the MPI that limpid was built with";
  else if (provided < MPI_THREAD_SERIALIZED)
    wrong = "this MPI serves no threads (MPI_THREAD_SERIALIZED)";
  if (wrong.empty()) return;
  MPI_Finalize();
  throw Failure(Code::E1815, {}, {"MPI", wrong});
}

Ranks::Ranks(const Launch& launch) {
  if (launch.size < 2) return;
  mpi_ = std::make_unique<Implementation>(launch);
  size_ = mpi_->size;
  rank_ = mpi_->rank;
}

Ranks::~Ranks() = default;

Agreed Ranks::agree(int status) {
  if (!mpi_) return {status, 0};
  // The greatest of these names the worst status, and of the ranks that have it the first.
  const long long mine = static_cast<long long>(status) * kFirstOfEqual + (kFirstOfEqual - 1 - rank_);
  long long worst = 0;
  MPI_Request request = MPI_REQUEST_NULL;
  {
    const std::scoped_lock guard(mpi_->lock);
    MPI_Iallreduce(&mine, &worst, 1, MPI_LONG_LONG, MPI_MAX, MPI_COMM_WORLD, &request);
  }
  for (int there = 0; true; std::this_thread::sleep_for(kNap)) {
    const std::scoped_lock guard(mpi_->lock);
    MPI_Test(&request, &there, MPI_STATUS_IGNORE);
    if (there) break;
  }
  return {static_cast<int>(worst / kFirstOfEqual),
          kFirstOfEqual - 1 - static_cast<int>(worst % kFirstOfEqual)};
}

void Ranks::together() {
  if (const Agreed agreed = agree(0); agreed.status != 0) throw StoppedElsewhere{agreed.status};
}

// A one-sided call on a rank without shared memory waits until that rank is inside MPI; this brings it there.
void Ranks::serve() {
  if (!mpi_) return;
  int waiting = 0;
  const std::scoped_lock guard(mpi_->lock);
  MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &waiting, MPI_STATUS_IGNORE);
}

struct SharedCounter::Window {
  std::atomic<std::uint64_t> alone{0};
  std::uint64_t* memory = nullptr;
  MPI_Win window = MPI_WIN_NULL;
};

SharedCounter::SharedCounter(Ranks& ranks) : ranks_(ranks), window_(std::make_unique<Window>()) {
  if (!ranks.mpi_) return;
  const std::scoped_lock guard(ranks.mpi_->lock);
  const MPI_Aint bytes = ranks.rank() == 0 ? sizeof(std::uint64_t) : 0;
  MPI_Win_allocate(bytes, sizeof(std::uint64_t), MPI_INFO_NULL, MPI_COMM_WORLD,
                   static_cast<void*>(&window_->memory), &window_->window);
  if (ranks.rank() == 0) *window_->memory = 0;
  MPI_Barrier(MPI_COMM_WORLD);
  MPI_Win_lock_all(0, window_->window);
}

SharedCounter::~SharedCounter() {
  if (!ranks_.mpi_) return;
  const std::scoped_lock guard(ranks_.mpi_->lock);
  MPI_Win_unlock_all(window_->window);
  MPI_Win_free(&window_->window);
}

namespace {
// One kind of operation only, a sum: MPI promises atomicity among equal ones.
std::uint64_t fetch_and_add(MPI_Win window, std::uint64_t step) {
  std::uint64_t before = 0;
  MPI_Fetch_and_op(&step, &before, MPI_UINT64_T, 0, 0, MPI_SUM, window);
  MPI_Win_flush(0, window);
  return before;
}
}  // namespace

std::uint64_t SharedCounter::take() {
  if (!ranks_.mpi_) return window_->alone++;
  const std::scoped_lock guard(ranks_.mpi_->lock);
  return fetch_and_add(window_->window, 1);
}

void SharedCounter::exhaust() {
  constexpr std::uint64_t kPastAll = std::uint64_t{1} << 40;
  if (!ranks_.mpi_) {
    window_->alone += kPastAll;
    return;
  }
  const std::scoped_lock guard(ranks_.mpi_->lock);
  fetch_and_add(window_->window, kPastAll);
}

}  // namespace limpid
