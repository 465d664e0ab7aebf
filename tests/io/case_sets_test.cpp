// [processes] set: the ready sets, what a case changes of them, and what it must give for them.
#include <gtest/gtest.h>

#include <algorithm>

#include "model/process_set.hpp"
#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

constexpr const char* kCase = "case.toml";
constexpr const char* kProcesses = "[processes.decay_NH3_N] ";
constexpr const char* kRiver =
    "use = [\"tracer\", \"NH3_N\", \"DO\", \"CBOD_fast\", \"CBOD_slow\", \"ORGN\", \"NO2_N\", \"NO3_N\", "
    "\"ORGP\", "
    "\"PO4_P\", \"phytoplankton\", \"detritus\", \"ISS\", \"fecal_coliform\", \"alkalinity\", \"DIC\", "
    "\"bottom_algae\", \"bottom_algae_N\", \"bottom_algae_P\"]";

// The template with a set, and the river's constituents if asked.
CaseFolder& with_set(CaseFolder& folder, const std::string& set, bool river) {
  folder.patch(kCase, kProcesses, "[processes]\nset = \"" + set + "\"\n[processes.decay_NH3_N]");
  if (!river) return folder;
  folder.patch(kCase, "use = [\"tracer\", \"NH3_N\"]", kRiver);
  folder.patch(kCase, "[climate]  ", "[climate]\nlatitude = 30\nlongitude = 110\ncloud = 0.3\n#");
  return folder;
}

std::string after(const CaseFolder& folder, Basin* basin = nullptr) {
  Problems problems;
  Case c = read_case(folder.path(), problems);
  if (basin) *basin = c.basin;
  return codes_of(problems, folder.path());
}

const ProcessUse* find(const Basin& basin, const std::string& id) {
  const auto found = std::find_if(basin.processes.begin(), basin.processes.end(),
                                  [&](const ProcessUse& use) { return use.id == id; });
  return found == basin.processes.end() ? nullptr : &*found;
}

double value(const ProcessUse& use, const char* parameter) {
  const auto parameters = use.process->info().parameters;
  for (std::size_t p = 0; p < parameters.size(); ++p)
    if (parameters[p].id == std::string(parameter))
      return parameters[p].unit.unit.from_inside(use.parameters[p].value);
  throw std::runtime_error(parameter);
}

TEST(ProcessSetCase, ScreeningTakesTheConstituentsThatAreThere) {
  CaseFolder folder;
  Basin basin;
  EXPECT_EQ(after(with_set(folder, "screening", false), &basin), "");
  ASSERT_EQ(basin.processes.size(), 1u);
  EXPECT_NEAR(value(basin.processes[0], "k"), 0.15, 1e-12);           // the case's
  EXPECT_NEAR(basin.processes[0].parameters[0].theta, 1.083, 1e-12);  // the set's
  folder.patch(kCase, "use = [\"tracer\", \"NH3_N\"]", "use = [\"tracer\", \"NH3_N\", \"TP\", \"TSS\"]");
  EXPECT_EQ(after(folder, &basin), "");
  EXPECT_EQ(basin.processes.size(), 3u);
  EXPECT_NEAR(value(*find(basin, "settling_TSS"), "v_s"), 0.5, 1e-12);
}

TEST(ProcessSetCase, RiverRunsWholeAndMayBeChanged) {
  CaseFolder folder;
  Basin basin;
  EXPECT_EQ(after(with_set(folder, "river", true), &basin), "");
  EXPECT_EQ(basin.processes.size(), find_process_set("river")->members.size() + 1);  // and decay_NH3_N
  EXPECT_NEAR(value(*find(basin, "cbod_slow_oxidation"), "k_d"), 0.01, 1e-12);
  EXPECT_EQ(find(basin, "cbod_slow_oxidation")->constituents[0], basin.constituent("CBOD_slow"));
  folder.patch(kCase, "[climate]",
               "[processes.phytoplankton]\nk_g = \"2 1/d\"\n[processes.settling_ISS]\nuse = false\n"
               "[processes.wind_reaeration]\n[climate]\nwind = \"2 m/s\"\n#");
  const std::size_t before = basin.processes.size();
  EXPECT_EQ(after(folder, &basin), "");
  EXPECT_EQ(basin.processes.size(), before);  // one more, one less
  EXPECT_NEAR(value(*find(basin, "phytoplankton"), "k_g"), 2, 1e-12);
  EXPECT_EQ(find(basin, "settling_ISS"), nullptr);
}

TEST(ProcessSetCase, AProcessOfTheSetWithoutItsConstituentsIsTold) {
  CaseFolder folder;
  with_set(folder, "river", true).patch(kCase, "\"detritus\", ", "");
  EXPECT_NE(after(folder).find("E1220"), std::string::npos);
}

TEST(ProcessSetCase, UnknownSetsAreTold) {
  CaseFolder folder;
  EXPECT_NE(after(with_set(folder, "rivr", false)).find("E1105"), std::string::npos);
}

TEST(ProcessSetCase, WhatIsReadMustBeProvidedOnce) {
  CaseFolder folder;
  with_set(folder, "river", true)
      .patch(kCase, "[climate]", "[processes.underwater_light]\nuse = false\n[climate]");
  EXPECT_NE(after(folder).find("E1246"), std::string::npos);
  CaseFolder twice;
  with_set(twice, "river", true)
      .patch(kCase, "[climate]", "[processes.more_light]\ntype = \"underwater_light\"\n[climate]");
  EXPECT_NE(after(twice).find("E1247"), std::string::npos);
}

TEST(ProcessSetCase, ParametersKeepToWhatIsPossibleAndToTheLiterature) {
  CaseFolder folder;
  folder.patch(kCase, "k = \"0.15 1/d\"", "k = \"-0.15 1/d\"");
  EXPECT_NE(after(folder).find("E1248"), std::string::npos);
  folder.patch(kCase, "k = \"-0.15 1/d\"", "k = \"15 1/d\"");
  EXPECT_NE(after(folder).find("W1249"), std::string::npos);
  folder.patch(kCase, "k = \"15 1/d\"", "k = \"9 1/d\"");
  EXPECT_EQ(after(folder), "");
}

TEST(ProcessSetCase, StoichiometryThatMakesAnElementIsTold) {
  CaseFolder folder;
  with_set(folder, "river", true)
      .patch(kCase, "[climate]",
             "[processes.more]\ntype = \"transformation\"\nreactant = \"ORGN\"\nproduct = \"NH3_N\"\nk = "
             "\"0.1 1/d\"\n"
             "yield = 1.5\n[climate]");
  EXPECT_NE(after(folder).find("E1245"), std::string::npos);
  folder.patch(kCase, "yield = 1.5", "yield = 1");
  EXPECT_EQ(after(folder), "");
}

}  // namespace
}  // namespace limpid
