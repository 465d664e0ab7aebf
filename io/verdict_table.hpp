// An assessment as text: a table for a person, JSON for a program.
#pragma once

#include <string>
#include <vector>

#include "io/overview.hpp"
#include "model/problem.hpp"
#include "scenarios/assessment.hpp"

namespace limpid {

// How the months were made: statistic, offset from UTC, and the record years of a run ("" = none to tell).
std::string rules_line(const AssessmentRules& rules, const std::string& forcing_years, Lang lang);

// One line a section and month: class, quality word, whether the target is attained, main pollutants with
// multiples; then "class of the N items given" with the carried and the absent items.
std::string verdict_table(const Standard& standard, const std::vector<Section>& sections,
                          const Assessment& assessment, Lang lang);

// {"utc_offset","statistic","forcing_years":"2025 <- 2023,
// ...","sections":[{"section_id","period","class","attained","items":[{"indicator","value","class"}],
// "main_pollutants":[{"indicator","multiple"}]}],"absent_items":[]}; items that are observed and carried have
// "carried": true and are listed in "carried_items".
// Beside them what overview_json says: "groups", "trends", "lakes", "criteria".
std::string verdict_json(const std::vector<Section>& sections, const Assessment& assessment,
                         const Overview& overview, const AssessmentRules& rules,
                         const std::string& forcing_years);

}  // namespace limpid
