// Independent pieces of work, shared among the threads of a team or done by one.
#pragma once

#include <immintrin.h>

#include <cstddef>

namespace limpid {

// Entries (cells x width) of a state from which a step is worth waking threads for: about 0.1 ms of work.
inline constexpr std::size_t kParallelEntries = 100'000;

// f(i, k) for i in [0, n), k in [begin, end). With `team` it must be called by all threads of a parallel
// region and ends in a barrier. Without, OpenMP is not touched: its work sharing costs system calls even for
// a team of one.
template <class F>
void share_work(bool team, int n, int begin, int end, const F& f) {
  if (team) {
#pragma omp for collapse(2)
    for (int i = 0; i < n; ++i) {
      for (int k = begin; k < end; ++k) f(i, k);
    }
    return;
  }
  for (int i = 0; i < n; ++i) {
    for (int k = begin; k < end; ++k) f(i, k);
  }
}

// run() by every thread of a team, in the caller's floating-point mode (float_mode.hpp), or by this one.
template <class F>
void with_team(bool team, const F& run) {
  if (team) {
    const unsigned mode = _mm_getcsr();
#pragma omp parallel
    {
      _mm_setcsr(mode);
      run();
    }
  } else {
    run();
  }
}

}  // namespace limpid
