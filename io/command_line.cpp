#include <omp.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

#include "io/command_line_sweep.hpp"
#include "io/commands.hpp"
#include "io/console.hpp"
#include "io/interrupt.hpp"
#include "io/misspelling.hpp"
#include "io/version.hpp"

namespace limpid {

namespace {

std::filesystem::path path_of(const std::string& text) {
  return std::filesystem::path(text);
}

std::optional<std::filesystem::path> optional_path(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(path_of(text));
}

// What CLI11 fills; the commands get it in their own types.
struct Typed {
  CommonOptions common;
  std::string threads = "auto", lang, folder, case_path, out, plan, input, standard, template_name = "small";
  std::string how_sure, section, interim, day, checkpoint;
  std::vector<std::string> plans, slips, validate, criteria;
  SweepTyped sweep;
  int year = 0, member = -1;
  bool estimate = false, steady = false, resume = false, attribute = false, failing_flow = false;
};

Lang language_of(const Typed& typed) {
  return choose_lang(typed.lang.empty() ? std::nullopt : std::optional(typed.lang));
}

void add_common(CLI::App& app, Typed& typed) {
  app.add_option("--threads", typed.threads, "number of threads, or auto")->capture_default_str();
  app.add_flag("--json", typed.common.json, "print the result as JSON");
  app.add_option("--lang", typed.lang, "language of messages: zh or en (default: from LANG)")
      ->check(CLI::IsMember({"zh", "en"}));
  app.add_flag("--force", typed.common.force, "replace output that is already there");
  app.add_flag("--quiet", typed.common.quiet, "no progress, no summary");
  app.add_flag("--strict", typed.common.strict, "warnings count as errors");
  app.add_flag("--allow-path", typed.common.allow_path, "let a case name files outside its folder");
}

std::vector<std::filesystem::path> paths_of(const std::vector<std::string>& texts) {
  std::vector<std::filesystem::path> paths;
  for (const std::string& text : texts) paths.push_back(path_of(text));
  return paths;
}

CommonOptions common_of(const Typed& typed) {
  CommonOptions common = typed.common;
  common.lang = language_of(typed);
  if (typed.threads != "auto") {
    common.threads = std::atoi(typed.threads.c_str());
    if (common.threads < 1) throw CLI::ValidationError("--threads", "a number from 1 up, or auto");
    omp_set_num_threads(common.threads);
  }
  return common;
}

int dispatch(CLI::App& app, const Typed& typed) {
  const CommonOptions common = common_of(typed);
  const CLI::App* command = app.get_subcommands().front();
  const std::string name = command->get_name();
  if (name == "init") return command_init(common, path_of(typed.folder), typed.template_name);
  if (name == "check") return command_check(common, path_of(typed.case_path), paths_of(typed.plans));
  if (name == "run") {
    RunArguments arguments{path_of(typed.case_path),
                           path_of(typed.out),
                           optional_path(typed.plan),
                           typed.estimate,
                           optional_path(typed.how_sure),
                           typed.member >= 0 ? std::optional(typed.member) : std::nullopt,
                           typed.steady,
                           typed.day.empty() ? std::nullopt : std::optional(typed.day),
                           typed.checkpoint.empty() ? std::nullopt : std::optional(typed.checkpoint),
                           typed.resume};
    return arguments.steady ? command_steady(common, arguments) : command_run(common, arguments);
  }
  if (name == "plan")
    return command_plan_compare(common, {path_of(typed.case_path), path_of(typed.out), paths_of(typed.plans),
                                         typed.slips, typed.attribute, optional_path(typed.how_sure),
                                         typed.failing_flow, optional_path(typed.interim)});
  if (name == "sources")
    return command_sources(common, {path_of(typed.input), typed.section, optional_path(typed.out)});
  if (name == "measures") return command_measures(common);
  if (name == "assess")
    return command_assess(
        common, {path_of(typed.input), typed.standard.empty() ? std::nullopt : std::optional(typed.standard),
                 typed.year ? std::optional(typed.year) : std::nullopt, typed.criteria});
  if (name == "verify") return command_verify(common, path_of(typed.input));
  if (name == "processes") return command_processes(common);
  if (name == "sweep") return dispatch_sweep(*command, common, typed.sweep);
  return command_validate(common, typed.validate);
}

void declare_commands(CLI::App& app, Typed& typed) {
  app.require_subcommand(1);
  app.fallthrough();
  app.set_version_flag("--version", std::string("limpid ") + version());
  add_common(app, typed);
  auto* init = app.add_subcommand("init", "write a small runnable case into a new folder");
  init->add_option("DIR", typed.folder, "the new folder")->required();
  init->add_option("--template", typed.template_name, "which case to write")->capture_default_str();
  auto* check = app.add_subcommand("check", "read a case and its plans, list every problem");
  check->add_option("CASE", typed.case_path, "folder or .toml file of the case")->required();
  check->add_option("PLAN", typed.plans, "plans to check with it");
  auto* run = app.add_subcommand("run", "simulate a case, with a plan or without, and judge its sections");
  run->add_option("CASE", typed.case_path, "folder or .toml file of the case")->required();
  run->add_option("--plan", typed.plan, "the plan to run");
  run->add_flag("--estimate", typed.estimate, "only say cells, steps, memory, disk and time");
  run->add_option("--how-sure", typed.how_sure, "with --member: the file that plan compare --how-sure read");
  run->add_option("--member", typed.member, "one member of that ensemble alone")
      ->check(CLI::NonNegativeNumber);
  auto* steady = run->add_flag("--steady", typed.steady,
                               "the state to which the river settles under one day's mean inputs");
  for (const char* other : {"--estimate", "--how-sure", "--member"}) steady->excludes(other);
  run->add_option("--day", typed.day, "with --steady: which day (default: the run's first)")->needs(steady);
  run->add_option("--checkpoint", typed.checkpoint,
                  "period such as P30D after which the run is kept, to go on from there with --resume")
      ->excludes(steady);
  run->add_flag("--resume", typed.resume, "go on with a run that was stopped, from its last checkpoint")
      ->excludes(steady);
  run->add_option("-o,--out", typed.out, "output folder");
  auto* plan = app.add_subcommand("plan", "work with plans");
  plan->require_subcommand(1);
  auto* compare = plan->add_subcommand("compare", "baseline and rival plans side by side");
  compare->fallthrough();
  compare->add_option("CASE", typed.case_path, "folder or .toml file of the case")->required();
  compare->add_option("PLAN", typed.plans, "plans to compare")->required();
  compare->add_option("-o,--out", typed.out, "output folder")->required();
  compare
      ->add_option("--slip", typed.slips,
                   "ID=PERIOD: a measure starts later by that, in every plan that has it")
      ->allow_extra_args(false);
  compare->add_option("--how-sure", typed.how_sure,
                      "file of what is not known: how probable it is that targets are met and held");
  compare->add_option("--interim", typed.interim,
                      "table of yearly targets on the way: section_id, year, target");
  compare->add_flag("--failing-flow", typed.failing_flow,
                    "down to which inflow at the boundaries each target is met on its limit date");
  compare->add_flag("--attribute", typed.attribute,
                    "share every section's improvement out among the measures (runs all their combinations)");
  auto* judge = app.add_subcommand("assess", "judge a run, or observations, month by month");
  judge->add_option("INPUT", typed.input, "a run's output folder, or a table of observations")->required();
  judge->add_option("--standard", typed.standard,
                    "the standard to judge by (default: the run's, or GB3838-2002)");
  judge
      ->add_option("--criteria", typed.criteria,
                   "criteria to judge by beside the classes, such as US-EPA-DO-1986:warmwater_other")
      ->allow_extra_args(false);
  judge->add_option("--year", typed.year, "year of dates that have none");
  auto* sources =
      app.add_subcommand("sources", "who causes it: shares of a run's tagged sources, month by month");
  sources->add_option("RUN", typed.input, "a run's output folder")->required();
  sources->add_option("--section", typed.section, "id or name of the section")->required();
  sources->add_option("-o,--out", typed.out, "write the table to this CSV file as well");
  declare_sweep(app, typed.sweep);
  auto* verify = app.add_subcommand("verify", "run a folder's sealed inputs again and compare all values");
  verify->add_option("OUT", typed.input, "the folder that a run or a comparison wrote")->required();
  app.add_subcommand("measures", "list the types of measures with what they become and published effects");
  app.add_subcommand("processes", "list the processes with equations, parameters, units and sources");
  auto* validate =
      app.add_subcommand("validate", "run the validation cases: analytic, published, other programs");
  validate->footer(
      "CASE...     the cases to run, all if none is named\n"
      "--fast      without the cases that take minutes\n"
      "--grid reference   a case by its reference's own grid and method, where it has such a twin\n"
      "--json      one object a quantity");
  validate->fallthrough(false);
  validate->allow_extras();  // cases, --fast, --json go to limpid_validate as they are
}

}  // namespace

int run_command_line(int argc, char** argv) {
  catch_interrupts();
  Typed typed;
  CLI::App app(
      "limpid: river-network water quality, dated remediation plans, and whether the target is met in time");
  declare_commands(app, typed);
  try {
    app.parse(argc, argv);
    if (app.get_subcommand("validate")->parsed())
      for (const std::string& rest : app.get_subcommand("validate")->remaining())
        typed.validate.push_back(rest);
    return dispatch(app, typed);
  } catch (const CLI::ParseError& error) {
    Problems meant;
    if (error.get_exit_code() != 0) find_misspelling(app, {argv + 1, argv + argc}, meant);
    if (!meant.empty()) {
      std::cerr << meant.sorted().front().text(language_of(typed)) << "\n";
      return 2;
    }
    const int status = app.exit(error);
    return status == 0 ? 0 : 2;
  } catch (const Failure& failure) {
    std::cerr << failure.problem().text(language_of(typed)) << "\n";
    return failure.exit_code();
  }
}

}  // namespace limpid
