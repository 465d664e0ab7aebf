// Who started this process, and how many of it: what mpirun, mpiexec and srun leave in the environment.
#pragma once

#include <string>

namespace limpid {

struct Launch {
  int size = 1;          // processes that one command started together
  std::string launcher;  // mpirun, mpiexec or srun; empty if alone
};

// Open MPI's mpirun, launchers that speak PMI (MPICH, Intel MPI) and Slurm's srun, in this order: mpirun
// inside a job step counts. A batch script of Slurm is alone, however many tasks its job may have.
Launch launch_of_environment();

}  // namespace limpid
