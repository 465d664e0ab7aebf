// limpid sweep run --slurm with a real Slurm on this machine: an array whose tasks are killed and put back
// gives the bytes of one process; and what Slurm refuses.
#include <cstdlib>

#include "tests/cluster/river_sweep.hpp"

namespace limpid::cluster {
namespace {

class SlurmSweepTest : public testing::Test {
 protected:
  void SetUp() override {
    ::setenv("SLURM_CONF", (slurm_.path() / "slurm.conf").c_str(), 1);
    const Outcome outcome = shell(script("start") + std::to_string(::getpid()));
    if (outcome.status != 0) GTEST_SKIP() << "no Slurm here: " << outcome.text;
  }
  void TearDown() override {
    if (HasFailure())
      std::printf("%s\n", shell("tail -n 30 '" + slurm_.text() + "/log/slurmctld.log'").text.c_str());
    const Outcome outcome = shell(script("stop"));
    EXPECT_EQ(outcome.status, 0) << outcome.text;
    ::unsetenv("SLURM_CONF");
  }
  std::string script(const std::string& what) const {
    return "bash '" + source_dir() + "/tests/cluster/one_machine.sh' " + what + " '" + slurm_.text() + "' ";
  }
  // The states of a job's tasks that Slurm still has in its queue, such as "RUNNING\nPENDING\n".
  static std::string queue(const std::string& job) {
    return shell("squeue --noheader --array --format=%T --states=all --jobs=" + job).text;
  }
  static bool over(const std::string& job) {
    const std::string states = queue(job);
    for (const char* state : {"PENDING", "RUNNING", "COMPLETING", "CONFIGURING", "SUSPENDED"})
      if (states.find(state) != std::string::npos) return false;
    return true;
  }
  static nlohmann::json submit(const RiverSweep& sweep, const std::string& more) {
    const Outcome outcome = shell(RiverSweep::program() + sweep.run("s") + "--json " + more + " 2>/dev/null");
    EXPECT_EQ(outcome.status, 0) << outcome.text;
    return nlohmann::json::parse(outcome.text);
  }
  // Kills a running task the hard way between its first member and its last; the others end without it.
  static void kill_in_the_middle(const RiverSweep& sweep, const std::string& job) {
    const std::string task = job + "_1", journal = sweep.path("s/journal-1-of-8.db");
    ASSERT_TRUE(eventually([&] { return !limpids_with({sweep.path("s"), "1/8"}).empty(); }));
    ASSERT_TRUE(eventually([&] { return std::filesystem::exists(journal) && sweep.done("s") > 0; }));
    EXPECT_EQ(shell("scancel --signal=KILL --full " + task).status, 0);
    ASSERT_TRUE(eventually([&] { return over(task); })) << queue(task);
    EXPECT_TRUE(limpids_with({sweep.path("s"), "1/8"}).empty());
    ASSERT_TRUE(eventually([&] { return over(job); })) << queue(job);
    EXPECT_LT(sweep.done("s"), sweep.members());
    EXPECT_GT(sweep.done("s"), 0);
  }
  // Gives an ended task back to Slurm.
  static void requeue(const std::string& task) {
    const Outcome back = shell("scontrol requeue " + task);
    EXPECT_EQ(back.status, 0) << back.text;
    // Slurm would wait for two minutes.
    ASSERT_TRUE(
        eventually([&] { return shell("scontrol update JobId=" + task + " StartTime=now").status == 0; }));
  }

  Folder slurm_{"slurm"};
};

TEST_F(SlurmSweepTest, AnArrayWithAKilledTaskGivesTheBytesOfOneProcess) {
  const RiverSweep sweep(25, 20, "2025-05-01");
  ASSERT_EQ(sweep.members(), 1000);
  const nlohmann::json said = submit(sweep, "--tasks 8 --slurm \"--time=10 --comment='eight tasks'\"");
  EXPECT_EQ(said["tasks"], 8);
  const std::string job = said["job"];
  EXPECT_NE(shell("scontrol show job " + job).text.find("Comment=eight tasks"), std::string::npos);
  kill_in_the_middle(sweep, job);
  requeue(job + "_1");
  ASSERT_TRUE(eventually([&] { return over(job); })) << queue(job);
  EXPECT_NE(shell("scontrol show job " + job + "_1").text.find("Restarts=1"), std::string::npos);
  EXPECT_EQ(sweep.done("s"), 1000) << queue(job)
                                   << shell("tail -n 3 '" + sweep.path("s") + "'/slurm/*.log").text;
  const Outcome alone = shell(RiverSweep::program() + sweep.run("alone"));
  ASSERT_EQ(alone.status, 0) << alone.text;
  EXPECT_EQ(sweep.gathered("s"), sweep.gathered("alone"));
}

// What Slurm does 60 s before a task's time is over; afterwards the same command submits what is left.
TEST_F(SlurmSweepTest, AWarnedTaskStopsWithItsMembersAndTheRestIsSubmittedAgain) {
  const RiverSweep sweep(6, 20, "2025-10-01");
  const std::string job = submit(sweep, "--tasks 2 --slurm ''")["job"];
  ASSERT_TRUE(eventually([&] { return sweep.done("s") > 0; }));
  EXPECT_EQ(shell("scancel --batch --signal=TERM " + job).status, 0);
  ASSERT_TRUE(eventually([&] { return over(job); })) << queue(job);
  const std::string log = content_of(sweep.path("s/slurm/" + job + "_1.log"));
  EXPECT_NE(log.find("Interrupted; "), std::string::npos) << log;
  const int done = sweep.done("s");
  EXPECT_LT(done, sweep.members());
  const Outcome twice = shell(RiverSweep::program() + sweep.run("s") + "--slurm ''");
  EXPECT_EQ(twice.status, 2);
  EXPECT_NE(twice.text.find("E1811"), std::string::npos) << twice.text;
  const std::string next = submit(sweep, "--resume --tasks 2 --slurm ''")["job"];
  ASSERT_TRUE(eventually([&] { return over(next); })) << queue(next);
  EXPECT_EQ(sweep.done("s"), sweep.members());
}

TEST_F(SlurmSweepTest, WhatSlurmRefusesIsSaidAndLosesNothing) {
  const RiverSweep sweep(2, 2, "2025-02-01");
  for (const std::string options : {"--partition=nowhere", "--no-such-option", "--comment='open"}) {
    const Outcome outcome = shell(RiverSweep::program() + sweep.run("s") + "--slurm \"" + options + "\"");
    EXPECT_EQ(outcome.status, 2) << outcome.text;
    EXPECT_NE(outcome.text.find("error E1816: Slurm did not take the job: "), std::string::npos)
        << outcome.text;
    EXPECT_NE(outcome.text.find(sweep.path("s/slurm/sweep.sh")), std::string::npos) << outcome.text;
  }
  EXPECT_EQ(shell("squeue --noheader").text, "");
  // More tasks than Slurm's arrays have room for (MaxArraySize=101), and than there are batches.
  const nlohmann::json said = submit(sweep, "--tasks 1000 --slurm ''");
  EXPECT_LE(said["tasks"], 8);
  ASSERT_TRUE(eventually([&] { return over(said["job"]); }));
  EXPECT_EQ(sweep.done("s"), 8);
}

TEST(SlurmAbsent, IsSaidBeforeAnythingIsWritten) {
  const RiverSweep sweep(2, 2, "2025-02-01");
  const Outcome outcome =
      shell("PATH=/nowhere " + RiverSweep::program() + sweep.run("s") + "--slurm '--time=10'");
  EXPECT_EQ(outcome.status, 2) << outcome.text;
  EXPECT_NE(outcome.text.find("error E1815: cannot start scontrol: No such file or directory"),
            std::string::npos)
      << outcome.text;
  EXPECT_FALSE(std::filesystem::exists(sweep.path("s")));
  const Outcome both = shell(RiverSweep::program() + sweep.run("s") + "--slurm '' --shard 1/2");
  EXPECT_EQ(both.status, 2);
  EXPECT_NE(both.text.find("error E1822: --slurm cannot go together with --shard"), std::string::npos)
      << both.text;
}

}  // namespace
}  // namespace limpid::cluster
