// A sweep as it is typed: threads, shards, members alone, failures, and what is refused.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <fstream>
#include <set>

#include "io/store_lock.hpp"
#include "io/sweep_store.hpp"
#include "tests/io/sweep_folder.hpp"

namespace limpid {
namespace {

namespace fs = std::filesystem;

class SweepRunTest : public testing::Test {
 protected:
  // What `limpid sweep` is told is refused, and why.
  static void expect_refused(const Said& said, int status, const std::string& code) {
    EXPECT_EQ(said.status, status) << said.err;
    EXPECT_NE(said.err.find(code), std::string::npos) << said.err;
  }
  SweepFolder sweep_;
};

TEST_F(SweepRunTest, ThreadsShardsAndResumeGiveTheSameBytes) {
  const Said one = sweep_.run("one", {"--threads", "1"});
  EXPECT_EQ(one.status, 0) << one.err;
  EXPECT_NE(one.out.find("40 members, 40 done, 0 failed, 0 left"), std::string::npos) << one.out;
  const std::string bytes = sweep_.gathered("one");
  EXPECT_EQ(sweep_.run("three", {"--threads", "3"}).status, 0);
  EXPECT_EQ(sweep_.gathered("three"), bytes) << "three threads";
  for (const char* shard : {"2/3", "1/3", "3/3"})
    EXPECT_EQ(sweep_.run("shards", {"--shard", shard}).status, 0);
  EXPECT_EQ(sweep_.gathered("shards"), bytes) << "three shards";
  // A part by a shard of another division, the rest by a whole sweep.
  EXPECT_EQ(sweep_.run("mixed", {"--shard", "2/5", "--resume"}).status, 0);
  EXPECT_EQ(sweep_.status("mixed")["done"], 8);
  EXPECT_EQ(sweep_.run("mixed", {"--resume"}).status, 0);
  EXPECT_EQ(sweep_.gathered("mixed"), bytes) << "a shard and the rest";
  // All is done: nothing runs, nothing changes.
  EXPECT_EQ(sweep_.run("mixed", {"--resume"}).status, 0);
  EXPECT_EQ(sweep_.gathered("mixed"), bytes);
  std::set<std::string> rows;
  std::ifstream table(sweep_.path("one.csv"));
  for (std::string row; std::getline(table, row);)
    rows.insert(row.substr(row.find(',', row.find(',', 8) + 1)));
  EXPECT_EQ(rows.size(), SweepFolder::kMembers + 1) << "every member differs from the others";
}

TEST_F(SweepRunTest, AMemberAloneIsWhatItWasInItsBatch) {
  ASSERT_EQ(sweep_.run("store").status, 0);
  for (const char* id : {"m000001", "m000008", "m000023", "m000040"}) {
    const Said said = limpid({"sweep", "show", sweep_.path("store"), id});
    EXPECT_EQ(said.status, 0) << said.err;
    EXPECT_TRUE(said.out.starts_with(std::string("IDENTICAL ") + id + ": ")) << said.out;
    EXPECT_EQ(said.out.find("DIFFERENT"), std::string::npos);
    EXPECT_NE(said.out.find("plan = "), std::string::npos) << said.out;
  }
  expect_refused(limpid({"sweep", "show", sweep_.path("store"), "m000041"}), 2, "E1817");
  // One bit of one number.
  SweepStore store(sweep_.path("store"));
  store.look();
  MemberResult forged = store.read(22);
  std::size_t at = 0;
  while (store.description().metrics[at] != "p90/S1/NH3_N") ++at;
  forged.metrics[at] = std::nextafter(forged.metrics[at], 1e9);
  store.journal({})->add({forged});
  const Said different = limpid({"sweep", "show", sweep_.path("store"), "m000023"});
  EXPECT_EQ(different.status, 1);
  EXPECT_TRUE(different.out.starts_with("DIFFERENT m000023, p90/S1/NH3_N: ")) << different.out;
  EXPECT_EQ(different.out.find("IDENTICAL"), std::string::npos);
  const auto json =
      nlohmann::json::parse(limpid({"sweep", "show", sweep_.path("store"), "m000023", "--json"}).out);
  EXPECT_EQ(json["identical"], false);
  EXPECT_EQ(json["difference"]["what"], "p90/S1/NH3_N");
}

TEST_F(SweepRunTest, ASickMemberIsNamedAndStopsNoOther) {
  const std::string sick = "\n[[factor]]\nid = \"load\"\nkind = \"load\"\nvalues = [\"1\", \"1e308\"]\n";
  sweep_.folder().write("healthy.toml", SweepFolder::text());
  sweep_.folder().write("sweep.toml", SweepFolder::text() + sick);
  const Said said = sweep_.run("store");
  EXPECT_EQ(said.status, 4) << said.err;
  const auto status = sweep_.status("store");
  EXPECT_EQ(status["done"], 40);
  EXPECT_EQ(status["failed"], 40);
  EXPECT_EQ(status["left"], 0);
  ASSERT_FALSE(status["causes"].empty());
  EXPECT_NE(status["causes"][0]["cause"].get<std::string>().find("is not a finite number in reach"),
            std::string::npos)
      << status.dump();
  EXPECT_NE(said.out.find("is not a finite number in reach"), std::string::npos) << said.out;
  // The failed again: they fail again, in the same place; the others stay.
  const std::string before = sweep_.gathered("store");
  EXPECT_EQ(limpid({"sweep", "retry", sweep_.path("store")}).status, 4);
  EXPECT_EQ(sweep_.gathered("store"), before);
  EXPECT_TRUE(limpid({"sweep", "show", sweep_.path("store"), "m000002"}).out.starts_with("IDENTICAL"));
  EXPECT_NE(before.find("failed,"), std::string::npos);
  // The healthy ones are those of the sweep without the sick.
  fs::rename(sweep_.path("healthy.toml"), sweep_.path("sweep.toml"));
  EXPECT_EQ(sweep_.run("healthy").status, 0);
  SweepStore with(sweep_.path("store")), without(sweep_.path("healthy"));
  with.look();
  without.look();
  for (std::size_t m = 0; m < 40; ++m) {
    EXPECT_TRUE(std::ranges::binary_search(with.failed(), 2 * m + 1));
    const auto a = with.read(2 * m).metrics, b = without.read(m).metrics;
    EXPECT_EQ(0, std::memcmp(a.data(), b.data(), a.size() * sizeof(double))) << m;
  }
}

TEST_F(SweepRunTest, RetryTakesTheSuccessfulOne) {
  ASSERT_EQ(sweep_.run("store", {"--shard", "1/1"}).status, 0);
  const std::string bytes = sweep_.gathered("store");
  {
    // As if memory had been short: two members failed in the journal of a shard.
    SweepStore store(sweep_.path("store"));
    store.look();
    std::vector<MemberResult> all;
    for (std::size_t m = 0; m < 40; ++m) all.push_back(store.read(m));
    for (const std::size_t m : {3, 17}) {
      all[m].failed = true;
      all[m].cause = "std::bad_alloc";
    }
    fs::remove(sweep_.path("store/journal-1-of-1.db"));
    store.journal({1, 2})->add(all);
  }
  EXPECT_EQ(sweep_.status("store")["failed"], 2);
  EXPECT_EQ(sweep_.run("store", {"--resume"}).status, 4) << "a resume leaves what failed";
  EXPECT_EQ(limpid({"sweep", "retry", sweep_.path("store")}).status, 0);
  EXPECT_EQ(sweep_.status("store")["failed"], 0);
  EXPECT_EQ(sweep_.gathered("store"), bytes);
}

TEST_F(SweepRunTest, WhatIsThereIsNotTouchedUnasked) {
  EXPECT_EQ(sweep_.run("store", {"--shard", "1/5"}).status, 0);
  expect_refused(sweep_.run("store"), 2, "E1811");
  expect_refused(sweep_.run("store", {"--shard", "1/5"}), 2, "E1811");
  EXPECT_EQ(sweep_.run("store", {"--shard", "2/5"}).status, 0) << "beside another shard";
  for (const char* shard : {"0/3", "4/3", "x/3", "2", "2/", "1/0", "-1/3"})
    expect_refused(sweep_.run("other", {"--shard", shard}), 2, "E1813");
  EXPECT_FALSE(fs::exists(sweep_.path("other")));
}

TEST_F(SweepRunTest, AStoreOfAnotherSweepIsRefusedByName) {
  ASSERT_EQ(sweep_.run("store", {"--shard", "1/5"}).status, 0);
  const auto refused = [&](const std::string& what, std::vector<std::string> more = {"--resume"}) {
    const Said said = sweep_.run("store", std::move(more));
    expect_refused(said, 2, "E1810");
    EXPECT_NE(said.err.find(what), std::string::npos) << said.err;
  };
  sweep_.folder().patch("sources.csv", ",15,", ",16,");
  refused("sources.csv");
  sweep_.folder().patch("sources.csv", ",16,", ",15,");
  sweep_.folder().patch("sweep.toml", "\"0.9\"", "\"0.95\"");
  refused("sweep.toml");
  sweep_.folder().patch("sweep.toml", "\"0.95\"", "\"0.9\"");
  sweep_.folder().patch("case.toml", "\"mini\"", "\"maxi\"");
  refused("mini there, maxi here");
  sweep_.folder().patch("case.toml", "\"maxi\"", "\"mini\"");
  refused("series", {"--resume", "--series", "S1:NH3_N"});
  EXPECT_EQ(sweep_.run("store", {"--resume"}).status, 0);
  sweep_.folder().write("store/inputs/sources.csv", "changed\n");
  expect_refused(limpid({"sweep", "status", sweep_.path("store")}), 2, "E1810");
}

TEST_F(SweepRunTest, WhatIsNoStoreIsSaidToBe) {
  expect_refused(limpid({"sweep", "status", sweep_.path("none")}), 2, "E1818");
  fs::create_directory(sweep_.path("other"));
  sweep_.folder().write("other/letter.txt", "mine");
  expect_refused(limpid({"sweep", "gather", sweep_.path("other"), "-o", sweep_.path("x.nc")}), 2, "E1818");
  expect_refused(sweep_.run("other"), 2, "E1818");
  EXPECT_EQ(sweep_.folder().text("other/letter.txt"), "mine");
  fs::create_directory(sweep_.path("broken"));
  sweep_.folder().write("broken/store.json", "{\"limpid_store\": 1");
  expect_refused(limpid({"sweep", "retry", sweep_.path("broken")}), 2, "E1818");
  fs::create_directory(sweep_.path("empty"));
  EXPECT_EQ(sweep_.run("empty", {"--shard", "1/5"}).status, 0) << "an empty folder is taken";
}

TEST_F(SweepRunTest, TwoSweepsOnOneStoreAreRefused) {
  ASSERT_EQ(sweep_.run("store", {"--shard", "1/5"}).status, 0);
  {
    const StoreLock whole(sweep_.path("store"), {});
    expect_refused(sweep_.run("store", {"--resume"}), 2, "E1812");
    expect_refused(sweep_.run("store", {"--resume", "--shard", "2/5"}), 2, "E1812");
    expect_refused(limpid({"sweep", "retry", sweep_.path("store")}), 2, "E1812");
    EXPECT_EQ(sweep_.status("store")["at_work"], 1);
  }
  {
    const StoreLock shard(sweep_.path("store"), {1, 5});
    expect_refused(sweep_.run("store", {"--resume"}), 2, "E1812");
    expect_refused(sweep_.run("store", {"--resume", "--shard", "2/5"}), 2, "E1812");
    expect_refused(sweep_.run("store", {"--resume", "--shard", "2/4"}), 2, "E1812");
    EXPECT_EQ(sweep_.run("store", {"--resume", "--shard", "3/5"}).status, 0) << "the others may";
  }
  EXPECT_EQ(sweep_.run("store", {"--resume"}).status, 0);
  EXPECT_EQ(sweep_.status("store")["at_work"], 0);
}

TEST_F(SweepRunTest, ADamagedJournalIsNamedAndCanBeRunAgain) {
  ASSERT_EQ(sweep_.run("store").status, 0);
  const std::string bytes = sweep_.gathered("store");
  sweep_.folder().patch("store/journal-1-of-1.db", "SQLite format 3", "SQLite farmot 3");
  expect_refused(sweep_.run("store", {"--resume"}), 2, "E1819");
  expect_refused(limpid({"sweep", "gather", sweep_.path("store"), "-o", sweep_.path("store.nc")}), 2,
                 "E1819");
  fs::remove(sweep_.path("store/journal-1-of-1.db"));
  EXPECT_EQ(sweep_.run("store", {"--resume"}).status, 0);
  EXPECT_EQ(sweep_.gathered("store"), bytes);
}

TEST_F(SweepRunTest, AFullDiskEndsWithFiveAndGoesOn) {
  ASSERT_EQ(sweep_.run("whole").status, 0);
  const std::string bytes = sweep_.gathered("whole");
  const std::string disk = sweep_.path("disk");
  fs::create_directory(disk);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=256k") != 0)
    GTEST_SKIP() << "mounting is not allowed here";
  sweep_.folder().write("disk/ballast", std::string(100000, 'x'));
  // The store fits; then the room that is left is taken away.
  ASSERT_EQ(sweep_.run("disk/store", {"--shard", "1/5"}).status, 0);
  std::ofstream(disk + "/rest", std::ios::binary) << std::string(1 << 20, 'x');
  expect_refused(sweep_.run("disk/store", {"--resume"}), 5, "E5002");
  EXPECT_EQ(sweep_.status("disk/store")["done"], 8);
  fs::remove(disk + "/rest");
  mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, "size=8m");
  EXPECT_EQ(sweep_.run("disk/store", {"--resume"}).status, 0);
  EXPECT_EQ(sweep_.gathered("disk/store"), bytes);
  // Read-only: what is there can be looked at, nothing can be added.
  mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, "size=8m");
  EXPECT_EQ(sweep_.status("disk/store")["done"], 40);
  expect_refused(sweep_.run("disk/store", {"--resume"}), 5, "E5001");
  expect_refused(sweep_.run("disk/new"), 5, "E5001");
  expect_refused(limpid({"sweep", "gather", disk + "/store", "-o", disk + "/x.nc"}), 5, "E5002");
  umount2(disk.c_str(), MNT_DETACH);
}

}  // namespace
}  // namespace limpid
