// A month's value from a section's values.
#pragma once

#include <vector>

#include "model/time.hpp"
#include "scenarios/assessment.hpp"

namespace limpid {

struct MonthlyValue {
  double value = 0;        // NaN: 缺测
  bool half_span = false;  // the record, NaN included, has at least half of the month's expected times
};

// The month's value by the rules' statistic; NaN when fewer than half of the expected values are there.
MonthlyValue monthly_value(const IndicatorSeries& series, Month month, const AssessmentRules& rules);

// First and last month of a record; a single closing time at the very start of a month opens none.
struct MonthRange {
  Month first, last;
};
std::optional<MonthRange> month_range(const std::vector<const IndicatorSeries*>& series,
                                      const AssessmentRules& rules);

}  // namespace limpid
