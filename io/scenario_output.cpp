#include "io/scenario_output.hpp"

#include <algorithm>

#include "io/console.hpp"
#include "io/fit_rows.hpp"
#include "io/overview.hpp"
#include "io/results_netcdf.hpp"
#include "io/run_json.hpp"
#include "io/state_file.hpp"
#include "io/tables.hpp"
#include "io/values_hash.hpp"
#include "io/verdict_text.hpp"

namespace limpid {

namespace {

constexpr double kWarnClosure = 1e-10, kFailClosure = 1e-8;
constexpr double kManyLimited = 1e-3;  // share of point-steps above which limited extents are worth a warning

std::string short_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2g", value);
  return text;
}

void check_closure(const ScenarioResult& result, const std::string& name, const Basin& basin,
                   Problems& problems) {
  const Balance balance = lane_balance(basin, *result.batch, result.lane);
  for (std::size_t q = 0; q < balance.quantities.size(); ++q) {
    const double closure = balance.closure[q];
    if (!(closure <= kFailClosure))
      problems.add(Code::E6001, {}, {balance.quantities[q], name, short_number(closure)});
    else if (closure > kWarnClosure)
      problems.add(Code::W6002, {}, {balance.quantities[q], name, short_number(closure)});
  }
}

void check_limited(const BatchOutcome& batch, const Basin& basin, Problems& problems) {
  for (std::size_t p = 0; p < batch.kinetics.limited.size(); ++p) {
    const double share = static_cast<double>(batch.kinetics.limited[p]) /
                         std::max(1.0, static_cast<double>(batch.kinetics.points));
    if (share > kManyLimited)
      problems.add(Code::W4002, {}, {basin.processes[p].id, short_number(100 * share)});
  }
}

RunRecipe recipe_of(const LoadedCase& loaded, const LoadedPlan* plan) {
  RunRecipe recipe;
  recipe.case_file = loaded.c.file;
  recipe.steady = loaded.steady_day;
  if (plan) {
    recipe.plan = "plans/" + plan->path.filename().string();
    recipe.slips = plan->slip_words;
  }
  if (loaded.member) {
    recipe.how_sure = "how_sure/" + loaded.member->how_sure.filename().string();
    recipe.member = loaded.member->number;
  }
  return recipe;
}

}  // namespace

void write_scenario(const std::filesystem::path& folder, const LoadedCase& loaded, const LoadedPlan* plan,
                    const ScenarioResult& result, const std::vector<std::string>& names,
                    const RunClock& clock) {
  const Basin& basin = loaded.c.basin;
  const auto offset = loaded.c.run.grid.offset;
  std::filesystem::create_directories(folder);
  const auto inputs = seal_inputs(loaded, plan, folder / "inputs");
  const Balance balance = lane_balance(basin, *result.batch, result.lane);
  write_results(folder / "results.nc", basin, result.record, balance, inputs,
                {basin.standard.id, loaded.c.assessment, forcing_years_text(loaded.c.run)});
  write_sections_csv(folder / "sections.csv", basin.sections, result.record, offset);
  write_assessment_csv(folder / "assessment.csv", basin.sections, result.assessment);
  write_overview(
      folder, basin.sections,
      overview_of_run(basin.standard, basin.sections, result.assessment, loaded.c.assessment, result.record),
      offset);
  write_ledger_csv(folder / "ledger.csv", balance);
  if (!basin.stations.empty())
    write_stations_csv(folder / "stations.csv", basin.stations, result.batch->station_days, offset);
  if (loaded.c.run.final_state && !result.failed)
    write_state(folder / kStateFile, basin,
                result.batch->final_states.at(static_cast<std::size_t>(result.lane)));
  if (loaded.c.observations) write_fit_csv(folder / "fit.csv", fit_rows(loaded.c, result.record));
  RunSummary summary = summarise(basin, *result.batch, result.lane, names, offset);
  summary.recipe = recipe_of(loaded, plan);
  summary.inputs = inputs;
  summary.results = hash_results(folder);
  summary.started = clock.started;
  summary.wall_seconds = clock.wall_seconds;
  summary.threads = clock.threads;
  summary.warnings = loaded.warnings;
  write_run_json(folder / "run.json", summary);
}

int status_of(const std::vector<ScenarioResult>& results, const std::vector<std::string>& names,
              const Basin& basin, std::chrono::seconds offset, Lang lang) {
  Problems problems;
  for (std::size_t i = 0; i < results.size(); ++i) {
    check_limited(*results[i].batch, basin, problems);
    if (!results[i].failed) check_closure(results[i], names[i], basin, problems);
    for (const LaneFailure& failure : results[i].batch->failures) {
      if (failure.lane != results[i].lane) continue;
      const auto cell = static_cast<std::size_t>(failure.cell);
      const Reach& reach = basin.network.reaches[static_cast<std::size_t>(basin.network.cell_reach[cell])];
      const std::string& constituent = basin.constituents[static_cast<std::size_t>(failure.constituent)].id;
      const std::string cause = fault_text(failure.cause);
      problems.add(Code::E4001, {},
                   {names[i], reach.id + "@" + short_number(basin.network.cell_chainage[cell] / 1000) + " km",
                    constituent,
                    format_time(Time{std::chrono::seconds(static_cast<std::int64_t>(failure.time))}, offset),
                    cause.empty() ? constituent : cause});
    }
  }
  if (!problems.empty()) print_problems(problems, lang);
  int status = 0;
  for (const Problem& problem : problems.sorted())
    if (info(problem.code).severity() == Severity::error)
      status = std::max(status, info(problem.code).exit_code);
  return status;
}

}  // namespace limpid
