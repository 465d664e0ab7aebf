// Who started this process, by its environment.
#include "io/launch.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace limpid {
namespace {

const char* const kVariables[] = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS", "SLURM_NTASKS",
                                  "SLURM_PROCID"};

class LaunchTest : public testing::Test {
 protected:
  LaunchTest() { clear(); }
  ~LaunchTest() override { clear(); }
  static void clear() {
    for (const char* variable : kVariables) ::unsetenv(variable);
  }
};

TEST_F(LaunchTest, AloneWithoutALauncher) {
  EXPECT_EQ(launch_of_environment().size, 1);
  EXPECT_EQ(launch_of_environment().launcher, "");
}

TEST_F(LaunchTest, KnowsItsLaunchers) {
  const std::pair<const char*, const char*> launchers[] = {
      {"OMPI_COMM_WORLD_SIZE", "mpirun"}, {"PMI_SIZE", "mpiexec"}, {"SLURM_STEP_NUM_TASKS", "srun"}};
  for (const auto& [variable, launcher] : launchers) {
    clear();
    ::setenv(variable, "4", 1);
    EXPECT_EQ(launch_of_environment().size, 4);
    EXPECT_EQ(launch_of_environment().launcher, launcher);
  }
}

// mpirun inside a batch script of Slurm starts its daemons by srun.
TEST_F(LaunchTest, TheInnermostLauncherCounts) {
  ::setenv("SLURM_STEP_NUM_TASKS", "2", 1);
  ::setenv("OMPI_COMM_WORLD_SIZE", "8", 1);
  EXPECT_EQ(launch_of_environment().size, 8);
}

TEST_F(LaunchTest, ABatchScriptIsAlone) {
  ::setenv("SLURM_NTASKS", "8", 1);
  ::setenv("SLURM_PROCID", "0", 1);
  EXPECT_EQ(launch_of_environment().size, 1);
}

TEST_F(LaunchTest, NonsenseIsNoLauncher) {
  for (const char* text : {"", "four", "4x", "0", "-3"}) {
    ::setenv("OMPI_COMM_WORLD_SIZE", text, 1);
    EXPECT_EQ(launch_of_environment().size, 1) << text;
  }
}

}  // namespace
}  // namespace limpid
