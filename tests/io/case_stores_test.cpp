// Dead zones, what is attached to the bed and a simulated temperature, as a case has them: read, run and
// recorded; and what reading such a case finds wrong.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "io/text.hpp"
#include "scenarios/batch.hpp"
#include "solvers/recorder.hpp"
#include "solvers/simulation.hpp"
#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

constexpr const char* kCase = "case.toml";
constexpr const char* kReaches = "reaches.csv";
constexpr const char* kSources = "sources.csv";

// What a column says: its head, the value in the first reach, the value in the others.
struct AddedColumn {
  const char *head, *first, *others;
};

void add_columns(const CaseFolder& folder, const std::vector<AddedColumn>& columns) {
  std::istringstream in(folder.text(kReaches));
  std::string whole;
  int number = 0;
  for (std::string line; std::getline(in, line); ++number) {
    for (const AddedColumn& c : columns)
      line += std::string(",") + (number == 0 ? c.head : number == 1 ? c.first : c.others);
    whole += line + "\n";
  }
  folder.write(kReaches, whole);
}

void add_dead_zones(const CaseFolder& folder) {
  add_columns(folder, {{"storage_area [m2]", "2", ""}, {"storage_exchange [1/s]", "1e-4", ""}});
}

// A tracer that sorbs to the bed.
void add_sorption(const CaseFolder& folder) {
  folder.patch(kCase, "use = [\"tracer\", \"NH3_N\"]", "use = [\"tracer\", \"NH3_N\", \"tracer_sorbed\"]");
  folder.patch(kCase, "[processes.decay_NH3_N] ",
               "[constituents.define.tracer_sorbed]\nphase = \"attached\"\n"
               "[processes.sorption]\ntype = \"kinetic_sorption\"\ndissolved = \"tracer\"\n"
               "sorbed = \"tracer_sorbed\"\nlambda = \"5 1/d\"\nrho = \"2e4 mg/L\"\nK_d = \"7e-5 m3/g\"\n"
               "[processes.decay_NH3_N] ");
}

constexpr const char* kWeather =
    "air_temperature = \"12 degC\"\nrelative_humidity = 0.7\ncloud = 0.4\nwind = \"2 m/s\"\n";
constexpr const char* kPosition = "latitude = 29.9\nlongitude = 104.6\n";

// The sky warms and cools the water.
void simulate_temperature(const CaseFolder& folder, const std::string& climate) {
  folder.patch(kCase, "\"NH3_N\"]", "\"NH3_N\", \"temperature\"]");
  folder.patch(kCase, "water_temperature = \"temperature.csv:水温\"\n",
               climate + "[processes.sky]\ntype = \"surface_heat\"\n");
}

std::string codes_after(const CaseFolder& folder) {
  Problems problems;
  read_case(folder.path(), problems);
  return codes_of(problems, folder.path());
}

TEST(CaseStores, DeadZonesNeedAnAreaAndAnExchange) {
  CaseFolder folder;
  add_columns(folder, {{"storage_area [m2]", "2", ""}});
  EXPECT_EQ(codes_after(folder), "reaches.csv:2 E1233");
  folder.restore();
  add_columns(folder, {{"storage_exchange [1/s]", "1e-4", ""}, {"storage_area [m2]", "0", ""}});
  EXPECT_EQ(codes_after(folder), "reaches.csv:2 E1233");
  folder.restore();
  add_dead_zones(folder);
  EXPECT_EQ(codes_after(folder), "");
}

TEST(CaseStores, AProcessInDeadZonesNeedsSome) {
  CaseFolder folder;
  folder.patch(kCase, "k = \"0.15 1/d\"", "k = \"0.15 1/d\"\nwhere = \"storage\"");
  EXPECT_EQ(codes_after(folder), "case.toml:37 E1234");
  add_dead_zones(folder);
  EXPECT_EQ(codes_after(folder), "");
}

TEST(CaseStores, WhatIsAttachedIsNotInDeadZones) {
  CaseFolder folder;
  add_sorption(folder);
  add_dead_zones(folder);
  EXPECT_EQ(codes_after(folder), "");
  folder.patch(kCase, "lambda = ", "where = \"storage\"\nlambda = ");
  EXPECT_EQ(codes_after(folder), "case.toml:39 E1235");
}

TEST(CaseStores, NoSourceBringsWhatIsAttached) {
  CaseFolder folder;
  add_sorption(folder);
  folder.patch(kSources, "tracer [mg/L]", "tracer_sorbed [mg/L]");
  EXPECT_EQ(codes_after(folder), "sources.csv:2 E1236");
}

TEST(CaseStores, DispersionIsGivenOrPredicted) {
  CaseFolder folder;
  add_columns(folder, {{"dispersion_formula", "fischer", ""}});
  EXPECT_EQ(codes_after(folder), "reaches.csv:2 E1237");
  folder.patch(kReaches, "420,8,", "420,,");
  EXPECT_EQ(codes_after(folder), "");
}

TEST(CaseStores, DispersionAndExchangeBeyondAllRiversAreRefused) {
  CaseFolder folder;
  folder.patch(kReaches, "420,8,", "420,200000,");
  add_columns(folder, {{"storage_area [m2]", "2", ""}, {"storage_exchange [1/s]", "2", ""}});
  EXPECT_EQ(codes_after(folder), "reaches.csv:2 E1330; reaches.csv:2 E1330");
}

// The river is wide; made narrow it is not ten times as wide as deep.
TEST(CaseStores, AFormulaOutsideItsRangeIsTold) {
  CaseFolder folder;
  add_columns(folder, {{"dispersion_formula", "deng", ""}});
  folder.patch(kReaches, "420,8,", "420,,");
  EXPECT_EQ(codes_after(folder), "");
  folder.patch("channels.csv", "river,trapezoidal,18,2", "river,rectangular,3,0");
  Problems problems;
  read_case(folder.path(), problems);
  ASSERT_EQ(codes_of(problems, folder.path()), "reaches.csv:2 W1451");
  const std::string text = problems.sorted().front().text(Lang::en);
  for (const char* part : {"deng", "B/H >= 10", "Deng et al. 2001", "choose "})
    EXPECT_NE(text.find(part), std::string::npos) << text;
}

TEST(CaseStores, AGivenTemperatureIsNotUsedWhereOneIsSimulated) {
  CaseFolder folder;
  simulate_temperature(folder, std::string("water_temperature = \"18 degC\"\n") + kWeather + kPosition);
  EXPECT_EQ(codes_after(folder), "case.toml:42 W1238");
}

TEST(CaseStores, TheSkyNeedsItsWeather) {
  CaseFolder folder;
  simulate_temperature(folder, std::string(kWeather) + kPosition);
  EXPECT_EQ(codes_after(folder), "");
  const auto without = [&](const std::string& climate) {
    folder.restore();
    simulate_temperature(folder, climate);
    return codes_after(folder);
  };
  EXPECT_EQ(without(replace_all(kWeather, "cloud = 0.4\n", "") + kPosition), "case.toml:47 E1227");
  EXPECT_EQ(without(replace_all(kWeather, "relative_humidity = 0.7\n", "") + kPosition),
            "case.toml:47 E1227");
  // Neither the sun nor what the water reflects of it is known.
  EXPECT_EQ(without(kWeather), "case.toml:46 E1227; case.toml:46 E1227");
  EXPECT_EQ(without(std::string(kWeather) + "solar = \"150 W/m2\"\nlatitude = 29.9\n"), "case.toml:48 E1227");
}

// All of it in one case, through reading, run and record.
class WholeCase : public testing::Test {
 protected:
  WholeCase() {
    add_dead_zones(folder_);
    add_sorption(folder_);
    folder_.patch(kCase, "\"tracer_sorbed\"]", "\"tracer_sorbed\", \"temperature\"]");
    folder_.patch(kCase, "water_temperature = \"temperature.csv:水温\"\n",
                  std::string(kWeather) + kPosition +
                      "[processes.sky]\ntype = \"surface_heat\"\n"
                      "[processes.decay_beside]\ntype = \"first_order_decay\"\nconstituent = \"NH3_N\"\n"
                      "k = \"2 1/d\"\nwhere = \"storage\"\n");
    folder_.patch(kCase, "NH3_N = \"0.2 mg/L\"", "NH3_N = \"0.2 mg/L\"\ntemperature = \"10 degC\"");
    folder_.patch(kCase, "end = 2027-01-01", "end = 2025-01-11");
    Problems problems;
    case_ = read_case(folder_.path(), problems);
    EXPECT_EQ(codes_of(problems, folder_.path()), "");
  }
  CaseFolder folder_;
  Case case_;
};

std::size_t quantity(const Record& record, const std::string& id) {
  const auto at = std::find_if(record.quantities.begin(), record.quantities.end(),
                               [&](const RecordedQuantity& q) { return q.id == id; });
  EXPECT_NE(at, record.quantities.end()) << id;
  return static_cast<std::size_t>(at - record.quantities.begin());
}

TEST_F(WholeCase, IsReadRunAndRecorded) {
  const Plan none;
  Batch batch(case_.basin, case_.run, {&none});
  Simulation simulation(case_.basin, batch, case_.run);
  Recorder recorder(case_.basin, case_.run, 1);
  simulation.initialise();
  ASSERT_TRUE(simulation.run({&recorder}));
  EXPECT_TRUE(simulation.failures().empty());
  for (int c = -1; c < static_cast<int>(case_.basin.constituents.size()); ++c)
    EXPECT_LE(simulation.closure(c, 0), 1e-12) << c;
  const Record& record = recorder.records().front();
  const double* last = &record.map_values[record.map_values.size() -
                                          record.quantities.size() * static_cast<std::size_t>(record.cells)];
  const auto at = [&](int cell, const char* id) {
    return last[static_cast<std::size_t>(cell) * record.quantities.size() + quantity(record, id)];
  };
  // The first reach has dead zones, whose ammonia decays faster; the others have none.
  EXPECT_LT(at(0, "NH3_N_storage"), 0.95 * at(0, "NH3_N"));
  EXPECT_GT(at(0, "NH3_N_storage"), 0);
  EXPECT_TRUE(std::isnan(at(record.cells - 1, "NH3_N_storage")));
  EXPECT_GT(at(0, "tracer_sorbed"), 0);
  EXPECT_TRUE(std::none_of(record.quantities.begin(), record.quantities.end(),
                           [](const RecordedQuantity& q) { return q.id == "tracer_sorbed_storage"; }));
  EXPECT_EQ(record.quantities[quantity(record, "tracer_sorbed")].unit, "g m-2");
  EXPECT_GT(at(record.cells - 1, "temperature"), 0);
  EXPECT_LT(at(record.cells - 1, "temperature"), 15);
  EXPECT_NE(at(record.cells - 1, "temperature"), at(0, "temperature"));
}

}  // namespace
}  // namespace limpid
