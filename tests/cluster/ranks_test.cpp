// Workers over ranks of a real MPI: each number once, nobody waits for a slow one, and however a rank ends,
// all end.
#include <algorithm>
#include <set>
#include <vector>

#include "tests/cluster/shell.hpp"

namespace limpid::cluster {
namespace {

const std::string kRanks = binary_dir() + "/tests/ranks_program";

class RanksTest : public testing::Test {
 protected:
  Outcome run(const std::string& before, const std::string& words) const {
    return shell(before + kRanks + " " + folder_.text() + " " + words);
  }
  std::vector<int> worked_by(int rank) const {
    std::ifstream in(folder_.path() / (std::to_string(rank) + ".txt"));
    return {std::istream_iterator<int>(in), {}};
  }
  // Each of [0, count) once among all ranks.
  void expect_each_once(int ranks, int count) const {
    std::multiset<int> all;
    for (int rank = 0; rank < ranks; ++rank)
      for (const int i : worked_by(rank)) all.insert(i);
    EXPECT_EQ(static_cast<int>(all.size()), count);
    EXPECT_EQ(std::set<int>(all.begin(), all.end()).size(), all.size());
    EXPECT_EQ(all.empty() ? -1 : *all.rbegin(), count - 1);
  }
  Folder folder_{"ranks"};
};

TEST_F(RanksTest, ShareTheWork) {
  for (const int ranks : {2, 4}) {
    const Outcome outcome = run(mpirun(ranks), "200 2");
    EXPECT_EQ(outcome.status, 0) << outcome.text;
    EXPECT_EQ(outcome.text, "all of " + std::to_string(ranks) + "\n");  // rank 0 alone prints
    expect_each_once(ranks, 200);
    for (int rank = 0; rank < ranks; ++rank) EXPECT_GT(worked_by(rank).size(), 10u) << rank;
  }
}

TEST_F(RanksTest, OneAloneNeedsNoMpi) {
  const Outcome outcome = run("LD_DEBUG=files ", "20 2");
  EXPECT_EQ(outcome.status, 0);
  // Open MPI loads its parts (mca_*.so) when it starts.
  EXPECT_EQ(outcome.text.find("mca_"), std::string::npos);
  expect_each_once(1, 20);
}

// The counter lies with rank 0, which for two seconds makes no call to MPI in its work; over TCP there is no
// shared memory in which others could read it.
TEST_F(RanksTest, DoNotWaitForASlowRank) {
  for (const std::string way :
       {"", "--mca btl tcp,self --mca osc ^sm ", "--mca btl tcp,self --mca osc pt2pt "}) {
    const Outcome outcome = run(mpirun(2) + way, "100 1 slow");
    EXPECT_EQ(outcome.status, 0) << way << outcome.text;
    expect_each_once(2, 100);
    for (const int rank : {0, 1}) {
      const std::vector<int> list = worked_by(rank);
      if (std::ranges::count(list, 0) == 1) {
        EXPECT_EQ(list.size(), 1u) << way << rank;
      }
    }
  }
}

TEST_F(RanksTest, EndTogetherWhenOneFails) {
  const Outcome outcome = run(mpirun(3), "2000 1 throw");
  EXPECT_EQ(outcome.status, 5) << outcome.text;
  const std::size_t letter = outcome.text.find("error E5002: writing journal failed: planned");
  ASSERT_NE(letter, std::string::npos) << outcome.text;
  EXPECT_EQ(outcome.text.find("error ", letter + 1), std::string::npos) << outcome.text;
  EXPECT_LT(worked_by(0).size() + worked_by(1).size() + worked_by(2).size(), 500u);
}

TEST_F(RanksTest, EndTogetherWhenOneIsStopped) {
  const Outcome outcome = run(mpirun(3), "2000 1 stop");
  EXPECT_EQ(outcome.status, 143) << outcome.text;
  EXPECT_TRUE(outcome.text.starts_with("not all of 3\n")) << outcome.text;
  EXPECT_LT(worked_by(0).size() + worked_by(1).size() + worked_by(2).size(), 500u);
}

TEST_F(RanksTest, MustSeeTheSameWork) {
  const Outcome outcome = run(mpirun(2), "50 1 differ");
  EXPECT_EQ(outcome.status, 2) << outcome.text;
  EXPECT_NE(outcome.text.find("error E1815: cannot start MPI: its ranks see 49 and 50 batches left"),
            std::string::npos)
      << outcome.text;
  EXPECT_TRUE(worked_by(0).empty());
}

// What the mpirun of another MPI leaves in the environment.
TEST_F(RanksTest, OfAnotherMpiAreRefused) {
  const Outcome outcome = run("PMI_SIZE=3 ", "20 1");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.text.find("error E1815: cannot start MPI: mpiexec started 3 processes, MPI sees 1"),
            std::string::npos)
      << outcome.text;
}

}  // namespace
}  // namespace limpid::cluster
