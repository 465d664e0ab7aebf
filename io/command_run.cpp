// limpid run and limpid plan compare.
#include <omp.h>

#include <chrono>
#include <csignal>
#include <iostream>

#include "io/atomic_file.hpp"
#include "io/commands.hpp"
#include "io/comparison.hpp"
#include "io/console.hpp"
#include "io/csv_writer.hpp"
#include "io/estimate.hpp"
#include "io/how_sure_reader.hpp"
#include "io/interim_targets.hpp"
#include "io/interrupt.hpp"
#include "io/overview.hpp"
#include "io/scenario_output.hpp"
#include "io/verdict_text.hpp"
#include "scenarios/comparison.hpp"
#include "scenarios/shapley.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;

std::string now() {
  return format_time(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

struct Finished {
  std::vector<Scenario> scenarios;
  std::vector<std::string> names;
  std::vector<ScenarioResult> results;  // empty: interrupted
  RunClock clock;
};

bool shows_progress(const CommonOptions& common) {
  return !common.quiet && !common.json && is_terminal(stderr);
}

ProgressReport progress_of(Progress& progress, std::chrono::seconds offset) {
  return [&progress, offset](double fraction, double time) {
    if (progress.due())
      progress.update(fraction,
                      format_date(Time{std::chrono::seconds(static_cast<std::int64_t>(time))}, offset));
    return interrupted() == 0;
  };
}

// Runs the baseline (if asked) and every plan of the case, with a progress line on a terminal.
Finished simulate(const CommonOptions& common, const LoadedCase& loaded, bool baseline,
                  const Assumptions& assumptions = {}) {
  Finished finished;
  if (baseline) {
    finished.scenarios.push_back({Plan{}, assumptions});
    finished.names.emplace_back("baseline");
  }
  for (const LoadedPlan& plan : loaded.plans) {
    finished.scenarios.push_back({plan.plan, assumptions});
    finished.names.push_back(plan.name);
  }
  const TimeGrid& grid = loaded.c.run.grid;
  const double days = (seconds_of(grid.end) - seconds_of(grid.begin)) / 86400;
  Progress progress(days, common.lang, shows_progress(common));
  finished.clock.started = now();
  finished.clock.threads = common.threads > 0 ? common.threads : omp_get_max_threads();
  const auto start = std::chrono::steady_clock::now();
  finished.results = run_scenarios(loaded.c.basin, loaded.c.run, loaded.c.assessment, finished.scenarios,
                                   progress_of(progress, grid.offset));
  finished.clock.wall_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return finished;
}

std::vector<std::string> batch_names(const Finished& finished, std::size_t of) {
  std::vector<std::string> names(static_cast<std::size_t>(finished.results[of].batch->lanes));
  for (std::size_t i = 0; i < finished.results.size(); ++i)
    if (finished.results[i].batch == finished.results[of].batch)
      names[static_cast<std::size_t>(finished.results[i].lane)] = finished.names[i];
  return names;
}

int interrupted_status(Lang lang) {
  std::cerr << (lang == Lang::zh ? "已中断；未写出任何结果。\n" : "Interrupted; no results were written.\n");
  return 128 + interrupted();
}

// Whom the improvement of each plan is due to; false if it was interrupted.
bool attribute_plans(const CommonOptions& common, const LoadedCase& loaded, const Finished& finished,
                     std::vector<PlanVerdict>& list) {
  std::vector<const Plan*> plans;
  std::vector<const ScenarioResult*> results;
  for (const LoadedPlan& plan : loaded.plans) plans.push_back(&plan.plan);
  for (const ScenarioResult& result : finished.results) results.push_back(&result);
  Progress progress(1, common.lang, shows_progress(common));
  const auto attributions = attribute(loaded.c.basin, loaded.c.run, loaded.c.assessment, plans, results, {},
                                      progress_of(progress, loaded.c.run.grid.offset));
  for (std::size_t p = 0; p < attributions.size(); ++p) list[p + 1].attribution = attributions[p];
  return !attributions.empty();
}

// How sure each plan's answers are; false if it was interrupted.
bool judge_confidence(const CommonOptions& common, const LoadedCase& loaded, const Finished& finished,
                      HowSure how_sure, std::vector<PlanVerdict>& list) {
  if (how_sure.fit) add_fit_errors(loaded.c, finished.results.front().record, how_sure.uncertainty);
  std::vector<const Plan*> plans;
  for (const LoadedPlan& plan : loaded.plans) plans.push_back(&plan.plan);
  Progress progress(1, common.lang, shows_progress(common));
  auto all = confidence(loaded.c.basin, loaded.c.run, loaded.c.assessment, plans, how_sure.uncertainty,
                        progress_of(progress, loaded.c.run.grid.offset));
  for (std::size_t p = 0; p < all.size(); ++p) list[p + 1].confidence = std::move(all[p]);
  return !all.empty();
}

// nullopt when the problems, which are printed, are errors.
std::optional<HowSure> load_how_sure(const CommonOptions& common, const fs::path& path, const Case& c) {
  Problems problems;
  HowSure how_sure = read_how_sure(path, c, problems);
  if (!problems.empty()) print_problems(problems, common.lang);
  return problems.has_errors() ? std::nullopt : std::optional(std::move(how_sure));
}

// The case and the plan as one member of an ensemble has them. The baseline's plan is empty.
bool become_member(const CommonOptions& common, const RunArguments& arguments, LoadedCase& loaded,
                   Assumptions& assumptions, std::vector<Draw>& draws) {
  if (!arguments.how_sure || !arguments.member) {
    const bool file = arguments.how_sure.has_value();
    throw Failure(Code::E1111, {},
                  {file ? "--member" : "--how-sure", file ? "--how-sure" : "--member",
                   file ? "--member 17" : "--how-sure FILE", file ? "--member 17" : "--how-sure FILE"});
  }
  const auto how_sure = load_how_sure(common, *arguments.how_sure, loaded.c);
  if (!how_sure) return false;
  const Uncertainty& uncertainty = how_sure->uncertainty;
  if (*arguments.member >= uncertainty.members)
    throw Failure(Code::E1524, {arguments.how_sure->string(), 0, 0},
                  {arguments.how_sure->string(), std::to_string(*arguments.member),
                   std::to_string(uncertainty.members - 1)});
  const Plan none;
  Member member = member_of(loaded.c.basin, loaded.plans.empty() ? none : loaded.plans.front().plan,
                            uncertainty, *arguments.member, loaded.c.run.grid.offset);
  if (!loaded.plans.empty()) loaded.plans.front().plan = std::move(member.scenario.plan);
  assumptions = std::move(member.scenario.assumptions);
  draws = std::move(member.draws);
  if (member.years >= 0)
    loaded.c.run.forcing_years = uncertainty.years[static_cast<std::size_t>(member.years)].years;
  return true;
}

// What the member is made of, beside the results that it gave.
void write_member(const fs::path& folder, const RunArguments& arguments, const std::vector<Draw>& draws) {
  CsvWriter table(folder / "member.csv", "member,kind,of,value");
  for (const Draw& d : draws)
    table.text(std::to_string(*arguments.member)).text(d.kind).text(d.of).number(d.value).end_row();
  table.close();
  fs::copy_file(*arguments.how_sure, folder / "how_sure.toml");
}

// Down to which inflow each plan holds its targets; false if it was interrupted.
bool find_failing_flows(const CommonOptions& common, const LoadedCase& loaded,
                        std::vector<PlanVerdict>& list) {
  std::vector<const Plan*> plans;
  for (const LoadedPlan& plan : loaded.plans) plans.push_back(&plan.plan);
  Progress progress(1, common.lang, shows_progress(common));
  auto all = failing_flows(loaded.c.basin, loaded.c.run, loaded.c.assessment, plans,
                           progress_of(progress, loaded.c.run.grid.offset));
  for (std::size_t p = 0; p < all.size(); ++p) list[p + 1].failing_flows = std::move(all[p]);
  return !all.empty();
}

void check_attributable(const LoadedCase& loaded) {
  for (const LoadedPlan& plan : loaded.plans)
    if (const auto count = measure_ids(plan.plan).size(); count > kMostPlayers)
      throw Failure(Code::E1521, plan.plan.place,
                    {plan.name, std::to_string(count), std::to_string(kMostPlayers)});
}

std::vector<PlanVerdict> verdicts(const LoadedCase& loaded, const Finished& finished) {
  return compare(loaded.c.basin, loaded.c.run, finished.names, finished.scenarios, finished.results);
}

// How the basin and the counties stood in the last year of a run.
std::string last_year(const LoadedCase& loaded, const ScenarioResult& result, Lang lang) {
  const Basin& basin = loaded.c.basin;
  return last_year_text(
      basin.standard,
      overview_of_run(basin.standard, basin.sections, result.assessment, loaded.c.assessment, result.record),
      lang);
}

}  // namespace

int command_run(const CommonOptions& common, const RunArguments& arguments) {
  LoadedCase loaded =
      load_case(common, arguments.case_path,
                arguments.plan ? std::vector<fs::path>{*arguments.plan} : std::vector<fs::path>{});
  if (!loaded.usable) return 2;
  if (arguments.estimate) {
    std::cout << estimate_text(estimate_run(loaded.c.basin, loaded.c.run, 1), common.lang);
    return 0;
  }
  if (arguments.out.empty()) throw Failure(Code::E1030, {}, {"run"});
  Assumptions assumptions;
  std::vector<Draw> draws;
  const bool member = arguments.how_sure || arguments.member;
  if (member && !become_member(common, arguments, loaded, assumptions, draws)) return 2;
  OutputFolder out(arguments.out, common.force);
  const Finished finished = simulate(common, loaded, !arguments.plan, assumptions);
  if (finished.results.empty()) return interrupted_status(common.lang);
  write_scenario(out.path(), loaded, arguments.plan ? &loaded.plans.front() : nullptr,
                 finished.results.front(), finished.names, finished.clock);
  if (member) write_member(out.path(), arguments, draws);
  out.commit();
  const auto list = verdicts(loaded, finished);
  if (common.json)
    std::cout << comparison_json(loaded.c.basin.sections, list, forcing_years_text(loaded.c.run)) << "\n";
  else if (!common.quiet)
    std::cout << run_text(loaded.c, list, finished.clock.wall_seconds, out.final_path(), common.lang)
              << last_year(loaded, finished.results.front(), common.lang);
  return status_of(finished.results, finished.names, loaded.c.basin, loaded.c.run.grid.offset, common.lang);
}

int command_plan_compare(const CommonOptions& common, const CompareArguments& arguments) {
  const LoadedCase loaded = load_case(common, arguments.case_path, arguments.plans, arguments.slips);
  if (!loaded.usable) return 2;
  std::optional<HowSure> how_sure;
  if (arguments.how_sure && !(how_sure = load_how_sure(common, *arguments.how_sure, loaded.c))) return 2;
  if (arguments.attribute) check_attributable(loaded);
  std::vector<InterimTarget> interim;
  if (arguments.interim) {
    Problems problems;
    interim = read_interim_targets(*arguments.interim, loaded.c, problems);
    if (!problems.empty()) print_problems(problems, common.lang);
    if (problems.has_errors()) return 2;
  }
  OutputFolder out(arguments.out, common.force);
  const Finished finished = simulate(common, loaded, true);
  if (finished.results.empty()) return interrupted_status(common.lang);
  for (std::size_t i = 0; i < finished.results.size(); ++i)
    write_scenario(out.path() / finished.names[i], loaded, i == 0 ? nullptr : &loaded.plans[i - 1],
                   finished.results[i], batch_names(finished, i), finished.clock);
  auto list = verdicts(loaded, finished);
  if (arguments.attribute) {
    if (!attribute_plans(common, loaded, finished, list)) return interrupted_status(common.lang);
    write_attribution_csv(out.path() / "attribution.csv", loaded.c.basin.sections, list);
  }
  for (std::size_t p = 0; p < loaded.plans.size(); ++p) list[p + 1].slips = loaded.plans[p].slips;
  write_cash_flow_csv(out.path() / "cash_flow.csv", list);
  write_differences_csv(out.path() / "differences.csv", list);
  if (arguments.interim) {
    for (std::size_t i = 0; i < list.size(); ++i)
      list[i].interim = interim_answers(loaded.c.basin.standard, loaded.c.basin.sections,
                                        finished.results[i].assessment, loaded.c.assessment, interim);
    write_interim_csv(out.path() / "interim.csv", loaded.c.basin.sections, list);
  }
  if (arguments.failing_flow) {
    if (!find_failing_flows(common, loaded, list)) return interrupted_status(common.lang);
    write_failing_flow_csv(out.path() / "failing_flow.csv", loaded.c.basin.sections, list);
  }
  if (how_sure) {
    if (!judge_confidence(common, loaded, finished, std::move(*how_sure), list))
      return interrupted_status(common.lang);
    write_how_sure_csv(out.path() / "how_sure.csv", loaded.c.basin.sections, list);
    write_members_csv(out.path() / "members.csv", loaded.c.basin.sections, list);
    fs::copy_file(*arguments.how_sure, out.path() / "how_sure.toml");
  }
  write_comparison_csv(out.path() / "comparison.csv", loaded.c.basin.sections, list,
                       loaded.c.run.grid.offset);
  out.commit();
  if (common.json)
    std::cout << comparison_json(loaded.c.basin.sections, list, forcing_years_text(loaded.c.run)) << "\n";
  else if (!common.quiet)
    std::cout << run_text(loaded.c, list, finished.clock.wall_seconds, out.final_path(), common.lang);
  return status_of(finished.results, finished.names, loaded.c.basin, loaded.c.run.grid.offset, common.lang);
}

}  // namespace limpid
