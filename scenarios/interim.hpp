// Targets on the way (年度目标): a class that a section is to reach in a year before its limit date.
#pragma once

#include <vector>

#include "scenarios/assessment.hpp"

namespace limpid {

struct InterimTarget {
  int section = 0;
  int year = 0;
  WaterClass target = WaterClass::III;
};

// How one is met: by the year's value, and by how many of its months.
struct InterimAnswer {
  InterimTarget asked;
  Attained attained = Attained::missing;  // of the section's asked indicators by their annual values
  int months_attained = 0, months = 0;    // assessed months, partial ones left out
  std::vector<std::string> missed;        // indicators that fail by the annual value
};

// In the order of the targets. A year outside the assessment is missing.
std::vector<InterimAnswer> interim_answers(const Standard& standard, const std::vector<Section>& sections,
                                           const Assessment& assessment, const AssessmentRules& rules,
                                           const std::vector<InterimTarget>& targets);

}  // namespace limpid
