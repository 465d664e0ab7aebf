// One rule on denormals in every thread: they are flushed to zero while a step runs, so that the far tails of
// a plume neither slow a run down nor depend on who computes them.
#pragma once

#include <immintrin.h>

namespace limpid {

// Sets flush-to-zero and denormals-are-zero for the calling thread, restores its state at the end of the
// scope.
class FlushDenormals {
 public:
  FlushDenormals() : saved_(_mm_getcsr()) { _mm_setcsr(saved_ | kFlushToZero | kDenormalsAreZero); }
  ~FlushDenormals() { _mm_setcsr(saved_); }
  FlushDenormals(const FlushDenormals&) = delete;
  FlushDenormals& operator=(const FlushDenormals&) = delete;

 private:
  static constexpr unsigned kFlushToZero = 0x8000, kDenormalsAreZero = 0x0040;
  unsigned saved_;
};

}  // namespace limpid
