// Limits that depend on pH and temperature.
#include "model/criterion.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <string>

namespace limpid {
namespace {

// Two significant digits, as EPA prints its tables.
std::string printed(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1e", value);
  return text.data();
}

struct Published {
  LimitFormula formula;
  double temperature;
  std::array<double, 6> values;  // pH 6.5, 7, ... 9
};

// EPA 822-R-13-001, Tables 5 and 6: as the tests of R package ORDEQWaterQualityCriteria (nh4Criteria) quote
// them.
constexpr std::array<Published, 9> kPublished{
    {{LimitFormula::us_epa_2013_cmc_oncorhynchus, 10, {33, 24, 13, 5.6, 2.1, 0.88}},
     {LimitFormula::us_epa_2013_cmc_oncorhynchus, 20, {23, 17, 9.2, 3.9, 1.5, 0.62}},
     {LimitFormula::us_epa_2013_cmc_oncorhynchus, 30, {9.9, 7.3, 4.0, 1.7, 0.65, 0.27}},
     {LimitFormula::us_epa_2013_cmc, 10, {51, 38, 21, 8.8, 3.3, 1.4}},
     {LimitFormula::us_epa_2013_cmc, 20, {23, 17, 9.2, 3.9, 1.5, 0.62}},
     {LimitFormula::us_epa_2013_cmc, 30, {9.9, 7.3, 4.0, 1.7, 0.65, 0.27}},
     {LimitFormula::us_epa_2013_ccc, 5, {4.9, 4.4, 3.2, 1.8, 0.80, 0.36}},
     {LimitFormula::us_epa_2013_ccc, 20, {2.1, 1.9, 1.4, 0.78, 0.35, 0.16}},
     {LimitFormula::us_epa_2013_ccc, 30, {1.1, 0.99, 0.73, 0.41, 0.18, 0.081}}}};

TEST(LimitFormula, AmmoniaAsPublished) {
  for (const Published& row : kPublished)
    for (std::size_t i = 0; i < row.values.size(); ++i)
      EXPECT_EQ(printed(formula_limit(row.formula, 6.5 + 0.5 * static_cast<double>(i), row.temperature)),
                printed(row.values[i]))
          << formula_text(row.formula) << " " << row.temperature << " degC, column " << i;
}

// Six digits from an independent evaluation of the same formulas.
TEST(LimitFormula, AmmoniaToSixDigits) {
  EXPECT_NEAR(formula_limit(LimitFormula::us_epa_2013_cmc_oncorhynchus, 8.0, 15), 5.61511, 5e-6);
  EXPECT_NEAR(formula_limit(LimitFormula::us_epa_2013_cmc, 8.0, 15), 5.90948, 5e-6);
  EXPECT_NEAR(formula_limit(LimitFormula::us_epa_2013_ccc, 8.0, 15), 1.07263, 5e-6);
  EXPECT_NEAR(formula_limit(LimitFormula::us_epa_2013_ccc, 9.0, 30), 0.0814682, 5e-8);
  EXPECT_EQ(formula_limit(LimitFormula::us_epa_2013_ccc, 7.0, 0),
            formula_limit(LimitFormula::us_epa_2013_ccc, 7.0, 7));
}

TEST(LimitFormula, NothingWithoutPhOrTemperature) {
  EXPECT_TRUE(std::isnan(formula_limit(LimitFormula::us_epa_2013_ccc, ClassLimits::kNone, 20)));
  EXPECT_TRUE(std::isnan(formula_limit(LimitFormula::us_epa_2013_ccc, 7, ClassLimits::kNone)));
  EXPECT_TRUE(std::isnan(formula_limit(LimitFormula::none, 7, 20)));
}

TEST(CriteriaSet, UsesStandOnce) {
  CriteriaSet set;
  set.criteria.resize(4);
  set.criteria[1].use = set.criteria[3].use = "trout";
  set.criteria[2].use = "carp";
  EXPECT_EQ(set.uses(), (std::vector<std::string>{"trout", "carp"}));
  EXPECT_STREQ(statistic_text(CriterionStatistic::annual_percentile), "annual_percentile");
}

}  // namespace
}  // namespace limpid
