#include "scenarios/trend.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace limpid {
namespace {

struct Critical {
  std::size_t n;
  double p05, p01;
};

constexpr std::array<Critical, 16> kCritical{{{5, 0.900, 1.000},
                                              {6, 0.829, 0.943},
                                              {7, 0.714, 0.893},
                                              {8, 0.643, 0.833},
                                              {9, 0.600, 0.783},
                                              {10, 0.564, 0.746},
                                              {12, 0.506, 0.712},
                                              {14, 0.456, 0.645},
                                              {16, 0.425, 0.601},
                                              {18, 0.399, 0.564},
                                              {20, 0.377, 0.534},
                                              {22, 0.359, 0.508},
                                              {24, 0.343, 0.485},
                                              {26, 0.329, 0.465},
                                              {28, 0.317, 0.448},
                                              {30, 0.306, 0.432}}};

const Critical& critical(std::size_t n) {
  const auto after = std::ranges::upper_bound(kCritical, n, {}, &Critical::n);
  return *std::prev(after);
}

// Mean rank of a value among all, from 1.
double rank(const std::vector<double>& values, double value) {
  const auto below = std::ranges::count_if(values, [value](double v) { return v < value; });
  const auto equal = std::ranges::count(values, value);
  return static_cast<double>(below) + 0.5 * static_cast<double>(equal + 1);
}

}  // namespace

std::optional<Trend> spearman_trend(const std::vector<double>& values) {
  if (values.size() < kCritical.front().n) return std::nullopt;
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double d = static_cast<double>(i + 1) - rank(values, values[i]);
    sum += d * d;
  }
  Trend trend;
  trend.rs = 1.0 - 6.0 * sum / (n * n * n - n);
  if (trend.rs != 0) trend.direction = trend.rs > 0 ? Direction::up : Direction::down;
  trend.significant_05 = std::abs(trend.rs) >= critical(values.size()).p05;
  trend.significant_01 = std::abs(trend.rs) >= critical(values.size()).p01;
  return trend;
}

}  // namespace limpid
