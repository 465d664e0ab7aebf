// limpid assess: judges a run's sections again, or observations, by the same code.
#include <iostream>

#include "io/commands.hpp"
#include "io/console.hpp"
#include "io/csv.hpp"
#include "io/results_reader.hpp"
#include "io/standard_reader.hpp"
#include "io/station_export.hpp"
#include "io/verdict_table.hpp"
#include "scenarios/scenario.hpp"

namespace limpid {

namespace {

struct Judged {
  std::vector<Section> sections;
  std::vector<IndicatorSeries> series;
  AssessmentRules rules;
};

Standard standard_of(const std::string& id) {
  const auto standard = built_in_standard(id);
  if (standard) return *standard;
  std::vector<std::string> names;
  for (const Standard& known : built_in_standards()) names.push_back(known.id);
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  throw Failure(Code::E1217, {}, {id, nearest_name(id, names), all});
}

Judged from_run(const std::filesystem::path& folder, const Standard& standard) {
  const SectionResults results = read_section_results(folder / "results.nc");
  return {results.sections, indicator_series(standard, results.record), {}};
}

}  // namespace

int command_assess(const CommonOptions& common, const AssessArguments& arguments) {
  const Standard standard = standard_of(arguments.standard);
  Judged judged;
  if (std::filesystem::is_directory(arguments.input)) {
    judged = from_run(arguments.input, standard);
  } else {
    Problems problems;
    const auto table = Table::read(arguments.input, arguments.input.string(), problems);
    if (table) {
      ObservedSections observed =
          observed_sections(*table, standard, {arguments.year, kChinaOffset, {}}, problems);
      judged = {std::move(observed.sections), std::move(observed.series), {}};
      judged.rules.statistic = observed.statistic;
    }
    if (!problems.empty()) print_problems(problems, common.lang);
    if (problems.has_errors()) return 2;
  }
  const Assessment assessment = assess(standard, judged.sections, judged.series, judged.rules);
  std::cout << (common.json ? verdict_json(judged.sections, assessment) + "\n"
                            : verdict_table(standard, judged.sections, assessment, common.lang));
  return 0;
}

}  // namespace limpid
