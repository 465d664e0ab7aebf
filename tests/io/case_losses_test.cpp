// Losses of reaches in a case: their columns and keys, each fault with its place, and a run from the command
// line to the ledger.
#include <gmock/gmock.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/io/case_folder.hpp"
#include "tests/paths.hpp"

namespace limpid {
namespace {

// The template whose reaches all evaporate 4 mm/d; R02 gives its own, R03 a series, and two of them seep.
class LosingFolder : public CaseFolder {
 public:
  LosingFolder() {
    patch("case.toml", "crs = ", "evaporation = \"4 mm/d\"\ncrs = ");
    std::istringstream in(text("reaches.csv"));
    std::string line, all;
    while (std::getline(in, line)) {
      const char* more = all.empty()                ? ",evaporation,seepage [mm/d]"
                         : line.starts_with("R02,") ? ",6 mm/d,20"
                         : line.starts_with("R03,") ? ",losses.csv:蒸发,"
                         : line.starts_with("B01,") ? ",0 mm/d,50"
                                                    : ",,";
      all += line + more + "\n";
    }
    write("reaches.csv", all);
    write("losses.csv", "time,蒸发 [mm/d]\n2021-01-01,1\n2021-07-01,7\n2022-01-01,1\n");
  }
};

TEST(CaseLosses, AreThoseOfTheReachOrOfTheNetwork) {
  const LosingFolder folder;
  Problems problems;
  const Case c = read_case(folder.path(), problems);
  ASSERT_EQ(codes_of(problems, folder.path()), "");
  const std::vector<Reach>& reaches = c.basin.network.reaches;
  EXPECT_DOUBLE_EQ(reaches[0].evaporation.at(0), 4e-3 / 86400);
  EXPECT_TRUE(reaches[0].seepage.is_zero());
  EXPECT_DOUBLE_EQ(reaches[1].evaporation.at(0), 6e-3 / 86400);
  EXPECT_DOUBLE_EQ(reaches[1].seepage.at(0), 20e-3 / 86400);
  EXPECT_DOUBLE_EQ(reaches[2].evaporation.at(1625500000), 7e-3 / 86400);
  EXPECT_TRUE(reaches[8].evaporation.is_zero());
  EXPECT_DOUBLE_EQ(reaches[8].seepage.at(0), 50e-3 / 86400);
  EXPECT_TRUE(reaches[8].loses_water());
}

TEST(CaseLosses, FaultsAreToldWithTheirPlace) {
  struct Fault {
    const char *file, *from, *to, *expected;
  };
  for (const Fault& fault : {Fault{"reaches.csv", "6 mm/d,20", "-6 mm/d,20", "reaches.csv:3 E1330"},
                             Fault{"reaches.csv", "6 mm/d,20", "6 mm,20", "reaches.csv:3 E1311"},
                             Fault{"reaches.csv", "6 mm/d,20", "6 mm/d,-20", "reaches.csv:3 E1330"},
                             Fault{"reaches.csv", "6 mm/d,20", "60 m/d,20", "reaches.csv:3 W1316"},
                             Fault{"reaches.csv", ":蒸发", ":蒸腾", "reaches.csv:4 E1219"},
                             Fault{"case.toml", "\"4 mm/d\"", "\"-4 mm/d\"", "case.toml:27 E1330"},
                             Fault{"case.toml", "\"4 mm/d\"", "4", "case.toml:27 E1312"},
                             Fault{"losses.csv", "2022-01-01,1\n", "", "reaches.csv:4 E1334"}}) {
    const LosingFolder folder;
    folder.patch(fault.file, fault.from, fault.to);
    EXPECT_EQ(folder.codes(), fault.expected) << fault.to;
  }
}

double booked(const std::string& ledger, const std::string& account) {
  std::istringstream lines(ledger);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(account + ",")) return std::stod(line.substr(account.size() + 1));
  ADD_FAILURE() << account << " is not in the ledger";
  return 0;
}

// Ten days: the water of every reach closes, what evaporates takes no tracer, what seeps away does.
TEST(CaseLosses, ARunBooksThem) {
  for (const char* scheme : {"muskingum-cunge", "dynamic"}) {
    const LosingFolder folder;
    folder.patch("case.toml", "end = 2027-01-01", "end = 2025-01-11");
    folder.patch("case.toml", "[constituents]",
                 std::string("[hydraulics]\nscheme = \"") + scheme + "\"\n\n[constituents]");
    ASSERT_EQ(std::system(((binary_dir() + "/limpid run --quiet --lang en ") + folder.path().string() +
                           " -o " + (folder.path() / "out").string() + " >/dev/null 2>&1")
                              .c_str()),
              0);
    const auto json = nlohmann::json::parse(content_of(folder.path() / "out/run.json"));
    for (const auto& [name, closure] : json.at("closure").items())
      EXPECT_LE(closure.get<double>(), 1e-12) << name;
    const std::string ledger = content_of(folder.path() / "out/ledger.csv");
    const double evaporated = -booked(ledger, "water,evaporation:R02"),
                 seeped = -booked(ledger, "water,seepage:R02");
    EXPECT_GT(evaporated, 6e-3 * 10 * 18 * 3000);  // wider than its bottom
    EXPECT_LT(evaporated, 6e-3 * 10 * 24 * 3000);
    EXPECT_NEAR(seeped / evaporated, 20.0 / 6, 1e-9);
    EXPECT_NEAR(booked(ledger, "tracer,seepage:R02") / -seeped, 1, 0.01);  // 1 mg/L all over
    EXPECT_EQ(ledger.find("evaporation:B01"), std::string::npos);
  }
}

}  // namespace
}  // namespace limpid
