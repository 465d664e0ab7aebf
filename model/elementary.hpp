// Elementary functions from + - x / and bit operations only, branch-free, so that every x86-64 machine and
// compiler gives the same bits and a plain loop over them vectorises. Worst error 2 ulp over the stated
// domains (measured in tests/model/elementary_test.cpp). NaN in gives NaN out, always.
//
// Arguments that are 0 or normal give the same bits whether or not the thread flushes denormals: a result
// that would be denormal is 0.
//
// Sources: reduction by split constants, W. J. Cody and W. Waite, Software Manual for the Elementary
// Functions (1980); minimax coefficients of log, sin, cos and the split ln 2 and pi/2 from fdlibm 5.3 (Sun
// Microsystems, 1993); exact sums and products, T. J. Dekker, Numer. Math. 18, 224 (1971) and D. E. Knuth,
// TAOCP 2, 4.2.2.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace limpid::elementary {

namespace parts {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kLeastNormal = std::numeric_limits<double>::min();
inline constexpr double kGreatest = std::numeric_limits<double>::max();
inline constexpr double kMagic = 0x1.8p52;  // adding it rounds to an integer, which stands in the low bits
inline constexpr double kLn2Hi = 6.93147180369123816490e-01, kLn2Lo = 1.90821492927058770002e-10;  // fdlibm

inline std::uint64_t bits(double x) {
  return std::bit_cast<std::uint64_t>(x);
}
inline double number(std::uint64_t b) {
  return std::bit_cast<double>(b);
}

// A value as an unevaluated sum hi + lo, |lo| <= ulp(hi)/2.
struct Pair {
  double hi, lo;
};

inline Pair sum(double a, double b) {  // Knuth
  const double s = a + b, v = s - a;
  return {s, (a - (s - v)) + (b - v)};
}

inline Pair ordered_sum(double a, double b) {  // Dekker; |a| >= |b| or a = 0
  const double s = a + b;
  return {s, b - (s - a)};
}

// The upper 26 bits: products of two such values are exact.
inline double upper(double x) {
  return number(bits(x) & ~((std::uint64_t{1} << 27) - 1));
}

// x + lo = k ln 2 + r with |r| <= ln(2)/2: exp(r) - 1 and 2^(k-1). For |x| < 1000 and lo far below 1.
struct Exponential {
  Pair less_one;
  double half_scale;
};

inline Exponential exponential(double x, double lo) {
  constexpr double kLog2e = 1.44269504088896338700;
  const double shifted = x * kLog2e + kMagic, k = shifted - kMagic;
  const double a = x - k * kLn2Hi, b = k * kLn2Lo - lo, r = a - b, r_lo = (a - r) - b;
  const double z = r * r;  // Taylor to r^13 / 13!, whose remainder is below 5e-18
  const double even =
      1.0 / 2 +
      z * (1.0 / 24 + z * (1.0 / 720 + z * (1.0 / 40320 + z * (1.0 / 3628800 + z * (1.0 / 479001600)))));
  const double odd =
      1.0 / 6 +
      z * (1.0 / 120 + z * (1.0 / 5040 + z * (1.0 / 362880 + z * (1.0 / 39916800 + z * (1.0 / 6227020800)))));
  constexpr std::uint64_t kBias = std::uint64_t{1022} << 52;
  return {ordered_sum(r, r_lo + z * (even + r * odd)), number((bits(shifted) << 52) + kBias)};
}

inline double exp(double x, double lo) {
  constexpr double kLeast = -707.7, kMost = 7.09782712893383973096e+02;  // fdlibm o_threshold
  const Exponential e = exponential(x, lo);
  const double p = 1.0 + e.less_one.hi, y = (p + p) * e.half_scale;
  const double bounded = x > kMost ? kInfinity : y;
  return x < kLeast ? 0.0 : bounded;
}

// x = 2^k m with sqrt(1/2) <= m < sqrt(2), for normal x > 0.
struct Binary {
  double k, m;
};

inline Binary binary(double x) {
  constexpr std::uint64_t kOne = 0x3FF0000000000000u, kSqrtHalf = 0x3FE6A09E667F3BCDu;
  const std::uint64_t exponent = (bits(x) - kSqrtHalf + kOne) >> 52;             // k + 1023
  const double k = number(exponent | 0x4330000000000000u) - 4503599627371519.0;  // 2^52 + 1023
  return {k, number(bits(x) - (exponent << 52) + kOne)};
}

// log(x) with a relative error near 2^-64, for normal x > 0. As in fdlibm's pow, with exact partial products:
// log m = 2 atanh(s) = 2/3 s (3 + s^2 + 3/5 s^4 + 3/7 s^6 + ...), s = (m-1)/(m+1).
inline Pair log_pair(double x) {
  const auto [k, m] = binary(x);
  const double f = m - 1.0, over_d = 1.0 / (2.0 + f);
  const double s_hi = upper(f * over_d), d_hi = upper(2.0 + f), d_lo = f - (d_hi - 2.0);
  const double s_lo = over_d * ((f - s_hi * d_hi) - s_hi * d_lo);
  const double s = s_hi + s_lo, z = s * s, w = z * z, z_hi = s_hi * s_hi;
  const double even =
      3.0 / 5 + w * (3.0 / 9 + w * (3.0 / 13 + w * (3.0 / 17 + w * (3.0 / 21 + w * (3.0 / 25)))));
  const double odd =
      3.0 / 7 + w * (3.0 / 11 + w * (3.0 / 15 + w * (3.0 / 19 + w * (3.0 / 23 + w * (3.0 / 27)))));
  const double rest = w * (even + z * odd) + s_lo * (s_hi + s);  // 3 + s^2 + ... = 3 + z_hi + rest
  const double t_hi = upper(3.0 + z_hi + rest), t_lo = rest - ((t_hi - 3.0) - z_hi);
  const double u_hi = s_hi * t_hi, u_lo = s_lo * t_hi + t_lo * s;
  const double p_hi = upper(u_hi + u_lo), p_lo = u_lo - (p_hi - u_hi);
  constexpr double kTwoThirds = 2.0 / 3, kTwoThirdsHi = 0xAAAAAAp-24, kTwoThirdsLo = kTwoThirds * 0x1p-24;
  const Pair total = ordered_sum(k * kLn2Hi, kTwoThirdsHi * p_hi);
  return ordered_sum(total.hi, total.lo + ((kTwoThirdsLo * p_hi + kTwoThirds * p_lo) + k * kLn2Lo));
}

// y times a Pair; y finite.
inline Pair product(double y, Pair l) {
  const double y_hi = upper(y), l_hi = upper(l.hi);
  return ordered_sum(y_hi * l_hi, (y - y_hi) * l_hi + y * ((l.hi - l_hi) + l.lo));
}

// x = n pi/2 + r + lo with |r| <= pi/4, n modulo 4 in the low bits. For |x| <= 1e6, where n times each 33-bit
// part of pi/2 is exact.
struct Quadrant {
  double r, lo;
  std::uint64_t n;
};

inline Quadrant quadrant(double x) {
  constexpr double kTwoOverPi = 6.36619772367581382433e-01;
  constexpr double kPart1 = 1.57079632673412561417e+00, kPart2 = 6.07710050630396597660e-11;
  constexpr double kPart3 = 2.02226624871116645580e-21, kPart4 = 8.47842766036889956997e-32;
  const double shifted = x * kTwoOverPi + kMagic, n = shifted - kMagic;
  const Pair a = sum(x - n * kPart1, -n * kPart2);
  const Pair b = sum(a.hi, -n * kPart3);
  const Pair r = ordered_sum(b.hi, (a.lo + b.lo) - n * kPart4);
  return {r.hi, r.lo, bits(shifted)};
}

// fdlibm's kernels on |r| <= pi/4 with the tail of the reduced argument.
inline double sin_kernel(double r, double lo) {
  const double z = r * r, v = z * r;
  const double p = 8.33333333332248946124e-03 +
                   z * (-1.98412698298579493134e-04 +
                        z * (2.75573137070700676789e-06 +
                             z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)));
  return r - ((z * (0.5 * lo - v * p) - lo) + v * 1.66666666666666324348e-01);
}

inline double cos_kernel(double r, double lo) {
  const double z = r * r, half = 0.5 * z, w = 1.0 - half;
  const double p = z * (4.16666666666666019037e-02 +
                        z * (-1.38888888888741095749e-03 +
                             z * (2.48015872894767294178e-05 +
                                  z * (-2.75573143513906633035e-07 +
                                       z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11)))));
  return w + (((1.0 - w) - half) + (z * p - r * lo));
}

// sin(x + quarter pi/2)
inline double sine(double x, std::uint64_t quarter) {
  const Quadrant q = quadrant(x);
  const std::uint64_t n = q.n + quarter;
  const double s = sin_kernel(q.r, q.lo), c = cos_kernel(q.r, q.lo);
  const double y = (n & 1) != 0 ? c : s;
  const double signed_y = number(bits(y) ^ ((n & 2) << 62));
  const double size = x < 0.0 ? -x : x;
  return size <= 1e6 ? signed_y : kNaN;
}

}  // namespace parts

// e^x. 0 for x < -707.7 (results below 4.5e-308), infinity for x > 709.7827.
inline double exp(double x) {
  return parts::exp(x, 0.0);
}

// Natural logarithm. -infinity for 0 <= x < 2^-1022, NaN for x < 0.
inline double log(double x) {
  using namespace parts;
  const auto [k, m] = binary(x);
  const double f = m - 1.0, s = f / (2.0 + f), z = s * s, w = z * z;
  const double even =
      w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double odd =
      z * (6.666666666666735130e-01 +
           w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  const double half = 0.5 * f * f;
  const double y = k * kLn2Hi - ((half - (s * (half + (even + odd)) + k * kLn2Lo)) - f);
  const double low = x <= -kLeastNormal ? kNaN : -kInfinity;
  const double finite = x < kLeastNormal ? low : y;
  return x <= kGreatest ? finite : x;
}

// x^y for x >= 0; NaN for x < 0. 0 where the result is below 4.5e-308, infinity where it overflows; x <
// 2^-1022 counts as 0, 0^0 = 1. Unlike the C library, NaN in x or y gives NaN always.
inline double pow(double x, double y) {
  using namespace parts;
  constexpr double kBig = 0x1p64;  // |y| beyond this leaves the range for every x but 1
  const double y_up = y < -kBig ? -kBig : y, y_in = y_up > kBig ? kBig : y_up;
  const double x_up = x < kLeastNormal ? kLeastNormal : x, x_in = x_up > kGreatest ? kGreatest : x_up;
  const Pair p = product(y_in, log_pair(x_in));
  const double inner = parts::exp(p.hi, p.lo);
  const double at_zero = y > 0.0 ? 0.0 : (y < 0.0 ? kInfinity : 1.0);
  const double at_infinity = y > 0.0 ? kInfinity : (y < 0.0 ? 0.0 : 1.0);
  const double from_zero = x < kLeastNormal ? at_zero : inner;
  const double z = x > kGreatest ? at_infinity : from_zero;
  const double valid = x <= -kLeastNormal ? kNaN : z, unless_x = x == x ? valid : x;
  return y == y ? unless_x : y;
}

// -t/(t + 2) with t = exp(-2|x|) - 1, both with their tails.
inline double tanh(double x) {
  using namespace parts;
  const double size = x < 0.0 ? -x : x, a = size > 22.0 ? 22.0 : size;  // tanh(22) rounds to 1
  const Exponential e = exponential(-2.0 * a, 0.0);
  const double scale = e.half_scale + e.half_scale;
  const Pair t = ordered_sum(scale - 1.0, scale * e.less_one.hi), d = ordered_sum(2.0, t.hi);
  const double t_lo = t.lo + scale * e.less_one.lo, q = -t.hi / d.hi;
  const double y = q - (t_lo + q * (d.lo + t_lo)) / d.hi;
  return x < 0.0 ? -y : y;
}

// NaN for |x| > 1e6.
inline double sin(double x) {
  return parts::sine(x, 0);
}
inline double cos(double x) {
  return parts::sine(x, 1);
}

}  // namespace limpid::elementary
