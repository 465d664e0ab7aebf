#include "model/random.hpp"

#include <cmath>
#include <limits>

#include "model/elementary.hpp"

namespace limpid {

namespace {

using Coefficients = std::array<double, 8>;  // ascending powers

double polynomial(const Coefficients& c, double x) {
  double y = c[7];
  for (std::size_t i = 7; i-- > 0;) y = y * x + c[i];
  return y;
}

// AS 241, PPND16: numerators and denominators for |p - 1/2| <= 0.425, for the tails and for the far tails.
constexpr Coefficients kCentreUp{3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                 1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                 3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr Coefficients kCentreDown{1.0,
                                   4.2313330701600911252e+1,
                                   6.8718700749205790830e+2,
                                   5.3941960214247511077e+3,
                                   2.1213794301586595867e+4,
                                   3.9307895800092710610e+4,
                                   2.8729085735721942674e+4,
                                   5.2264952788528545610e+3};
constexpr Coefficients kTailUp{1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                               3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                               2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr Coefficients kTailDown{1.0,
                                 2.05319162663775882187e0,
                                 1.67638483018380384940e0,
                                 6.89767334985100004550e-1,
                                 1.48103976427480074590e-1,
                                 1.51986665636164571966e-2,
                                 5.47593808499534494600e-4,
                                 1.05075007164441684324e-9};
constexpr Coefficients kFarUp{6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                              2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                              2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr Coefficients kFarDown{1.0,
                                5.99832206555887937690e-1,
                                1.36929880922735805310e-1,
                                1.48753612908506148525e-2,
                                7.86869131145613259100e-4,
                                1.84631831751005468180e-5,
                                1.42151175831644588870e-7,
                                2.04426310338993978564e-15};

std::uint32_t low(std::uint64_t x) {
  return static_cast<std::uint32_t>(x);
}
std::uint32_t high(std::uint64_t x) {
  return static_cast<std::uint32_t>(x >> 32);
}

}  // namespace

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  constexpr std::uint64_t kMultiplier0 = 0xD2511F53u, kMultiplier1 = 0xCD9E8D57u;
  constexpr std::uint32_t kWeyl0 = 0x9E3779B9u, kWeyl1 = 0xBB67AE85u;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = kMultiplier0 * counter[0], b = kMultiplier1 * counter[2];
    counter = {high(b) ^ counter[1] ^ key[0], low(b), high(a) ^ counter[3] ^ key[1], low(a)};
    key = {key[0] + kWeyl0, key[1] + kWeyl1};
  }
  return counter;
}

std::uint64_t stream_of(std::string_view name) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  return hash;
}

std::uint64_t Random::bits(std::uint64_t index) const {
  const auto words =
      philox({low(index), high(index), low(stream_), high(stream_)}, {low(seed_), high(seed_)});
  return words[0] | std::uint64_t{words[1]} << 32;
}

double Random::uniform(std::uint64_t index) const {
  return static_cast<double>(bits(index) >> 11) * 0x1p-53;
}

double Random::inner(std::uint64_t index) const {
  return (static_cast<double>(bits(index) >> 12) + 0.5) * 0x1p-52;
}

double Random::normal(std::uint64_t index, double mean, double deviation) const {
  return mean + deviation * normal_quantile(inner(index));
}

double Random::lognormal(std::uint64_t index, double median, double log_deviation) const {
  return lognormal_quantile(inner(index), median, log_deviation);
}

double Random::triangular(std::uint64_t index, double low_end, double mode, double high_end) const {
  return triangular_quantile(inner(index), low_end, mode, high_end);
}

double normal_quantile(double p) {
  const double q = p - 0.5;
  if (!(p >= 0.0 && p <= 1.0)) return std::numeric_limits<double>::quiet_NaN();
  if (std::fabs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(kCentreUp, r) / polynomial(kCentreDown, r);
  }
  const double tail = q < 0.0 ? p : 1.0 - p, sign = q < 0.0 ? -1.0 : 1.0;
  const double r = std::sqrt(-elementary::log(tail));
  if (std::isinf(r)) return sign * r;
  if (r <= 5.0) return sign * polynomial(kTailUp, r - 1.6) / polynomial(kTailDown, r - 1.6);
  return sign * polynomial(kFarUp, r - 5.0) / polynomial(kFarDown, r - 5.0);
}

double lognormal_quantile(double p, double median, double log_deviation) {
  return median * elementary::exp(log_deviation * normal_quantile(p));
}

double triangular_quantile(double p, double low_end, double mode, double high_end) {
  if (!(p >= 0.0 && p <= 1.0)) return std::numeric_limits<double>::quiet_NaN();
  const double width = high_end - low_end, left = mode - low_end, right = high_end - mode;
  const bool below = p * width < left;
  return below ? low_end + std::sqrt(p * width * left) : high_end - std::sqrt((1.0 - p) * width * right);
}

}  // namespace limpid
