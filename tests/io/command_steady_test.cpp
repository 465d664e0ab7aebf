// limpid run --steady: its folder, its days, and what it says when there is no steady state.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

struct Told {
  int status;
  std::string text;
};

Told steady(const CaseFolder& folder, const std::string& more = "") {
  const std::string out = folder.path().string() + "_out";
  const std::string command = binary_dir() + "/limpid --lang en --force run " + folder.path().string() +
                              " --steady -o " + out + " " + more + " 2>&1";
  std::FILE* pipe = popen(command.c_str(), "r");
  Told told{};
  std::array<char, 4096> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe)) told.text += buffer.data();
  told.status = WEXITSTATUS(pclose(pipe));
  return told;
}

std::string written(const CaseFolder& folder, const std::string& file) {
  return content_of(folder.path().string() + "_out/" + file);
}

struct CommandSteady : testing::Test {
  CaseFolder folder;
  ~CommandSteady() override { std::filesystem::remove_all(folder.path().string() + "_out"); }
};

TEST_F(CommandSteady, WritesOneInstantAndADaysLedger) {
  const Told told = steady(folder);
  ASSERT_EQ(told.status, 0) << told.text;
  EXPECT_NE(told.text.find("steady state under the mean inputs of 2025-01-01"), std::string::npos)
      << told.text;
  const std::string sections = written(folder, "sections.csv");
  EXPECT_NE(sections.find("2025-01-01T00:00:00+08:00,S1,NH3_N,"), std::string::npos);
  EXPECT_EQ(sections.find("2025-01-02"), std::string::npos);
  EXPECT_NE(written(folder, "assessment.csv").find("S1,下河口,2025-01,NH3_N,1.3"), std::string::npos);
  EXPECT_NE(written(folder, "ledger.csv").find("NH3_N,source:wwtp,180000"), std::string::npos);  // g/d
  EXPECT_EQ(written(folder, "steady.csv").find("constituent,change_per_day,reach,chainage_km,store\ntracer,"),
            0u);
  const auto run = nlohmann::json::parse(written(folder, "run.json"));
  EXPECT_EQ(run["status"], "complete");
  EXPECT_LT(run["closure"]["NH3_N"].get<double>(), 1e-12);
}

TEST_F(CommandSteady, TakesTheDayThatIsAsked) {
  const Told told = steady(folder, "--day 2025-01-03 --json");
  ASSERT_EQ(told.status, 0) << told.text;
  const auto json = nlohmann::json::parse(told.text);
  EXPECT_EQ(json["day"], "2025-01-03");
  EXPECT_LT(json["change_per_day"]["tracer"].get<double>(), 1e-9);
  EXPECT_NE(written(folder, "sections.csv").find("2025-01-03T00:00:00+08:00,S1"), std::string::npos);
}

TEST_F(CommandSteady, ComesOutAgainFromItsSeal) {
  ASSERT_EQ(
      steady(folder, "--day 2025-02-03 --plan " + (folder.path() / "plans/upgrade.toml").string()).status, 0);
  const std::string out = folder.path().string() + "_out";
  const std::string verify = binary_dir() + "/limpid --lang en verify " + out + " >/dev/null 2>&1";
  EXPECT_EQ(WEXITSTATUS(std::system(verify.c_str())), 0);
  const auto run = nlohmann::json::parse(written(folder, "run.json"));
  EXPECT_EQ(run["run"]["steady"], "2025-02-03T00:00:00+08:00");
  EXPECT_TRUE(run["values_sha256"].contains("steady.csv"));
}

TEST_F(CommandSteady, DaysAndOptionsThatCannotBe) {
  EXPECT_NE(steady(folder, "--day 2031-01-03").text.find("E1330"), std::string::npos);
  EXPECT_NE(steady(folder, "--day soon").text.find("E1306"), std::string::npos);
  EXPECT_EQ(steady(folder, "--day soon").status, 2);
  EXPECT_EQ(steady(folder, "--estimate").status, 2);
}

TEST_F(CommandSteady, WhatOnlyGathersEndsWithItsPlace) {
  folder.patch("case.toml", "use = [\"tracer\", \"NH3_N\"]",
               "use = [\"tracer\", \"NH3_N\", \"heap\"]\ndefine.heap = { phase = \"attached\" }");
  folder.patch(
      "case.toml", "[climate]",
      "[processes.gathers]\ntype = \"transformation\"\nreactant = \"tracer\"\nproduct = \"heap\"\nk = "
      "\"0.5 1/d\"\n\n[climate]");
  const Told told = steady(folder);
  EXPECT_EQ(told.status, 3) << told.text;
  EXPECT_NE(told.text.find("E3002"), std::string::npos) << told.text;
  EXPECT_NE(told.text.find("heap in reach"), std::string::npos) << told.text;
  EXPECT_FALSE(std::filesystem::exists(folder.path().string() + "_out"));
}

}  // namespace
}  // namespace limpid
