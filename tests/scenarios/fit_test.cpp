// Measures of fit against values worked by hand.
#include "scenarios/fit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "io/standard_reader.hpp"

namespace limpid {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

Fit fit(const std::vector<double>& observed, const std::vector<double>& simulated) {
  return fit_of(observed, simulated, nullptr, false);
}

TEST(FitMeasures, ByHand) {
  // observed 1 2 3 4: mean 2.5, sum of squares about it 5. simulated 1 3 3 5: mean 3, sum of squares 8.
  // errors 0 -1 0 -1: sum of squares 2. products about the means: (-1.5)(-2) + 0 + 0 + (1.5)(2) = 6.
  const Fit f = fit({1, 2, 3, 4}, {1, 3, 3, 5});
  EXPECT_EQ(f.n, 4);
  EXPECT_NEAR(*f.nse, 1 - 2.0 / 5, 1e-15);
  EXPECT_NEAR(*f.rmse, std::sqrt(0.5), 1e-15);
  EXPECT_NEAR(*f.pbias, -20.0, 1e-12);  // 100 (10 - 12)/10
  const double r = 6 / std::sqrt(40.0), alpha = std::sqrt(1.6), beta = 1.2;
  EXPECT_NEAR(*f.kge, 1 - std::hypot(r - 1, alpha - 1, beta - 1), 1e-15);
  EXPECT_NEAR(*f.kge, 0.664126, 1e-6);  // 1 - sqrt(0.002633 + 0.070178 + 0.04)
  EXPECT_FALSE(f.class_hit_rate);
}

TEST(FitMeasures, PerfectAndMean) {
  const Fit perfect = fit({1, 5, 2}, {1, 5, 2});
  EXPECT_EQ(perfect.nse, 1.0);
  EXPECT_EQ(perfect.kge, 1.0);
  EXPECT_EQ(perfect.pbias, 0.0);
  EXPECT_EQ(perfect.rmse, 0.0);
  const Fit mean = fit({1, 2, 3}, {2, 2, 2});
  EXPECT_NEAR(*mean.nse, 0.0, 1e-15);
  EXPECT_FALSE(mean.kge);  // no spread in the simulation: r is not defined
}

TEST(FitMeasures, TooLowIsPositiveBias) {
  EXPECT_NEAR(*fit({2, 4}, {1, 2}).pbias, 50.0, 1e-12);
}

TEST(FitMeasures, PairsWithoutAValueAreLeftOut) {
  const Fit f = fit({1, kNone, 3, 4}, {1, 2, kNone, 3});
  EXPECT_EQ(f.n, 2);
  EXPECT_NEAR(*f.rmse, std::sqrt(0.5), 1e-15);
}

TEST(FitMeasures, UndefinedIsNotANumberInDisguise) {
  const Fit none = fit({kNone}, {1});
  EXPECT_EQ(none.n, 0);
  EXPECT_FALSE(none.nse || none.kge || none.pbias || none.rmse || none.class_hit_rate);
  EXPECT_FALSE(fit({2, 2}, {1, 3}).nse);
  EXPECT_FALSE(fit({0, 0}, {1, 3}).pbias);
  EXPECT_FALSE(fit({-1, 1}, {1, 3}).kge);
}

TEST(FitMeasures, ClassHitRate) {
  const Standard standard = *built_in_standard("GB3838-2002");
  const std::vector<double> observed{0.02, 0.15, 0.21, 0.5}, simulated{0.05, 0.2, 0.2, 0.41};
  // Rivers: I/II, III/III, IV/III, >V/>V. Lakes: II/III, V/V, >V/V, >V/>V.
  EXPECT_EQ(fit_of(observed, simulated, standard.find("TP"), false).class_hit_rate, 0.5);
  EXPECT_EQ(fit_of(observed, simulated, standard.find("TP"), true).class_hit_rate, 0.5);
  EXPECT_FALSE(fit_of(observed, simulated, standard.find("TN"), false).class_hit_rate);
  EXPECT_EQ(fit_of(observed, simulated, standard.find("TN"), true).class_hit_rate,
            0.75);  // I I II II / I I I II
}

}  // namespace
}  // namespace limpid
