// Hydropower stations in case files: what is read, what is refused, and what a run writes of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "io/case.hpp"
#include "tests/io/case_folder.hpp"
#include "tests/paths.hpp"

namespace limpid {
namespace {

using testing::HasSubstr;

// The template with a canal C01 from N1 to N3 beside its reaches R02 and R03.
class CaseHydropower : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_.patch("case.toml", "[network]", "[network]\nhydropower = \"hydropower.csv\"");
    std::istringstream in(folder_.text("reaches.csv"));
    std::string line, all;
    while (std::getline(in, line))
      all += line + (all.empty() ? ",split_kind,capacity [m3/s],reserve [m3/s]" : ",,,") + "\n";
    folder_.write("reaches.csv",
                  all + "C01,引水渠,Canal,N1,N3,4,0.002,0.03,brook,410,5,青河县,上段,diversion,1.5,\n");
  }

  std::string problems(const std::string& row, Lang lang = Lang::en) {
    folder_.write(
        "hydropower.csv",
        "id,name_zh,canal,release [m3/s],inflow_share,required [m3/s],pattern,opens,closes,removed\n" + row +
            "\n");
    Problems problems;
    case_ = read_case(folder_.path(), problems);
    std::string text;
    for (const Problem& problem : problems.sorted()) text += problem.text(lang) + "\n";
    return text;
  }

  CaseFolder folder_;
  Case case_;
};

TEST_F(CaseHydropower, AStationIsRead) {
  EXPECT_EQ(problems("power,青溪电站,C01,0.4,0.1,0.5,,22:30,6:00,2021-03-01"), "");
  ASSERT_EQ(case_.basin.stations.size(), 1U);
  const Hydropower& s = case_.basin.stations[0];
  EXPECT_EQ(s.name_zh, "青溪电站");
  EXPECT_EQ(case_.basin.network.reaches[static_cast<std::size_t>(s.canal)].id, "C01");
  EXPECT_EQ(case_.basin.network.reaches[static_cast<std::size_t>(s.canal)].split.station, 0);
  EXPECT_EQ(s.release.at(0), 0.4);
  EXPECT_EQ(s.inflow_share, 0.1);
  EXPECT_EQ(s.required.at(0), 0.5);
  EXPECT_EQ(s.opens, 22.5 * 3600);
  EXPECT_EQ(s.closes, 6 * 3600);
  EXPECT_EQ(s.removed, parse_time("2021-03-01"));
}

TEST_F(CaseHydropower, WhatIsNotGivenFollowsTheCanalAndTheRelease) {
  folder_.patch("reaches.csv", "diversion,1.5,", "diversion,1.5,0.3");
  EXPECT_EQ(problems("power,,C01,,,,,,,"), "");
  const Hydropower& s = case_.basin.stations.at(0);
  EXPECT_EQ(s.release.at(0), 0.3);
  EXPECT_EQ(s.required.at(0), 0.3);
  EXPECT_EQ(s.opens, s.closes);
  EXPECT_FALSE(s.removed);
}

TEST_F(CaseHydropower, MonthlyFactorsActOnConstants) {
  EXPECT_EQ(problems("power,,C01,0.4,,0.5,wet_season,,,"), "");
  const Hydropower& s = case_.basin.stations.at(0);
  EXPECT_DOUBLE_EQ(s.release.at(seconds_of(*parse_time("2021-07-10"))), 0.4 * 1.6);
  EXPECT_DOUBLE_EQ(s.required.at(seconds_of(*parse_time("2021-01-10"))), 0.5 * 0.6);
}

TEST_F(CaseHydropower, EveryFaultIsTold) {
  folder_.patch("reaches.csv", "diversion,1.5,", "diversion,1.5,0.3");
  const std::string text = problems(
      "a,,R02,,,,,,,\n"
      "b,,C01,0.4,,,,25:00,,\n"
      "c,,C01,,1.5,,,,noon,\n"
      "d,,C0l,,,-1,,,,");
  EXPECT_THAT(text, HasSubstr("E1470"));
  EXPECT_THAT(text, HasSubstr("hydropower station \"a\": reach \"R02\" is not a diversion"));
  EXPECT_THAT(text, HasSubstr("hydropower.csv:3"));
  EXPECT_THAT(text, HasSubstr("E1472"));
  EXPECT_THAT(text, HasSubstr("opens = \"25:00\" is no time of day"));
  EXPECT_THAT(text, HasSubstr("E1471"));
  EXPECT_THAT(text, HasSubstr("E1330"));
  EXPECT_THAT(text, HasSubstr("E1473"));
  EXPECT_THAT(text, HasSubstr("unknown reach \"C0l\"; nearest: \"C01\""));
  EXPECT_THAT(problems("a,,R02,,,,,,,", Lang::zh), HasSubstr("水电站 \"a\"：河段 \"R02\" 不是引水渠"));
}

// All that arrives in January is diverted: no day keeps the ecological flow, and R02 and R03 run dry.
TEST_F(CaseHydropower, ARunCountsDaysAndDewateredLength) {
  folder_.patch("reaches.csv", "diversion,1.5,", "diversion,9,");
  ASSERT_EQ(problems("power,青溪电站,C01,0,,0.2,,,,2025-02-01"), "");
  const auto out = folder_.path() / "out";
  const std::string command =
      binary_dir() + "/limpid run --quiet --lang en " + folder_.path().string() + " -o " + out.string();
  const int status = std::system(command.c_str());
  ASSERT_EQ(status, 0);
  const std::string table = content_of(out / "stations.csv");
  EXPECT_THAT(table, HasSubstr("\npower,青溪电站,2025-01,31,31,0,"));
  EXPECT_THAT(table, HasSubstr("\npower,青溪电站,2025-03,31,0,100,"));
  EXPECT_THAT(table, HasSubstr(",6400\n"));  // R02 and R03
}

}  // namespace
}  // namespace limpid
