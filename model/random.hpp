// Random numbers by counter: every number is a pure function of seed, stream and index, so that it does not
// depend on threads, ranks, lanes or on what else was drawn. One number takes one uniform through an inverse
// distribution.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace limpid {

// Philox 4x32-10: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random numbers: as easy as 1,
// 2, 3, SC11 (2011).
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

// A stream for a name (FNV-1a, 64 bits): a new name leaves the numbers of all others as they were.
std::uint64_t stream_of(std::string_view name);

class Random {
 public:
  Random(std::uint64_t seed, std::uint64_t stream) : seed_(seed), stream_(stream) {}

  std::uint64_t bits(std::uint64_t index) const;
  double uniform(std::uint64_t index) const;  // [0, 1), multiples of 2^-53
  double inner(std::uint64_t index) const;    // (0, 1), symmetric about 1/2: what inverse distributions take

  double normal(std::uint64_t index, double mean, double deviation) const;
  double lognormal(std::uint64_t index, double median, double log_deviation) const;
  double triangular(std::uint64_t index, double low, double mode, double high) const;

 private:
  std::uint64_t seed_, stream_;
};

// Inverse distributions of 0 < p < 1; NaN for p outside [0, 1] or NaN, an infinity of the standard normal at
// 0 and 1.
double normal_quantile(
    double p);  // standard normal; M. J. Wichura, Algorithm AS 241, Appl. Stat. 37, 477 (1988)
double lognormal_quantile(double p, double median,
                          double log_deviation);  // log_deviation: of the natural logarithm
double triangular_quantile(double p, double low, double mode, double high);  // low <= mode <= high

}  // namespace limpid
