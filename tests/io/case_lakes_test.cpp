// [network] lakes: what a case says of lakes, each fault with its place, and a run through one.
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/io/case_folder.hpp"
#include "tests/paths.hpp"

namespace limpid {
namespace {

constexpr const char* kLakes =
    "id,name_zh,node,curve,initial_level [m],crest_level [m],crest_width [m],release [m3/s],release_pattern,"
    "inflow_share,lowest_level [m],evaporation,inflow_layer,release_layer,county,stretch\n"
    "QL,清河水库,N5,curve.csv,388,390,30,1.2,wet_season,10 %,382,3 mm/d,2,2,安平县,库区\n";
constexpr const char* kLayers = "lake,boundary [m],exchange\nQL,384,0.05 m/d\n";
constexpr const char* kCurve =
    "level [m],area [m2],volume [m3]\n380,1e4,0\n385,3e5,7e5\n390,6e5,2.9e6\n395,8e5,6.4e6\n";

// The template with a reservoir of two layers at N5.
class LakeFolder : public CaseFolder {
 public:
  LakeFolder() {
    patch("case.toml", "[constituents] ",
          "lakes = \"lakes.csv\"\nlake_layers = \"layers.csv\"\n\n[constituents]");
    write("lakes.csv", kLakes);
    write("layers.csv", kLayers);
    write("curve.csv", kCurve);
  }
};

TEST(CaseLakes, AreSetIntoTheNetwork) {
  const LakeFolder folder;
  Problems problems;
  const Case c = read_case(folder.path(), problems);
  ASSERT_EQ(codes_of(problems, folder.path()), "");
  const Network& network = c.basin.network;
  ASSERT_EQ(network.lakes.size(), 1u);
  const Lake& lake = network.lakes[0];
  const Reach& reach = network.reaches[static_cast<std::size_t>(lake.reach)];
  EXPECT_EQ(reach.id, "QL");
  EXPECT_EQ(network.nodes[static_cast<std::size_t>(reach.from)].id, "N5");
  EXPECT_EQ(network.nodes[static_cast<std::size_t>(reach.to)].id, "QL_out");
  EXPECT_EQ(network.reaches[5].from, reach.to);  // R06 begins below it
  EXPECT_EQ(network.reaches[4].to, reach.from);
  EXPECT_EQ(network.chains[static_cast<std::size_t>(lake.chain)].cells, 2);
  EXPECT_EQ(reach.stretch, "库区");
  EXPECT_DOUBLE_EQ(lake.initial_level, 388);
  EXPECT_DOUBLE_EQ(lake.curve.volume_at(388), 7e5 + 0.6 * 2.2e6);
  EXPECT_DOUBLE_EQ(lake.spillway.crest, 390);
  EXPECT_DOUBLE_EQ(lake.spillway.coefficient, 1.7);
  EXPECT_DOUBLE_EQ(lake.inflow_share, 0.1);
  EXPECT_DOUBLE_EQ(lake.evaporation.at(0), 3e-3 / 86400);
  EXPECT_DOUBLE_EQ(lake.exchange[0].at(0), 0.05 / 86400);
  EXPECT_EQ(lake.inflow_layer, 1);
  EXPECT_EQ(lake.release_layer, 1);
  const double july = 1625500000, january = 1610500000;  // of 2021, the record year
  EXPECT_DOUBLE_EQ(lake.release.at(july), 1.2 * 1.6);
  EXPECT_DOUBLE_EQ(lake.release.at(january), 1.2 * 0.6);
  EXPECT_NEAR(lake.length, 2 * std::sqrt(lake.curve.area_at(388) / M_PI), 1e-9);
  EXPECT_EQ(c.basin.reach_climate.size(), network.reaches.size());
}

TEST(CaseLakes, SourcesAndSectionsMayLieInThem) {
  const LakeFolder folder;
  folder.write("sources.csv", folder.text("sources.csv") + "farm,渔场,point,,QL,0,,industry,,,0.01,,,1,\n" +
                                  "shore,库岸,diffuse,,QL,,,village,,,0,,,,5\n" +
                                  "water,水厂,abstraction,N5,,,,industry,,,0.2,,,,\n");
  folder.patch("sections.csv", "indicators,limit_date", "indicators,limit_date,layer");
  folder.write("sections.csv", folder.text("sections.csv") + "S2,库中,Lake,,,,QL,0,III,NH3_N,,2\n");
  folder.patch("sections.csv", "III,NH3_N,2025-12-31", "III,NH3_N,2025-12-31,");
  Problems problems;
  const Case c = read_case(folder.path(), problems);
  ASSERT_EQ(codes_of(problems, folder.path()), "");
  const Network& network = c.basin.network;
  const Lake& lake = network.lakes[0];
  const Chain& chain = network.chains[static_cast<std::size_t>(lake.chain)];
  EXPECT_EQ(c.basin.sources[5].junction, chain.upstream);
  EXPECT_EQ(c.basin.sources[7].junction, chain.downstream);
  EXPECT_EQ(c.basin.diffuse_shares.back().cell, chain.first_cell + 1);
  EXPECT_EQ(c.basin.sections[1].location.cell_a, chain.first_cell + 1);
  EXPECT_EQ(c.basin.sections[1].location.weight_b, 0);
}

struct Fault {
  const char *file, *from, *to, *expected;
};

class LakeFaults : public ::testing::TestWithParam<Fault> {};

TEST_P(LakeFaults, AreToldWithTheirPlace) {
  const LakeFolder folder;
  folder.patch(GetParam().file, GetParam().from, GetParam().to);
  EXPECT_EQ(folder.codes(), GetParam().expected) << GetParam().to;
}

INSTANTIATE_TEST_SUITE_P(
    Case, LakeFaults,
    ::testing::Values(
        Fault{"lakes.csv", ",N5,", ",N55,", "lakes.csv:2 E1206"},
        Fault{"lakes.csv", "QL,", "R03,", "lakes.csv:2 E1201; layers.csv:2 E1466"},
        Fault{"lakes.csv", ",388,", ",398,", "lakes.csv:2 E1462"},
        Fault{"lakes.csv", ",388,", ",,", "lakes.csv:2 E1303"},
        Fault{"lakes.csv", ",390,30,", ",399,30,", "lakes.csv:2 E1462"},
        Fault{"lakes.csv", ",390,30,", ",390,,", "lakes.csv:2 E1111"},
        Fault{"lakes.csv", ",390,30,", ",390,-3,", "lakes.csv:2 E1330"},
        Fault{"lakes.csv", "390,30,1.2,wet_season,10 %", ",,,,", "lakes.csv:2 E1463"},
        Fault{"lakes.csv", "1.2,wet_season", "-1.2,", "lakes.csv:2 E1330"},
        Fault{"lakes.csv", "1.2,wet_season", "1.2,wetseason", "lakes.csv:2 E1214"},
        Fault{"lakes.csv", "1.2,wet_season", "flows.csv:清河,wet_season", "lakes.csv:2 E1468"},
        Fault{"lakes.csv", "10 %", "110 %", "lakes.csv:2 E1330"},
        Fault{"lakes.csv", "3 mm/d", "-3 mm/d", "lakes.csv:2 E1330"},
        Fault{"lakes.csv", "3 mm/d", "3 mm", "lakes.csv:2 E1311"},
        Fault{"lakes.csv", "d,2,2,", "d,3,2,", "lakes.csv:2 E1467"},
        Fault{"lakes.csv", "curve.csv", "curves.csv", "lakes.csv:2 E1001"},
        Fault{"lakes.csv", "库区\n", "库区\nQM,,N5,curve.csv,388,390,30,,,,,,,,,\n", "lakes.csv:3 E1465"},
        Fault{"curve.csv", "385,", "379,", "curve.csv:3 E1460"},
        Fault{"curve.csv", "6e5,", "2e5,", "curve.csv:4 E1460"},
        Fault{"curve.csv", "2.9e6", "6e5", "curve.csv:4 E1460"},
        Fault{"curve.csv", "1e4,0", "1e4,5", "curve.csv:2 E1460"},
        Fault{"curve.csv", "\n385,3e5,7e5\n390,6e5,2.9e6\n395,8e5,6.4e6\n", "\n", "curve.csv:0 E1330"},
        Fault{"layers.csv", "QL,384", "QK,384", "layers.csv:2 E1466"},
        Fault{"layers.csv", "d\n", "d\nQL,386,0.05 m/d\n", "layers.csv:3 E1461"},
        Fault{"layers.csv", "384", "380", "layers.csv:2 E1461"},
        Fault{"layers.csv", "0.05", "-0.05", "layers.csv:2 E1330"},
        Fault{"case.toml", "[constituents]", "[hydraulics]\nscheme = \"dynamic\"\n[constituents]",
              "lakes.csv:2 E1464"},  // how high N5 lies is not told
        Fault{"case.toml", "[constituents]",
              "[processes.settling]\nconstituent = \"tracer\"\nv_s = \"1 m/d\"\n[constituents]",
              "lakes.csv:2 W1469"}));

TEST(CaseLakes, ErrorsAreLettersInBothLanguages) {
  const LakeFolder folder;
  folder.patch("layers.csv", "d\n", "d\nQL,386,0.05 m/d\n");
  Problems problems;
  read_case(folder.path(), problems);
  ASSERT_EQ(problems.sorted().size(), 1u);
  EXPECT_THAT(problems.sorted()[0].text(Lang::en),
              ::testing::HasSubstr(
                  "layers.csv:3:4: error E1461: lake \"QL\": the layer boundary at 386 m must lie below "
                  "384 m and above 380 m"));
  EXPECT_THAT(problems.sorted()[0].text(Lang::zh),
              ::testing::HasSubstr("湖库 \"QL\"：分层界面 386 m 应低于 384 m"));
}

// nodes.csv with the bed of one node.
void set_bed(const LakeFolder& folder, const std::string& node, const std::string& level) {
  std::istringstream lines(folder.text("nodes.csv"));
  std::string all, line;
  while (std::getline(lines, line))
    all += line +
           (line.starts_with("id")         ? ",bed_level [m]"
            : line.starts_with(node + ",") ? "," + level
                                           : ",") +
           "\n";
  folder.write("nodes.csv", all);
}

// With one datum for the river's bed and the lake's curve.
TEST(CaseLakes, TheDynamicWaveTakesThemWhereTheBedIsTold) {
  const LakeFolder folder;
  folder.patch("case.toml", "[constituents]", "[hydraulics]\nscheme = \"dynamic\"\n[constituents]");
  EXPECT_EQ(folder.codes(), "lakes.csv:2 E1464");
  set_bed(folder, "N5", "381");
  EXPECT_EQ(folder.codes(), "");
  folder.patch("case.toml", "lakes = ", "structures = \"structures.csv\"\nlakes = ");
  folder.write("structures.csv", "id,node,kind,crest_level [m],width [m]\nW,QL_out,broad_weir,400,4\n");
  EXPECT_EQ(folder.codes(), "structures.csv:2 E1482");  // the lake's own rules are told in lakes.csv
  folder.write("structures.csv", "id,node,kind,crest_level [m],width [m]\nW,N5,broad_weir,382,4\n");
  EXPECT_EQ(folder.codes(), "");  // where the river enters it
}

TEST(CaseLakes, ASteadyRiverIsHeldByThemWhereTheBedIsTold) {
  const LakeFolder folder;
  folder.patch("case.toml", "[constituents]", "[hydraulics]\nscheme = \"steady\"\n[constituents]");
  EXPECT_EQ(folder.codes(), "");
  folder.patch("case.toml", "lakes = ", "structures = \"structures.csv\"\nlakes = ");
  folder.write("structures.csv", "id,node,kind,crest_level [m],width [m]\nW,N5,broad_weir,440,4\n");
  EXPECT_EQ(folder.codes(), "structures.csv:2 E1482");  // how high the lake stands below it is not told
  set_bed(folder, "N5", "381");
  EXPECT_EQ(folder.codes(), "");
}

// Volumes by the areas' trapezoids, a rating, one layer: the smallest table there may be.
TEST(CaseLakes, ACurveMayGiveAreasAndOutflows) {
  const LakeFolder folder;
  folder.patch("case.toml", "lake_layers = \"layers.csv\"\n", "");
  folder.write("lakes.csv", "id,node,curve,initial_level [m]\nQL,N5,curve.csv,388\n");
  folder.write("curve.csv", "level [m],area [km2],outflow [m3/s]\n380,0,0\n390,0.6,20\n");
  Problems problems;
  const Case c = read_case(folder.path(), problems);
  ASSERT_EQ(codes_of(problems, folder.path()), "");
  EXPECT_DOUBLE_EQ(c.basin.network.lakes[0].curve.volume_at(390), 3e6);
  EXPECT_DOUBLE_EQ(c.basin.network.lakes[0].curve.outflow_at(385), 10);
}

// From the command line to the ledger: the run closes, the lake holds back and loses water to the air, and a
// second run goes on from the first one's state.
class LakeRuns : public ::testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Schemes, LakeRuns, ::testing::Values("kinematic", "dynamic"));

TEST_P(LakeRuns, ARunThroughALakeClosesAndGoesOn) {
  const LakeFolder folder;
  folder.patch("case.toml", "[constituents]",
               std::string("[hydraulics]\nscheme = \"") + GetParam() + "\"\n[constituents]");
  set_bed(folder, "N5", "381");
  folder.patch("case.toml", "end = 2027-01-01", "end = 2025-01-11");
  folder.write("case.toml", folder.text("case.toml") + "\n[output]\nfinal_state = true\n");
  folder.patch("sections.csv", "indicators,limit_date", "indicators,limit_date,layer");
  folder.patch("sections.csv", "2025-12-31", "2025-12-31,");
  folder.write("sections.csv", folder.text("sections.csv") + "S2,库中,Lake,,,,QL,0,III,NH3_N,,1\n");
  const auto run = [&](const std::string& out) {
    return std::system(((binary_dir() + "/limpid run --quiet --lang en ") + folder.path().string() + " -o " +
                        (folder.path() / out).string() + " >/dev/null 2>&1")
                           .c_str());
  };
  ASSERT_EQ(run("out"), 0);
  const auto json = nlohmann::json::parse(content_of(folder.path() / "out/run.json"));
  for (const auto& [name, closure] : json.at("closure").items())
    EXPECT_LE(closure.get<double>(), 1e-12) << name;
  const std::string ledger = content_of(folder.path() / "out/ledger.csv");
  std::istringstream lines(ledger);
  double evaporated = 0;
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("water,evaporation:QL,")) evaporated = std::stod(line.substr(line.rfind("QL,") + 3));
  EXPECT_NEAR(evaporated, -3e-3 * 10 * 4.8e5, 0.15 * 3e-2 * 4.8e5);  // near its area at 388 m
  EXPECT_THAT(content_of(folder.path() / "out/sections.csv"),
              ::testing::HasSubstr("2025-01-01T00:00:00+08:00,S2,lake_level,388,m"));
  folder.patch("case.toml", "kind = \"spin_up\"", "kind = \"file\"\nfile = \"out/state.nc\"");
  folder.patch("case.toml", "begin = 2025-01-01", "begin = 2025-01-11");
  folder.patch("case.toml", "end = 2025-01-11", "end = 2025-01-13");
  ASSERT_EQ(run("on"), 0);
}

}  // namespace
}  // namespace limpid
