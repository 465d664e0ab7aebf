// Criteria: limits on a statistic of an item over a time, as most countries write their standards, beside the
// classes of GB 3838 (model/standard.hpp). A set has designated uses (fish, hardness, 類型) that a case
// chooses from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/standard.hpp"

namespace limpid {

// What a limit is put on. Days are local calendar days.
//   value: every value of the series; daily_mean, daily_minimum: of every day; mean_of_days,
//   mean_of_minima: of the daily means, minima, of `span` consecutive days; annual_mean: of the daily means
//   of a calendar year; annual_percentile: of these in rising order the one at rank ceil(span/100 n).
enum class CriterionStatistic : std::uint8_t {
  value,
  daily_mean,
  daily_minimum,
  mean_of_days,
  mean_of_minima,
  annual_mean,
  annual_percentile
};
const char* statistic_text(CriterionStatistic statistic);  // "value", "daily_mean", ...

// Limits that depend on pH and temperature: US EPA 2013, freshwater ammonia (EPA 822-R-13-001), mg N/L.
enum class LimitFormula : std::uint8_t {
  none,
  us_epa_2013_cmc_oncorhynchus,  // acute, Oncorhynchus present
  us_epa_2013_cmc,               // acute, Oncorhynchus absent
  us_epa_2013_ccc                // chronic
};
const char* formula_text(LimitFormula formula);  // "us_epa_2013_ccc"; "" for none
// NaN where pH or temperature [degC] is NaN.
double formula_limit(LimitFormula formula, double pH, double temperature);

struct Criterion {
  std::string use;   // "" = every use
  std::string item;  // constituent or Derived id
  std::string name_zh, name_en;
  CriterionStatistic statistic = CriterionStatistic::value;
  int span = 0;  // days of mean_of_*, percent of annual_percentile
  LimitSide side = LimitSide::at_most;
  double low = 0, limit = 0;  // inclusive, mg/L (pH: -); low: range only
  // With a formula the statistic is of value / (factor x formula), and `limit` is 1.
  LimitFormula formula = LimitFormula::none;
  double factor = 1;
  // How often it may be missed: `events` (runs of consecutive values, days or windows) in `years` years.
  int events = 0, years = 1;
  bool verified = false;  // read in the standard or in two independent copies of it
  std::string source;     // where the numbers were read
};

struct CriteriaSet {
  std::string id, name_zh, name_en, document;
  std::vector<Criterion> criteria;  // in the order of the document

  std::vector<std::string> uses() const;  // each once, without ""
};

}  // namespace limpid
