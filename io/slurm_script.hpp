// The batch script by which Slurm runs a sweep as an array of tasks, one shard each.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace limpid {

struct SlurmArray {
  std::string name;                    // of the job
  int tasks = 1;                       // shards 1 to tasks
  int cpus = 1;                        // per task, unless the options for sbatch say otherwise
  std::filesystem::path logs;          // folder, absolute; one log a task
  std::filesystem::path program;       // limpid, absolute
  std::vector<std::string> arguments;  // its words without --shard, --resume, --threads; paths absolute
};

// Slurm warns a task 60 s before its time is over and puts it back when its node fails; the script passes
// TERM on to limpid, which stops with all finished members in its journal, and a task that starts again goes
// on from there. Blanks, quotes and Chinese in paths stay as they are.
std::string slurm_script(const SlurmArray& array);

// The greatest number of tasks of an array, from what `scontrol show config` prints: MaxArraySize less the
// index 0, which is not used. 1000 if it does not say.
int most_slurm_tasks(const std::string& configuration);

}  // namespace limpid
