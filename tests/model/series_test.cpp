#include "model/series.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>
#include <vector>

namespace limpid {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr auto kStep = Interpolation::step_mean;
constexpr auto kLinear = Interpolation::linear;

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : random_(seed) {}
  double between(double low, double high) {
    return low + (high - low) * static_cast<double>(random_() >> 11) * 0x1p-53;
  }
  Series series(int points, Interpolation interpolation) {
    std::vector<double> times{between(-50, 0)}, values{between(-3, 8)};
    for (int i = 1; i < points; ++i) {
      times.push_back(times.back() + between(0.1, 20));
      values.push_back(between(-3, 8));
    }
    return Series(times, values, interpolation);
  }

 private:
  std::mt19937_64 random_;
};

// Two-point Gauss, exact for a cubic, between all breakpoints, in long double: independent of the march
// inside Series. class's march.
long double dense_integral(const Series& a, const Series& b, double t0, double t1) {
  std::vector<double> cuts{t0, t1};
  for (const Series* s : {&a, &b})
    for (const double t : s->times())
      if (t > t0 && t < t1) cuts.push_back(t);
  std::sort(cuts.begin(), cuts.end());
  long double sum = 0;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const double width = cuts[i + 1] - cuts[i], centre = cuts[i] + 0.5 * width,
                 shift = width * 0.5 / std::sqrt(3.0);
    for (const double t : {centre - shift, centre + shift}) sum += 0.5L * width * a.at(t) * b.at(t);
  }
  return sum;
}

TEST(SeriesTest, DefaultIsZeroEverywhere) {
  const Series s;
  EXPECT_TRUE(s.is_constant());
  EXPECT_TRUE(s.is_zero());
  EXPECT_EQ(s.at(1e12), 0.0);
  EXPECT_EQ(s.integral(-1e9, 1e9), 0.0);
  EXPECT_TRUE(s.covers(-kInfinity, kInfinity));
}

TEST(SeriesTest, ConstantCoversAllTimes) {
  const Series once({100.0}, {2.5}, kStep);
  for (const Series& s : {Series::constant(2.5), once, Series({100.0}, {2.5}, kLinear)}) {
    EXPECT_EQ(s.at(-1e9), 2.5);
    EXPECT_EQ(s.integral(10, 14), 10.0);
    EXPECT_EQ(s.mean(10, 14), 2.5);
    EXPECT_EQ(s.begin_time(), -kInfinity);
    EXPECT_EQ(s.end_time(), kInfinity);
  }
}

TEST(SeriesTest, StepMeanHoldsUntilTheNextTimeAndOneIntervalLonger) {
  const Series s({0, 10, 16}, {1, 3, 5}, kStep);
  EXPECT_EQ(s.at(0), 1);
  EXPECT_EQ(s.at(std::nextafter(10.0, 0.0)), 1);
  EXPECT_EQ(s.at(10), 3);
  EXPECT_EQ(s.at(21.9), 5);
  EXPECT_EQ(s.end_time(), 22);
  EXPECT_EQ(s.integral(0, 22), 10 + 18 + 30);
  EXPECT_EQ(s.integral(8, 12), 2 + 6);
  EXPECT_EQ(s.mean(16, 16), 5);
  EXPECT_EQ(s.minimum(), 1);
  EXPECT_EQ(s.maximum(), 5);
}

TEST(SeriesTest, LinearRunsStraight) {
  const Series s({0, 10, 20}, {0, 10, 0}, kLinear);
  EXPECT_EQ(s.at(0), 0);
  EXPECT_EQ(s.at(4), 4);
  EXPECT_EQ(s.at(10), 10);
  EXPECT_EQ(s.at(20), 0);
  EXPECT_EQ(s.end_time(), 20);
  EXPECT_EQ(s.integral(0, 20), 100);
  EXPECT_EQ(s.integral(5, 15), 75);
  EXPECT_EQ(s.integral(7, 7), 0);
}

TEST(SeriesTest, LinearKeepsToItsPoints) {
  const Series s({0, 3, 7}, {0.1, 0.7, -0.3}, kLinear);
  EXPECT_EQ(s.at(3), 0.7);
  EXPECT_EQ(s.at(7), -0.3);
  EXPECT_LE(s.at(std::nextafter(3.0, 0.0)), 0.7);
}

TEST(SeriesTest, IntegralIsAdditiveToRoundOff) {
  Draw draw(11);
  for (int trial = 0; trial < 200; ++trial) {
    const Series s = draw.series(200, trial % 2 ? kStep : kLinear);
    const double begin = s.begin_time(), end = s.end_time(), bound = 8 * (end - begin) * 1e-15 * 200;
    double sum = 0, t = begin;
    while (t < end) {
      const double next = std::min(end, t + draw.between(0.01, 40));
      sum += s.integral(t, next);
      t = next;
    }
    EXPECT_NEAR(sum, s.integral(begin, end), bound);
    EXPECT_NEAR(static_cast<double>(dense_integral(s, Series::constant(1), begin, end)),
                s.integral(begin, end), bound);
  }
}

TEST(SeriesTest, ProductIntegralIsExact) {
  Draw draw(12);
  for (int trial = 0; trial < 400; ++trial) {
    const Series a = draw.series(2 + trial % 60, trial % 2 ? kStep : kLinear);
    const Series b = draw.series(2 + trial % 37, trial % 4 < 2 ? kStep : kLinear);
    const double low = std::max(a.begin_time(), b.begin_time()), high = std::min(a.end_time(), b.end_time());
    if (low >= high) continue;
    const double t0 = draw.between(low, high), t1 = draw.between(t0, high);
    const double expected = static_cast<double>(dense_integral(a, b, t0, t1));
    const double bound = 1e-12 * 64 * (t1 - t0) + 1e-12;  // |a b| <= 64
    EXPECT_NEAR(Series::product_integral(a, b, t0, t1), expected, bound);
    EXPECT_EQ(Series::product_integral(a, b, t0, t1), Series::product_integral(b, a, t0, t1));
  }
}

TEST(SeriesTest, ProductKnownByHand) {
  const Series rising({0, 10}, {0, 10}, kLinear), falling({0, 10}, {10, 0}, kLinear);
  EXPECT_NEAR(Series::product_integral(rising, falling, 0, 10), 500.0 / 3.0, 1e-12);  // int t (10 - t)
  EXPECT_NEAR(Series::product_integral(rising, rising, 0, 10), 1000.0 / 3.0, 1e-12);
  EXPECT_EQ(Series::product_integral(Series::constant(2), Series({0, 5}, {3, 4}, kStep), 0, 10), 70);
  EXPECT_EQ(Series::product_integral(Series::constant(2), Series::constant(3), 0, 10), 60);
}

TEST(SeriesTest, ProductWithOneEqualsTheIntegral) {
  Draw draw(13);
  for (int trial = 0; trial < 100; ++trial) {
    const Series s = draw.series(40, trial % 2 ? kStep : kLinear);
    const double t0 = s.begin_time(), t1 = s.end_time();
    EXPECT_EQ(Series::product_integral(s, Series::constant(1), t0, t1), s.integral(t0, t1));
  }
}

TEST(SeriesTest, RefusesMisuse) {
  EXPECT_THROW(Series({}, {}, kStep), std::invalid_argument);
  EXPECT_THROW(Series({0, 1}, {1}, kStep), std::invalid_argument);
  EXPECT_THROW(Series({0, 0}, {1, 2}, kStep), std::invalid_argument);
  EXPECT_THROW(Series({1, 0}, {1, 2}, kLinear), std::invalid_argument);
  EXPECT_THROW(Series({0, std::nan("")}, {1, 2}, kLinear), std::invalid_argument);
  EXPECT_THROW(Series({0, kInfinity}, {1, 2}, kLinear), std::invalid_argument);
  EXPECT_THROW(Series::constant(1).integral(1, 0), std::invalid_argument);
}

TEST(SeriesTest, RefusesTimesItDoesNotCover) {
  const Series step({0, 10}, {1, 2}, kStep), linear({0, 10}, {1, 2}, kLinear);
  EXPECT_THROW(step.at(-0.1), std::out_of_range);
  EXPECT_THROW(step.at(20.1), std::out_of_range);
  EXPECT_THROW(linear.at(10.1), std::out_of_range);
  EXPECT_THROW(linear.at(std::nan("")), std::out_of_range);
  EXPECT_THROW(step.integral(5, 21), std::out_of_range);
  EXPECT_THROW(linear.integral(5, 11), std::out_of_range);
  EXPECT_THROW(Series::product_integral(step, linear, 5, 11), std::out_of_range);
  EXPECT_NO_THROW(step.integral(5, 20));
  EXPECT_TRUE(step.covers(0, 20));
  EXPECT_FALSE(step.covers(-1, 20));
}

TEST(SeriesTest, NaNValuesReachTheIntegral) {
  const Series s({0, 10, 20}, {1, std::nan(""), 2}, kStep);
  EXPECT_TRUE(std::isnan(s.integral(5, 15)));
  EXPECT_FALSE(std::isnan(s.integral(0, 10)));
}

}  // namespace
}  // namespace limpid
