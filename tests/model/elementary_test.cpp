#include "model/elementary.hpp"

#include <gtest/gtest.h>
#include <immintrin.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <random>
#include <vector>

namespace limpid {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kLeast = std::numeric_limits<double>::min();
constexpr double kGreatest = std::numeric_limits<double>::max();

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : random_(seed) {}
  double between(double low, double high) {
    return low + (high - low) * static_cast<double>(random_() >> 11) * 0x1p-53;
  }

 private:
  std::mt19937_64 random_;
};

double ulps(double got, long double exact) {
  const int exponent = std::max(std::ilogb(static_cast<double>(exact)), -1022);
  return static_cast<double>(fabsl(got - exact) / ldexpl(1.0L, exponent - 52));
}

struct Worst {
  double error = 0, x = 0, y = 0;
  void see(double got, long double exact, double at_x, double at_y = 0) {
    const double e = ulps(got, exact);
    if (!(e <= error)) *this = {e, at_x, at_y};
  }
  void judge(const char* name) const {
    std::printf("%-14s max %.3f ulp at %.17g %.17g\n", name, error, x, y);
    EXPECT_LE(error, 2.0) << name;
  }
};

struct Case {
  const char* name;
  double (*function)(double);
  long double (*exact)(long double);
  double low, high;
  bool logarithmic;  // points spread over magnitudes
};

// long double carries 11 bits more than double: its own error is below 0.002 ulp here.
const std::array kCases{Case{"exp", elementary::exp, expl, -707.7, 709.78, false},
                        Case{"exp near 0", elementary::exp, expl, -1, 1, false},
                        Case{"log", elementary::log, logl, 1e-307, 1e308, true},
                        Case{"log near 1", elementary::log, logl, 0.5, 2, false},
                        Case{"log at 1", elementary::log, logl, 0.9999, 1.0001, false},
                        Case{"tanh", elementary::tanh, tanhl, -25, 25, false},
                        Case{"tanh near 0", elementary::tanh, tanhl, -1, 1, false},
                        Case{"tanh tiny", elementary::tanh, tanhl, 1e-300, 1, true},
                        Case{"sin", elementary::sin, sinl, -20, 20, false},
                        Case{"sin far", elementary::sin, sinl, -1e6, 1e6, false},
                        Case{"sin tiny", elementary::sin, sinl, 1e-300, 1, true},
                        Case{"cos", elementary::cos, cosl, -20, 20, false},
                        Case{"cos far", elementary::cos, cosl, -1e6, 1e6, false}};

TEST(Elementary, WithinTwoUlp) {
  for (const Case& c : kCases) {
    Draw draw(17);
    Worst worst;
    for (int i = 0; i < 1000000; ++i) {
      const double x = c.logarithmic ? std::exp(draw.between(std::log(c.low), std::log(c.high)))
                                     : draw.between(c.low, c.high);
      worst.see(c.function(x), c.exact(x), x);
    }
    worst.judge(c.name);
  }
}

TEST(Elementary,
     SineAndCosineAtTheirZeros) {  // the doubles nearest to n pi/2, where the reduction cancels most
  Worst sine, cosine;
  for (int n = 1; n < 636600; ++n) {
    const double x = static_cast<double>(n * 1.57079632679489661923132169163975144L);
    sine.see(elementary::sin(x), sinl(x), x);
    cosine.see(elementary::cos(x), cosl(x), x);
  }
  sine.judge("sin at zeros");
  cosine.judge("cos at zeros");
}

TEST(Elementary, PowWithinTwoUlp) {
  Draw draw(18);
  Worst daily, wide, near_one;
  for (int i = 0; i < 1000000; ++i) {
    double x = draw.between(0, 60), y = draw.between(-4, 4);
    daily.see(elementary::pow(x, y), powl(x, y), x, y);
    x = std::exp(draw.between(-700, 700));
    y = draw.between(-707, 707) / std::log(x);
    if (std::fabs(y) < 1e15) wide.see(elementary::pow(x, y), powl(x, y), x, y);
    x = draw.between(0.7, 1.42);
    y = draw.between(-707, 707) / std::log(x);
    if (std::fabs(y) < 1e15) near_one.see(elementary::pow(x, y), powl(x, y), x, y);
  }
  daily.judge("pow");
  wide.judge("pow wide");
  near_one.judge("pow near 1");
}

TEST(Elementary, NaNIsNeverLost) {
  for (const double nan : {kNaN, -kNaN, std::bit_cast<double>(0x7FF8000000000001u)}) {
    for (const Case& c : kCases) EXPECT_TRUE(std::isnan(c.function(nan))) << c.name;
    for (const double other : {0.0, 1.0, 2.5, -3.0, kInfinity, -kInfinity, kNaN}) {
      EXPECT_TRUE(std::isnan(elementary::pow(nan, other))) << other;
      EXPECT_TRUE(std::isnan(elementary::pow(other, nan))) << other;
    }
  }
}

TEST(Elementary, EndsOfExpAndLog) {
  EXPECT_EQ(elementary::exp(0.0), 1.0);
  EXPECT_EQ(elementary::exp(-800.0), 0.0);
  EXPECT_EQ(elementary::exp(-707.71), 0.0);
  EXPECT_GT(elementary::exp(-707.7), kLeast);
  EXPECT_EQ(elementary::exp(-kInfinity), 0.0);
  EXPECT_LT(elementary::exp(709.782), kInfinity);
  EXPECT_GT(elementary::exp(709.782), 1.79e308);
  EXPECT_EQ(elementary::exp(709.7828), kInfinity);
  EXPECT_EQ(elementary::exp(800.0), kInfinity);
  EXPECT_EQ(elementary::exp(kInfinity), kInfinity);
  EXPECT_EQ(elementary::log(1.0), 0.0);
  EXPECT_EQ(elementary::log(0.0), -kInfinity);
  EXPECT_EQ(elementary::log(-0.0), -kInfinity);
  EXPECT_EQ(elementary::log(kLeast / 2), -kInfinity);
  EXPECT_NEAR(elementary::log(kLeast), -708.3964185322641, 1e-12);
  EXPECT_NEAR(elementary::log(kGreatest), 709.782712893384, 1e-12);
  EXPECT_EQ(elementary::log(kInfinity), kInfinity);
  EXPECT_TRUE(std::isnan(elementary::log(-1.0)));
  EXPECT_TRUE(std::isnan(elementary::log(-kInfinity)));
}

TEST(Elementary, EndsOfPow) {
  using elementary::pow;
  for (const double x : {0.0, kLeast, 0.3, 1.0, 7.0, kGreatest, kInfinity}) {
    EXPECT_EQ(pow(x, 0.0), 1.0) << x;
    EXPECT_TRUE(std::isnan(pow(-1.0 - x, 2.0))) << x;
  }
  for (const double x : {1e-307, 0.3, 1.0, 7.0, 1e300, kInfinity}) EXPECT_EQ(pow(x, 1.0), x);
  for (const double y : {1e-300, 0.5, 1e300, kInfinity}) {
    EXPECT_EQ(pow(0.0, y), 0.0);
    EXPECT_EQ(pow(0.0, -y), kInfinity);
    EXPECT_EQ(pow(kInfinity, y), kInfinity);
    EXPECT_EQ(pow(kInfinity, -y), 0.0);
    EXPECT_EQ(pow(1.0, y), 1.0);
    EXPECT_EQ(pow(1.0, -y), 1.0);
  }
  for (const double y : {1e20, 1e300, kInfinity}) {
    EXPECT_EQ(pow(std::nextafter(1.0, 2.0), y), kInfinity);
    EXPECT_EQ(pow(std::nextafter(1.0, 0.0), y), 0.0);
    EXPECT_EQ(pow(2.0, -y), 0.0);
  }
  EXPECT_EQ(pow(2.0, 10.0), 1024.0);
  EXPECT_EQ(pow(2.0, 1024.0), kInfinity);
  EXPECT_EQ(pow(2.0, -1022.0), 0.0);  // below 4.5e-308
}

TEST(Elementary, EndsOfTanhSinCos) {
  for (const double x : {0.0, 1e-300, 1e-5, 0.3, 2.0, 19.0, 22.0, 400.0, kInfinity})
    EXPECT_EQ(elementary::tanh(-x), -elementary::tanh(x)) << x;
  EXPECT_EQ(elementary::tanh(kInfinity), 1.0);
  EXPECT_EQ(elementary::tanh(22.0), 1.0);
  EXPECT_EQ(elementary::tanh(1e-300), 1e-300);
  EXPECT_EQ(elementary::sin(0.0), 0.0);
  EXPECT_EQ(elementary::cos(0.0), 1.0);
  for (const double x : {1.1e6, 1e300, kInfinity, -1.1e6, -kInfinity}) {
    EXPECT_TRUE(std::isnan(elementary::sin(x))) << x;
    EXPECT_TRUE(std::isnan(elementary::cos(x))) << x;
  }
}

// A grid that every platform makes alike: exact products of integers and powers of two.
std::vector<double> grid(double step) {
  std::vector<double> x;
  for (int i = -20000; i <= 20000; ++i) x.push_back(i * step);
  return x;
}

// Loops that the compiler vectorises (32-byte vectors at -O3 -march=x86-64-v3).
template <class Function>
[[gnu::noinline]] std::vector<double> in_loop(const std::vector<double>& x, Function f) {
  std::vector<double> y(x.size());
  const double* in = x.data();
  double* out = y.data();
  for (std::size_t i = 0, n = x.size(); i < n; ++i) out[i] = f(in[i]);
  return y;
}

template <class Function>
[[gnu::noinline]] std::vector<double> one_by_one(const std::vector<double>& x, Function f) {
  std::vector<double> y;
  for (const double value : x) {
    const volatile double in = value;  // volatile: no vectors
    y.push_back(f(in));
  }
  return y;
}

// Which NaN a function gives is the processor's choice; that it is one is ours.
std::uint64_t bits(double v) {
  return std::isnan(v) ? 1u : std::bit_cast<std::uint64_t>(v);
}

std::uint64_t hash(const std::vector<double>& values) {
  std::uint64_t h = 0xCBF29CE484222325u;
  for (const double v : values) h = (h ^ bits(v)) * 0x100000001B3u;
  return h;
}

struct Golden {
  const char* name;
  double step;
  std::uint64_t hash;
  std::vector<double> (*loop)(const std::vector<double>&);
  std::vector<double> (*scalar)(const std::vector<double>&);
};

template <class Function>
Golden golden(const char* name, double step, std::uint64_t expected, Function) {
  return {name, step, expected, [](const std::vector<double>& x) { return in_loop(x, Function{}); },
          [](const std::vector<double>& x) { return one_by_one(x, Function{}); }};
}

// The bits of every compiler, processor, optimisation level and denormal mode.
std::vector<Golden> goldens() {
  return {
      golden("exp", 0x1.3p-5, 0x5c8441b9f2e0d59au, [](double x) { return elementary::exp(x); }),
      golden("log", 0x1.3p-5, 0x45a46fae1171763du, [](double x) { return elementary::log(x); }),
      golden("log wide", 0x1.3p-5, 0x809b4dba573c1284u,
             [](double x) { return elementary::log(x * x * x * 0x1p-80); }),
      golden("tanh", 0x1.3p-10, 0x4ee7b7cf2aa3cae7u, [](double x) { return elementary::tanh(x); }),
      golden("sin", 0x1.3p-3, 0xdf22fd805f92a4cfu, [](double x) { return elementary::sin(x); }),
      golden("cos", 0x1.3p-3, 0x1513944fd4de3b9fu, [](double x) { return elementary::cos(x); }),
      golden("x^(2/3)", 0x1.3p-8, 0x4195c48ed1d9ea0fu,
             [](double x) { return elementary::pow(x, 2.0 / 3.0); }),
      golden("x^x", 0x1.3p-8, 0x610d15c6f56631e3u, [](double x) { return elementary::pow(x, x); }),
      golden("1.047^x", 0x1.3p-8, 0xdcd7a62298c06457u, [](double x) { return elementary::pow(1.047, x); })};
}

TEST(ElementaryBits, AreTheGoldenOnes) {
  for (const Golden& g : goldens()) {
    const std::uint64_t got = hash(g.loop(grid(g.step)));
    EXPECT_EQ(got, g.hash) << g.name << std::hex << " 0x" << got;
  }
}

TEST(ElementaryBits, SameInALoopAsOneByOne) {
  for (const Golden& g : goldens()) {
    const std::vector<double> x = grid(g.step), loop = g.loop(x), scalar = g.scalar(x);
    for (std::size_t i = 0; i < x.size(); ++i)
      EXPECT_EQ(bits(loop[i]), bits(scalar[i])) << g.name << " " << x[i];
  }
}

TEST(ElementaryBits, DoNotDependOnTheDenormalMode) {
  const unsigned mode = _mm_getcsr();
  std::vector<std::uint64_t> flushed;
  _mm_setcsr(mode | 0x8040u);  // flush to zero, denormals are zero
  for (const Golden& g : goldens()) flushed.push_back(hash(g.loop(grid(g.step))));
  _mm_setcsr(mode);
  std::size_t i = 0;
  for (const Golden& g : goldens()) EXPECT_EQ(flushed[i++], hash(g.loop(grid(g.step)))) << g.name;
}

}  // namespace
}  // namespace limpid
