// limpid sweep run --slurm: the store is made here, where bad input is seen at once; the members run in the
// tasks.
#include <iostream>
#include <nlohmann/json.hpp>

#include "io/slurm_job.hpp"
#include "io/sweep_commands.hpp"

namespace limpid {

namespace {

namespace fs = std::filesystem;

// The batches that are left; the store is made if it is not there. One that has no member yet, since Slurm
// did not take it the first time, needs no --resume.
std::size_t batches_left(const SweepRunArguments& arguments, const LoadedSweep& loaded) {
  const SweepRun run(loaded.c.basin, loaded.c.run, loaded.c.assessment, loaded.sweep,
                     chosen_series(arguments.series, loaded, arguments.store));
  SweepStore store = open_store(loaded, run, arguments.store, true, std::nullopt);
  store.look();
  const std::vector<std::size_t> done = store.done();
  if (!done.empty() && !arguments.resume)
    throw Failure(
        Code::E1811, {},
        {arguments.store.string(), std::to_string(done.size()), std::to_string(store.description().members)});
  const auto batches =
      batches_of(run.basin(), run.sweep(), store.description().lanes, run.options().grid.offset);
  return left_of(batches, done).size();
}

// The tasks read the sealed inputs: what is edited while they wait does not reach them.
SlurmArray array_of(const CommonOptions& common, const LoadedSweep& loaded, const fs::path& folder,
                    int tasks) {
  const SweepStore store(folder);
  SlurmArray array;
  array.name = "limpid-" + loaded.sweep.id;
  array.tasks = tasks;
  array.cpus = std::max(1, common.threads);
  array.logs = fs::absolute(folder / "slurm").lexically_normal();
  array.program = fs::read_symlink("/proc/self/exe");
  array.arguments = {"sweep", "run", fs::absolute(store.sweep_file()).lexically_normal().string(), "--store",
                     fs::absolute(folder).lexically_normal().string()};
  array.arguments.insert(array.arguments.end(),
                         {"--allow-path", "--lang", common.lang == Lang::zh ? "zh" : "en"});
  return array;
}

void say(const CommonOptions& common, const SlurmJob& job, int tasks, const std::string& store) {
  if (common.json) {
    std::cout << nlohmann::ordered_json{{"job", job.id}, {"tasks", tasks}, {"script", job.script.string()}}
              << "\n";
    return;
  }
  const bool zh = common.lang == Lang::zh;
  std::cout << (zh ? "已提交作业 " : "Submitted job ") << job.id << (zh ? "，任务数 " : ", tasks: ") << tasks
            << (zh ? "\n进度：  limpid sweep status " : "\nhow far:   limpid sweep status ") << store
            << (zh ? "\n汇总：  limpid sweep gather " : "\ngather:    limpid sweep gather ") << store
            << " -o FILE.nc" << (zh ? "\n日志：  " : "\nlogs:      ") << job.script.parent_path().string()
            << "\n";
}

}  // namespace

int command_sweep_slurm(const CommonOptions& common, const SweepRunArguments& arguments) {
  if (arguments.shard) throw Failure(Code::E1822, {}, {"--slurm", "--shard"});
  const int most = most_slurm_tasks();
  const LoadedSweep loaded = load_sweep(common, arguments.sweep);
  if (!loaded.usable) return 2;
  const std::size_t left = batches_left(arguments, loaded);
  if (left == 0) return command_sweep_status(common, arguments.store);
  const int tasks = slurm_tasks(left, arguments.tasks, most);
  const SlurmJob job = submit(array_of(common, loaded, arguments.store, tasks), *arguments.slurm);
  say(common, job, tasks, arguments.store.string());
  return 0;
}

}  // namespace limpid
