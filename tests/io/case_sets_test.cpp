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
  const auto& members = find_process_set("river")->members;
  const auto always = std::ranges::count_if(
      members, [](const SetMember& m) { return m.when == When::there || m.when == When::settles; });
  EXPECT_EQ(basin.processes.size(), static_cast<std::size_t>(always) + 1);  // and decay_NH3_N
  EXPECT_NEAR(value(*find(basin, "cbod_slow_oxidation"), "k_d"), 0.01, 1e-12);
  EXPECT_EQ(find(basin, "cbod_slow_oxidation")->constituents[0], basin.constituent("CBOD_slow"));
  folder.patch(kCase, "[climate]",
               "[processes.phytoplankton]\nk_g = \"2 1/d\"\n[processes.settling_ISS]\nuse = false\n"
               "[processes.wind_reaeration]\n[climate]\nwind = \"2 m/s\"\n#");
  const std::size_t before = basin.processes.size();
  EXPECT_EQ(after(folder, &basin), "");
  EXPECT_EQ(basin.processes.size(), before + 1);  // wind_reaeration and ammonia_exchange more, one less
  EXPECT_NEAR(value(*find(basin, "phytoplankton"), "k_g"), 2, 1e-12);
  EXPECT_EQ(find(basin, "settling_ISS"), nullptr);
}

constexpr const char* kBed =
    "\"bed_POC_G1\", \"bed_POC_G2\", \"bed_POC_G3\", \"bed_PON_G1\", \"bed_PON_G2\", \"bed_PON_G3\", "
    "\"bed_POP_G1\", \"bed_POP_G2\", \"bed_POP_G3\", \"bed_NH4_N\", \"bed_NO3_N\", \"bed_PO4_P\"";

TEST(ProcessSetCase, RiverTakesTheBedThatTheCaseHas) {
  CaseFolder folder;
  Basin basin;
  with_set(folder, "river", true)
      .patch(kCase, "\"bottom_algae_P\"]", std::string("\"bottom_algae_P\", ") + kBed + "]");
  EXPECT_EQ(after(folder, &basin), "");
  EXPECT_NE(find(basin, "sediment_diagenesis"), nullptr);
  EXPECT_EQ(find(basin, "settling_detritus"), nullptr);
  EXPECT_NE(find(basin, "settling_ISS"), nullptr);
  EXPECT_NE(find(basin, "settling_fecal_coliform"), nullptr);
  folder.patch(kCase, "[climate]", "[processes.sediment_diagenesis]\nuse = false\n[climate]");
  EXPECT_EQ(after(folder, &basin), "");
  EXPECT_NE(find(basin, "settling_detritus"), nullptr);
}

TEST(ProcessSetCase, RiverTakesDemandFluxesAndWeirsThatTheCaseNames) {
  CaseFolder folder;
  Basin basin;
  with_set(folder, "river", true)
      .patch(kCase, "[climate]",
             "[processes.sediment_oxygen_demand]\nsod = \"1 g/m2/d\"\n"
             "[processes.weir_reaeration]\nlength = \"100 m\"\n[climate]");
  EXPECT_EQ(after(folder, &basin), "");
  EXPECT_NE(find(basin, "sediment_oxygen_demand"), nullptr);
  EXPECT_NE(find(basin, "weir_reaeration"), nullptr);
  CaseFolder flux;
  with_set(flux, "river", true).patch(kCase, "[climate]", "[processes.sediment_flux]\n[climate]");
  EXPECT_EQ(after(flux, &basin), "");
  EXPECT_NE(find(basin, "sediment_flux"), nullptr);
  EXPECT_EQ(find(basin, "settling_ORGN"), nullptr);
}

TEST(ProcessSetCase, AWeirsLengthIsThatOfItsStretch) {
  CaseFolder folder;
  with_set(folder, "river", true)
      .patch(
          kCase, "[climate]",
          "[processes.weir_reaeration]\nlength = \"100 m\"\nstretch.\"堰\" = { drop = \"2 m\" }\n[climate]");
  folder.patch("reaches.csv", "12,安平县,下段\nR08", "12,安平县,堰\nR08");  // 2.8 km
  EXPECT_NE(after(folder).find("W1249"), std::string::npos);
  folder.patch(kCase, "100 m", "2.7 km");
  EXPECT_EQ(after(folder), "");
  folder.patch(kCase, "2.7 km", "3.2 km");
  EXPECT_NE(after(folder).find("W1249"), std::string::npos);
}

TEST(ProcessSetCase, WhatTheBedTakesIsTakenOnce) {
  CaseFolder folder;
  with_set(folder, "river", true)
      .patch(kCase, "[climate]",
             "[processes.sediment_flux]\n[processes.settling_detritus]\nv_s = \"0.3 m/d\"\n[climate]");
  EXPECT_NE(after(folder).find("E1250"), std::string::npos);
  CaseFolder demand;
  with_set(demand, "river", true)
      .patch(kCase, "[climate]",
             "[processes.sediment_flux]\n[processes.sediment_oxygen_demand]\nsod = \"1 g/m2/d\"\n[climate]");
  EXPECT_NE(after(demand).find("E1250"), std::string::npos);
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

// All letters, one after another.
std::string letters(const CaseFolder& folder, const std::string& plan = "", Lang lang = Lang::en) {
  Problems problems;
  const Case c = read_case(folder.path(), problems);
  if (!plan.empty()) read_plan(folder.path() / plan, c, problems);
  std::string text;
  for (const Problem& problem : problems.sorted()) text += problem.text(lang) + "\n";
  return text;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(ProcessSetCase, ParametersKeepToWhatIsPossibleAndToTheLiterature) {
  CaseFolder folder;
  folder.patch(kCase, "k = \"0.15 1/d\"", "k = \"-0.15 1/d\"");
  EXPECT_NE(after(folder).find("E1248"), std::string::npos);
  EXPECT_TRUE(holds(letters(folder), "k = -0.15 1/d is not possible; possible: >= 0 1/d")) << letters(folder);
  folder.patch(kCase, "k = \"-0.15 1/d\"", "k = \"15 1/d\"");
  EXPECT_NE(after(folder).find("W1249"), std::string::npos);
  const std::string source = "of the constituent and the river, e.g. E. coli 0.8 with theta 1.07";
  EXPECT_TRUE(holds(letters(folder), source)) << letters(folder);
  EXPECT_TRUE(holds(letters(folder, "", Lang::zh), source));
  folder.patch(kCase, "k = \"15 1/d\"", "k = \"5 1/s\"");
  EXPECT_NE(after(folder).find("W1316"), std::string::npos);
  EXPECT_TRUE(holds(letters(folder), source)) << letters(folder);
  folder.patch(kCase, "k = \"5 1/s\"", "k = \"9 1/d\"");
  EXPECT_EQ(after(folder), "");
}

// What is possible is said with the parameter: shares, divisors, choices by their numbers and meanings.
TEST(ProcessSetCase, SharesDivisorsAndChoicesKeepToWhatIsPossible) {
  struct Given {
    const char *process, *line, *said;  // said: "" = possible
  };
  for (const Given& given :
       {Given{"phytoplankton", "light_law = 1.5", "possible: 0, 1, 2 (0 half-saturation, 1 Smith, 2 Steele)"},
        Given{"phytoplankton", "light_law = 3", "possible: 0, 1, 2 (0 half-saturation, 1 Smith, 2 Steele)"},
        Given{"phytoplankton", "light_law = 2", ""},
        Given{"phytoplankton", "k_light = \"0 W/m2\"", "possible: > 0 W/m2"},
        Given{"phytoplankton", "oxygen_law = -1", "possible: 0, 1, 2 ("},
        Given{"reaeration", "formula = 7",
              "possible: 0, 1, 2, 3 (0 automatic, 1 O'Connor-Dobbins, 2 Churchill, 3 Owens-Gibbs)"},
        Given{"bottom_algae", "order = 0.5", "possible: 0, 1 ("}, Given{"bottom_algae", "order = 1", ""},
        Given{"bottom_algae", "k_r2 = 1.2", "possible: 0 .. 1\n"},
        Given{"underwater_light", "f_PAR = 1.01", "possible: 0 .. 1\n"}}) {
    CaseFolder folder;
    with_set(folder, "river", true)
        .patch(kCase, "[climate]",
               "[processes." + std::string(given.process) + "]\n" + given.line + "\n[climate]");
    const std::string said = letters(folder);
    if (*given.said)
      EXPECT_TRUE(holds(said, given.said) && holds(said, "E1248")) << given.line << "\n" << said;
    else
      EXPECT_EQ(said, "") << given.line;
  }
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

// A transformation of organic nitrogen to ammonia with the lines given.
CaseFolder& with_transformation(CaseFolder& folder, const std::string& lines) {
  with_set(folder, "river", true)
      .patch(kCase, "[climate]",
             "[processes.more]\ntype = \"transformation\"\nreactant = \"ORGN\"\nproduct = \"NH3_N\"\nk = "
             "\"0.1 1/d\"\n" +
                 lines + "\n[climate]");
  return folder;
}

TEST(ProcessSetCase, StoichiometryThatMakesAnElementOnAStretchIsTold) {
  CaseFolder folder;
  with_transformation(folder, "[processes.more.stretch.\"上段\"]\nyield = 1.5");
  EXPECT_NE(after(folder).find("E1245"), std::string::npos);
  const std::string said = letters(folder);
  EXPECT_TRUE(holds(said, "process \"more\", row transformation (stretch 上段): one unit makes 0.5 g of N"))
      << said;
  EXPECT_FALSE(holds(said, "下段"));
  folder.patch(kCase, "yield = 1.5", "k = \"0.2 1/d\"");
  EXPECT_EQ(after(folder), "");
  folder.patch(kCase, "k = \"0.2 1/d\"", "yield = 1");
  EXPECT_EQ(after(folder), "");
}

// A number that grows with the temperature makes nitrogen at every other than 20 degC.
TEST(ProcessSetCase, StoichiometryThatWarmthChangesIsTold) {
  CaseFolder folder;
  with_transformation(folder, "yield = 1\n\"yield.theta\" = 1.05");
  EXPECT_TRUE(holds(letters(folder), "row transformation (21 degC): one unit makes 0.05")) << letters(folder);
}

TEST(ProcessSetCase, StoichiometryThatAPlanChangesIsTold) {
  CaseFolder folder;
  with_transformation(folder, "");
  const std::string plan = "plans/upgrade.toml",
                    old =
                        "type = \"remove_fraction\"\nat = [\"sector:village\", \"county:安平县\"]\nNH3_N = "
                        "\"40 %\"",
                    set = "type = \"set_parameter\"\nprocess = \"more\"\nparameter = \"yield\"\nvalue = ";
  folder.patch(plan, old, set + "0.5\nat = \"stretch:下段\"");
  EXPECT_TRUE(holds(letters(folder, plan),
                    "row transformation (stretch 下段, yield = 0.5): one unit makes "
                    "-0.5 g of N"))
      << letters(folder, plan);
  EXPECT_TRUE(holds(letters(folder, plan), "E1245"));
  folder.patch(plan, "0.5\nat", "1\nat");
  EXPECT_FALSE(holds(letters(folder, plan), "E1245")) << letters(folder, plan);
}

}  // namespace
}  // namespace limpid
