// limpid assess: judges a run's sections again, or observations, by the same code.
#include <algorithm>
#include <iostream>

#include "io/commands.hpp"
#include "io/console.hpp"
#include "io/constituent_library.hpp"
#include "io/csv.hpp"
#include "io/embedded.hpp"
#include "io/results_reader.hpp"
#include "io/standard_reader.hpp"
#include "io/station_export.hpp"
#include "io/verdict_table.hpp"
#include "scenarios/scenario.hpp"

namespace limpid {

namespace {

constexpr const char* kDefaultStandard = "GB3838-2002";

struct Judged {
  Standard standard;
  std::vector<Section> sections;
  std::vector<IndicatorSeries> series;
  AssessmentRules rules;
  std::string forcing_years;  // of a run
  std::vector<ChosenCriteria> criteria;
  OverviewSeries beside;
};

Standard standard_of(const std::string& id) {
  const auto standard = built_in_standard(id);
  if (!standard) throw Failure(unknown_standard(id, {}));
  return *standard;
}

// By the rules that the run wrote down, by its standard and criteria unless others are asked for.
Judged from_run(const AssessArguments& arguments) {
  const SectionResults results = read_section_results(arguments.input / "results.nc");
  Judged judged{standard_of(arguments.standard.value_or(results.basis.standard)),
                results.sections,
                {},
                results.basis.rules,
                results.basis.forcing_years,
                {},
                {}};
  judged.series = indicator_series(judged.standard, results.record);
  judged.criteria =
      chosen_or_failure(arguments.criteria.empty() ? judged.rules.criteria : arguments.criteria);
  judged.beside = overview_series(judged.criteria, results.record);
  return judged;
}

std::vector<Constituent> known_constituents() {
  Problems problems;
  return ConstituentLibrary::read(std::string(embedded_file("constituents.csv")), "constituents.csv",
                                  problems)
      .constituents();
}

// Series of other items of the same table, at the sections already found; what is wrong with the table was
// told when the standard's own items were read.
std::vector<IndicatorSeries> series_beside(const Table& table, const Standard& items,
                                           const ObservationRules& rules,
                                           const std::vector<Section>& sections) {
  Problems told;
  ObservedSections observed = observed_sections(table, items, rules, told);
  std::vector<IndicatorSeries> list;
  for (IndicatorSeries& series : observed.series) {
    const std::string& id = observed.sections[static_cast<std::size_t>(series.section)].id;
    const auto at = std::ranges::find(sections, id, &Section::id);
    if (at == sections.end()) continue;
    series.section = static_cast<int>(at - sections.begin());
    list.push_back(std::move(series));
  }
  return list;
}

// nullopt when the problems, which are printed, are errors.
std::optional<Judged> from_observations(const CommonOptions& common, const AssessArguments& arguments) {
  Judged judged{standard_of(arguments.standard.value_or(kDefaultStandard)), {}, {}, {}, {}, {}, {}};
  judged.criteria = chosen_or_failure(arguments.criteria);
  const ObservationRules rules{arguments.year, kChinaOffset, known_constituents()};
  Problems problems;
  if (const auto table = Table::read(arguments.input, arguments.input.string(), problems)) {
    ObservedSections observed = observed_sections(*table, judged.standard, rules, problems);
    judged.sections = std::move(observed.sections);
    judged.series = std::move(observed.series);
    judged.rules.statistic = observed.statistic;
    judged.beside.trophic = series_beside(*table, trophic_items(), rules, judged.sections);
    judged.beside.criteria = series_beside(*table, items_of(judged.criteria), rules, judged.sections);
  }
  if (!problems.empty()) print_problems(problems, common.lang);
  return problems.has_errors() ? std::nullopt : std::optional(std::move(judged));
}

}  // namespace

int command_assess(const CommonOptions& common, const AssessArguments& arguments) {
  const auto judged = std::filesystem::is_directory(arguments.input) ? std::optional(from_run(arguments))
                                                                     : from_observations(common, arguments);
  if (!judged) return 2;
  const Assessment assessment = assess(judged->standard, judged->sections, judged->series, judged->rules);
  const Overview overview = overview_of(judged->standard, judged->sections, assessment, judged->rules,
                                        judged->criteria, judged->beside);
  if (common.json)
    std::cout << verdict_json(judged->sections, assessment, overview, judged->rules, judged->forcing_years)
              << "\n";
  else
    std::cout << rules_line(judged->rules, judged->forcing_years, common.lang)
              << verdict_table(judged->standard, judged->sections, assessment, common.lang)
              << overview_text(judged->standard, judged->sections, overview, common.lang);
  return 0;
}

}  // namespace limpid
