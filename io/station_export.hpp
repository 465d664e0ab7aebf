// Observed sections: the national station export, or a plain long table, as sections and indicator series.
//
// Station export (国家地表水水质自动监测 数据发布): columns 断面名称 and 监测时间 (MM-DD HH:MM, no year),
// 省份, 流域, and one column an item such as 溶解氧(mg/L); 4-h values, in HTML or "--". Long table: time,
// section_id, constituent, value, unit. Columns and constituents that are no item of the standard are left
// out. Values come out in the item's unit.
#pragma once

#include <optional>
#include <vector>

#include "io/csv.hpp"
#include "model/constituent.hpp"
#include "model/standard.hpp"
#include "scenarios/assessment.hpp"

namespace limpid {

struct ObservedSections {
  std::vector<Section>
      sections;  // in order of first appearance; id = the name in the file, river limits, no target
  std::vector<IndicatorSeries> series;  // by section, then item; times ascend
  MonthlyStatistic statistic = MonthlyStatistic::station;
};

struct ObservationRules {
  std::optional<int> year;  // for dates without one; a file that runs over New Year must be cut there
  std::chrono::seconds offset = kChinaOffset;
  std::vector<Constituent> known;  // their names and synonyms are accepted beside those of the standard
};

// The interval of a station export's series is 4 h; of a long table's, the median spacing of its times, at
// most 31 days. Adds E1025, E1301..E1306, E1604 (once), E1605, E1606, W1607.
ObservedSections observed_sections(const Table& table, const Standard& standard,
                                   const ObservationRules& rules, Problems& problems);

}  // namespace limpid
