// Elementary functions from + - x / sqrt only, branch-free, so that every machine and compiler gives the same bits.
#pragma once

#include <bit>
#include <cstdint>

namespace limpid::elementary {

inline double exp(double x) {
  constexpr double kMagic = 6755399441055744.0, kLog2e = 1.4426950408889634074;
  constexpr double kLn2Hi = 6.93147180369123816490e-01, kLn2Lo = 1.90821492927058770002e-10;
  x = x < -745.2 ? -745.2 : (x > 709.8 ? 709.8 : x);
  const double shifted = x * kLog2e + kMagic, k = shifted - kMagic;
  const double r = (x - k * kLn2Hi) - k * kLn2Lo;
  // Taylor polynomial 1 + (r + r^2 q) of degree 13; q in pairs (Estrin), which halves Horner's latency.
  const double r2 = r * r, r4 = r2 * r2;
  const double q0 = (0.5 + r * (1.0 / 6.0)) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0));
  const double q4 = (1.0 / 720.0 + r * (1.0 / 5040.0)) + r2 * (1.0 / 40320.0 + r * (1.0 / 362880.0));
  const double q8 = (1.0 / 3628800.0 + r * (1.0 / 39916800.0)) +
                    r2 * (1.0 / 479001600.0 + r * (1.0 / 6227020800.0));
  const double p = 1.0 + (r + r2 * (q0 + r4 * (q4 + r4 * q8)));
  // 2^n in two factors, so that the ends of the range do not overflow; unsigned, so that a NaN may pass.
  const auto n = std::bit_cast<std::uint64_t>(shifted) - std::bit_cast<std::uint64_t>(kMagic);
  const auto half = ((n + 4096) >> 1) - 2048;
  const double f1 = std::bit_cast<double>((half + 1023) << 52), f2 = std::bit_cast<double>((n - half + 1023) << 52);
  return p * f1 * f2;
}

// x > 0
inline double log(double x) {
  constexpr double kMagic = 6755399441055744.0;  // an integer added to its bits is added to its value
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const auto shifted = bits - std::bit_cast<std::uint64_t>(0.70710678118654752440);
  const auto k = ((shifted + (1ULL << 63)) >> 52) - 2048;
  const double m = std::bit_cast<double>(bits - (k << 52)), f = m - 1.0, s = f / (2.0 + f), z = s * s, w = z * z;
  const double t1 = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double t2 = z * (6.666666666666735130e-01 +
                         w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  const double half_square = 0.5 * f * f, dk = std::bit_cast<double>(k + std::bit_cast<std::uint64_t>(kMagic)) - kMagic;
  const double value = dk * 6.93147180369123816490e-01 -
                       ((half_square - (s * (half_square + t1 + t2) + dk * 1.90821492927058770002e-10)) - f);
  return x == x ? value : x;  // the bits of a NaN would pass for a number
}

// x > 0
inline double pow(double x, double y) { return exp(y * log(x)); }

}  // namespace limpid::elementary
