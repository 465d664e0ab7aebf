// Rival plans side by side: what each costs, what it takes out of the river, and when it meets every target.
#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace limpid {

// One line of comparison.csv: a plan's answer for one section and indicator by one rule.
struct ComparisonRow {
  std::string section_id, section_name;
  DeadlineAnswer answer;
};

struct PlanSummary {
  std::string plan;  // its id; "baseline" for none
  std::string name_zh, name_en;
  double capex = 0;              // 元
  double opex_per_year = 0;      // 元/a
  std::vector<double> load_cut;  // per constituent, g/s: mean over the run's last year, baseline minus plan
  std::vector<ComparisonRow> rows;
  // Whether every section with a target and a limit date meets it then, and holds it (monthly rule, whole
  // section).
  bool all_attained_on_limit_date = false, all_held = false;
};

// results[0] is the baseline; results[i] belongs to scenarios[i].
std::vector<PlanSummary> compare(const Basin& basin, const RunOptions& options,
                                 const std::vector<Scenario>& scenarios,
                                 const std::vector<ScenarioResult>& results);

}  // namespace limpid
