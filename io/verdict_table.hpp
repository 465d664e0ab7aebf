// An assessment as text: a table for a person, JSON for a program.
#pragma once

#include <string>
#include <vector>

#include "model/problem.hpp"
#include "scenarios/assessment.hpp"

namespace limpid {

// One line a section and month: class, quality word, whether the target is attained, main pollutants with
// multiples; then "class of the N items given" with the absent items.
std::string verdict_table(const Standard& standard, const std::vector<Section>& sections,
                          const Assessment& assessment, Lang lang);

// {"sections":[{"section_id","period","class","attained","items":[{"indicator","value","class"}],
// "main_pollutants":[{"indicator","multiple"}]}],"absent_items":[]}
std::string verdict_json(const std::vector<Section>& sections, const Assessment& assessment);

}  // namespace limpid
