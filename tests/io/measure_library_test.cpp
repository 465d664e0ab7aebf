// Measures of the library's types: what they become, what is refused, what is warned of.
#include "scenarios/measure_library.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "io/case_keys.hpp"
#include "scenarios/batch.hpp"
#include "tests/io/case_folder.hpp"
#include "tests/io/generated_file.hpp"

namespace limpid {
namespace {

class LibraryTest : public testing::Test {
 protected:
  LibraryTest() {
    Problems problems;
    case_ = read_case(folder_.path(), problems);
    EXPECT_FALSE(problems.has_errors());
  }

  // A plan of one measure: keys behind id and start.
  Plan read(const std::string& keys, const std::string& evidence = "evidence = \"invented\"\n") {
    folder_.write("plans/one.toml", "[plan]\nid = \"one\"\n\n[[measure]]\nid = \"m\"\nstart = 2025-03-01\n" +
                                        evidence + keys + "\n");
    problems_ = Problems();
    return read_plan(folder_.path() / "plans/one.toml", case_, problems_);
  }
  std::string codes() const {
    std::string list;
    for (const Problem& p : problems_.sorted())
      if (p.place.file.ends_with("one.toml"))
        list += (list.empty() ? "" : " ") + std::string(info(p.code).id);
    return list;
  }
  int constituent(const char* id) const { return case_.basin.constituent(id); }
  // Load [g/s] of a source on a summer day in 2026.
  double load(const Plan& plan, const char* source) {
    Batch batch(case_.basin, case_.run, {&plan});
    const Rows rows(static_cast<int>(case_.basin.constituents.size()), 1);
    std::vector<double> out;
    const double t = seconds_of(*parse_time("2026-07-10"));
    batch.loads(t, t + 86400, rows, out);
    for (std::size_t s = 0; s < case_.basin.sources.size(); ++s)
      if (case_.basin.sources[s].id == source)
        return out[rows.at(static_cast<int>(s)) + static_cast<std::size_t>(constituent("NH3_N"))] / 86400;
    ADD_FAILURE();
    return 0;
  }

  CaseFolder folder_;
  Case case_;
  Problems problems_;
};

constexpr double kWorksFlow = 12000.0 / 86400, kWorks = 15 * kWorksFlow;  // m3/s, g/s
constexpr double kVillages = 40 * 1000.0 / 86400 * 1.6;                   // g/s in July

TEST_F(LibraryTest, WorksKeepToTheirLimitsOnTheShareTheyTakeIn) {
  const Plan plan =
      read("type = \"works_built\"\nat = \"source:wwtp\"\nNH3_N = \"1.5 mg/L\"\ncoverage = 0.8");
  EXPECT_EQ(codes(), "");
  ASSERT_EQ(plan.measures.size(), 1u);
  EXPECT_EQ(plan.measures[0].action, ActionKind::cap_concentration);
  EXPECT_NEAR(load(plan, "wwtp"), 0.2 * kWorks + 0.8 * 1.5 * kWorksFlow, 1e-12);
  const Plan more = read(
      "type = \"works_upgrade\"\nat = \"source:wwtp\"\nNH3_N = \"1.5 mg/L\"\nflow = \"0.05 m3/s\"\n"
      "capex = \"10 万元\"");
  ASSERT_EQ(more.measures.size(), 2u);
  EXPECT_EQ(measure_ids(more), std::vector<std::string>{"m"});
  EXPECT_EQ(more.measures[0].capex, 1e5);
  EXPECT_EQ(more.measures[1].capex, 0);
  EXPECT_NEAR(load(more, "wwtp"), 1.5 * (kWorksFlow + 0.05), 1e-12);
}

TEST_F(LibraryTest, InterceptionTakesAShareOfEverything) {
  const Plan plan = read("type = \"interception\"\nat = \"source:wwtp\"\ncoverage = \"85 %\"");
  EXPECT_EQ(codes(), "");
  EXPECT_NEAR(load(plan, "wwtp"), 0.15 * kWorks, 1e-12);
}

// 40 kg/d stand for a coverage of 0.2 with removal 0.6: raw 40/0.88; at 0.8: 40/0.88 x 0.52.
TEST_F(LibraryTest, VillagesByHand) {
  const Plan plan = read(
      "type = \"village_sewage\"\nat = \"sector:village\"\ncoverage_before = 0.2\ncoverage = 0.8\n"
      "NH3_N = 0.6");
  EXPECT_EQ(codes(), "");
  EXPECT_NEAR(load(plan, "villages"), kVillages / 0.88 * 0.52, 1e-12);
  // The published range of a removal is that of the effect: 0.3/0.6 to 0.95/0.6.
  EXPECT_NEAR(plan.measures[0].effect_low, 0.5, 1e-12);
  EXPECT_NEAR(plan.measures[0].effect_high, 0.95 / 0.6, 1e-12);
  for (const double coverage : {0.0, 1.0}) {
    const Plan limit = read("type = \"village_sewage\"\nat = \"sector:village\"\nNH3_N = 0.6\ncoverage = " +
                            std::to_string(coverage));
    EXPECT_NEAR(load(limit, "villages"), kVillages * (1 - 0.6 * coverage), 1e-12);
  }
}

TEST_F(LibraryTest, CoverageDoesNotFallUnsaid) {
  const std::string keys =
      "type = \"livestock_manure\"\nat = \"sector:village\"\ncoverage_before = 0.6\ncoverage = 0.4\n"
      "NH3_N = 0.5\n";
  read(keys);
  EXPECT_EQ(codes(), "E1515");
  const Plan plan = read(keys + "coverage_falls = true");
  EXPECT_EQ(codes(), "");
  EXPECT_NEAR(load(plan, "villages"), kVillages / 0.7 * 0.8, 1e-12);
}

TEST_F(LibraryTest, FertiliserWorksBehindAStore) {
  const Plan plan = read(
      "type = \"fertiliser_cut\"\nat = \"sector:village\"\nNH3_N = 0.2\nresponse = 1.1\n"
      "half_life = \"P2Y\"");
  EXPECT_EQ(codes(), "");
  EXPECT_NEAR(plan.measures[0].effects[0].value, 0.22, 1e-12);
  EXPECT_EQ(plan.measures[0].half_life, 730.0 * 86400);
  EXPECT_GT(load(plan, "villages"), kVillages * 0.88);
  read("type = \"fertiliser_cut\"\nat = \"sector:village\"\nNH3_N = 0.2");
  EXPECT_EQ(codes(), "E1103");
}

// k = 18 m/a x 1.04^-5, q = flow/area, three tanks.
TEST_F(LibraryTest, AWetlandByHand) {
  const Plan plan =
      read("type = \"wetland\"\nat = \"source:wwtp\"\narea = \"3 万m2\"\ntemperature = \"15 degC\"");
  EXPECT_EQ(codes(), "");
  ASSERT_EQ(plan.measures.size(), 1u);
  const double k = 18 / (365.25 * 86400) * std::pow(1.04, -5.0), q = kWorksFlow / 3e4;
  EXPECT_NEAR(plan.measures[0].effects[0].value, 1 - std::pow(1 + k / (3 * q), -3), 1e-12);
  EXPECT_NEAR(load(plan, "wwtp"), kWorks * std::pow(1 + k / (3 * q), -3), 1e-12);
  // Many tanks are plug flow; a background is what is left over.
  EXPECT_NEAR(wetland_removal(10, 0, 2e-6, 1e-6, 1e6), 1 - std::exp(-2.0), 1e-5);
  EXPECT_EQ(wetland_removal(1, 1.5, 1, 1, 3), 0);
  EXPECT_NEAR(wetland_removal(10, 2, 1e6, 1, 3), 0.8, 1e-12);
  read("type = \"wetland\"\nat = \"sector:village\"\narea = \"1 万m2\"");
  EXPECT_NE(codes().find("E1522"), std::string::npos);
}

TEST_F(LibraryTest, ClosedAndMovedOutfalls) {
  const Plan closed = read("type = \"outfall_closed\"\nat = \"source:wwtp\"");
  EXPECT_EQ(codes(), "");
  EXPECT_EQ(load(closed, "wwtp"), 0);
  EXPECT_EQ(load(closed, "villages"), load({}, "villages"));
  read("type = \"production_stop\"\nat = \"source:wwtp\"");
  EXPECT_EQ(codes(), "E1103");
  read("type = \"outfall_moved\"\nat = \"source:wwtp\"\nto = \"source:not_yet_there\"");
  EXPECT_EQ(codes(), "E1212");
  const Plan moved = read("type = \"outfall_moved\"\nat = \"source:wwtp\"\nto = \"source:villages\"");
  EXPECT_EQ(load(moved, "wwtp"), 0);
  EXPECT_NEAR(load(moved, "villages"), kWorks, 1e-9);
}

TEST_F(LibraryTest, WaterByTransferReleaseAndSaving) {
  for (const char* type : {"ecological_release", "water_transfer"}) {
    const Plan plan = read(std::string("type = \"") + type +
                           "\"\nat = \"source:brook\"\nflow = \"0.4 m3/s\"\nseason = \"11-01/04-30\"");
    EXPECT_EQ(codes(), "");
    EXPECT_EQ(plan.measures[0].action, ActionKind::add_flow);
    EXPECT_EQ(plan.measures[0].effects[0].value, 0.4);
  }
  const Plan saving = read("type = \"water_saving\"\nat = \"source:intake\"\nreduction = 0.25");
  EXPECT_EQ(codes(), "");
  EXPECT_EQ(saving.measures[0].action, ActionKind::scale_flow);
  EXPECT_EQ(saving.measures[0].effects[0].value, -0.25);
}

TEST_F(LibraryTest, TheBedIsDredgedWhereTheCaseHasOne) {
  read("type = \"dredging\"\nat = \"stretch:下段\"\nreduction = 0.6\nrelapse = \"P3Y\"");
  EXPECT_EQ(codes(), "E1523");
  folder_.patch("case.toml", "use = [\"tracer\", \"NH3_N\"]", "use = [\"tracer\", \"NH3_N\", \"DO\"]");
  folder_.patch("case.toml", "[processes.decay_NH3_N]",
                "[processes.sediment_oxygen_demand]\nsod = \"1.5 g/m2/d\"\n\n"
                "[processes.decay_NH3_N]");
  Problems problems;
  case_ = read_case(folder_.path(), problems);
  ASSERT_FALSE(problems.has_errors()) << codes_of(problems, folder_.path());
  const Plan plan = read("type = \"dredging\"\nat = \"stretch:下段\"\nreduction = 0.6\nrelapse = \"P3Y\"");
  EXPECT_EQ(codes(), "");
  ASSERT_EQ(plan.measures.size(), 1u);
  EXPECT_EQ(plan.measures[0].parameter, "sod");
  EXPECT_NEAR(plan.measures[0].effects[0].value, 0.4 * 1.5 / 86400, 1e-12);
  // 30 kW x 1.5 kg/kWh x 0.5 = 22.5 kg/h = 6.25 g/s
  const Plan air =
      read("type = \"aeration\"\nat = \"source:wwtp\"\npower = \"30 kW\"\nefficiency = \"1.5 kg/kWh\"");
  EXPECT_EQ(codes(), "");
  EXPECT_EQ(air.measures[0].action, ActionKind::set_load);
  EXPECT_NEAR(air.measures[0].effects[0].value, 6.25, 1e-9);
  EXPECT_NEAR(air.measures[0].energy, 30000, 1e-6);
}

TEST_F(LibraryTest, TellsWhatIsImplausibleUnknownOrMissing) {
  read("type = \"village_sewage\"\nat = \"sector:village\"\nNH3_N = 0.99\ncoverage = 1");
  EXPECT_EQ(codes(), "W1526");
  read("type = \"village_sewage\"\nat = \"sector:village\"\nNH3_N = 1.2\ncoverage = 1");
  EXPECT_EQ(codes(), "E1502");
  read("type = \"interception\"\nat = \"source:wwtp\"\ncoverage = 1.5");
  EXPECT_EQ(codes(), "E1330");
  read("type = \"interception\"\nat = \"source:wwtp\"\ncoverage = 0.5", "");
  EXPECT_EQ(codes(), "W1514");
  read("type = \"wettland\"\nat = \"source:wwtp\"\narea = \"1 万m2\"");
  EXPECT_EQ(codes(), "E1105");
  read("type = \"interception\"\nat = \"source:wwtp\"\ncoverage = 0.5\narea = \"1 万m2\"");
  EXPECT_EQ(codes(), "E1507");
  read(
      "type = \"tailings_closed\"\nat = \"source:wwtp\"\nNH3_N = 0.5\nhalf_life = \"P1Y\"\nrelapse = "
      "\"P1Y\"");
  EXPECT_EQ(codes(), "E1516");
  read("type = \"buffer\"\nat = \"source:wwtp\"");
  EXPECT_EQ(codes(), "E1508");
  read("type = \"interception\"\nat = \"source:wwtp\"\ncoverage = 0.5\neffect_low = 2");
  EXPECT_EQ(codes(), "E1330");
}

TEST_F(LibraryTest, ALimitDateOutsideTheRunIsTold) {
  folder_.patch("sections.csv", "2025-12-31", "2029-12-31");
  Problems problems;
  case_ = read_case(folder_.path(), problems);
  read("type = \"interception\"\nat = \"source:wwtp\"\ncoverage = 0.5");
  std::string all;
  for (const Problem& p : problems_.sorted()) all += std::string(info(p.code).id) + " ";
  EXPECT_NE(all.find("W1518"), std::string::npos) << all;
}

TEST(MeasureLibrary, TheTypesAreThoseThatAPlanMayName) {
  std::vector<std::string> choices = split_words(declared(plan_keys(), "measure", "type").choices);
  ASSERT_GT(choices.size(), 6u);
  choices.erase(choices.begin(), choices.begin() + 6);  // the actions
  std::vector<std::string> types;
  for (const MeasureType& type : measure_types()) {
    types.emplace_back(type.id);
    for (const std::string& key : split_words(std::string(type.keys) + " " + type.required))
      EXPECT_NO_THROW(declared(plan_keys(), "measure", key)) << key;
    for (const RemovalRange& r : type.ranges) {
      EXPECT_LT(r.low, r.high);
      EXPECT_GE(r.low, 0);
      EXPECT_LE(r.high, 1);
      EXPECT_NE(std::string(r.source), "");
    }
  }
  EXPECT_EQ(choices, types);
}

TEST(MeasureDocs, AreFresh) {
  EXPECT_TRUE(
      is_fresh("docs/measures.md",
               "# Measures: the library of types\n\nPrinted by `limpid measures` from their declarations "
               "(scenarios/measure_library.cpp). Every type is made of the six\nactions that docs/case.md "
               "explains, with the dates and the course of any measure: start, lag, ramp, end, season, "
               "half_life,\nrelapse. A removal outside of what is published is a warning (W1526), no "
               "evidence another (W1514); the published range is\nalso how much of its effect a measure may "
               "have in `plan compare --how-sure`, unless effect_low and effect_high say it.\n" +
                   describe_measures(Lang::en)));
  EXPECT_NE(describe_measures(Lang::zh).find("截污"), std::string::npos);
}

}  // namespace
}  // namespace limpid
