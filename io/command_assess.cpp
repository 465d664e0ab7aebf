// limpid assess: judges a run's sections again, or observations, by the same code.
#include <iostream>

#include "io/commands.hpp"
#include "io/console.hpp"
#include "io/csv.hpp"
#include "io/results_reader.hpp"
#include "io/standard_reader.hpp"
#include "io/station_export.hpp"
#include "io/verdict_table.hpp"
#include "io/written_value.hpp"
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
};

Standard standard_of(const std::string& id) {
  const auto standard = built_in_standard(id);
  if (standard) return *standard;
  std::vector<std::string> names;
  for (const Standard& known : built_in_standards()) names.push_back(known.id);
  throw Failure(Code::E1217, {}, {id, nearest_of(id, names), listed(names)});
}

// By the rules that the run wrote down, and by its standard unless another one is asked for.
Judged from_run(const std::filesystem::path& folder, const std::optional<std::string>& standard) {
  const SectionResults results = read_section_results(folder / "results.nc");
  Judged judged{standard_of(standard.value_or(results.basis.standard)),
                results.sections,
                {},
                results.basis.rules,
                results.basis.forcing_years};
  judged.series = indicator_series(judged.standard, results.record);
  return judged;
}

// nullopt when the problems, which are printed, are errors.
std::optional<Judged> from_observations(const CommonOptions& common, const AssessArguments& arguments) {
  Judged judged{standard_of(arguments.standard.value_or(kDefaultStandard)), {}, {}, {}, {}};
  Problems problems;
  if (const auto table = Table::read(arguments.input, arguments.input.string(), problems)) {
    ObservedSections observed =
        observed_sections(*table, judged.standard, {arguments.year, kChinaOffset, {}}, problems);
    judged.sections = std::move(observed.sections);
    judged.series = std::move(observed.series);
    judged.rules.statistic = observed.statistic;
  }
  if (!problems.empty()) print_problems(problems, common.lang);
  return problems.has_errors() ? std::nullopt : std::optional(std::move(judged));
}

}  // namespace

int command_assess(const CommonOptions& common, const AssessArguments& arguments) {
  const auto judged = std::filesystem::is_directory(arguments.input)
                          ? std::optional(from_run(arguments.input, arguments.standard))
                          : from_observations(common, arguments);
  if (!judged) return 2;
  const Assessment assessment = assess(judged->standard, judged->sections, judged->series, judged->rules);
  std::cout << (common.json
                    ? verdict_json(judged->sections, assessment, judged->rules, judged->forcing_years) + "\n"
                    : rules_line(judged->rules, judged->forcing_years, common.lang) +
                          verdict_table(judged->standard, judged->sections, assessment, common.lang));
  return 0;
}

}  // namespace limpid
