// limpid sweep run and limpid sweep retry.

#include <algorithm>
#include <cmath>
#include <iostream>

#include "io/console.hpp"
#include "io/interrupt.hpp"
#include "io/mpi_workers.hpp"
#include "io/rank_command.hpp"
#include "io/simulate.hpp"
#include "io/sweep_commands.hpp"
#include "io/sweep_status.hpp"
#include "io/thread_workers.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;

// A store that also keeps in mind how well the balances closed.
class WatchedJournal : public Store {
 public:
  WatchedJournal(std::unique_ptr<SqliteJournal> journal, std::size_t balances)
      : journal_(std::move(journal)), worst_(balances, 0.0), where_(balances, 0) {}
  std::vector<std::size_t> done() const override { return journal_->done(); }
  void add(const std::vector<MemberResult>& results) override {
    journal_->add(results);
    const std::scoped_lock lock(mutex_);
    for (const MemberResult& result : results)
      for (std::size_t i = 0; !result.failed && i < worst_.size(); ++i)
        if (!(result.closure[i] <= worst_[i])) {
          worst_[i] = result.closure[i];
          where_[i] = result.member;
        }
  }
  // E6001, W6002: the worst member of each balance.
  void report(const SweepRun& run, Problems& problems) const {
    constexpr double kWarnClosure = 1e-10, kFailClosure = 1e-8;
    const auto names = run.closure_names();
    for (std::size_t i = 0; i < worst_.size(); ++i) {
      char text[32];
      std::snprintf(text, sizeof text, "%.2g", worst_[i]);
      const std::string& id = run.sweep().design.ids[where_[i]];
      if (!(worst_[i] <= kFailClosure))
        problems.add(Code::E6001, {}, {names[i], id, text});
      else if (worst_[i] > kWarnClosure)
        problems.add(Code::W6002, {}, {names[i], id, text});
    }
  }

 private:
  std::unique_ptr<SqliteJournal> journal_;
  std::mutex mutex_;
  std::vector<double> worst_;
  std::vector<std::size_t> where_;
};

// "12/40" on a terminal, and whether a signal has come.
class SweepLine {
 public:
  SweepLine(const CommonOptions& common, const SweepRun& run, std::size_t members, bool alone)
      : members_(members),
        line_(static_cast<double>(members) *
                  (seconds_of(run.options().grid.end) - seconds_of(run.options().grid.begin)) / 86400,
              common.lang, alone && !common.quiet && !common.json && is_terminal(stderr)) {}
  bool operator()(const SweepProgress& now) {
    if (line_.due())
      line_.update(now.fraction, std::to_string(now.finished) + "/" + std::to_string(members_));
    return interrupted() == 0;
  }

 private:
  std::size_t members_;
  Progress line_;
};

// The part of a shard that a rank of its own has: a journal and its lock. The work is not divided so.
Shard part_of(const Shard& shard, const Ranks& ranks) {
  const auto size = static_cast<std::size_t>(ranks.size());
  return {shard.shard * size + static_cast<std::size_t>(ranks.rank()), shard.shards * size};
}

// Under mpirun one thread a rank, unless asked for more.
std::unique_ptr<Workers> workers_of(const CommonOptions& common, Ranks& ranks) {
  if (ranks.size() == 1) return std::make_unique<ThreadWorkers>(threads_of(common));
  return std::make_unique<MpiWorkers>(ranks, std::max(1, common.threads));
}

// What is left of the batches of a shard, in the journal of this rank. `skipped` says after a look at the
// store which members are not to be run.
int work(const CommonOptions& common, const SweepRun& run, SweepStore& store, const Shard& shard,
         const std::function<std::vector<std::size_t>()>& skipped, Ranks& ranks, HeldOutput& held) {
  const Shard part = part_of(shard, ranks);
  const StoreLock lock(store.folder(), part);
  ranks.together();  // nobody adds to a journal while another still looks
  store.look();
  const auto batches =
      left_of(batches_of(run.basin(), run.sweep(), store.description().lanes, run.options().grid.offset),
              skipped(), shard.shard, shard.shards);
  const auto workers = workers_of(common, ranks);
  held.release();
  return run_batches(common, run, store, part, batches, *workers);
}

int run_sweep_here(const CommonOptions& common, const SweepRunArguments& arguments, Ranks& ranks,
                   HeldOutput& held) {
  const std::optional<Shard> shard =
      arguments.shard ? std::optional(parse_shard(*arguments.shard)) : std::nullopt;
  const LoadedSweep loaded = load_sweep(common, arguments.sweep);
  if (!loaded.usable) return 2;
  const bool first = ranks.rank() == 0;
  if (!first) ranks.together();  // until the first has made the store
  const SweepRun run(loaded.c.basin, loaded.c.run, loaded.c.assessment, loaded.sweep,
                     chosen_series(arguments.series, loaded, arguments.store));
  SweepStore store = open_store(loaded, run, arguments.store, arguments.resume || !first, shard);
  if (first) ranks.together();
  return work(
      common, run, store, shard.value_or(Shard{}), [&] { return store.done(); }, ranks, held);
}

// The members that failed, all others skipped.
std::vector<std::size_t> not_failed(const SweepStore& store) {
  std::vector<std::size_t> others;
  const std::vector<std::size_t> failed = store.failed();
  for (std::size_t m = 0; m < store.description().members; ++m)
    if (!std::ranges::binary_search(failed, m)) others.push_back(m);
  return others;
}

int retry_here(const CommonOptions& common, const fs::path& folder, Ranks& ranks, HeldOutput& held) {
  SweepStore store(folder);
  const LoadedSweep loaded = sealed_sweep(common, store);
  if (!loaded.usable) return 2;
  const SweepRun run(loaded.c.basin, loaded.c.run, loaded.c.assessment, loaded.sweep,
                     chosen_series({}, loaded, folder));
  store.require_same(describe_store(loaded, run, lanes_at_a_time(run.basin(), run.options())));
  return work(
      common, run, store, {}, [&] { return not_failed(store); }, ranks, held);
}

}  // namespace

std::vector<ChosenSeries> chosen_series(const std::vector<std::string>& asked, const LoadedSweep& loaded,
                                        const fs::path& store) {
  std::vector<std::string> texts = asked;
  if (texts.empty() && fs::exists(store / "store.json")) texts = SweepStore(store).description().series;
  std::vector<ChosenSeries> all = loaded.sweep.series;
  Problems problems;
  for (const std::string& text : texts)
    if (const auto series = parse_series(text, loaded.c.basin, "--series", {"--series", 0, 0}, problems))
      add_series(*series, all);
  if (problems.has_errors()) throw Failure(problems.sorted().front());
  return all;
}

SweepStore open_store(const LoadedSweep& loaded, const SweepRun& run, const fs::path& folder, bool resume,
                      const std::optional<Shard>& shard) {
  const StoreDescription here = describe_store(loaded, run, lanes_at_a_time(run.basin(), run.options()));
  const bool fresh = !fs::exists(folder) || (fs::is_directory(folder) && fs::is_empty(folder));
  if (fresh) make_store(folder, loaded, here);
  SweepStore store(folder);
  store.require_same(here);
  // A shard may find the store that another shard has made.
  if (!fresh && !resume && (!shard || fs::exists(folder / (journal_name(*shard) + ".db")))) {
    store.look();
    throw Failure(Code::E1811, {},
                  {folder.string(), std::to_string(store.done().size()), std::to_string(here.members)});
  }
  return store;
}

LoadedSweep sealed_sweep(const CommonOptions& common, const SweepStore& store) {
  store.check_seal();
  return load_sealed_sweep(common, store.sweep_file());
}

int run_batches(const CommonOptions& common, const SweepRun& run, SweepStore& store, const Shard& shard,
                const std::vector<std::vector<std::size_t>>& batches, Workers& workers) {
  std::size_t members = 0;
  for (const auto& batch : batches) members += batch.size();
  WatchedJournal journal(store.journal(shard), run.closure_names().size());
  bool whole = true;
  if (members > 0 || workers.ranks() > 1) {  // ranks meet, also when there is nothing to do
    SweepLine line(common, run, members, workers.ranks() == 1);
    whole = run_sweep(run, batches, workers, journal, std::ref(line));
  }
  store.look();
  Problems problems;
  journal.report(run, problems);
  if (!problems.empty()) print_problems(problems, common.lang);
  SweepStatus status = status_of(store, run.sweep().design);
  // These ranks are at their end.
  status.at_work -= std::min(status.at_work, static_cast<std::size_t>(workers.ranks()));
  if (common.json)
    std::cout << status_json(status) << "\n";
  else if (!common.quiet)
    std::cout << status_text(status, common.lang);
  if (!whole) {
    if (workers.rank() == 0)
      std::cerr << (common.lang == Lang::zh ? "已中断；已完成的成员保存在 "
                                            : "Interrupted; the members that are done are in ")
                << store.folder().string()
                << (common.lang == Lang::zh ? "，用 --resume 继续。\n" : ", go on with --resume.\n");
    return 128 + interrupted();
  }
  if (problems.has_errors()) return info(Code::E6001).exit_code;
  return status.failed > 0 ? info(Code::E4001).exit_code : 0;
}

int command_sweep_run(const CommonOptions& common, const SweepRunArguments& arguments) {
  return run_on_ranks(common.lang, [&](Ranks& ranks, HeldOutput& held) {
    if (!arguments.slurm) return run_sweep_here(common, arguments, ranks, held);
    if (ranks.size() > 1) throw Failure(Code::E1822, {}, {"--slurm", "mpirun"});
    return command_sweep_slurm(common, arguments);
  });
}

int command_sweep_retry(const CommonOptions& common, const fs::path& folder) {
  return run_on_ranks(
      common.lang, [&](Ranks& ranks, HeldOutput& held) { return retry_here(common, folder, ranks, held); });
}

}  // namespace limpid
