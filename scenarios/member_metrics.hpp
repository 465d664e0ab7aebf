// The numbers that a sweep keeps of a member: what its deadline answers say, and how its sections' series
// stand.
#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace limpid {

// Where a number is taken.
struct MetricPoint {
  int section = 0;
  std::string indicator;  // item of the standard, or "section" = all asked indicators together
  std::string rule;       // of an answer: monthly, annual
  std::string unit;       // of values of the item
};

struct MetricQuantity {
  std::string id, meaning;
  std::string unit;  // "" = the unit of the point's item
};

// Several quantities at the same points.
struct MetricTable {
  std::string dimension;  // answer, item
  std::vector<MetricPoint> points;
  std::vector<MetricQuantity> quantities;
  std::size_t size() const { return points.size() * quantities.size(); }
};

// Tables in order, each [quantity][point]. A function of the basin alone, so that all members agree.
//   answer: sections with a target x asked indicators and "section" x rule; as DeadlineAnswer has them
//     met        1 attained on the limit date, 0 not; NaN: no limit date, or missing then
//     met_from   months from the month in which the run begins to the first that attains; NaN: none does
//     held       0 no, 1 yes, 2 unproven
//     held_from  as met_from: the month from which all attain to the end
//     margin     (limit - value)/limit on the limit date, the good side positive
//   item: sections x items of the standard that are recorded, over the whole record, unweighted; NaN where
//   the series has none
//     mean, minimum, maximum, p10, p90 (linear between order statistics, as numpy), last_year_mean (the last
//     365 days), attained_share (of the months judged), attained_months
struct MetricLayout {
  std::vector<MetricTable> tables;
  std::size_t size() const;
  // "<quantity>/<section id>/<indicator>[/<rule>]", in the order of the values.
  std::vector<std::string> names(const std::vector<Section>& sections) const;
};

MetricLayout metrics_of(const Basin& basin, const AssessmentRules& rules);

// The values of one member that ran whole, in the layout's order.
std::vector<double> metric_values(const MetricLayout& layout, const Basin& basin, const RunOptions& options,
                                  const ScenarioResult& result);

}  // namespace limpid
