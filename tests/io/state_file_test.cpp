// state.nc: written, read back, refused where it does not fit, and gone on from.
#include "io/state_file.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "io/results_layout.hpp"
#include "scenarios/scenario.hpp"
#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

namespace fs = std::filesystem;

// The template with a run of some days, hourly records at the section, and its end state in state.nc.
class StateFileTest : public testing::Test {
 protected:
  StateFileTest() { days("2025-01-01", "2025-01-04"); }

  void days(const std::string& begin, const std::string& end) {
    folder_.patch("case.toml", "begin = " + begin_, "begin = " + begin);
    folder_.patch("case.toml", "end = " + end_, "end = " + end);
    begin_ = begin;
    end_ = end;
  }
  void start_from(const std::string& file) {
    folder_.patch("case.toml", "kind = \"spin_up\"", "kind = \"file\"\nfile = \"" + file + "\"");
  }
  Case read() {
    Problems problems;
    Case c = read_case(folder_.path(), problems);
    codes_ = codes_of(problems, folder_.path());
    for (const Problem& problem : problems.sorted()) text_ = problem.text(Lang::en);
    return c;
  }
  ScenarioResult run(bool final_state = false) {
    Case c = read();
    EXPECT_EQ(codes_, "");
    c.run.final_state = final_state;
    auto results = run_scenarios(c.basin, c.run, c.assessment, {{}});
    if (final_state) write_state(folder_.path() / "state.nc", c.basin, results[0].batch->final_states.at(0));
    return std::move(results[0]);
  }

  CaseFolder folder_;
  std::string begin_ = "2025-01-01", end_ = "2027-01-01", codes_, text_;
};

TEST_F(StateFileTest, ComesBackBitForBit) {
  const ScenarioResult result = run(true);
  const RiverState& state = result.batch->final_states.at(0);
  const StateFile back = read_state(folder_.path() / "state.nc");
  EXPECT_EQ(back.constituents, (std::vector<std::string>{"tracer", "NH3_N"}));
  EXPECT_EQ(back.units, (std::vector<std::string>{"g", "g"}));
  EXPECT_EQ(back.compartments, std::vector<std::string>{"water"});
  EXPECT_EQ(back.reaches.size(), 10u);
  EXPECT_EQ(back.state.time, *parse_time("2025-01-04"));
  EXPECT_EQ(back.state.volume, state.volume);
  EXPECT_EQ(back.state.inflow, state.inflow);
  EXPECT_EQ(back.state.outflow, state.outflow);
  EXPECT_EQ(back.state.amount, state.amount);
}

// A run cut in two at an hour goes on as if it had not been cut: water and matter, through a change of flow.
TEST_F(StateFileTest, ARunInTwoPartsIsTheRunInOne) {
  days("2025-01-01", "2025-01-25");  // the record's flow changes on 11 January
  const ScenarioResult whole = run();
  days("2025-01-01", "2025-01-12");
  const ScenarioResult first = run(true);
  days("2025-01-12", "2025-01-25");
  start_from("state.nc");
  const ScenarioResult second = run();

  const std::size_t cut = 11 * 24;  // hourly records
  const std::size_t quantities = whole.record.quantities.size();
  ASSERT_EQ(second.record.section_times.size() + cut, whole.record.section_times.size());
  for (std::size_t i = 0; i < second.record.section_values.size(); ++i) {
    const double one = whole.record.section_values[cut * quantities + i],
                 two = second.record.section_values[i];
    const bool at_the_cut = i < quantities;
    const std::string& what = whole.record.quantities[i % quantities].id;
    if (at_the_cut && what == "discharge")
      continue;  // a mean over the step before, which the state does not hold
    EXPECT_NEAR(two, one, 1e-9 * std::abs(one)) << what << " in record " << i / quantities;
  }
  for (const double closure : second.batch->closure) EXPECT_LE(closure, 1e-12);
  EXPECT_LE(second.batch->water_closure, 1e-12);
  EXPECT_EQ(second.batch->stock_begin, first.batch->stock_end);
  EXPECT_EQ(second.batch->water_begin, first.batch->water_end);
}

TEST_F(StateFileTest, ASteadyRiverStaysSteady) {
  folder_.patch("sources.csv", "flows.csv:清河", "2.5");
  folder_.patch("sources.csv", "flows.csv:小溪", "0.5");
  folder_.patch("sources.csv", "wet_season", "");
  folder_.patch("case.toml", "\"temperature.csv:水温\"", "\"15 degC\"");
  folder_.patch("case.toml", "kind = \"spin_up\"", "kind = \"steady\"");
  const ScenarioResult first = run(true);
  folder_.patch("case.toml", "kind = \"steady\"", "kind = \"file\"\nfile = \"state.nc\"");
  days("2025-01-04", "2025-01-07");
  const ScenarioResult second = run();
  const Record &a = first.record, &b = second.record;
  ASSERT_EQ(a.section_values.size(), b.section_values.size());
  for (std::size_t i = 0; i < b.section_values.size(); ++i)
    EXPECT_NEAR(b.section_values[i], a.section_values[i], 1e-9 * std::abs(a.section_values[i]));
}

TEST_F(StateFileTest, BothSchemesTakeUpEachOthersWater) {
  for (const char* scheme : {"steady", "kinematic"}) {
    folder_.restore();
    begin_ = "2025-01-01", end_ = "2027-01-01";
    days("2025-01-01", "2025-01-03");
    folder_.patch("case.toml", "[climate]  ",
                  std::string("[hydraulics]\nscheme = \"") + scheme + "\"\n[climate]");
    const ScenarioResult first = run(true);
    days("2025-01-03", "2025-01-05");
    start_from("state.nc");
    const std::string other = std::string(scheme) == "steady" ? "kinematic" : "steady";
    folder_.patch("case.toml", std::string("scheme = \"") + scheme, "scheme = \"" + other);
    const ScenarioResult second = run();
    EXPECT_LE(second.batch->water_closure, 1e-12) << scheme;
    EXPECT_EQ(second.batch->water_begin, first.batch->water_end) << scheme;
    for (const double closure : second.batch->closure) EXPECT_LE(closure, 1e-12) << scheme;
  }
}

TEST_F(StateFileTest, EveryLaneStartsThere) {
  run(true);
  days("2025-01-04", "2025-01-05");
  start_from("state.nc");
  const Case c = read();
  Problems problems;
  const Plan plan = read_plan(folder_.path() / "plans/upgrade.toml", c, problems);
  const auto results = run_scenarios(c.basin, c.run, c.assessment, {{}, {plan}});
  ASSERT_EQ(results[0].batch, results[1].batch);
  const auto& begin = results[0].batch->stock_begin;
  for (std::size_t c2 = 0; c2 + 1 < begin.size(); c2 += 2) EXPECT_EQ(begin[c2], begin[c2 + 1]);
}

TEST_F(StateFileTest, AnotherNetworkIsRefused) {
  run(true);
  days("2025-01-04", "2025-01-05");
  start_from("state.nc");
  folder_.patch("reaches.csv", "R02,清河2", "R2,清河2");
  read();
  EXPECT_EQ(codes_, "case.toml:18 E1702");
  EXPECT_EQ(text_,
            "case.toml:18:8: error E1702: state state.nc is of another network: its reach 2 is \"R02\", that "
            "of the "
            "case is \"R2\"\n    start from a state of this network, or from kind = \"spin_up\"");
  folder_.patch("reaches.csv", "R2,清河2", "R02,清河2");
  folder_.patch("reaches.csv", "N0,N1,3.2,", "N0,N1,3.3,");
  read();
  EXPECT_EQ(codes_, "case.toml:18 E1703");
  EXPECT_NE(text_.find("reach \"R01\" has 4 cells of 800 m there, 4 of 825 m in the case"), std::string::npos)
      << text_;
  folder_.patch("reaches.csv", "N0,N1,3.3,", "N0,N1,3.2,");
  folder_.patch("sources.csv", "R04,1200", "R05,1200");  // an outfall cuts its reach
  read();
  EXPECT_EQ(codes_, "case.toml:18 E1703");
  EXPECT_NE(text_.find("reach \"R04\""), std::string::npos) << text_;
}

TEST_F(StateFileTest, ReachesJoinedOtherwiseAreRefused) {
  run(true);
  days("2025-01-04", "2025-01-05");
  start_from("state.nc");
  folder_.patch("reaches.csv", "T1,N3,2.7",
                "T1,N6,2.7");  // the brook joins further down: other order of cells
  read();
  EXPECT_EQ(codes_, "case.toml:18 E1708");
}

// A state of a case that has more stores than the running water.
TEST_F(StateFileTest, AnUnknownCompartmentIsRefused) {
  run(true);
  days("2025-01-04", "2025-01-05");
  const StateFile known = read_state(folder_.path() / "state.nc");
  {
    const netCDF::NcFile file((folder_.path() / "more.nc").string(), netCDF::NcFile::replace);
    Problems problems;
    const Case c = read_case(folder_.path(), problems);
    const Layout layout = put_network(file, c.basin.network);
    const netCDF::NcDim stores = file.addDim("compartment", 2), one = file.addDim("constituent", 1);
    file.putAtt("content", "state of a river");
    add_labels(file, stores, {"compartment_id", "", ""}, {"storage", "water"}, netCDF::NcVar());
    add_labels(file, one, {"constituent_id", "", ""}, {"NH3_N"}, netCDF::NcVar());
    add_labels(file, one, {"constituent_unit", "", ""}, {"g"}, netCDF::NcVar());
    const std::size_t cells = known.state.volume.size();
    std::vector<double> values(2 * cells, 1.0);
    std::copy(known.state.volume.begin(), known.state.volume.end(),
              values.begin() + static_cast<long>(cells));
    file.addVar("state_volume", netCDF::ncDouble, {stores, layout.edge}).putVar(values.data());
    file.addVar("state_amount", netCDF::ncDouble, {stores, one, layout.edge}).putVar(values.data());
    add_column(file, layout.edge, {"flow_in", "", ""}, known.state.inflow);
    add_column(file, layout.edge, {"flow_out", "", ""}, known.state.outflow);
    const double time = seconds_of(known.state.time);
    file.addVar("time", netCDF::ncDouble).putVar(&time);
  }
  const StateFile more = read_state(folder_.path() / "more.nc");  // the water's row, wherever it stands
  EXPECT_EQ(more.state.volume, known.state.volume);
  EXPECT_EQ(more.state.amount, known.state.volume);
  start_from("more.nc");
  folder_.patch("case.toml", "[initial.concentration]", "[initial.concentration]\ntracer = \"1 mg/L\"");
  read();
  EXPECT_EQ(codes_, "case.toml:18 E1707");
  EXPECT_NE(text_.find("holds compartment \"storage\""), std::string::npos) << text_;
}

TEST_F(StateFileTest, AConstituentThatItLacksNeedsAConcentration) {
  run(true);
  days("2025-01-04", "2025-01-05");
  start_from("state.nc");
  folder_.patch("case.toml", "[\"tracer\", \"NH3_N\"]", "[\"NH3_N\", \"TP\", \"tracer\"]");
  read();
  EXPECT_EQ(codes_, "case.toml:18 E1704");
  EXPECT_NE(text_.find("state state.nc has no \"TP\"; it holds: tracer, NH3_N"), std::string::npos) << text_;
  folder_.patch("case.toml", "[initial.concentration]", "[initial.concentration]\nTP = \"0.1 mg/L\"");
  const Case c = read();
  EXPECT_EQ(codes_, "");
  const StateFile file = read_state(folder_.path() / "state.nc");
  ASSERT_TRUE(c.run.initial_state);
  for (std::size_t i = 0; i < file.state.volume.size(); ++i) {
    EXPECT_EQ(c.run.initial_state->amount[3 * i], file.state.amount[2 * i + 1]);
    EXPECT_DOUBLE_EQ(c.run.initial_state->amount[3 * i + 1], 0.1 * file.state.volume[i]);
    EXPECT_EQ(c.run.initial_state->amount[3 * i + 2], file.state.amount[2 * i]);
  }
}

TEST_F(StateFileTest, OtherAmountsAndOtherTimesAreTold) {
  run(true);
  start_from("state.nc");
  read();
  EXPECT_EQ(codes_, "case.toml:18 W1706");
  EXPECT_NE(text_.find("is of 2025-01-04T00:00:00+08:00; the run begins 2025-01-01T00:00:00+08:00"),
            std::string::npos)
      << text_;
  days("2025-01-04", "2025-01-05");
  folder_.patch("case.toml", "[\"tracer\", \"NH3_N\"]", "[\"NH3_N\", \"dye\"]\n[constituents.define.dye]");
  folder_.patch("case.toml", "[initial.concentration]", "[initial.concentration]\ndye = \"1 mg/L\"");
  folder_.patch("sources.csv", "tracer [mg/L]", "dye [mg/L]");
  const Case first = read();
  RiverState state = *first.run.initial_state;
  write_state(folder_.path() / "state.nc", first.basin, state);
  folder_.patch("case.toml", "[constituents.define.dye]", "[constituents.define.dye]\nbasis = \"count\"");
  folder_.patch("case.toml", "dye = \"1 mg/L\"", "dye = \"1 CFU/L\"");
  folder_.patch("sources.csv", "dye [mg/L]", "dye [CFU/L]");
  read();
  EXPECT_EQ(codes_, "case.toml:18 E1705");
}

TEST_F(StateFileTest, WhatIsNoStateIsRefused) {
  start_from("state.nc");
  read();
  EXPECT_EQ(codes_, "case.toml:18 E1001");
  folder_.write("state.nc", "CDF\x01 thirteen");
  read();
  EXPECT_EQ(codes_, "case.toml:18 E1701");
}

TEST_F(StateFileTest, DamagedFilesDoNoHarm) {
  run(true);
  const std::string bytes = folder_.text("state.nc");
  const StateFile good = read_state(folder_.path() / "state.nc");
  std::mt19937_64 random(17);
  int refused = 0;
  for (int n = 0; n < 24; ++n) {
    std::string damaged = bytes;
    if (n % 3 == 0)
      damaged.resize(random() % damaged.size());
    else
      for (int k = 0; k < 100; ++k) damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
    folder_.write("damaged.nc", damaged);
    try {
      const StateFile back = read_state(folder_.path() / "damaged.nc");
      for (const double value : back.state.amount) EXPECT_TRUE(std::isfinite(value));
      for (const double value : back.state.volume) EXPECT_GE(value, 0);
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.problem().code, Code::E1051);
      ++refused;
    }
  }
  EXPECT_GE(refused, 8);
}

}  // namespace
}  // namespace limpid
