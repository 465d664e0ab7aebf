// What follows from the assessed sections: rivers, lakes, counties and the basin, trends, trophic states, and
// criteria beside the classes. As tables, as text for a person, as JSON.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/criteria_reader.hpp"
#include "model/problem.hpp"
#include "scenarios/compliance.hpp"
#include "scenarios/rollup.hpp"
#include "scenarios/trend.hpp"
#include "scenarios/trophic.hpp"
#include "solvers/record.hpp"

namespace limpid {

struct JudgedCriteria {
  ChosenCriteria chosen;
  std::vector<CriterionVerdict> verdicts;  // criterion: into chosen.criteria
  std::vector<CriterionDeadline> deadlines;
};

struct Overview {
  std::vector<GroupVerdict> groups;
  std::vector<SectionTrend> trends;
  std::vector<TrophicVerdict> lakes;
  std::vector<JudgedCriteria> criteria;
};

// Series beside those of the class items: of trophic_items() and of criterion_items(), in their units.
struct OverviewSeries {
  std::vector<IndicatorSeries> trophic, criteria;
};
Standard items_of(const std::vector<ChosenCriteria>& chosen);  // criterion_items of them all
OverviewSeries overview_series(const std::vector<ChosenCriteria>& chosen, const Record& record);

Overview overview_of(const Standard& standard, const std::vector<Section>& sections,
                     const Assessment& assessment, const AssessmentRules& rules,
                     const std::vector<ChosenCriteria>& chosen, const OverviewSeries& series);
// The same of a run, by its own rules. Throws Failure for criteria that are not built in.
Overview overview_of_run(const Standard& standard, const std::vector<Section>& sections,
                         const Assessment& assessment, const AssessmentRules& rules, const Record& record);

// rollup.csv, and trend.csv, trophic.csv, criteria.csv, criteria_deadline.csv where there is something to
// tell. docs/output.md states every column. Throws Failure E5002.
void write_overview(const std::filesystem::path& folder, const std::vector<Section>& sections,
                    const Overview& overview, std::chrono::seconds offset);

// One line a group and period, trend, lake and period, criterion and year, and a section and set of criteria.
std::string overview_text(const Standard& standard, const std::vector<Section>& sections,
                          const Overview& overview, Lang lang);
// The basin and the counties in the last year that is whole; "" if there is none.
std::string last_year_text(const Standard& standard, const Overview& overview, Lang lang);
// {"groups":[...],"trends":[...],"lakes":[...],"criteria":[...],"criteria_deadlines":[...]} as the text of a
// JSON object.
std::string overview_json(const std::vector<Section>& sections, const Overview& overview,
                          std::chrono::seconds offset);

const char* held_text(Held held);                // true, false, unproven
const char* group_kind_text(GroupKind kind);     // river, lake, basin, county
std::string period_text(int year, int month);    // "2025-09"; "2025" for month 0
std::string criterion_text(const Criterion& c);  // "mean_of_days:30 / 2.5 us_epa_2013_ccc"

}  // namespace limpid
