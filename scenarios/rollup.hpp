// From sections to a river or basin: 环办[2011]22号.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/assessment.hpp"

namespace limpid {

// Fewer than five sections: each item's mean over the sections that have it, then the single-factor rule.
// Five or more: shares of sections (断面水质类别比例法); sections without a class are left out of the shares.
struct RiverVerdict {
  int sections = 0;                                              // sections with a class
  std::optional<Quality> quality;                                // nullopt: no section has a class
  std::optional<WaterClass> water_class;                         // mean rule only
  std::optional<double> percent_I_to_III, percent_worse_than_V;  // share rule only [%]
};

// Values of each section (item id -> value) in one period.
RiverVerdict judge_river(const Standard& standard, const std::vector<std::map<std::string, double>>& sections,
                         const AssessmentRules& rules);

}  // namespace limpid
