// limpid plan compare.
#include <iostream>

#include "io/atomic_file.hpp"
#include "io/commands.hpp"
#include "io/comparison.hpp"
#include "io/interim_targets.hpp"
#include "io/one_run.hpp"
#include "io/simulate.hpp"
#include "io/thread_workers.hpp"
#include "io/verdict_text.hpp"
#include "scenarios/shapley.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> batch_names(const Finished& finished, std::size_t of) {
  std::vector<std::string> names(static_cast<std::size_t>(finished.results[of].batch->lanes));
  for (std::size_t i = 0; i < finished.results.size(); ++i)
    if (finished.results[i].batch == finished.results[of].batch)
      names[static_cast<std::size_t>(finished.results[i].lane)] = finished.names[i];
  return names;
}

// Whom the improvement of each plan is due to; false if it was interrupted.
bool attribute_plans(const CommonOptions& common, const LoadedCase& loaded, const Finished& finished,
                     std::vector<PlanVerdict>& list) {
  std::vector<const Plan*> plans;
  std::vector<const ScenarioResult*> results;
  for (const LoadedPlan& plan : loaded.plans) plans.push_back(&plan.plan);
  for (const ScenarioResult& result : finished.results) results.push_back(&result);
  Progress progress(1, common.lang, shows_progress(common));
  ThreadWorkers workers(threads_of(common));
  const auto attributions = attribute(loaded.c.basin, loaded.c.run, loaded.c.assessment, plans, results, {},
                                      progress_of(progress, loaded.c.run.grid.offset), &workers);
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
  ThreadWorkers workers(threads_of(common));
  auto all = confidence(loaded.c.basin, loaded.c.run, loaded.c.assessment, plans, how_sure.uncertainty,
                        progress_of(progress, loaded.c.run.grid.offset), &workers);
  for (std::size_t p = 0; p < all.size(); ++p) list[p + 1].confidence = std::move(all[p]);
  return !all.empty();
}

// Down to which inflow each plan holds its targets; false if it was interrupted.
bool find_failing_flows(const CommonOptions& common, const LoadedCase& loaded,
                        std::vector<PlanVerdict>& list) {
  std::vector<const Plan*> plans;
  for (const LoadedPlan& plan : loaded.plans) plans.push_back(&plan.plan);
  Progress progress(1, common.lang, shows_progress(common));
  ThreadWorkers workers(threads_of(common));
  auto all = failing_flows(loaded.c.basin, loaded.c.run, loaded.c.assessment, plans,
                           progress_of(progress, loaded.c.run.grid.offset), &workers);
  for (std::size_t p = 0; p < all.size(); ++p) list[p + 1].failing_flows = std::move(all[p]);
  return !all.empty();
}

void check_attributable(const LoadedCase& loaded) {
  for (const LoadedPlan& plan : loaded.plans)
    if (const auto count = measure_ids(plan.plan).size(); count > kMostPlayers)
      throw Failure(Code::E1521, plan.plan.place,
                    {plan.name, std::to_string(count), std::to_string(kMostPlayers)});
}

}  // namespace

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
