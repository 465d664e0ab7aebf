#include "io/resumable_run.hpp"

#include <cmath>
#include <iostream>
#include <system_error>

#include "io/atomic_file.hpp"
#include "io/interrupt.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;

// Where a checkpoint may stand.
struct Places {
  fs::path partial, inside, aside;
  explicit Places(const fs::path& out) : partial(OutputFolder::partial_path(out)) {
    inside = partial / "checkpoint";
    aside = fs::path(partial).replace_extension(".checkpoint");
  }
  bool any() const { return RunCheckpoint::exists(inside) || RunCheckpoint::exists(aside); }
};

void move_folder(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::remove_all(to, error);
  fs::rename(from, to, error);
  if (error) throw Failure(Code::E5001, {}, {to.string(), error.message()});
}

// Only the checkpoint stays of what an earlier process wrote.
void clear_results(const Places& places) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(places.partial)) {
    if (entry.path() == places.inside) continue;
    fs::remove_all(entry.path(), error);
    if (error) throw Failure(Code::E5001, {}, {places.partial.string(), error.message()});
  }
}

std::string quoted(const std::string& word) {
  const bool plain = !word.empty() && word.find_first_of(" \t'\"$&|;()<>*?`\\") == std::string::npos;
  if (plain) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string command_to_go_on(const RunArguments& arguments) {
  std::string text = "limpid run " + quoted(arguments.case_path.string());
  if (arguments.plan) text += " --plan " + quoted(arguments.plan->string());
  if (arguments.how_sure) text += " --how-sure " + quoted(arguments.how_sure->string());
  if (arguments.member) text += " --member " + std::to_string(*arguments.member);
  return text + " --resume -o " + quoted(arguments.out.string());
}

// One process's part of a run.
class Stretch {
 public:
  Stretch(const CommonOptions& common, const RunArguments& arguments, const OneRun& run)
      : common_(common),
        arguments_(arguments),
        loaded_(run.loaded),
        places_(arguments.out),
        plan_(run.plan() ? &run.plan()->plan : &none_),
        batch_(loaded_.c.basin, loaded_.c.run, {plan_}, {&run.assumptions}),
        checkpoint_(places_.inside, identity_of(run), arguments.checkpoint.value_or("")) {}

  // Throws Failure E1710 to E1712.
  void start_or_resume() {
    if (!arguments_.resume) {
      std::error_code ignored;
      fs::remove_all(places_.aside, ignored);
      checkpoint_.start();
      save();
      return;
    }
    if (!RunCheckpoint::exists(places_.inside)) move_folder(places_.aside, places_.inside);
    checkpoint_.resume(batch_);
    saved_step_ = batch_.steps_done();
    clear_results(places_);
  }

  // False when a signal came; the checkpoint then stands where the run does.
  bool run() {
    const TimeGrid& grid = loaded_.c.run.grid;
    const std::int64_t every = steps_of_period(checkpoint_.period(), grid);
    Progress progress(days_of(grid), common_.lang, shows_progress(common_));
    const ProgressReport report = progress_of(progress, grid.offset);
    const bool whole = batch_.run([&](std::int64_t step) {
      if (!report(static_cast<double>(step) / static_cast<double>(grid.steps()), grid.time(step)))
        return false;
      if (step > 0 && step % every == 0) save();
      return true;
    });
    save();
    return whole;
  }

  ScenarioResult result() { return batch_.result(loaded_.c.assessment, batch_.outcome(), 0); }

  void commit(OutputFolder& out) const {
    move_folder(places_.inside, places_.aside);
    out.commit();
    std::error_code ignored;
    fs::remove_all(places_.aside, ignored);
  }

  // Where the checkpoint stands, and how it goes on.
  std::string how_to_go_on() const {
    const TimeGrid& grid = loaded_.c.run.grid;
    const auto seconds = static_cast<std::int64_t>(grid.time(saved_step_));
    const std::string date = format_time(Time{std::chrono::seconds(seconds)}, grid.offset),
                      where = places_.partial.string(), command = command_to_go_on(arguments_);
    return common_.lang == Lang::zh
               ? "运行停在 " + date + "，保存于 " + where + "。继续运行：\n    " + command + "\n"
               : "The run stands at " + date + ", kept in " + where + ". Go on with:\n    " + command + "\n";
  }

 private:
  void save() {
    checkpoint_.save(batch_);
    saved_step_ = batch_.steps_done();
  }

  const CommonOptions& common_;
  const RunArguments& arguments_;
  const LoadedCase& loaded_;
  Places places_;
  Plan none_;
  const Plan* plan_;
  BatchRun batch_;
  RunCheckpoint checkpoint_;
  std::int64_t saved_step_ = 0;
};

int stopped(const CommonOptions& common, const Stretch& stretch) {
  std::cerr << (common.lang == Lang::zh ? "已中断。" : "Interrupted. ") << stretch.how_to_go_on();
  return 128 + interrupted();
}

// A run that does not converge stops there again; what a full disk stopped goes on.
int failed(const CommonOptions& common, const Failure& failure, const Stretch& stretch, OutputFolder& out) {
  if (failure.exit_code() != 5) {
    out.keep(false);
    throw;
  }
  std::cerr << failure.problem().text(common.lang) << "\n" << stretch.how_to_go_on();
  return 5;
}

}  // namespace

std::int64_t steps_of_period(const std::string& period, const TimeGrid& grid) {
  const auto parsed = parse_period(period);
  const double seconds =
      parsed ? seconds_of(add(grid.begin, *parsed, grid.offset)) - seconds_of(grid.begin) : 0;
  const double steps = seconds / grid.step;
  if (!(steps >= 1) || steps != std::floor(steps)) throw Failure(Code::E1713, {}, {period});
  return static_cast<std::int64_t>(steps);
}

void refuse_to_drop_checkpoint(const fs::path& out, bool force) {
  const Places places(out);
  if (!force && places.any() && !fs::exists(out))
    throw Failure(Code::E1010, {}, {places.inside.string() + " (--resume)"});
  std::error_code ignored;
  if (force) fs::remove_all(places.aside, ignored);
}

int run_resumable(const CommonOptions& common, const RunArguments& arguments, const OneRun& run,
                  Finished& finished) {
  if (arguments.checkpoint) steps_of_period(*arguments.checkpoint, run.loaded.c.run.grid);
  const Places places(arguments.out);
  if (arguments.resume && !places.any()) throw Failure(Code::E1710, {}, {places.partial.string()});
  if (!arguments.resume) refuse_to_drop_checkpoint(arguments.out, common.force);
  OutputFolder out(arguments.out, common.force,
                   arguments.resume ? OutputFolder::Start::resume : OutputFolder::Start::fresh);
  out.keep(arguments.resume);
  Stretch stretch(common, arguments, run);
  stretch.start_or_resume();
  out.keep();
  finished.clock = start_clock(common);
  const auto start = std::chrono::steady_clock::now();
  try {
    if (!stretch.run()) return stopped(common, stretch);
    finished.names = {run.plan() ? run.plan()->name : "baseline"};
    finished.scenarios = {{run.plan() ? run.plan()->plan : Plan{}, run.assumptions}};
    finished.results.push_back(stretch.result());
    finished.clock.wall_seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    write_one_run(out.path(), run, finished);
    stretch.commit(out);
  } catch (const Failure& failure) {
    return failed(common, failure, stretch, out);
  }
  return 0;
}

}  // namespace limpid
