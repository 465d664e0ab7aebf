// The journal of a sweep's worker: bits, kills, damage, a full disk.
#include "io/sqlite_journal.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <bit>
#include <cmath>
#include <fstream>
#include <limits>
#include <random>

#include "io/sqlite_database.hpp"
#include "model/problem.hpp"
#include "tests/io/tiny_basin.hpp"

namespace limpid {
namespace {

namespace fs = std::filesystem;

const MemberShape kShape{3, 2, 4};

MemberResult result(std::size_t member) {
  const double x = static_cast<double>(member);
  MemberResult r;
  r.member = member;
  r.metrics = {x + 0.1, std::numeric_limits<double>::quiet_NaN(), -0.0};
  r.closure = {1e-16, 5e-324};
  r.capex = 1e7 / 3;
  r.opex = std::numeric_limits<double>::infinity();
  r.series = {x, x / 3, -x, 0};
  r.seconds = 0.25;
  r.lanes = 8;
  return r;
}

std::vector<double> numbers(const MemberResult& r) {
  std::vector<double> all = r.metrics;
  all.insert(all.end(), r.closure.begin(), r.closure.end());
  all.push_back(r.capex);
  all.push_back(r.opex);
  all.insert(all.end(), r.series.begin(), r.series.end());
  return all;
}

void expect_same(const MemberResult& a, const MemberResult& b) {
  EXPECT_EQ(a.member, b.member);
  EXPECT_EQ(a.failed, b.failed);
  EXPECT_EQ(a.cause, b.cause);
  EXPECT_EQ(a.lanes, b.lanes);
  EXPECT_EQ(a.seconds, b.seconds);
  const auto x = numbers(a), y = numbers(b);
  ASSERT_EQ(x.size(), y.size());
  for (std::size_t i = 0; i < x.size(); ++i)
    EXPECT_EQ(std::bit_cast<std::uint64_t>(x[i]), std::bit_cast<std::uint64_t>(y[i])) << i;
}

template <class Action>
std::string code_of(const Action& action, std::string* text = nullptr) {
  try {
    action();
  } catch (const Failure& failure) {
    if (text) *text = failure.problem().text(Lang::en);
    return info(failure.problem().code).id;
  }
  return "";
}

class SqliteJournalTest : public testing::Test {
 protected:
  fs::path folder_ = tiny::folder("journal"), path_ = folder_ / "journal-1-of-1.db";
};

TEST_F(SqliteJournalTest, KeepsEveryBit) {
  SqliteJournal journal(path_, "id", kShape, true);
  journal.add({result(7), result(2)});
  journal.add({result(5)});
  EXPECT_EQ(journal.done(), (std::vector<std::size_t>{2, 5, 7}));
  const SqliteJournal again(path_, "id", kShape, false);
  for (const std::size_t m : {2, 5, 7}) expect_same(again.read(m), result(m));
  ASSERT_EQ(again.sessions().size(), 1u);
  EXPECT_EQ(again.sessions()[0].members, 3u);
  EXPECT_GE(again.sessions()[0].last, again.sessions()[0].started);
}

TEST_F(SqliteJournalTest, AMemberThatIsRunAgainReplacesTheOld) {
  MemberResult sick = result(3);
  sick.failed = true;
  sick.cause = "NH3_N is not a finite number";
  SqliteJournal journal(path_, "id", kShape, true);
  journal.add({sick});
  ASSERT_EQ(journal.entries().size(), 1u);
  EXPECT_TRUE(journal.entries()[0].failed);
  expect_same(journal.read(3), sick);
  journal.add({result(3)});
  ASSERT_EQ(journal.entries().size(), 1u);
  EXPECT_FALSE(journal.entries()[0].failed);
}

TEST_F(SqliteJournalTest, OfAnotherStoreIsRefused) {
  SqliteJournal(path_, "one", kShape, true).add({result(1)});
  EXPECT_EQ(code_of([&] { SqliteJournal(path_, "two", kShape, false); }), "E1810");
  EXPECT_EQ(code_of([&] { SqliteJournal(path_, "two", kShape, true); }), "E1810");
}

TEST_F(SqliteJournalTest, AFileWithoutAByteIsEmpty) {
  std::ofstream(path_).close();
  EXPECT_TRUE(SqliteJournal(path_, "id", kShape, false).done().empty());
  SqliteJournal(path_, "id", kShape, true).add({result(1)});
  EXPECT_EQ(SqliteJournal(path_, "id", kShape, false).done().size(), 1u);
}

TEST_F(SqliteJournalTest, DamageIsNoticed) {
  SqliteJournal(path_, "id", kShape, true).add({result(1), result(2)});
  std::string bytes;
  {
    std::ifstream in(path_, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  const auto with = [&](std::string text) { std::ofstream(path_, std::ios::binary) << text; };
  const auto read_all = [&] {
    const SqliteJournal journal(path_, "id", kShape, false);
    for (const std::size_t m : journal.done()) journal.read(m);
  };
  with("no database at all, but long enough to be looked at: " + std::string(2000, 'x'));
  EXPECT_EQ(code_of(read_all), "E1819");
  with(bytes.substr(0, bytes.size() / 2));
  EXPECT_EQ(code_of(read_all), "E1819");
  // One bit of one double: nothing that SQLite would see.
  const double x = 1 + 0.1;
  const std::size_t at = bytes.find(std::string(reinterpret_cast<const char*>(&x), sizeof x));
  ASSERT_NE(at, std::string::npos);
  std::string flipped = bytes;
  flipped[at] = static_cast<char>(flipped[at] ^ 1);
  with(flipped);
  EXPECT_EQ(code_of(read_all), "E1819");
  with(bytes);
  EXPECT_EQ(code_of(read_all), "");
  EXPECT_EQ(code_of([&] { SqliteJournal(path_, "id", {3, 2, 5}, false).read(1); }), "E1819");
  EXPECT_EQ(code_of([&] { SqliteJournal(path_, "id", kShape, false).read(9); }), "E1819");
}

TEST_F(SqliteJournalTest, ALockedFileIsSaidToBe) {
  SqliteJournal journal(path_, "id", kShape, true);
  SqliteDatabase holder(path_, SqliteDatabase::Mode::write);
  holder.execute("BEGIN EXCLUSIVE");
  EXPECT_EQ(code_of([&] {
              SqliteDatabase other(path_, SqliteDatabase::Mode::write, std::chrono::milliseconds(50));
              other.execute("BEGIN IMMEDIATE");
            }),
            "E1812");
}

TEST_F(SqliteJournalTest, AFolderThatIsNotThereIsSaidToBe) {
  EXPECT_EQ(code_of([&] { SqliteJournal(folder_ / "none" / "a.db", "id", kShape, true); }), "E5001");
}

// The child says over a pipe which batch it has added; whatever it said is there after the kill.
TEST_F(SqliteJournalTest, AKillLosesNothingThatWasAdded) {
  std::mt19937 random(11);
  std::size_t said = 0;
  for (int kill = 0; kill < 20; ++kill) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      SqliteJournal journal(path_, "id", kShape, true);
      for (std::size_t m = said;; m += 2) {
        journal.add({result(m), result(m + 1)});
        const std::size_t done = m + 2;
        if (::write(ends[1], &done, sizeof done) != sizeof done) ::_exit(1);
      }
    }
    ::close(ends[1]);
    // Every fourth blindly, the others a moment after one more batch, however slow the disk is.
    std::size_t done = 0;
    if (kill % 4 != 3 && ::read(ends[0], &done, sizeof done) == sizeof done) said = done;
    ::usleep(static_cast<useconds_t>(random() % 50000));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (::read(ends[0], &done, sizeof done) == sizeof done) said = done;
    ::close(ends[0]);
    const SqliteJournal journal(path_, "id", kShape, false);
    const auto members = journal.done();
    ASSERT_GE(members.size(), said) << "kill " << kill;
    EXPECT_EQ(members.size() % 2, 0u) << "half a batch";
    for (std::size_t m = 0; m < members.size(); ++m) {
      ASSERT_EQ(members[m], m);
      expect_same(journal.read(m), result(m));
    }
    said = members.size();
  }
  EXPECT_GT(said, 20u);
}

TEST_F(SqliteJournalTest, AFullDiskKeepsWhatWasThere) {
  if (mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=128k") != 0)
    GTEST_SKIP() << "mounting is not allowed here";
  const MemberShape large{3, 2, 1000};
  const auto with_series = [](std::size_t member) {
    MemberResult r = result(member);
    r.series.assign(1000, static_cast<double>(member));
    return r;
  };
  std::size_t added = 0;
  std::string code, text;
  {
    SqliteJournal journal(path_, "id", large, true);
    for (; added < 100 && code.empty(); ++added)
      code = code_of([&] { journal.add({with_series(added)}); }, &text);
    EXPECT_EQ(code, "E5002");
    EXPECT_NE(text.find("8312 bytes are needed there"), std::string::npos) << text;
    --added;
    EXPECT_GT(added, 3u);
    EXPECT_EQ(journal.done().size(), added);
  }
  mount("tmpfs", folder_.c_str(), "tmpfs", MS_REMOUNT, "size=4m");
  SqliteJournal journal(path_, "id", large, true);
  journal.add({with_series(added)});
  for (std::size_t m = 0; m <= added; ++m) expect_same(journal.read(m), with_series(m));
  umount2(folder_.c_str(), MNT_DETACH);
}

}  // namespace
}  // namespace limpid
