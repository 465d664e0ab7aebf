#include "model/criterion.hpp"

#include <algorithm>
#include <array>

#include "model/elementary.hpp"

namespace limpid {
namespace {

constexpr std::array<const char*, 7> kStatistics{
    "value",          "daily_mean",  "daily_minimum",    "mean_of_days",
    "mean_of_minima", "annual_mean", "annual_percentile"};
constexpr std::array<const char*, 4> kFormulas{"", "us_epa_2013_cmc_oncorhynchus", "us_epa_2013_cmc",
                                               "us_epa_2013_ccc"};

double power_of_ten(double x) {
  return elementary::pow(10.0, x);
}

// a/(1 + 10^(c - pH)) + b/(1 + 10^(pH - c)).
double sigmoid(double a, double b, double c, double pH) {
  return a / (1 + power_of_ten(c - pH)) + b / (1 + power_of_ten(pH - c));
}

// EPA 822-R-13-001: the acute and the chronic criterion of the most sensitive genera by pH and temperature.
double acute(double pH, double temperature, double invertebrates_from) {
  const double warm = 23.12 * power_of_ten(0.036 * (20 - temperature));
  return 0.7249 * sigmoid(0.0114, 1.6181, 7.204, pH) * std::min(invertebrates_from, warm);
}

double acute_oncorhynchus(double pH, double temperature) {
  const double warm = 23.12 * power_of_ten(0.036 * (20 - temperature));
  return std::min(sigmoid(0.275, 39.0, 7.204, pH), 0.7249 * sigmoid(0.0114, 1.6181, 7.204, pH) * warm);
}

double chronic(double pH, double temperature) {
  return 0.8876 * sigmoid(0.0278, 1.1994, 7.688, pH) *
         (2.126 * power_of_ten(0.028 * (20 - std::max(temperature, 7.0))));
}

}  // namespace

const char* statistic_text(CriterionStatistic statistic) {
  return kStatistics[static_cast<std::size_t>(statistic)];
}

const char* formula_text(LimitFormula formula) {
  return kFormulas[static_cast<std::size_t>(formula)];
}

double formula_limit(LimitFormula formula, double pH, double temperature) {
  if (pH != pH || temperature != temperature) return ClassLimits::kNone;
  switch (formula) {
    case LimitFormula::us_epa_2013_cmc_oncorhynchus:
      return acute_oncorhynchus(pH, temperature);
    case LimitFormula::us_epa_2013_cmc:
      return acute(pH, temperature, 51.93);
    case LimitFormula::us_epa_2013_ccc:
      return chronic(pH, temperature);
    default:
      return ClassLimits::kNone;
  }
}

std::vector<std::string> CriteriaSet::uses() const {
  std::vector<std::string> uses;
  for (const Criterion& c : criteria)
    if (!c.use.empty() && std::ranges::find(uses, c.use) == uses.end()) uses.push_back(c.use);
  return uses;
}

}  // namespace limpid
