#include "io/one_run.hpp"

#include "io/console.hpp"
#include "io/csv_writer.hpp"
#include "io/version.hpp"

namespace limpid {

namespace fs = std::filesystem;

std::optional<HowSure> load_how_sure(const CommonOptions& common, const fs::path& path, const Case& c) {
  Problems problems;
  HowSure how_sure = read_how_sure(path, c, problems);
  if (!problems.empty()) print_problems(problems, common.lang);
  return problems.has_errors() ? std::nullopt : std::optional(std::move(how_sure));
}

namespace {

void check_member(const RunArguments& arguments) {
  if (arguments.how_sure && arguments.member) return;
  const bool file = arguments.how_sure.has_value();
  throw Failure(Code::E1111, {},
                {file ? "--member" : "--how-sure", file ? "--how-sure" : "--member",
                 file ? "--member 17" : "--how-sure FILE", file ? "--member 17" : "--how-sure FILE"});
}

// The case and the plan as one member of an ensemble has them. The baseline's plan is empty.
bool become_member(const CommonOptions& common, const RunArguments& arguments, OneRun& run) {
  check_member(arguments);
  LoadedCase& loaded = run.loaded;
  const auto how_sure = load_how_sure(common, *arguments.how_sure, loaded.c);
  if (!how_sure) return false;
  const Uncertainty& uncertainty = how_sure->uncertainty;
  if (*arguments.member >= uncertainty.members)
    throw Failure(Code::E1524, {arguments.how_sure->string(), 0, 0},
                  {arguments.how_sure->string(), std::to_string(*arguments.member),
                   std::to_string(uncertainty.members - 1)});
  const Plan none;
  Member member = member_of(loaded.c.basin, run.plan() ? run.plan()->plan : none, uncertainty,
                            *arguments.member, loaded.c.run.grid.offset);
  if (!loaded.plans.empty()) loaded.plans.front().plan = std::move(member.scenario.plan);
  run.assumptions = std::move(member.scenario.assumptions);
  run.draws = std::move(member.draws);
  if (member.years >= 0)
    loaded.c.run.forcing_years = uncertainty.years[static_cast<std::size_t>(member.years)].years;
  loaded.member = LoadedMember{*arguments.how_sure, *arguments.member, sha256_of_file(*arguments.how_sure)};
  return true;
}

// What the member is made of, beside the results that it gave.
void write_member(const fs::path& folder, const LoadedMember& member, const std::vector<Draw>& draws) {
  CsvWriter table(folder / "member.csv", "member,kind,of,value");
  for (const Draw& d : draws)
    table.text(std::to_string(member.number)).text(d.kind).text(d.of).number(d.value).end_row();
  table.close();
  fs::copy_file(member.how_sure, folder / "how_sure.toml");
}

}  // namespace

std::optional<OneRun> load_one_run(const CommonOptions& common, const RunArguments& arguments) {
  OneRun run;
  run.loaded = load_case(common, arguments.case_path,
                         arguments.plan ? std::vector<fs::path>{*arguments.plan} : std::vector<fs::path>{},
                         arguments.slips);
  if (!run.loaded.usable) return std::nullopt;
  if ((arguments.how_sure || arguments.member) && !arguments.estimate &&
      !become_member(common, arguments, run))
    return std::nullopt;
  return run;
}

Finished run_one(const CommonOptions& common, const OneRun& run) {
  return simulate(common, run.loaded, !run.plan(), run.assumptions);
}

void write_one_run(const fs::path& folder, const OneRun& run, const Finished& finished) {
  write_scenario(folder, run.loaded, run.plan(), finished.results.front(), finished.names, finished.clock);
  if (run.loaded.member) write_member(folder, *run.loaded.member, run.draws);
}

RunIdentity identity_of(const OneRun& run) {
  RunIdentity identity{{"version", version()}};
  for (const FileHash& file : hash_inputs(run.loaded, run.plan()))
    identity.emplace_back(file.path, file.sha256);
  if (run.plan())
    for (const std::string& slip : run.plan()->slip_words) identity.emplace_back("--slip " + slip, "yes");
  if (run.loaded.member) identity.emplace_back("--member", std::to_string(run.loaded.member->number));
  return identity;
}

}  // namespace limpid
