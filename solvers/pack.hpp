// Four columns of a row at once. Element by element the arithmetic is that of scalar code (no contraction, no
// reduction), so a result does not depend on how columns are grouped into packs.
#pragma once

#include <algorithm>
#include <cstring>
#include <type_traits>
#include <vector>

namespace limpid {

using Pack = double __attribute__((vector_size(32)));
inline constexpr int kPack = 4;

inline Pack load(const double* p) {
  Pack v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
inline void store(double* p, Pack v) {
  std::memcpy(p, &v, sizeof v);
}
inline Pack splat(double x) {
  return Pack{x, x, x, x};
}
// n columns, a multiple of kPack
inline void copy_row(const double* from, int n, double* to) {
  for (int i = 0; i < n; i += kPack) store(to + i, load(from + i));
}
inline Pack min(Pack a, Pack b) {
  return a < b ? a : b;
}
inline Pack max(Pack a, Pack b) {
  return a > b ? a : b;
}

inline bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
}

// Columns are shared out in chunks: small enough that a thread's temporaries stay in the first cache.
inline constexpr int kChunk = 16;
inline int chunk_count(int width) {
  return (width + kChunk - 1) / kChunk;
}
inline int chunk_size(int width, int chunk) {
  return std::min(kChunk, width - chunk * kChunk);
}

// Calls f(integral_constant<B>, column) for blocks of B packs that cover `columns`, the largest blocks first.
template <int kBlock, class F>
void for_packs(int columns, const F& f, int column = 0) {
  for (; columns - column >= kPack * kBlock; column += kPack * kBlock)
    f(std::integral_constant<int, kBlock>{}, column);
  if constexpr (kBlock > 1) for_packs<kBlock - 1>(columns, f, column);
}

}  // namespace limpid
