#include "model/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

namespace limpid {
namespace {

using Counter = std::array<std::uint32_t, 4>;

// Known answers of the Random123 distribution (kat_vectors, philox4x32 10).
TEST(PhiloxTest, KnownAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Counter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (Counter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Counter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(RandomTest, IsAFunctionOfSeedStreamAndIndex) {
  const Random random(42, 7);
  const double third = random.uniform(3);
  for (std::uint64_t i = 0; i < 100; ++i) random.normal(i, 0, 1);
  EXPECT_EQ(random.uniform(3), third);
  std::set<std::uint64_t> seen;
  for (std::uint64_t seed : {0ull, 1ull, 1ull << 40})
    for (std::uint64_t stream : {0ull, 1ull, 1ull << 40})
      for (std::uint64_t index : {0ull, 1ull, 1ull << 40}) seen.insert(Random(seed, stream).bits(index));
  EXPECT_EQ(seen.size(), 27u);
}

TEST(RandomTest, GoldenNumbers) {  // what every platform must draw
  EXPECT_EQ(Random(0, 0).bits(0), 0xe169c58d6627e8d5u);
  EXPECT_EQ(stream_of(""), 0xcbf29ce484222325u);
  EXPECT_EQ(stream_of("a"), 0xaf63dc4c8601ec8cu);
  EXPECT_EQ(stream_of("foobar"), 0x85944171f73967e8u);
}

TEST(RandomTest, UniformStaysInItsRangeAndFillsIt) {
  const Random random(1, stream_of("uniform"));
  std::array<int, 64> bins{};
  const int n = 1 << 18;
  for (int i = 0; i < n; ++i) {
    const double u = random.uniform(static_cast<std::uint64_t>(i));
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    ++bins[static_cast<std::size_t>(u * 64)];
    const double v = random.inner(static_cast<std::uint64_t>(i));
    ASSERT_GT(v, 0.0);
    ASSERT_LT(v, 1.0);
  }
  double chi_square = 0;
  for (const int count : bins) chi_square += std::pow(count - n / 64.0, 2) / (n / 64.0);
  EXPECT_LT(chi_square, 63 + 4 * std::sqrt(2 * 63.0));
}

TEST(RandomTest, NeighboursAreNotCorrelated) {
  const int n = 1 << 17;
  const Random base(5, 10), next_seed(6, 10), next_stream(5, 11);
  double by_index = 0, by_seed = 0, by_stream = 0;
  for (int i = 0; i < n; ++i) {
    const auto k = static_cast<std::uint64_t>(i);
    const double u = base.uniform(k) - 0.5;
    by_index += u * (base.uniform(k + 1) - 0.5);
    by_seed += u * (next_seed.uniform(k) - 0.5);
    by_stream += u * (next_stream.uniform(k) - 0.5);
  }
  const double bound = 4.0 * std::sqrt(static_cast<double>(n)) / 12.0;  // four standard deviations
  EXPECT_LT(std::fabs(by_index), bound);
  EXPECT_LT(std::fabs(by_seed), bound);
  EXPECT_LT(std::fabs(by_stream), bound);
}

long double normal_distribution(double x) {
  return 0.5L * erfcl(-static_cast<long double>(x) / sqrtl(2.0L));
}

TEST(NormalQuantile, InvertsTheDistribution) {
  const Random random(9, 9);
  double worst = 0;
  for (std::uint64_t i = 0; i < 100000; ++i) {
    double p = random.inner(i);
    if (i % 2) p = std::ldexp(p, -static_cast<int>(i % 1000));
    const double x = normal_quantile(p);
    // Error of x itself: (Phi(x) - p) over the density.
    const long double density = expl(-0.5L * x * x) / sqrtl(2.0L * 3.14159265358979323846264338327950288L);
    const long double error = (normal_distribution(x) - p) / density;
    worst = std::max(worst, static_cast<double>(fabsl(error)) / std::max(1e-3, std::fabs(x)));
  }
  EXPECT_LT(worst, 1e-15);
  RecordProperty("worst_relative_error", std::to_string(worst));
}

TEST(NormalQuantile, KnownValuesAndEnds) {
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-15);
  EXPECT_NEAR(normal_quantile(1e-10), -6.361340902404056, 1e-14);
  EXPECT_EQ(normal_quantile(0.25), -normal_quantile(0.75));
  EXPECT_EQ(normal_quantile(0.0), -INFINITY);
  EXPECT_EQ(normal_quantile(1.0), INFINITY);
  EXPECT_TRUE(std::isnan(normal_quantile(-0.1)));
  EXPECT_TRUE(std::isnan(normal_quantile(1.1)));
  EXPECT_TRUE(std::isnan(normal_quantile(NAN)));
}

TEST(TriangularQuantile, InvertsTheDistribution) {
  const double low = -1, mode = 2, high = 3;
  for (int i = 0; i <= 1000; ++i) {
    const double p = i / 1000.0, x = triangular_quantile(p, low, mode, high);
    const double back = x < mode ? (x - low) * (x - low) / ((high - low) * (mode - low))
                                 : 1 - (high - x) * (high - x) / ((high - low) * (high - mode));
    EXPECT_NEAR(back, p, 1e-14);
  }
  EXPECT_EQ(triangular_quantile(0, low, mode, high), low);
  EXPECT_EQ(triangular_quantile(1, low, mode, high), high);
  EXPECT_EQ(triangular_quantile(0.3, 2, 2, 2), 2.0);
  EXPECT_NEAR(triangular_quantile(0.25, 0, 0, 1), 1 - std::sqrt(0.75), 1e-15);
  EXPECT_NEAR(triangular_quantile(0.25, 0, 1, 1), 0.5, 1e-15);
  EXPECT_TRUE(std::isnan(triangular_quantile(NAN, 0, 1, 2)));
}

struct Moments {
  double mean, deviation;
};

template <class Draw>
Moments moments(int n, Draw draw) {
  double sum = 0, square = 0;
  for (int i = 0; i < n; ++i) {
    const double x = draw(static_cast<std::uint64_t>(i));
    sum += x;
    square += x * x;
  }
  const double mean = sum / n;
  return {mean, std::sqrt(square / n - mean * mean)};
}

TEST(RandomTest, MomentsOfTheDistributions) {
  const Random random(2026, stream_of("moments"));
  const int n = 200000;
  const double noise = 4 / std::sqrt(static_cast<double>(n));
  const Moments normal = moments(n, [&](std::uint64_t i) { return random.normal(i, 3, 2); });
  EXPECT_NEAR(normal.mean, 3, 2 * noise);
  EXPECT_NEAR(normal.deviation, 2, 2 * noise);
  const Moments triangular = moments(n, [&](std::uint64_t i) { return random.triangular(i, 1, 2, 6); });
  EXPECT_NEAR(triangular.mean, 3, 1.1 * noise);
  EXPECT_NEAR(triangular.deviation, std::sqrt((1 + 4 + 36 - 2 - 6 - 12) / 18.0), 1.1 * noise);
  const Moments log_of = moments(n, [&](std::uint64_t i) { return std::log(random.lognormal(i, 5, 0.4)); });
  EXPECT_NEAR(log_of.mean, std::log(5.0), 0.4 * noise);
  EXPECT_NEAR(log_of.deviation, 0.4, 0.4 * noise);
}

}  // namespace
}  // namespace limpid
