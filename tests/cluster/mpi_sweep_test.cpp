// limpid sweep run under a real mpirun: the same bytes as one process, also after an interrupt and a kill.
#include <algorithm>

#include "tests/cluster/river_sweep.hpp"

namespace limpid::cluster {
namespace {

std::size_t count_of(const std::string& word, const std::string& text) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

class MpiSweepTest : public testing::Test {
 protected:
  Outcome run(const std::string& launcher, const std::string& store, const std::string& more = "") const {
    return shell(launcher + RiverSweep::program() + sweep_.run(store) + more);
  }
  // Two ranks in the background, until some members are done.
  Background started(const std::string& store) const {
    Background ranks(mpirun(2) + RiverSweep::program() + sweep_.run(store), sweep_.path("output"));
    EXPECT_TRUE(eventually([&] { return sweep_.done(store) > 0; }));
    return ranks;
  }
  std::vector<pid_t> ranks_of(const std::string& store) const { return limpids_with({sweep_.path(store)}); }
  // Some but not all were finished; two ranks do the rest, to the same bytes.
  void expect_resumed(const std::string& store) const {
    const int before = sweep_.done(store);
    EXPECT_GT(before, 0);
    EXPECT_LT(before, sweep_.members());
    const Outcome rest = run(mpirun(2), store, "--resume");
    EXPECT_EQ(rest.status, 0) << rest.text;
    ASSERT_EQ(run("", "alone").status, 0);
    EXPECT_EQ(sweep_.gathered(store), sweep_.gathered("alone"));
  }

  RiverSweep sweep_{10, 10, "2025-10-01"};  // long enough to be hit in the middle
};

TEST(MpiSweep, RanksGiveTheBytesOfOneProcess) {
  const RiverSweep sweep(6, 5, "2025-04-01");
  const Outcome alone = shell(RiverSweep::program() + sweep.run("1") + "--threads 1");
  ASSERT_EQ(alone.status, 0) << alone.text;
  const std::string bytes = sweep.gathered("1");
  for (const int ranks : {2, 4}) {
    const std::string store = std::to_string(ranks);
    const Outcome outcome = shell(mpirun(ranks) + RiverSweep::program() + sweep.run(store));
    EXPECT_EQ(outcome.status, 0) << outcome.text;
    EXPECT_EQ(count_of("60 members, 60 done, 0 failed, 0 left", outcome.text), 1u) << outcome.text;
    EXPECT_EQ(sweep.gathered(store), bytes) << ranks << " ranks";
    for (int rank = 1; rank <= ranks; ++rank)
      EXPECT_TRUE(std::filesystem::exists(
          sweep.path(store + "/journal-" + std::to_string(rank) + "-of-" + std::to_string(ranks) + ".db")));
  }
  // All is done: ranks with nothing to do end too.
  const Outcome again = shell(mpirun(2) + RiverSweep::program() + sweep.run("2") + "--resume");
  EXPECT_EQ(again.status, 0) << again.text;
}

TEST(MpiSweep, AShardMayHaveRanks) {
  const RiverSweep sweep(6, 5, "2025-02-01");
  ASSERT_EQ(shell(RiverSweep::program() + sweep.run("1")).status, 0);
  for (const char* shard : {"2/2", "1/2"}) {
    const Outcome outcome =
        shell(mpirun(2) + RiverSweep::program() + sweep.run("s") + "--resume --shard " + shard);
    EXPECT_EQ(outcome.status, 0) << outcome.text;
  }
  EXPECT_EQ(sweep.gathered("s"), sweep.gathered("1"));
}

// As Slurm does at the end of a job: every rank gets the signal.
TEST_F(MpiSweepTest, ASignalEndsAllRanksCleanly) {
  const Background ranks = started("s");
  for (const pid_t rank : ranks_of("s")) ::kill(rank, SIGTERM);
  EXPECT_EQ(ranks.wait(), 143);
  const std::string said = content_of(sweep_.path("output"));
  EXPECT_EQ(count_of("Interrupted; ", said), 1u) << said;
  expect_resumed("s");
}

TEST_F(MpiSweepTest, ASignalToOneRankEndsAll) {
  const Background ranks = started("s");
  const std::vector<pid_t> list = ranks_of("s");
  ASSERT_EQ(list.size(), 2u);
  ::kill(list.back(), SIGTERM);
  EXPECT_EQ(ranks.wait(), 143);
  EXPECT_EQ(count_of("Interrupted; ", content_of(sweep_.path("output"))), 1u);
  expect_resumed("s");
}

TEST_F(MpiSweepTest, AKilledRankLosesNothingThatWasDone) {
  const Background ranks = started("s");
  const std::vector<pid_t> list = ranks_of("s");
  ASSERT_EQ(list.size(), 2u);
  const int before = sweep_.done("s");
  ::kill(list.back(), SIGKILL);
  EXPECT_NE(ranks.wait(), 0);
  EXPECT_GE(sweep_.done("s"), before);
  expect_resumed("s");
}

TEST_F(MpiSweepTest, ProblemsAreSaidOnce) {
  const std::string file = sweep_.path("sweep.toml"), good = content_of(file);
  std::string bad = good;
  std::ofstream(file) << bad.replace(bad.find("\"grid\""), 6, "\"gird\"");
  const Outcome unreadable = run(mpirun(2), "s");
  EXPECT_EQ(unreadable.status, 2) << unreadable.text;
  EXPECT_EQ(count_of("gird", unreadable.text), 1u) << unreadable.text;
  std::ofstream(file) << good;
  std::filesystem::create_directories(sweep_.path("s"));
  std::ofstream(sweep_.path("s/letter.txt")) << "not of limpid";
  const Outcome occupied = run(mpirun(3), "s");
  EXPECT_EQ(occupied.status, 2) << occupied.text;
  EXPECT_EQ(count_of("error E1818", occupied.text), 1u) << occupied.text;
  const Outcome submitted = run(mpirun(2), "t", "--slurm ''");
  EXPECT_EQ(submitted.status, 2) << submitted.text;
  EXPECT_EQ(count_of("error E1822: --slurm cannot go together with mpirun", submitted.text), 1u);
}

TEST_F(MpiSweepTest, ABuildWithoutMpiSaysSo) {
  const std::string without = binary_dir() + "/tests/limpid_without_mpi";
  const Outcome outcome = shell(mpirun(2) + without + sweep_.run("s"));
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.text.find("error E1814: this limpid was built without MPI, but mpirun started 2 of it"),
            std::string::npos)
      << outcome.text;
  EXPECT_FALSE(std::filesystem::exists(sweep_.path("s")));
  // Alone it is as good as any.
  EXPECT_EQ(shell(without + sweep_.run("s") + "--shard 1/10 --quiet").status, 0);
}

}  // namespace
}  // namespace limpid::cluster
