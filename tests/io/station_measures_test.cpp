// Measures on hydropower stations in plans: what they become, what is refused, what a comparison writes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "io/case.hpp"
#include "tests/io/case_folder.hpp"
#include "tests/paths.hpp"

namespace limpid {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// The template with a station on a canal C01 from N1 to N3; it leaves 0.2 m3/s and is asked for 0.5.
class StationMeasures : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_.patch("case.toml", "[network]", "[network]\nhydropower = \"hydropower.csv\"");
    std::istringstream in(folder_.text("reaches.csv"));
    std::string line, all;
    while (std::getline(in, line)) all += line + (all.empty() ? ",split_kind,capacity [m3/s]" : ",,") + "\n";
    folder_.write("reaches.csv",
                  all + "C01,引水渠,Canal,N1,N3,4,0.002,0.03,brook,410,5,青河县,上段,diversion,9\n");
    folder_.write("hydropower.csv",
                  "id,name_zh,canal,release [m3/s],required [m3/s]\npower,青溪电站,C01,0.2,0.5\n");
    Problems problems;
    case_ = read_case(folder_.path(), problems);
    ASSERT_FALSE(problems.has_errors());
  }

  Plan read(const std::string& keys, Lang lang = Lang::en) {
    folder_.write("plans/one.toml",
                  "[plan]\nid = \"one\"\n\n[[measure]]\nid = \"m\"\nstart = 2025-02-01\n"
                  "evidence = \"invented\"\n" +
                      keys + "\n");
    Problems problems;
    Plan plan = read_plan(folder_.path() / "plans/one.toml", case_, problems);
    text_.clear();
    for (const Problem& p : problems.sorted())
      if (p.place.file.ends_with("one.toml"))
        text_ += std::string(info(p.code).id) + " " + p.text(lang) + "\n";
    return plan;
  }

  CaseFolder folder_;
  Case case_;
  std::string text_;
};

TEST_F(StationMeasures, AReleaseAndAShareAreTwoActions) {
  const Plan plan = read(
      "type = \"ecological_release\"\nat = \"station:power\"\nrelease = \"400 L/s\"\ninflow_share = \"10 "
      "%\"\n"
      "opex = \"3 万元/a\"");
  EXPECT_EQ(text_, "");
  ASSERT_EQ(plan.measures.size(), 2u);
  EXPECT_EQ(plan.measures[0].action, ActionKind::raise_release);
  EXPECT_NEAR(plan.measures[0].effects.at(0).value, 0.4, 1e-12);
  EXPECT_EQ(plan.measures[1].action, ActionKind::raise_release_share);
  EXPECT_NEAR(plan.measures[1].effects.at(0).value, 0.1, 1e-12);
  EXPECT_EQ(plan.measures[1].opex, 0);
}

TEST_F(StationMeasures, TwelveReleasesAreThoseOfTheMonths) {
  const Plan plan = read(
      "type = \"ecological_release\"\nat = \"county:青河县\"\n"
      "release = [0.3, 0.3, 0.3, 0.5, 0.5, 0.8, 0.8, 0.8, 0.5, 0.5, 0.3, 0.3]\nseason = \"10-01/05-31\"");
  EXPECT_EQ(text_, "");
  ASSERT_EQ(plan.measures.size(), 1u);
  std::vector<double> values;
  for (const Effect& e : plan.measures[0].effects) values.push_back(e.value);
  EXPECT_THAT(values, ElementsAre(0.3, 0.3, 0.3, 0.5, 0.5, 0.8, 0.8, 0.8, 0.5, 0.5, 0.3, 0.3));
}

TEST_F(StationMeasures, AStationIsRemoved) {
  const Plan plan = read("type = \"station_removed\"\nat = \"station:power\"");
  EXPECT_EQ(text_, "");
  ASSERT_EQ(plan.measures.size(), 1u);
  EXPECT_EQ(plan.measures[0].action, ActionKind::stop_diversion);
}

TEST_F(StationMeasures, EveryFaultIsTold) {
  const std::string release = "type = \"ecological_release\"\nat = \"station:power\"\n";
  read("type = \"station_removed\"\nat = \"station:powwer\"");
  EXPECT_THAT(text_, HasSubstr("E1528 "));
  EXPECT_THAT(text_, HasSubstr("unknown station \"powwer\"; nearest: \"power\""));
  read("type = \"station_removed\"\nat = \"station:powwer\"", Lang::zh);
  EXPECT_THAT(text_, HasSubstr("未知电站 \"powwer\""));
  read(release + "release = 0.15");
  EXPECT_THAT(text_, HasSubstr("E1527 "));
  EXPECT_THAT(text_, HasSubstr("raises nothing at station \"power\": it asks for 0.15 m3/s"));
  read(release + "release = 0.15", Lang::zh);
  EXPECT_THAT(text_, HasSubstr("未提高电站 \"power\" 的下泄"));
  read(release + "release = [0.3, 0.4]");
  EXPECT_THAT(text_, HasSubstr("E1330 "));
  read(release + "release = \"-0.3 m3/s\"");
  EXPECT_THAT(text_, HasSubstr("E1330 "));
  read(release + "release = \"0.3 m\"");
  EXPECT_THAT(text_, HasSubstr("one.toml:10"));
  read(release + "inflow_share = 1.2");
  EXPECT_THAT(text_, HasSubstr("E1330 "));
  read(release);
  EXPECT_THAT(text_, HasSubstr("E1508 "));
  read(release + "flow = 0.3");  // more water, where no source is
  EXPECT_THAT(text_, HasSubstr("E1506 "));
  read("type = \"ecological_release\"\nat = \"source:wwtp\"\nrelease = 0.4");
  EXPECT_THAT(text_, HasSubstr("E1506 "));
  read(release + "release = 0.4\nreduction = 0.2");
  EXPECT_THAT(text_, HasSubstr("E1507 "));
}

TEST_F(StationMeasures, ACaseWithoutStationsKnowsNone) {
  case_.basin.stations.clear();
  read("type = \"station_removed\"\nat = \"station:power\"");
  EXPECT_THAT(text_, HasSubstr("E1528 "));
}

// From February on the station leaves what is asked for: the days below end there, in the plan's stations.csv
// only.
TEST_F(StationMeasures, AComparisonCountsTheDaysOfEachPlan) {
  read("type = \"ecological_release\"\nat = \"station:power\"\nrelease = \"0.5 m3/s\"");
  const auto out = folder_.path() / "out";
  const std::string command = binary_dir() + "/limpid plan compare --quiet --lang en " +
                              folder_.path().string() + " " + (folder_.path() / "plans/one.toml").string() +
                              " -o " + out.string();
  ASSERT_EQ(std::system(command.c_str()), 0);
  const std::string without = content_of(out / "baseline/stations.csv"),
                    with = content_of(out / "one/stations.csv");
  EXPECT_THAT(without, HasSubstr("\npower,青溪电站,2025-01,31,31,"));
  EXPECT_THAT(with, HasSubstr("\npower,青溪电站,2025-01,31,31,"));
  EXPECT_THAT(without, HasSubstr("\npower,青溪电站,2025-03,31,31,"));
  EXPECT_THAT(with, HasSubstr("\npower,青溪电站,2025-03,31,0,"));
}

}  // namespace
}  // namespace limpid
