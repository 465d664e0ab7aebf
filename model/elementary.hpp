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
  double p = 1.0 / 6227020800.0;
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  p = p * r + 1.0;
  p = p * r + 1.0;
  const auto n = std::bit_cast<std::int64_t>(shifted) - std::bit_cast<std::int64_t>(kMagic);
  const std::int64_t half = n >> 1;  // 2^n in two factors, so that the ends of the range do not overflow
  const double f1 = std::bit_cast<double>((half + 1023) << 52), f2 = std::bit_cast<double>((n - half + 1023) << 52);
  return p * f1 * f2;
}

// x > 0
inline double log(double x) {
  const auto bits = std::bit_cast<std::int64_t>(x);
  const auto shifted = bits - std::bit_cast<std::int64_t>(0.70710678118654752440);
  const std::int64_t k = shifted >> 52;
  const double m = std::bit_cast<double>(bits - (k << 52)), f = m - 1.0, s = f / (2.0 + f), z = s * s, w = z * z;
  const double t1 = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double t2 = z * (6.666666666666735130e-01 +
                         w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  const double half_square = 0.5 * f * f, dk = static_cast<double>(k);
  return dk * 6.93147180369123816490e-01 -
         ((half_square - (s * (half_square + t1 + t2) + dk * 1.90821492927058770002e-10)) - f);
}

// x > 0
inline double pow(double x, double y) { return exp(y * log(x)); }

}  // namespace limpid::elementary
