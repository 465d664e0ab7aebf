// pH as an input: it stands for inorganic carbon, and must be one that water can have.
#include <gtest/gtest.h>

#include "io/ph_input.hpp"
#include "model/carbonate.hpp"
#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

constexpr const char* kCase = "case.toml";

// The template with inorganic carbon and alkalinity, with a pH at the beginning and of the works.
struct Carbonate {
  CaseFolder folder;
  Case c;

  std::string read(const std::string& initial, const std::string& works,
                   const std::string& alkalinity = "150") {
    folder.restore();
    folder.patch(kCase, "use = [\"tracer\", \"NH3_N\"]",
                 "use = [\"tracer\", \"NH3_N\", \"alkalinity\", \"DIC\"]");
    folder.patch(kCase, "NH3_N = \"0.2 mg/L\"", "alkalinity = \"100 mg/L\"\npH = " + initial);
    folder.patch("sources.csv", "NH3_N [kg/d]\n", "NH3_N [kg/d],alkalinity [mg/L],pH\n");
    folder.patch("sources.csv", "0.1,\nbrook", "0.1,,120,8\nbrook");
    folder.patch("sources.csv", "0.1,\nwwtp", "0.1,,120,8\nwwtp");
    folder.patch("sources.csv", "15,\n", "15,," + alkalinity + "," + works + "\n");
    folder.patch("sources.csv", "40\n", "40,,\n");
    folder.patch("sources.csv", "0.1,,,,\n", "0.1,,,,,,\n");
    Problems problems;
    c = read_case(folder.path(), problems);
    return codes_of(problems, folder.path());
  }
};

TEST(CasePh, StandsForInorganicCarbon) {
  Carbonate carbonate;
  ASSERT_EQ(carbonate.read("8.1", "7.2"), "");
  const Basin& basin = carbonate.c.basin;
  const auto dic = static_cast<std::size_t>(basin.constituent("DIC"));
  const auto ph_of = [](double carbon, double alkalinity) {
    const double h =
        hydrogen_ions(carbon * (1e-3 / kGramCarbonPerMole), alkalinity * (1e-3 / kCarbonatePerEquivalent),
                      carbonate_constants(20, 1.6e-5 * 500));
    return -elementary::log(h) / kLn10;
  };
  EXPECT_NEAR(ph_of(carbonate.c.run.initial_concentration[dic], 100), 8.1, 1e-9);
  EXPECT_NEAR(ph_of(basin.sources[2].loads[dic].series.at(0), 150), 7.2, 1e-9);
  EXPECT_GT(basin.sources[2].loads[dic].series.at(0),
            1.05 * 12.0107 / 50.04345 * 150);  // more than bicarbonate
}

TEST(CasePh, IsOneThatWaterCanHave) {
  Carbonate carbonate;
  EXPECT_EQ(carbonate.read("14.5", "7.2"), "case.toml:22 E1339");
  EXPECT_EQ(carbonate.read("-1", "7.2"), "case.toml:22 E1339");
  EXPECT_EQ(carbonate.read("8", "72"), "sources.csv:5 E1339");
  EXPECT_EQ(carbonate.read("8", "13.5"), "sources.csv:5 E1339");  // more alkaline than 150 mg/L can make it
  EXPECT_EQ(carbonate.read("8", "7.2", ""), "sources.csv:5 E1103");
  EXPECT_EQ(carbonate.read("8", "acid"), "sources.csv:5 E1301");
}

}  // namespace
}  // namespace limpid
