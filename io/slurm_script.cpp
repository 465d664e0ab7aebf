#include "io/slurm_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "io/shell_words.hpp"

namespace limpid {

namespace {

// Of #SBATCH lines: Slurm reads "..." and a backslash before a quote, and writes numbers for %.
std::string sbatch_path(const std::filesystem::path& path) {
  std::string text = "\"";
  for (const char c : path.string()) {
    if (c == '"' || c == '\\') text += '\\';
    if (c == '%') text += '%';
    text += c;
  }
  return text;
}

// What stays behind is for bash: {} are its own, so that no format stands here.
constexpr const char* kPassTermOn = R"(
# Of the shell that this was submitted from: no task is a rank of its mpirun or srun.
unset OMPI_COMM_WORLD_SIZE PMI_SIZE SLURM_STEP_NUM_TASKS
limpid=
stopped=
pass_on() {
  stopped=yes
  if [ -n "$limpid" ]; then kill -TERM "$limpid" 2>/dev/null; fi
}
trap pass_on TERM
)";

constexpr const char* kWait = R"(limpid=$!
if [ -n "$stopped" ]; then kill -TERM "$limpid"; fi
# TERM ends a wait, not limpid: wait until it is gone.
while true; do
  wait "$limpid"
  status=$?
  kill -0 "$limpid" 2>/dev/null || exit "$status"
done
)";

}  // namespace

std::string slurm_script(const SlurmArray& array) {
  std::string command = shell_quoted(array.program.string());
  for (const std::string& word : array.arguments) command += " " + shell_quoted(word);
  std::string text = "#!/bin/bash\n";
  text += fmt::format("#SBATCH --job-name=\"{}\"\n", array.name);
  text += fmt::format("#SBATCH --array=1-{}\n#SBATCH --ntasks=1\n#SBATCH --cpus-per-task={}\n", array.tasks,
                      array.cpus);
  text += "#SBATCH --signal=B:TERM@60\n#SBATCH --requeue\n#SBATCH --open-mode=append\n";
  text += "#SBATCH --output=" + sbatch_path(array.logs) + "/%A_%a.log\"\n";
  text += kPassTermOn;
  text += command + fmt::format(" --resume --shard \"$SLURM_ARRAY_TASK_ID/{}\"", array.tasks);
  text += " --threads \"${SLURM_CPUS_PER_TASK:-1}\" &\n";
  return text + kWait;
}

int most_slurm_tasks(const std::string& configuration) {
  constexpr int kSlurmsOwn = 1001;
  const std::size_t key = configuration.find("MaxArraySize");
  const std::size_t equals = configuration.find('=', key);
  if (key == std::string::npos || equals == std::string::npos) return kSlurmsOwn - 1;
  return std::max(1, std::atoi(configuration.c_str() + equals + 1) - 1);
}

}  // namespace limpid
