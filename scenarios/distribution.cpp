// Inverse distributions of the factors of a design.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "model/elementary.hpp"
#include "model/random.hpp"
#include "scenarios/design.hpp"

namespace limpid {

namespace {

constexpr double kTail = 0.01;  // where levels of a factor without bound begin

// Hart's rational function 5666 for |x| < 7.07; coefficients as in G. West, Better approximations to
// cumulative normal functions, Wilmott Magazine, May 2005, 70-76.
constexpr std::array<double, 7> kUp{3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383,
                                    112.079291497871,    221.213596169931,  220.206867912376};
constexpr std::array<double, 8> kDown{8.83883476483184e-2, 1.75566716318264, 16.064177579207,
                                      86.7807322029461,    296.564248779674, 637.333633378831,
                                      793.826512519948,    440.413735824752};

template <std::size_t N>
double horner(const std::array<double, N>& c, double x) {
  double y = c[0];
  for (std::size_t i = 1; i < N; ++i) y = y * x + c[i];
  return y;
}

// The standard normal's probability below the bound, in which a truncated one is drawn.
double probability_below(double bound, double median, double deviation, bool log) {
  if (std::isinf(bound)) return bound > 0 ? 1 : 0;
  if (log && bound <= 0) return 0;
  const double x = log ? elementary::log(bound / median) : bound - median;
  return normal_probability(x / deviation);
}

double truncated(const Distribution& d, double p) {
  const bool log = d.kind == DistributionKind::lognormal;
  if (!(d.deviation > 0)) return std::clamp(d.median, d.low, d.high);
  const double below = probability_below(d.low, d.median, d.deviation, log),
               above = probability_below(d.high, d.median, d.deviation, log);
  const double within = below + p * (above - below);
  if (log && within <= 0) return std::max(0.0, d.low);
  const double x = log ? lognormal_quantile(within, d.median, d.deviation)
                       : d.median + d.deviation * normal_quantile(within);
  return std::clamp(x, d.low, d.high);
}

double chosen(const Distribution& d, double p) {
  double all = 0;
  for (std::size_t i = 0; i < d.values.size(); ++i) all += d.weights.empty() ? 1 : d.weights[i];
  double left = p * all;
  for (std::size_t i = 0; i + 1 < d.values.size(); ++i) {
    left -= d.weights.empty() ? 1 : d.weights[i];
    if (left < 0) return d.values[i];
  }
  return d.values.back();
}

}  // namespace

double normal_probability(double x) {
  const double a = std::fabs(x);
  if (a > 37) return x > 0 ? 1 : 0;
  double tail = elementary::exp(-0.5 * a * a);
  if (a < 7.07106781186547)
    tail *= horner(kUp, a) / horner(kDown, a);
  else
    tail /= (a + 1 / (a + 2 / (a + 3 / (a + 4 / (a + 0.65))))) * 2.506628274631;
  return x > 0 ? 1 - tail : tail;
}

double quantile(const Distribution& d, double p) {
  switch (d.kind) {
    case DistributionKind::uniform:
      return p < 1 ? d.low + p * (d.high - d.low) : d.high;
    case DistributionKind::triangular:
      return triangular_quantile(p, d.low, d.mode, d.high);
    case DistributionKind::values:
      return chosen(d, p);
    default:
      return truncated(d, p);
  }
}

bool is_continuous(const Factor& factor) {
  return factor.distribution.kind != DistributionKind::values;
}

double level_probability(const Distribution& d, int i, int levels) {
  const bool tails = d.kind == DistributionKind::normal || d.kind == DistributionKind::lognormal;
  const double first = tails && std::isinf(d.low) ? kTail : 0;
  const double last = tails && std::isinf(d.high) ? 1 - kTail : 1;
  if (levels < 2) return 0.5;
  return first + (last - first) * i / (levels - 1);
}

}  // namespace limpid
