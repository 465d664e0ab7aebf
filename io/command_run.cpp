// limpid run.
#include <iostream>

#include "io/atomic_file.hpp"
#include "io/commands.hpp"
#include "io/comparison.hpp"
#include "io/estimate.hpp"
#include "io/interrupt.hpp"
#include "io/one_run.hpp"
#include "io/overview.hpp"
#include "io/resumable_run.hpp"
#include "io/verdict_text.hpp"

namespace limpid {

namespace {

// How the basin and the counties stood in the last year of a run.
std::string last_year(const LoadedCase& loaded, const ScenarioResult& result, Lang lang) {
  const Basin& basin = loaded.c.basin;
  return last_year_text(
      basin.standard,
      overview_of_run(basin.standard, basin.sections, result.assessment, loaded.c.assessment, result.record),
      lang);
}

// Prints the answers; the exit status that they ask for.
int conclude(const CommonOptions& common, const OneRun& run, const Finished& finished,
             const std::filesystem::path& out) {
  const LoadedCase& loaded = run.loaded;
  const auto list = verdicts(loaded, finished);
  if (common.json)
    std::cout << comparison_json(loaded.c.basin.sections, list, forcing_years_text(loaded.c.run)) << "\n";
  else if (!common.quiet)
    std::cout << run_text(loaded.c, list, finished.clock.wall_seconds, out, common.lang)
              << last_year(loaded, finished.results.front(), common.lang);
  return status_of(finished.results, finished.names, loaded.c.basin, loaded.c.run.grid.offset, common.lang);
}

}  // namespace

int command_run(const CommonOptions& common, const RunArguments& arguments) {
  if (!arguments.estimate && arguments.out.empty()) throw Failure(Code::E1030, {}, {"run"});
  const auto run = load_one_run(common, arguments);
  if (!run) return 2;
  if (arguments.estimate) {
    std::cout << estimate_text(estimate_run(run->loaded.c.basin, run->loaded.c.run, 1), common.lang);
    return 0;
  }
  Finished finished;
  if (arguments.checkpoint || arguments.resume) {
    if (const int status = run_resumable(common, arguments, *run, finished); status != 0) return status;
    return conclude(common, *run, finished, arguments.out);
  }
  refuse_to_drop_checkpoint(arguments.out, common.force);
  OutputFolder out(arguments.out, common.force);
  finished = run_one(common, *run);
  if (finished.results.empty()) return interrupted_status(common.lang);
  write_one_run(out.path(), *run, finished);
  out.commit();
  return conclude(common, *run, finished, out.final_path());
}

}  // namespace limpid
