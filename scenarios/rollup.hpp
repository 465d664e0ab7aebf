// From sections to rivers, lakes, counties and the basin: 环办[2011]22号.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/assessment.hpp"
#include "scenarios/change.hpp"

namespace limpid {

// An item named for a group, with the number of sections that it is named for.
struct GroupPollutant {
  std::string indicator;
  int sections = 0;
};

// Fewer than five sections: each item's mean over the sections that have it, then the single-factor rule.
// Five or more: shares of sections (断面水质类别比例法); sections without a class are left out of the shares.
struct RiverVerdict {
  int sections = 0;                                              // sections with a class
  std::array<int, 6> classes{};                                  // how many are in I .. V, worse than V
  std::optional<Quality> quality;                                // nullopt: no section has a class
  std::optional<WaterClass> water_class;                         // mean rule only
  std::optional<double> percent_I_to_III, percent_worse_than_V;  // share rule only [%]
  // At most three. Share rule: items by 断面超标率, the sections where the item is worse than III over all;
  // mean rule: the main pollutants of the single sections, by how many name them.
  std::vector<GroupPollutant> main_pollutants;

  int I_to_III() const { return classes[0] + classes[1] + classes[2]; }
  int worse_than_V() const { return classes[5]; }
};

// Values of each section (item id -> value) in one period, by the limits of rivers.
RiverVerdict judge_river(const Standard& standard, const std::vector<std::map<std::string, double>>& sections,
                         const AssessmentRules& rules);

// river, basin: sections that are not of a lake; basin is all of them, where there are several. lake: the
// mean of each item over its points, whatever their number. county: every section in it, by shares only.
enum class GroupKind : std::uint8_t { river, lake, basin, county };

struct GroupVerdict {
  GroupKind kind = GroupKind::river;
  std::string name;              // of the river, lake or county; "" for the basin
  int year = 0, month = 0;       // month 0: the year
  int missing = 0;               // sections of the group that have no class in this period (缺测)
  int with_target = 0;           // sections judged against a target: attained or not
  int attaining = 0;             // of those
  RiverVerdict verdict;          // county with fewer than five sections: counts only, no quality
  std::optional<Change> change;  // against the same period of the year before, where both were judged
};

// Months and years of every group, by kind, then in the order in which the sections name them, then by time;
// years after months.
std::vector<GroupVerdict> roll_up(const Standard& standard, const std::vector<Section>& sections,
                                  const Assessment& assessment, const AssessmentRules& rules);

}  // namespace limpid
