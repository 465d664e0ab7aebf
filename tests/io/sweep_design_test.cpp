// limpid sweep design: the table it writes and what it says.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "io/command_sweep_design.hpp"
#include "io/sweep_reader.hpp"
#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

constexpr const char* kSweep = R"([sweep]
id = "s"
case = "."
end = 2025-02-01
[design]
method = "latin_hypercube"
waters = 3
members = 20
[[factor]]
id = "flow"
kind = "flow"
low = 0.5
high = 1
[[factor]]
id = "load"
kind = "load"
low = 0.5
high = 2
)";

class SweepDesign : public testing::Test {
 protected:
  void SetUp() override { folder_.write("sweep.toml", kSweep); }
  std::string printed(const CommonOptions& common, int status = 0) {
    testing::internal::CaptureStdout();
    EXPECT_EQ(command_sweep_design(common, folder_.path() / "sweep.toml", folder_.path() / "design.csv"),
              status);
    return testing::internal::GetCapturedStdout();
  }
  CaseFolder folder_;
};

// 3 waters of 20 members each: batches of 16 and 4 lanes.
TEST_F(SweepDesign, SaysWatersBatchesAndOccupancy) {
  CommonOptions common;
  common.json = true;
  common.threads = 2;
  const auto said = nlohmann::json::parse(printed(common));
  EXPECT_EQ(said["members"], 60);
  EXPECT_EQ(said["factors"], 2);
  EXPECT_EQ(said["waters"], 3);
  EXPECT_EQ(said["batches"], 6);
  EXPECT_EQ(said["lanes"], 16);
  EXPECT_DOUBLE_EQ(said["occupancy"], 60.0 / 96);
  // Batches of 16, 4, 16, 4, 16, 4 on two threads, each 1.3 lanes dearer: 16 + 4 + 16 against 4 + 16 + 4.
  EXPECT_NEAR(said["seconds"].get<double>() / said["core_seconds"].get<double>(), 39.9 / 67.8, 1e-6);
}

TEST_F(SweepDesign, SpeaksBothLanguages) {
  CommonOptions common;
  EXPECT_NE(printed(common).find("60 members, 2 factors"), std::string::npos);
  common.force = true;
  common.lang = Lang::zh;
  EXPECT_NE(printed(common).find("60 个成员，2 个因子"), std::string::npos);
}

TEST_F(SweepDesign, ReplacesNothingUnlessForced) {
  CommonOptions common;
  common.quiet = true;
  EXPECT_EQ(printed(common), "");
  try {
    printed(common);
    FAIL() << "it replaced design.csv";
  } catch (const Failure& failure) {
    testing::internal::GetCapturedStdout();
    EXPECT_EQ(failure.problem().code, Code::E1010);
  }
}

TEST_F(SweepDesign, WritesNothingOfASweepWithErrors) {
  folder_.patch("sweep.toml", "kind = \"flow\"", "kind = \"fow\"");
  testing::internal::CaptureStderr();
  printed({}, 2);
  EXPECT_NE(testing::internal::GetCapturedStderr().find("E1105"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "design.csv"));
}

// The demo's sweep: four waters of six members.
TEST(SweepDemo, HasTwentyFourMembersOnFourWaters) {
  Problems problems;
  const SweepFile file = read_sweep(source_folder() / "examples/demo/sweep.toml", problems);
  EXPECT_FALSE(problems.has_errors()) << codes_of(problems, source_folder());
  EXPECT_EQ(file.sweep.design.members(), 24u);
  EXPECT_EQ(batches_of(file.c.basin, file.sweep, 24, file.c.run.grid.offset).size(), 4u);
}

}  // namespace
}  // namespace limpid
