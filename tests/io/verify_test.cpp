// limpid verify: what a run or a comparison wrote comes out again from its own sealed inputs; a changed
// value, a broken seal and what cannot be run again are named.
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <netcdf>
#include <nlohmann/json.hpp>

#include "io/first_difference.hpp"
#include "io/sealed_run.hpp"
#include "tests/io/case_folder.hpp"
#include "tests/io/typed.hpp"

namespace limpid {
namespace {

namespace fs = std::filesystem;

class VerifyTest : public testing::Test {
 protected:
  VerifyTest() {
    folder_.patch("case.toml", "end = 2027-01-01", "end = 2025-03-01");
    folder_.patch("case.toml", "\"10 min\"", "\"1 h\"");
    folder_.patch("case.toml", "[assessment]",
                  "[output]\nmap_interval = \"5 d\"\nfinal_state = true\n\n[assessment]");
    folder_.patch("sections.csv", "2025-12-31", "2025-02-15");
  }
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  void run(std::vector<std::string> more) {
    more.insert(more.begin(), {"run", folder_.path().string(), "-o", path("out"), "--quiet", "--force"});
    const Said said = limpid(more);
    ASSERT_EQ(said.status, 0) << said.err;
  }
  // Moved, so that nothing but the sealed inputs can be read.
  Said verify(const std::string& name = "out") {
    fs::remove_all(path("moved"));
    fs::rename(path(name), path("moved"));
    Said said = limpid({"verify", path("moved")});
    fs::rename(path("moved"), path(name));
    EXPECT_EQ(said.out.find("IDENTICAL") != std::string::npos, said.status == 0) << said.out;
    EXPECT_EQ(said.out.find("DIFFERENT") != std::string::npos, said.status == 1) << said.out;
    EXPECT_EQ((said.out + said.err).find("dentical"), std::string::npos);
    EXPECT_EQ((said.out + said.err).find("ifferent"), std::string::npos);
    return said;
  }
  void expect_identical(const std::string& name = "out") {
    const Said said = verify(name);
    EXPECT_EQ(said.status, 0) << said.out << said.err;
    EXPECT_NE(said.out.find("IDENTICAL ("), std::string::npos) << said.out;
  }
  void expect_different(const std::string& text) {
    const Said said = verify();
    EXPECT_EQ(said.status, 1) << said.out << said.err;
    EXPECT_NE(said.out.find("DIFFERENT " + text), std::string::npos) << said.out << said.err;
  }
  // Puts a sum into run.json as if the file had been so from the begin.
  void seal_again(const std::string& file, const std::string& sha256) {
    auto j = nlohmann::ordered_json::parse(folder_.text("out/run.json"));
    j["values_sha256"][file] = sha256;
    folder_.write("out/run.json", j.dump());
  }

  CaseFolder folder_;
};

TEST_F(VerifyTest, ARunComesOutAgain) {
  run({});
  expect_identical();
  run({"--plan", path("plans/upgrade.toml")});
  expect_identical();
  const Said json = limpid({"verify", path("out"), "--json"});
  EXPECT_EQ(nlohmann::json::parse(json.out)["verdict"], "IDENTICAL");
  EXPECT_NE(limpid({"verify", path("out")}, "zh").out.find("个结果文件"), std::string::npos);
}

TEST_F(VerifyTest, AMemberComesOutAgain) {
  folder_.write("sure.toml",
                "[how_sure]\nmembers = 6\nseed = 4\n\n[parameters.decay_NH3_N]\nk = 0.3\n\n[years.a]\n"
                "forcing_years = { default = \"2021\" }\n");
  run({"--plan", path("plans/upgrade.toml"), "--how-sure", path("sure.toml"), "--member", "5"});
  fs::remove(path("sure.toml"));
  expect_identical();
}

// A plan that was a lane among others, and late by a slip, is run alone; the comparison's folder stands for
// all.
TEST_F(VerifyTest, PlansOfAComparisonComeOutAgainAlone) {
  std::string late = folder_.text("plans/upgrade.toml");
  late.replace(late.find("\"1.5 mg/L\""), 10, "\"2.5 mg/L\"");
  folder_.write("plans/weaker.toml", late);
  const std::string id = late.substr(late.find("[[measure]]"));
  const std::size_t at = id.find("id = \"") + 6;
  const std::string measure = id.substr(at, id.find('"', at) - at);
  folder_.patch("plans/upgrade.toml", "start = 2025-03-01", "start = 2025-01-10");
  folder_.patch("plans/weaker.toml", "start = 2025-03-01", "start = 2025-01-20");
  const Said said =
      limpid({"plan", "compare", folder_.path().string(), path("plans/upgrade.toml"),
              path("plans/weaker.toml"), "--slip", measure + "=P9D", "-o", path("out"), "--quiet"});
  ASSERT_EQ(said.status, 0) << said.err;
  const auto recipe = nlohmann::json::parse(folder_.text("out/upgrade/run.json"))["run"];
  EXPECT_EQ(recipe["slips"], nlohmann::json({measure + "=P9D"}));
  for (const char* name : {"out/baseline", "out/upgrade", "out/weaker", "out"}) expect_identical(name);
  auto without = nlohmann::ordered_json::parse(folder_.text("out/weaker/run.json"));
  without["run"].erase("slips");
  folder_.write("out/weaker/run.json", without.dump());
  expect_different("weaker/results.nc, ");
}

TEST_F(VerifyTest, AChangedTableIsFoundByConstituentAndPlace) {
  run({});
  const std::string table = folder_.text("out/sections.csv");
  const std::size_t row = table.find("NH3_N", table.find("2025-02-03T05:00:00")),
                    begin = table.rfind('\n', row) + 1, value = table.find(',', row) + 1;
  std::string changed = table;
  changed[value] = changed[value] == '9' ? '8' : '9';
  folder_.write("out/sections.csv", changed);
  const std::string section = table.substr(begin + 26, table.find(',', begin + 26) - begin - 26);
  expect_different("sections.csv, NH3_N, time 2025-02-03T05:00:00+08:00, section_id " + section + ", line ");
  EXPECT_NE(verify().out.find("the seal is broken: sections.csv is not what run.json says"),
            std::string::npos);
  folder_.write("out/sections.csv", table + "more\n");
  expect_different("sections.csv, all columns, line ");
  fs::remove(path("out/sections.csv"));
  expect_different("sections.csv, all variables, the whole file: missing or damaged in the folder");
}

// The value is changed in the file and its sum with it: only running again finds that.
TEST_F(VerifyTest, AChangedValueOfResultsIsFoundByVariableAndPlace) {
  run({});
  {
    // NetCDF opens nothing for change that was made in memory; a copy it does.
    ASSERT_EQ(std::system(("nccopy '" + path("out/results.nc") + "' '" + path("copy.nc") + "'").c_str()), 0);
    fs::rename(path("copy.nc"), path("out/results.nc"));
    netCDF::NcFile file(path("out/results.nc"), netCDF::NcFile::write);
    netCDF::NcVar series = file.getVar("section_NH3_N");
    double value = 0;
    series.getVar(std::vector<std::size_t>{30, 0}, &value);
    series.putVar(std::vector<std::size_t>{30, 0}, std::nextafter(value, 2 * value));
  }
  expect_different("results.nc, section_NH3_N, time 2025-01-02T06:00:00+08:00, section ");
  EXPECT_NE(verify().out.find("the seal is broken"), std::string::npos);
  const Said json = limpid({"verify", path("out"), "--json"});
  EXPECT_EQ(nlohmann::json::parse(json.out)["variable"], "section_NH3_N");
  EXPECT_EQ(nlohmann::json::parse(json.out)["seal_broken"], true);
}

TEST_F(VerifyTest, ABrokenSealIsSaid) {
  run({});
  seal_again("ledger.csv", std::string(64, '0'));
  expect_different("run.json, values_sha256, ledger.csv: 0000000000");
  EXPECT_NE(verify().out.find("the seal is broken: ledger.csv is not what run.json says"), std::string::npos);
  run({});
  folder_.patch("out/inputs/sources.csv", "12000 m3/d", "12001 m3/d");
  expect_different("inputs/sources.csv, all bytes, the whole file; the seal is broken: inputs/sources.csv");
  run({});
  std::string damaged = folder_.text("out/results.nc");
  damaged.resize(damaged.size() / 3);
  folder_.write("out/results.nc", damaged);
  expect_different("results.nc, all variables, the whole file: missing or damaged in the folder");
}

TEST_F(VerifyTest, WhatCannotBeRunAgainIsSaid) {
  const Said none = limpid({"verify", path("plans")});
  EXPECT_EQ(none.status, 2);
  EXPECT_NE(none.err.find("error E1714: " + path("plans") + " cannot be run again: run.json is missing"),
            std::string::npos)
      << none.err;
  run({});
  const std::string summary = folder_.text("out/run.json");
  fs::remove(path("out/inputs/patterns.csv"));
  EXPECT_NE(verify().err.find("E1714"), std::string::npos);
  EXPECT_NE(limpid({"verify", path("out")}).err.find("inputs/patterns.csv is missing"), std::string::npos);
  auto old = nlohmann::ordered_json::parse(summary);
  old.erase("run");
  folder_.write("out/run.json", old.dump());
  EXPECT_NE(limpid({"verify", path("out")}).err.find("\"run\" in run.json is missing"), std::string::npos);
  folder_.write("out/run.json", "{");
  EXPECT_NE(limpid({"verify", path("out")}).err.find("E1051"), std::string::npos);
}

TEST(FirstDifference, OfTextsIsALine) {
  const CaseFolder folder;
  folder.write("a.csv", "x,value\n\"one, two\",1\n");
  folder.write("b.csv", "x,value\n\"one, two\",2\n");
  folder.write("c.csv", "x,value\n\"one, two\",1");
  const fs::path f = folder.path();
  EXPECT_FALSE(first_difference(f / "a.csv", f / "a.csv"));
  const auto spot = first_difference(f / "a.csv", f / "b.csv");
  ASSERT_TRUE(spot);
  EXPECT_EQ(spot->variable, "value");
  EXPECT_EQ(spot->place, "x one, two, line 2");
  EXPECT_EQ(spot->a + spot->b, "12");
  EXPECT_EQ(first_difference(f / "a.csv", f / "c.csv")->place, "the end of the last line");
}

}  // namespace
}  // namespace limpid
