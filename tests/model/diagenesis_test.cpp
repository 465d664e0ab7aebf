// The balance of the bed's oxygen demand: solved, by the same equations as the reference, for beds of any
// kind.
#include "model/diagenesis.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace limpid::diagenesis {
namespace {

// Parameters over their plausible ranges, water from clean to foul; a balanced bed or one with stores.
class Beds {
 public:
  Bed draw(bool balanced) {
    constexpr double kDay = 86400;
    Bed b{};
    const double half = 0.05;  // m, of the layer
    b.kl12 = any(2e-4, 5e-3) / kDay / half, b.w12 = any(1e-5, 1e-3) / kDay / half;
    b.burial = any(1e-6, 5e-4) / kDay, b.ch4_saturation = 100 + any(1, 100);
    b.nitrification2 = std::pow(any(0.05, 0.3) / kDay, 2), b.k_n = any(0.1, 2), b.k_on = any(0.1, 2);
    b.denitrification2 = std::pow(any(0.02, 0.5) / kDay, 2), b.denitrification_below = any(0.05, 1) / kDay;
    b.methane2 = std::pow(any(0.2, 2) / kDay, 2), b.dissolved_n = 1 / (1 + any(0.01, 15));
    b.oxygen = any(1e-3, 15), b.ammonium = any(1e-3, 20), b.nitrate = any(1e-3, 30), b.cbod = any(0.01, 50);
    b.carbon = any(1e-4, 30) / kDay;
    b.ammonium_below = balanced ? b.carbon * any(0.005, 0.1) : any(0.01, 30);
    b.nitrate_below = balanced ? 0.0 : any(1e-3, 5);
    return b;
  }

 private:
  double any(double low, double high) {  // its logarithm is uniform
    return std::exp(std::uniform_real_distribution<>(std::log(low), std::log(high))(random_));
  }
  std::mt19937 random_{17};
};

double first_of(const Bed& b) {  // nitrogen decays with a twentieth of the carbon
  return b.carbon * (1 + 1.714 * 0.05);
}

// Of the demand from which s was taken, which solve() leaves in s.
double residual(const Bed& b, const Fluxes& f) {
  return std::fabs(f.demand / (f.s * b.oxygen) - 1);
}

template <bool steady>
std::vector<double> residuals(int beds) {
  Beds some;
  std::vector<double> list;
  for (int n = 0; n < beds; ++n) {
    const Bed b = some.draw(steady);
    list.push_back(residual(b, solve<steady>(b, first_of(b))));
  }
  std::sort(list.begin(), list.end());
  return list;
}

template <bool steady>
void expect_solved() {
  constexpr int kBeds = 20000;
  const std::vector<double> list = residuals<steady>(kBeds);
  std::printf("residual: median %.1e, 95 %% %.1e, 99 %% %.1e, largest %.1e\n", list[kBeds / 2],
              list[kBeds * 95 / 100], list[kBeds * 99 / 100], list.back());
  EXPECT_LT(list[kBeds / 2], 1e-12);
  EXPECT_LT(list[kBeds * 95 / 100], 1e-10);
  EXPECT_LT(list[kBeds * 99 / 100], 1e-4);
}

TEST(Diagenesis, FindsTheDemandOfABalancedBed) {
  expect_solved<true>();
}

TEST(Diagenesis, FindsTheDemandOfABedWithStores) {
  expect_solved<false>();
}

// The reference's iteration, written as it stands there: the ammonium of the aerobic layer from the iteration
// before in its own nitrification.
template <bool steady>
double averaged(const Bed& b, int iterations) {
  const double mixing = b.dissolved_n * b.kl12 + (1 - b.dissolved_n) * b.w12;
  double sod = first_of(b), nh4_1 = 0;
  for (int n = 0; n < iterations; ++n) {
    const double s = std::max(sod, 1e-14) / b.oxygen;
    const double nitrifying = b.nitrification2 / s * b.k_n / (b.k_n + nh4_1) * b.oxygen / (b.k_on + b.oxygen);
    nh4_1 = b.dissolved_n * layers<steady>({mixing + b.burial, mixing, b.dissolved_n * (nitrifying + s),
                                            b.burial, s * b.ammonium, b.ammonium_below})
                                .one;
    const double denitrifying = b.denitrification2 / s, nitrified = nitrifying * nh4_1;
    const Layers no3 =
        layers<steady>({b.kl12 + b.burial, b.kl12, denitrifying + s, b.denitrification_below + b.burial,
                        s * b.nitrate + nitrified, b.nitrate_below});
    const double denitrified = denitrifying * no3.one + b.denitrification_below * no3.two;
    const double rest = std::max(b.carbon - 20.0 / 7.0 * denitrified, 0.0);
    const double most = std::min(std::sqrt(2 * b.kl12 * b.ch4_saturation * rest), rest);
    const double oxidising = b.methane2 / s;
    sod = 0.5 * (sod + oxidising * (most + s * b.cbod) / (oxidising + s) + 64.0 / 14.0 * nitrified);
  }
  return sod;
}

// Where both have found a root, it is the same one, but for beds that have several.
template <bool steady>
void expect_the_references_root() {
  Beds some;
  int compared = 0, other = 0;
  for (int n = 0; n < 5000; ++n) {
    const Bed b = some.draw(steady);
    const Fluxes f = solve<steady>(b, first_of(b));
    const double theirs = averaged<steady>(b, 200);
    if (residual(b, f) > 1e-10 || std::fabs(averaged<steady>(b, 201) / theirs - 1) > 1e-13) continue;
    ++compared;
    if (std::fabs(f.demand / theirs - 1) > 1e-8) ++other;
  }
  EXPECT_GT(compared, 4500);
  EXPECT_LT(other, 10);
}

TEST(Diagenesis, IsTheReferencesRoot) {
  expect_the_references_root<true>();
  expect_the_references_root<false>();
}

TEST(Diagenesis, TheReferencesAverageSwingsForSomeBeds) {
  Beds some;
  int swinging = 0;
  constexpr int kBeds = 5000;
  for (int n = 0; n < kBeds; ++n) {
    const Bed b = some.draw(true);
    if (std::fabs(averaged<true>(b, 401) / averaged<true>(b, 400) - 1) > 1e-3) ++swinging;
  }
  std::printf("%d of %d beds\n", swinging, kBeds);
  EXPECT_GT(swinging, kBeds / 1000);
  EXPECT_LT(swinging, kBeds / 20);
}

TEST(Diagenesis, KeepsANumberThatIsNone) {
  Beds some;
  Bed b = some.draw(true);
  b.methane2 = std::nan("");
  EXPECT_TRUE(std::isnan(solve<true>(b, 1e-6).demand));
  EXPECT_TRUE(std::isnan(up(std::nan(""))));
  EXPECT_EQ(up(-1.0), 0.0);
}

}  // namespace
}  // namespace limpid::diagenesis
