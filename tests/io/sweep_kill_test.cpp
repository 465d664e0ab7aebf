// Kills and signals in the middle of a sweep: nothing that was finished is lost, and the end is the same.
// With LIMPID_LONG_TESTS set a thousand kills.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <thread>

#include "io/sweep_store.hpp"
#include "tests/io/sweep_folder.hpp"

namespace limpid {
namespace {

namespace fs = std::filesystem;

void sleep_ms(int ms) {
  std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

// The members of a store that is perhaps not yet there.
std::vector<std::size_t> done_in(const std::string& folder) {
  if (!fs::exists(folder + "/store.json")) return {};
  SweepStore store(folder);
  store.look();
  return store.done();
}

class SweepKillTest : public testing::Test {
 protected:
  // Long enough, and in batches enough (ten of four members), to be hit in the middle.
  SweepKillTest() : sweep_("2026-07-01") {
    sweep_.folder().patch("sweep.toml", "\"1.2\"", "\"1.2\", \"1.3\", \"1.4\", \"1.5\", \"1.6\", \"1.7\"");
    sweep_.folder().patch("sweep.toml", "\"1\", \"1.5\", \"2\"]", "\"2\"]");
  }
  // What a sweep gives that nobody disturbs; it is the same for all tests.
  const std::string& whole() const {
    static std::string bytes;
    if (!bytes.empty()) return bytes;
    EXPECT_EQ(sweep_.run("whole").status, 0);
    return bytes = sweep_.gathered("whole");
  }
  // Starts the sweep and lets it finish at least one member more than `before`; false if it ended by itself.
  bool start_and_wait(Started& program, std::size_t before) const {
    while (done_in(sweep_.path("store")).size() <= before) {
      if (program.ended()) return false;
      sleep_ms(2);
    }
    return !program.ended();
  }
  // Kills the program and looks at what is left: nothing that was finished before may be missing.
  void kill(Started& program, std::vector<std::size_t>& finished, int& kills, int& midway) const {
    program.send(SIGKILL);
    program.wait();
    ++kills;
    const auto now = done_in(sweep_.path("store"));
    EXPECT_TRUE(std::ranges::includes(now, finished)) << "kill " << kills;
    finished = now;
    midway += !finished.empty() && finished.size() < SweepFolder::kMembers ? 1 : 0;
  }
  void kill_until_done(std::mt19937& random, int& kills, int& midway) const {
    std::vector<std::size_t> finished;
    const auto words = [&] {
      return sweep_.words("store", {"--resume", "--threads", kills % 2 ? "2" : "1"});
    };
    // Blindly first: while the store is made, before the first member, between two.
    for (int i = 0; i < 6; ++i) {
      Started program(words());
      sleep_ms(5 + static_cast<int>(random() % 60));
      kill(program, finished, kills, midway);
    }
    // Then after one more member each time.
    while (finished.size() < SweepFolder::kMembers) {
      Started program(words());
      if (!start_and_wait(program, finished.size())) return;
      sleep_ms(static_cast<int>(random() % 20));
      kill(program, finished, kills, midway);
    }
  }
  SweepFolder sweep_;
};

TEST_F(SweepKillTest, AKilledSweepGoesOnToTheSameBytes) {
  const std::string bytes = whole();
  std::mt19937 random(3);
  const bool long_tests = std::getenv("LIMPID_LONG_TESTS") != nullptr;
  int kills = 0, midway = 0;
  do {
    kill_until_done(random, kills, midway);
    EXPECT_EQ(sweep_.run("store", {"--resume"}).status, 0);
    EXPECT_EQ(sweep_.gathered("store"), bytes);
    fs::remove_all(sweep_.path("store"));
  } while (long_tests && kills < 1000 && !HasFailure());
  EXPECT_GE(kills, 7);
  EXPECT_GE(midway, 1) << "a kill between the first and the last finished member";
}

TEST_F(SweepKillTest, ASignalEndsItCleanly) {
  std::size_t before = 0;
  for (const auto& [signal, status] : {std::pair(SIGTERM, 143), std::pair(SIGINT, 130)}) {
    Started program(sweep_.words("store", {"--resume", "--threads", "1"}));
    ASSERT_TRUE(start_and_wait(program, before));
    const auto sent = std::chrono::steady_clock::now();
    program.send(signal);
    EXPECT_EQ(program.wait(), status);
    EXPECT_LT(std::chrono::steady_clock::now() - sent, std::chrono::seconds(5));
    const auto json = sweep_.status("store");
    before = json["done"];
    EXPECT_GT(before, 0u);
    EXPECT_LT(before, SweepFolder::kMembers);
    EXPECT_EQ(json["at_work"], 0);
    EXPECT_GT(json["members_per_hour"], 0);
  }
  const Said part = limpid({"sweep", "gather", sweep_.path("store"), "-o", sweep_.path("part.nc")});
  EXPECT_EQ(part.status, 0);
  EXPECT_NE(part.err.find("W1821"), std::string::npos) << part.err;
  EXPECT_EQ(sweep_.run("store", {"--resume"}).status, 0);
  EXPECT_EQ(sweep_.gathered("store"), whole());
}

// As a cluster starts them: all at once, on a store that is not yet there.
TEST_F(SweepKillTest, ShardsThatStartTogetherMakeOneStore) {
  std::vector<Started> shards;
  for (const char* shard : {"1/4", "2/4", "3/4", "4/4"})
    shards.emplace_back(sweep_.words("store", {"--resume", "--threads", "1", "--shard", shard}));
  for (Started& shard : shards) EXPECT_EQ(shard.wait(), 0);
  EXPECT_EQ(done_in(sweep_.path("store")).size(), SweepFolder::kMembers);
  EXPECT_FALSE(fs::exists(sweep_.path("store.partial")));
  EXPECT_EQ(sweep_.gathered("store"), whole());
}

}  // namespace
}  // namespace limpid
