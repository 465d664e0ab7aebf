// Hands a sweep to Slurm.
#pragma once

#include <optional>
#include <string>

#include "io/slurm_script.hpp"

namespace limpid {

// The most tasks that an array may have here. Throws Failure E1815 when scontrol cannot be started or reaches
// no Slurm.
int most_slurm_tasks();

// How many tasks for so many batches: as asked, else one for every batch up to kTasksUnasked; never more than
// there are batches, or `most`.
int slurm_tasks(std::size_t batches, std::optional<int> asked, int most);
inline constexpr int kTasksUnasked = 100;

struct SlurmJob {
  std::string id;
  std::filesystem::path script;
};

// Writes array.logs/sweep.sh and submits it with `sbatch OPTIONS sweep.sh`: the options, which win over what
// the script says, are words as in a shell. Throws Failure: E1815 sbatch cannot be started, E1816 it refused,
// or a quote is left open, E5001 the folder cannot be written to.
SlurmJob submit(const SlurmArray& array, const std::string& options);

}  // namespace limpid
