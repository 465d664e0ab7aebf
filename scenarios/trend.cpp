#include "scenarios/trend.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace limpid {
namespace {

// In thousandths, as printed.
struct Critical {
  std::size_t n;
  int p05, p01;
};

constexpr std::array<Critical, 16> kCritical{{{5, 900, 1000},
                                              {6, 829, 943},
                                              {7, 714, 893},
                                              {8, 643, 833},
                                              {9, 600, 783},
                                              {10, 564, 746},
                                              {12, 506, 712},
                                              {14, 456, 645},
                                              {16, 425, 601},
                                              {18, 399, 564},
                                              {20, 377, 534},
                                              {22, 359, 508},
                                              {24, 343, 485},
                                              {26, 329, 465},
                                              {28, 317, 448},
                                              {30, 306, 432}}};

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

// |rs| at three decimals reaches the critical value. Doubled sums of squared differences are whole, so that
// this is exact: |1 - 6 S / D| >= W - 0.0005 with S = twice_sum / 2, D = N^3 - N.
bool reaches(std::int64_t twice_sum, std::int64_t cubes, int thousandths) {
  return 2000 * std::abs(cubes - 3 * twice_sum) >= (2 * thousandths - 1) * cubes;
}

}  // namespace

std::optional<Trend> spearman_trend(const std::vector<double>& values) {
  if (values.size() < kCritical.front().n) return std::nullopt;
  const auto n = static_cast<std::int64_t>(values.size());
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double d = static_cast<double>(i + 1) - rank(values, values[i]);
    sum += d * d;
  }
  const std::int64_t cubes = n * n * n - n;
  const auto twice_sum = static_cast<std::int64_t>(2 * sum);  // ranks are whole or halves
  Trend trend;
  trend.rs = 1.0 - 6.0 * sum / static_cast<double>(cubes);
  if (trend.rs != 0) trend.direction = trend.rs > 0 ? Direction::up : Direction::down;
  trend.significant_05 = reaches(twice_sum, cubes, critical(values.size()).p05);
  trend.significant_01 = reaches(twice_sum, cubes, critical(values.size()).p01);
  return trend;
}

std::vector<SectionTrend> section_trends(const Standard& standard, const Assessment& assessment,
                                         int sections) {
  std::vector<SectionTrend> trends;
  for (int s = 0; s < sections; ++s)
    for (const StandardItem& item : standard.items) {
      SectionTrend trend{s, item.id, 0, 0, 0, {}};
      std::vector<double> values;
      for (const SectionVerdict& year : assessment.annual) {
        const IndicatorVerdict* v = year.section == s ? year.find(item.id) : nullptr;
        if (!v || v->missing) continue;
        if (values.empty()) trend.first_year = year.year;
        trend.last_year = year.year;
        values.push_back(v->value);
      }
      const auto found = spearman_trend(values);
      if (!found) continue;
      trend.years = static_cast<int>(values.size());
      trend.trend = *found;
      trends.push_back(trend);
    }
  return trends;
}

}  // namespace limpid
