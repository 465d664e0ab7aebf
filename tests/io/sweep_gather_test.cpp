// A gathered sweep in the hands of the tools that its users have.
#include <gtest/gtest.h>

#include "tests/io/sweep_folder.hpp"
#include "tests/shell.hpp"

namespace limpid {
namespace {

class SweepGatherTest : public testing::Test {
 protected:
  Outcome read() const {
    return shell("/usr/bin/python3 -W error " + source_dir() + "/tests/io/read_sweep.py " +
                 sweep_.path("store.nc") + " " + sweep_.path("store.csv"));
  }
  SweepFolder sweep_;
};

TEST_F(SweepGatherTest, XarrayReadsWhatTheTableSays) {
  sweep_.folder().patch("sweep.toml", "case = ", "series = [\"S1:NH3_N\"]\ncase = ");
  ASSERT_EQ(sweep_.run("store", {"--series", "S1:discharge", "--series", "S1:NH3_N"}).status, 0);
  sweep_.gathered("store");
  const Outcome outcome = read();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.text.starts_with("members 40 numbers ")) << outcome.text;
  const std::string timings = content_of(sweep_.path("timings.csv"));
  EXPECT_TRUE(timings.starts_with("id,seconds,lanes\nm000001,")) << timings.substr(0, 100);
  EXPECT_EQ(std::count(timings.begin(), timings.end(), '\n'), 41);
}

TEST_F(SweepGatherTest, MissingAndFailedMembersAreMarked) {
  sweep_.folder().write("sweep.toml", SweepFolder::text() + "\n[[factor]]\nid = \"load\"\nkind = \"load\"\n" +
                                          "values = [\"1\", \"1e308\"]\n");
  ASSERT_EQ(sweep_.run("store", {"--series", "S1:NH3_N", "--shard", "1/2"}).status, 4);
  sweep_.gathered("store");
  const Outcome outcome = read();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.text.starts_with("members 80 numbers ")) << outcome.text;
  const std::string table = content_of(sweep_.path("store.csv"));
  EXPECT_NE(table.find(",failed,"), std::string::npos);
  EXPECT_NE(table.find(",missing,"), std::string::npos);
  EXPECT_NE(shell("ncdump -v failed_cause " + sweep_.path("store.nc")).text.find("is not a finite number"),
            std::string::npos);
}

// The file's series and those of the command line, each once; those that go on keep them.
TEST_F(SweepGatherTest, SeriesOfTheFileAreKept) {
  sweep_.folder().patch("sweep.toml", "case = ", "series = [\"S1:NH3_N\", \"S1:NH3_N\"]\ncase = ");
  ASSERT_EQ(sweep_.run("store", {"--shard", "1/5"}).status, 0);
  ASSERT_EQ(sweep_.run("store", {"--resume"}).status, 0);
  sweep_.gathered("store");
  const std::string head = shell("ncdump -h " + sweep_.path("store.nc")).text;
  EXPECT_NE(head.find("NH3_N_at_S1("), std::string::npos) << head;
  EXPECT_EQ(head.find("discharge_at_S1("), std::string::npos);
}

TEST_F(SweepGatherTest, NamesAreAskedFor) {
  const Said series = sweep_.run("store", {"--series", "S1:NH3N"});
  EXPECT_EQ(series.status, 2);
  EXPECT_NE(series.err.find("E1105"), std::string::npos) << series.err;
  EXPECT_NE(series.err.find("NH3_N"), std::string::npos) << series.err;
  EXPECT_EQ(sweep_.run("store", {"--series", "S9:NH3_N"}).status, 2);
  ASSERT_EQ(sweep_.run("store", {"--shard", "1/5"}).status, 0);
  const Said name = limpid({"sweep", "gather", sweep_.path("store"), "-o", sweep_.path("store.csv")});
  EXPECT_EQ(name.status, 2);
  EXPECT_NE(name.err.find("store.nc"), std::string::npos) << name.err;
}

}  // namespace
}  // namespace limpid
