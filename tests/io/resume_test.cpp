// limpid run --checkpoint and --resume: kill -9, signals, a full disk, read-only folders, and what is
// refused.
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>

#include "io/resumable_run.hpp"
#include "tests/io/started_program.hpp"

namespace limpid {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

class ResumeTest : public testing::Test {
 protected:
  ResumeTest() {
    folder_.patch("case.toml", "[assessment]", "[output]\nmap_interval = \"5 d\"\n\n[assessment]");
  }

  fs::path path(const std::string& name) const { return folder_.path() / name; }
  std::vector<std::string> words(const std::vector<std::string>& more, const std::string& out = "out") const {
    std::vector<std::string> all{"run", folder_.path().string(), "-o", path(out).string(), "--quiet"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  int run(const std::vector<std::string>& more, const std::string& out = "out") {
    StartedProgram program(words(more, out), path("log"));
    const int status = program.wait();
    said_ = program.text();
    return status;
  }
  // Waits until a run's checkpoint has been replaced `times` times.
  void wait_for_checkpoints(StartedProgram& program, int times) const {
    const fs::path state = path("out.partial/checkpoint/state");
    fs::file_time_type last{};
    for (int seen = 0; seen <= times && program.runs(); std::this_thread::sleep_for(milliseconds(1))) {
      std::error_code none;
      const auto now = fs::last_write_time(state, none);
      if (none || now == last) continue;
      last = now;
      ++seen;
    }
  }
  std::size_t record_size() const {
    std::error_code none;
    const auto size = fs::file_size(path("out.partial/checkpoint/record"), none);
    return none ? 0 : static_cast<std::size_t>(size);
  }
  nlohmann::json run_json(const std::string& out) const {
    return nlohmann::json::parse(content_of(path(out) / "run.json"));
  }
  void expect_as_if_never_stopped(const std::vector<std::string>& more = {}) {
    ASSERT_EQ(run(more, "whole"), 0) << said_;
    expect_same_folder(path("whole"), path("out"));
    EXPECT_EQ(run_json("whole")["values_sha256"], run_json("out")["values_sha256"]);
    EXPECT_EQ(run_json("whole")["limited"], run_json("out")["limited"]);
    EXPECT_EQ(run_json("whole")["closure"], run_json("out")["closure"]);
    EXPECT_EQ(run_json("whole")["steps"], run_json("out")["steps"]);
    EXPECT_FALSE(fs::exists(path("out.partial")));
    EXPECT_FALSE(fs::exists(path("out.checkpoint")));
  }

  CaseFolder folder_;
  std::string said_;
};

TEST_F(ResumeTest, CheckpointsChangeNothing) {
  ASSERT_EQ(run({"--checkpoint", "P30D"}), 0) << said_;
  expect_as_if_never_stopped();
}

// Runs that are killed again and again until they are done: 20 kills, every fourth as soon as it can be, the
// others when the record has grown by a random part; LIMPID_LONG_TESTS=1 asks for 1,000.
TEST_F(ResumeTest, KillsLoseNothing) {
  const int wanted = std::getenv("LIMPID_LONG_TESTS") ? 1000 : 20;
  std::mt19937 random(20260611);
  ASSERT_EQ(run({"--checkpoint", "P20D"}), 0) << said_;
  int kills = 0, inside = 0, starts = 0;
  while (kills < wanted && starts < 3 * wanted) {
    fs::remove_all(path("out"));
    for (; !fs::exists(path("out")) && starts < 3 * wanted; ++starts) {
      const bool resume = fs::exists(path("out.partial/checkpoint/state"));
      StartedProgram program(words(resume ? std::vector<std::string>{"--resume"}
                                          : std::vector<std::string>{"--checkpoint", "P20D", "--force"}),
                             path("log"));
      const std::size_t grown = starts % 4 == 0 ? 0 : random() % 300'000;  // of about 850 kB
      for (const std::size_t until = record_size() + grown; program.runs() && record_size() < until;)
        std::this_thread::sleep_for(milliseconds(1));
      std::this_thread::sleep_for(std::chrono::microseconds(random() % 20'000));
      const bool killed = program.runs();
      const int status = program.wait(SIGKILL);
      EXPECT_TRUE(status == -SIGKILL || status == 0) << program.text();
      kills += killed;
      inside += killed && resume;
    }
    fs::remove_all(path("out.checkpoint"));  // where the kill came between the last two moves
    ASSERT_NO_FATAL_FAILURE(expect_as_if_never_stopped({"--force"}));
  }
  EXPECT_GE(kills, wanted);
  EXPECT_GE(inside, 1);  // a run that had gone on was killed again
}

TEST_F(ResumeTest, ASignalLeavesACheckpoint) {
  for (const auto& [number, status] : {std::pair{SIGTERM, 143}, {SIGINT, 130}}) {
    StartedProgram program(words({"--checkpoint", "P10D", "--plan", path("plans/upgrade.toml").string()}),
                           path("log"));
    wait_for_checkpoints(program, 3);
    const auto sent = std::chrono::steady_clock::now();
    ASSERT_EQ(program.wait(number), status) << program.text();
    EXPECT_LT(std::chrono::steady_clock::now() - sent, std::chrono::seconds(5));
    const std::string text = program.text();
    EXPECT_NE(text.find("Interrupted. The run stands at 202"), std::string::npos) << text;
    EXPECT_NE(
        text.find("--plan " + path("plans/upgrade.toml").string() + " --resume -o " + path("out").string()),
        std::string::npos)
        << text;
    EXPECT_FALSE(fs::exists(path("out")));
    EXPECT_EQ(run({"--plan", path("plans/upgrade.toml").string()}), 2);  // would throw it away
    EXPECT_NE(said_.find("E1010"), std::string::npos) << said_;
    ASSERT_EQ(run({"--resume", "--plan", path("plans/upgrade.toml").string()}), 0) << said_;
    expect_as_if_never_stopped({"--force", "--plan", path("plans/upgrade.toml").string()});
    fs::remove_all(path("out"));
  }
}

TEST_F(ResumeTest, ASignalInTheSpinUpLeavesACheckpoint) {
  folder_.patch("case.toml", "spin_up = \"P10D\"", "spin_up = \"P1500D\"");
  folder_.patch("case.toml", "end = 2027-01-01", "end = 2029-06-01");
  StartedProgram program(words({"--checkpoint", "P365D"}), path("log"));
  wait_for_checkpoints(program, 0);
  std::this_thread::sleep_for(milliseconds(60));
  ASSERT_EQ(program.wait(SIGTERM), 143) << program.text();
  EXPECT_NE(program.text().find("stands at 2025-01-01T00:00:00+08:00"), std::string::npos) << program.text();
  ASSERT_EQ(run({"--resume"}), 0) << said_;
  expect_as_if_never_stopped({"--force"});
}

TEST_F(ResumeTest, WithoutCheckpointsASignalLeavesNothing) {
  StartedProgram program(words({}), path("log"));
  while (program.runs() && !fs::exists(path("out.partial"))) std::this_thread::sleep_for(milliseconds(1));
  EXPECT_EQ(program.wait(SIGTERM), 143);
  EXPECT_FALSE(fs::exists(path("out.partial")));
  EXPECT_FALSE(fs::exists(path("out")));
}

TEST_F(ResumeTest, NothingToGoOnFromIsSaid) {
  EXPECT_EQ(run({"--resume"}), 2);
  EXPECT_NE(said_.find("error E1710: " + path("out.partial").string() + " holds no checkpoint"),
            std::string::npos)
      << said_;
  EXPECT_FALSE(fs::exists(path("out.partial")));
}

TEST_F(ResumeTest, APeriodIsWholeSteps) {
  for (const char* period : {"P0D", "PT7M", "30", "-P1D", ""}) {
    if (*period == '\0') continue;
    EXPECT_EQ(run({std::string("--checkpoint=") + period}), 2);
    EXPECT_NE(
        said_.find("error E1713: --checkpoint \"" + std::string(period) + "\" is no period of whole steps"),
        std::string::npos)
        << said_;
  }
  const TimeGrid grid{Time{}, Time{std::chrono::hours(24 * 90)}, 3600, std::chrono::seconds{0}};
  EXPECT_EQ(steps_of_period("P30D", grid), 720);
  EXPECT_EQ(steps_of_period("P1M", grid), 744);
}

class DamagedCheckpoint : public ResumeTest {
 protected:
  // A run that was stopped somewhere.
  DamagedCheckpoint() {
    StartedProgram program(words({"--checkpoint", "P10D"}), path("log"));
    wait_for_checkpoints(program, 3);
    EXPECT_EQ(program.wait(SIGTERM), 143) << program.text();
  }
  std::string resumed() {
    EXPECT_EQ(run({"--resume"}), 2) << said_;
    EXPECT_FALSE(fs::exists(path("out")));
    return said_;
  }
  static constexpr const char* kState = "out.partial/checkpoint/state";
  static constexpr const char* kRecord = "out.partial/checkpoint/record";
};

TEST_F(DamagedCheckpoint, IsNeverReadAndNeverLost) {
  const std::string state = folder_.text(kState), record = folder_.text(kRecord);
  std::mt19937 random(7);
  for (int n = 0; n < 12; ++n) {
    std::string bad = state;
    bad[random() % bad.size()] ^= static_cast<char>(1 << random() % 8);
    folder_.write(kState, bad);
    EXPECT_NE(resumed().find("error E1711: checkpoint " + path(kState).string() + " is damaged: "),
              std::string::npos)
        << said_;
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{50}, state.size() - 1}) {
    folder_.write(kState, state.substr(0, size));
    EXPECT_NE(resumed().find("E1711"), std::string::npos);
  }
  folder_.write(kState, state);
  std::string bad = record;
  bad[bad.size() / 2] ^= 1;
  folder_.write(kRecord, bad);
  EXPECT_NE(resumed().find("its record has another checksum"), std::string::npos) << said_;
  folder_.write(kRecord, record.substr(0, record.size() / 2));
  EXPECT_NE(resumed().find("its record is shorter than it was"), std::string::npos) << said_;
  fs::remove(path(kRecord));
  EXPECT_NE(resumed().find("its record is missing"), std::string::npos) << said_;
  folder_.write(kRecord, record + "what came after the checkpoint");  // is cut off
  ASSERT_EQ(run({"--resume"}), 0) << said_;
  expect_as_if_never_stopped();
}

TEST_F(DamagedCheckpoint, OfAnotherRunIsRefused) {
  EXPECT_EQ(run({"--resume", "--plan", path("plans/upgrade.toml").string()}), 2);
  EXPECT_NE(said_.find("error E1712: checkpoint " + path(kState).string() +
                       " is of another run: plans/upgrade.toml - there, plans/upgrade.toml "),
            std::string::npos)
      << said_;
  folder_.patch("sources.csv", "12000 m3/d", "12001 m3/d");
  EXPECT_NE(resumed().find("is of another run: sources.csv "), std::string::npos) << said_;
  folder_.patch("sources.csv", "12001 m3/d", "12000 m3/d");
  ASSERT_EQ(run({"--resume", "--checkpoint", "P100D"}), 0) << said_;  // another period is no other run
  expect_as_if_never_stopped();
}

// A member of an ensemble, and results that were already half-written when the process was killed.
TEST_F(ResumeTest, AMemberGoesOnAndHalfWrittenResultsAreReplaced) {
  folder_.write("how_sure.toml",
                "[how_sure]\nmembers = 4\nseed = 3\n\n[parameters.decay_NH3_N]\nk = 0.3\n\n[years.a]\n"
                "forcing_years = { default = \"2021\" }\n");
  const std::vector<std::string> member{"--how-sure", path("how_sure.toml").string(), "--member", "2"};
  auto with = [&](std::vector<std::string> more) {
    more.insert(more.end(), member.begin(), member.end());
    return more;
  };
  StartedProgram program(words(with({"--checkpoint", "P10D"})), path("log"));
  wait_for_checkpoints(program, 3);
  ASSERT_EQ(program.wait(SIGTERM), 143) << program.text();
  EXPECT_NE(program.text().find("--member 2 --resume"), std::string::npos);
  fs::create_directories(path("out.partial/inputs"));
  folder_.write("out.partial/results.nc.partial", "half");
  folder_.write("out.partial/inputs/stray.csv", "stray");
  EXPECT_EQ(run({"--resume"}), 2);
  EXPECT_NE(said_.find("E1712"), std::string::npos) << said_;
  fs::rename(path("out.partial/checkpoint"), path("out.checkpoint"));  // killed when all was written
  ASSERT_EQ(run(with({"--resume"})), 0) << said_;
  expect_as_if_never_stopped(with({"--force"}));
}

TEST_F(ResumeTest, AFullDiskLosesNothing) {
  ASSERT_EQ(run({}, "whole"), 0) << said_;
  const SmallDisk disk(path("disk"), "600k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting is not allowed here";
  int stopped = 0;
  std::string size;
  for (const char* larger : {"600k", "1200k", "2400k", "4800k", "64m"}) {
    ASSERT_TRUE(disk.resize(larger));
    const bool resume = fs::exists(path("disk/out.partial/checkpoint/state"));
    const int status =
        run(resume ? std::vector<std::string>{"--resume"} : std::vector<std::string>{"--checkpoint", "P20D"},
            "disk/out");
    if (status == 0) break;
    ++stopped;
    EXPECT_EQ(status, 5) << said_;
    EXPECT_NE(said_.find("No space left on device"), std::string::npos) << said_;
    EXPECT_NE(said_.find("--resume -o " + path("disk/out").string()), std::string::npos) << said_;
    EXPECT_FALSE(fs::exists(path("disk/out")));
  }
  EXPECT_GE(stopped, 1);
  expect_same_folder(path("whole"), path("disk/out"));
}

TEST_F(ResumeTest, AReadOnlyFolderIsNamed) {
  const SmallDisk disk(path("disk"), "64k", MS_RDONLY);
  if (!disk.mounted()) GTEST_SKIP() << "mounting is not allowed here";
  EXPECT_EQ(run({"--checkpoint", "P20D"}, "disk/out"), 5);
  EXPECT_NE(said_.find("error E5001: cannot write to " + path("disk/out.partial").string() +
                       ": Read-only file system"),
            std::string::npos)
      << said_;
}

}  // namespace
}  // namespace limpid
