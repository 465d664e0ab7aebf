// Estimators against functions whose answer is known.
#include "scenarios/sweep_analysis.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace limpid {
namespace {

using Function = std::function<double(const std::vector<double>&)>;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

Design design_of(DesignMethod method, std::size_t members, std::size_t factors, double low, double high) {
  DesignRequest request;
  request.method = method;
  request.members = members;
  request.indices = method == DesignMethod::sobol;
  std::vector<Factor> list(factors);
  for (std::size_t f = 0; f < factors; ++f) {
    list[f].id = "x" + std::to_string(f + 1);
    list[f].distribution.low = low;
    list[f].distribution.high = high;
  }
  return make_design(request, list);
}

std::vector<double> answers_of(const Design& design, const Function& f) {
  std::vector<double> answers;
  for (const auto& row : design.values) answers.push_back(f(row));
  return answers;
}

void expect_covers(const Estimated& estimated, double exact, double width) {
  EXPECT_LE(estimated.low, exact);
  EXPECT_GE(estimated.high, exact);
  EXPECT_LT(estimated.high - estimated.low, width) << "an interval that says nothing covers everything";
  EXPECT_LE(estimated.low, estimated.value);
  EXPECT_GE(estimated.high, estimated.value);
}

// T. Ishigami, T. Homma (1990): sin x1 + a sin^2 x2 + b x3^4 sin x1 on [-pi, pi], a = 7, b = 0.1; variances
// by integration.
TEST(SobolIndices, IshigamiWithinItsConfidence) {
  constexpr double a = 7, b = 0.1, pi = std::numbers::pi;
  const Design design = design_of(DesignMethod::sobol, 1024, 3, -pi, pi);
  const auto answers = answers_of(design, [](const std::vector<double>& x) {
    return std::sin(x[0]) + a * std::pow(std::sin(x[1]), 2) + b * std::pow(x[2], 4) * std::sin(x[0]);
  });
  const double v1 = 0.5 * std::pow(1 + b * std::pow(pi, 4) / 5, 2), v2 = a * a / 8,
               v13 = b * b * std::pow(pi, 8) * (1.0 / 18 - 1.0 / 50), v = v1 + v2 + v13;
  const SobolIndices s = sobol_indices(design, answers);
  EXPECT_EQ(s.groups, 1024u);
  EXPECT_NEAR(s.mean, a / 2, 0.02);
  EXPECT_NEAR(s.variance, v, 0.02 * v);
  expect_covers(s.first[0], v1 / v, 0.2);
  expect_covers(s.first[1], v2 / v, 0.2);
  expect_covers(s.first[2], 0, 0.2);
  expect_covers(s.total[0], (v1 + v13) / v, 0.2);
  expect_covers(s.total[1], v2 / v, 0.2);
  expect_covers(s.total[2], v13 / v, 0.2);
  EXPECT_NEAR(s.first[0].value, v1 / v, 0.02);
  EXPECT_NEAR(s.total[2].value, v13 / v, 0.02);
}

// Sobol's g function, product of (|4 x - 2| + a)/(1 + a) on [0, 1], with a = 0, 1, 9: partial variances
// 1/(3 (1 + a)^2) multiply.
TEST(SobolIndices, GFunctionWithinItsConfidence) {
  const std::vector<double> a{0, 1, 9};
  const Design design = design_of(DesignMethod::sobol, 2048, 3, 0, 1);
  const auto answers = answers_of(design, [&](const std::vector<double>& x) {
    double g = 1;
    for (std::size_t i = 0; i < 3; ++i) g *= (std::fabs(4 * x[i] - 2) + a[i]) / (1 + a[i]);
    return g;
  });
  double v = 1;
  std::vector<double> part;
  for (const double ai : a) {
    part.push_back(1 / (3 * (1 + ai) * (1 + ai)));
    v *= 1 + part.back();
  }
  const double variance = v - 1;
  const SobolIndices s = sobol_indices(design, answers);
  for (std::size_t i = 0; i < 3; ++i) {
    expect_covers(s.first[i], part[i] / variance, 0.15);
    expect_covers(s.total[i], part[i] * v / (1 + part[i]) / variance, 0.15);
  }
}

TEST(SobolIndices, AFailedMemberTakesItsGroupWithIt) {
  const Design design = design_of(DesignMethod::sobol, 64, 2, 0, 1);
  auto answers = answers_of(design, [](const std::vector<double>& x) { return x[0] + 2 * x[1]; });
  answers[5] = kNone;
  const SobolIndices s = sobol_indices(design, answers);
  EXPECT_EQ(s.groups, 63u);
  EXPECT_NEAR(s.first[0].value, 0.2, 0.05);
  EXPECT_NEAR(s.first[1].value, 0.8, 0.05);
  EXPECT_TRUE(std::isnan(sobol_indices(design, std::vector<double>(answers.size(), 3.0)).first[0].value));
}

TEST(SobolIndices, NeedTheirDesign) {
  Design design = design_of(DesignMethod::sobol, 4, 2, 0, 1);
  EXPECT_THROW(sobol_indices(design, {1, 2, 3}), std::invalid_argument);
  EXPECT_THROW(morris_measures(design, std::vector<double>(16, 0.0)), std::invalid_argument);
  design.request.indices = false;
  EXPECT_THROW(sobol_indices(design, std::vector<double>(16, 0.0)), std::invalid_argument);
}

TEST(Morris, ALinearFunctionHasItsSlopesAndNoSpread) {
  const Design design = design_of(DesignMethod::morris, 10, 3, 0, 2);
  const auto answers =
      answers_of(design, [](const std::vector<double>& x) { return 3 * x[0] - 5 * x[1] + 0 * x[2]; });
  const auto m = morris_measures(design, answers);
  const std::vector<double> slopes{6, -10, 0};  // over a range of 2
  for (std::size_t f = 0; f < 3; ++f) {
    EXPECT_NEAR(m[f].mu, slopes[f], 1e-12);
    EXPECT_NEAR(m[f].mu_star, std::fabs(slopes[f]), 1e-12);
    EXPECT_NEAR(m[f].sigma, 0, 1e-12);
    EXPECT_EQ(m[f].effects, 10u);
  }
}

// With x1 x2 the effect of each depends on the other: it spreads, and its mean over 4 levels is 1/2.
TEST(Morris, AnInteractionSpreads) {
  const Design design = design_of(DesignMethod::morris, 400, 2, 0, 1);
  auto answers = answers_of(design, [](const std::vector<double>& x) { return x[0] * x[1]; });
  answers[3] = kNone;
  const auto m = morris_measures(design, answers);
  EXPECT_LT(m[0].effects + m[1].effects, 800u);
  for (const MorrisMeasure& one : m) {
    EXPECT_NEAR(one.mu, 0.5, 0.06);
    EXPECT_NEAR(one.sigma, std::sqrt(5.0 / 36), 0.04);
  }
}

TEST(Probabilities, AreSharesWithTheirStandardError) {
  const Probability p = exceedance({1, 2, 3, 4, kNone}, 2);
  EXPECT_EQ(p.members, 4u);
  EXPECT_DOUBLE_EQ(p.value, 0.5);
  EXPECT_DOUBLE_EQ(p.standard_error, 0.25);
  const Probability a = attainment({1, 1, 0, kNone, 1});
  EXPECT_DOUBLE_EQ(a.value, 0.75);
  EXPECT_DOUBLE_EQ(a.standard_error, std::sqrt(0.75 * 0.25 / 4));
  EXPECT_TRUE(std::isnan(attainment({kNone}).value));
}

TEST(Quantiles, LieBetweenOrderStatistics) {
  EXPECT_DOUBLE_EQ(sample_quantile({4, 1, kNone, 3, 2}, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(sample_quantile({4, 1, 3, 2}, 1), 4);
  EXPECT_DOUBLE_EQ(sample_quantile({4, 1, 3, 2}, 0.1), 1.3);
  EXPECT_TRUE(std::isnan(sample_quantile({}, 0.5)));
  const auto bands = quantile_series({{1, 10}, {3, kNone}, {2, 30}}, {0, 0.5, 1});
  EXPECT_EQ(bands, (std::vector<std::vector<double>>{{1, 10}, {2, 20}, {3, 30}}));
}

TEST(Analysis, SaysOfEachAnswerWhatItsDesignCan) {
  const Design sobol = design_of(DesignMethod::sobol, 32, 2, 0, 1),
               morris = design_of(DesignMethod::morris, 5, 2, 0, 1);
  const Function f = [](const std::vector<double>& x) { return 2 * x[0] + x[1]; };
  std::vector<double> verdicts(sobol.members(), 2);
  for (std::size_t m = 0; m < verdicts.size(); ++m)
    if (sobol.values[m][0] > 0.5) verdicts[m] = 1;
  const auto list = analyse(sobol, {{"f", answers_of(sobol, f)}, {"held", verdicts, true}});
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].members, sobol.members());
  EXPECT_NEAR(list[0].mean, 1.5, 0.1);
  EXPECT_NEAR(list[0].quantiles[2], 1.5, 0.15);
  EXPECT_FALSE(list[0].attained);
  ASSERT_TRUE(list[0].indices);
  EXPECT_NEAR(list[0].indices->first[0].value, 0.8, 0.05);
  ASSERT_TRUE(list[1].attained);
  EXPECT_NEAR(list[1].attained->value, 0.5, 0.05);
  EXPECT_NEAR(list[1].indices->first[0].value, 1, 0.1) << "the verdict hangs on the first factor alone";
  EXPECT_NEAR(list[1].indices->total[1].value, 0, 0.01);
  EXPECT_TRUE(list[0].morris.empty());
  EXPECT_NEAR(analyse(morris, {{"f", answers_of(morris, f)}})[0].morris[0].mu, 2, 1e-12);
}

}  // namespace
}  // namespace limpid
