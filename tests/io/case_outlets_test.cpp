// [network] outlets, structures and bed levels: what a case says of them, and each fault with its place.
#include <gmock/gmock.h>

#include <cmath>
#include <sstream>

#include "model/bed.hpp"
#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

constexpr const char* kOutlets =
    "node,kind,stage [m],rating,NH3_N [mg/L],note\nN8,stage,tide.csv:tide,,0.4,\n";
constexpr const char* kStructures =
    "id,name_zh,node,kind,crest_level [m],width [m],coefficient,opening,form\n"
    "W1,拦河堰,N7,broad_weir,305,20,1.6,,\n"
    "G1,泄水闸,N7,gate,303.8,4,,0.5 m,\n"
    "O1,涵孔,N6,orifice,308,1,,0.6 m,round\n";

// The template under `dynamic` with a tide below it, a weir beside a gate, and an orifice.
class TidalFolder : public CaseFolder {
 public:
  explicit TidalFolder(const std::string& scheme = "dynamic") {
    patch("case.toml", "[constituents] ",
          "outlets = \"outlets.csv\"\nstructures = \"structures.csv\"\n\n[hydraulics]\nscheme = \"" + scheme +
              "\"\n\n[constituents] ");
    write("outlets.csv", kOutlets);
    write("structures.csv", kStructures);
    write("tide.csv", "time [linear],tide [m]\n2020-12-01,301\n2022-02-01,303\n");
    write("rating.csv", "stage [m],discharge [m3/s]\n300,0\n302,40\n303,90\n");
    set_bed("300");
  }
  // Of N8, the outlet.
  void set_bed(const std::string& level) {
    std::istringstream lines(text("nodes.csv"));
    std::string all, line;
    while (std::getline(lines, line)) {
      line = line.substr(0, line.find(',', line.find(',', line.find(',') + 1) + 1));
      all += line +
             (line.starts_with("id")   ? ",bed_level [m]"
              : line.starts_with("N8") ? "," + level
                                       : ",") +
             "\n";
    }
    write("nodes.csv", all);
  }
};

TEST(CaseOutlets, AreReadWithBedsAndStructures) {
  const TidalFolder folder;
  Problems problems;
  const Case c = read_case(folder.path(), problems);
  ASSERT_EQ(codes_of(problems, folder.path()), "");
  const Network& network = c.basin.network;
  ASSERT_EQ(network.outlets.size(), 1u);
  const Outlet& outlet = network.outlets[0];
  EXPECT_EQ(network.nodes[static_cast<std::size_t>(outlet.node)].id, "N8");
  EXPECT_EQ(outlet.kind, OutletKind::stage);
  EXPECT_EQ(outlet.stage.interpolation(), Interpolation::linear);
  EXPECT_DOUBLE_EQ(outlet.stage.maximum(), 303);
  ASSERT_EQ(outlet.concentration.size(), c.basin.constituents.size());
  EXPECT_DOUBLE_EQ(outlet.concentration[1]->at(0), 0.4);
  EXPECT_FALSE(outlet.concentration[0]);
  const std::vector<double> beds = node_beds(network);
  EXPECT_DOUBLE_EQ(beds[8 - 0 + 2], 300);  // T0 and T1 stand before N8
  EXPECT_DOUBLE_EQ(beds[7], 300 + 3000 * 0.0012);
  ASSERT_EQ(network.structures.size(), 3u);
  EXPECT_EQ(network.structures[0].kind, StructureKind::broad_weir);
  EXPECT_DOUBLE_EQ(network.structures[0].coefficient, 1.6);
  EXPECT_DOUBLE_EQ(network.structures[1].coefficient, 0.61);
  EXPECT_DOUBLE_EQ(network.structures[1].opening.at(0), 0.5);
  EXPECT_TRUE(network.structures[2].round);
}

TEST(CaseOutlets, RatingsAndFreeFallsToo) {
  const TidalFolder folder;
  folder.write("outlets.csv", "node,kind,rating\nN8,rating,rating.csv\n");
  EXPECT_EQ(folder.codes(), "");
  folder.write("outlets.csv", "node,kind\nN8,free_fall\n");
  EXPECT_EQ(folder.codes(), "");
  folder.write("outlets.csv", "node,kind\nN8,normal_depth\n");
  EXPECT_EQ(folder.codes(), "");
}

TEST(CaseOutlets, EachFaultHasItsPlace) {
  const TidalFolder folder;
  const auto told = [&](const std::string& outlets) {
    folder.write("outlets.csv", outlets);
    return folder.codes();
  };
  EXPECT_EQ(told("node,kind\nN7,free_fall\n"), "outlets.csv:2 E1411");  // R08 leaves it
  EXPECT_EQ(told("node,kind\nN9,free_fall\n"), "outlets.csv:2 E1206");
  EXPECT_EQ(told("node,kind\nN8,free_fall\nN8,free_fall\n"), "outlets.csv:3 E1411");
  EXPECT_EQ(told("node,kind\nN8,stage\n"), "outlets.csv:2 E1411");  // which?
  EXPECT_EQ(told("node,kind,stage\nN8,free_fall,3 m\n"), "outlets.csv:2 E1411");
  EXPECT_EQ(told("node,kind,stage\nN8,stage,700 m\n"), "outlets.csv:2 E1411");  // another datum
  EXPECT_EQ(told("node,kind,stage,NH3_N [kg/d]\nN8,stage,302 m,3\n"), "outlets.csv:2 E1411");
  folder.write("tide.csv", "time [linear],tide [m]\n2021-03-01,301\n2021-09-01,303\n");
  EXPECT_EQ(told(kOutlets), "outlets.csv:2 E1334");  // shorter than the run
  folder.write("rating.csv", "stage [m],discharge [m3/s]\n300,0\n300,40\n303,30\n");
  EXPECT_EQ(told("node,kind,rating\nN8,rating,rating.csv\n"), "rating.csv:3 E1413; rating.csv:4 E1413");
}

TEST(CaseOutlets, NormalDepthNeedsAFall) {
  const TidalFolder folder;
  folder.patch("reaches.csv", "3.0,0.0012", "3.0,-0.0001");
  folder.write("structures.csv", "id,node,kind,crest_level [m],width [m]\n");
  EXPECT_EQ(folder.codes(), "");
  folder.write("outlets.csv", "node,kind\n");
  EXPECT_EQ(folder.codes(), "reaches.csv:9 E1411");
}

TEST(CaseOutlets, SchemesThatDoNotSeeThemSaySo) {
  EXPECT_EQ(TidalFolder("kinematic").codes(),
            "outlets.csv:2 E1412; structures.csv:2 E1484; structures.csv:3 E1484; structures.csv:4 E1484");
  EXPECT_EQ(TidalFolder("muskingum-cunge").codes(),
            "outlets.csv:2 E1412; structures.csv:2 E1484; structures.csv:3 E1484; structures.csv:4 E1484");
  const TidalFolder steady("steady");
  EXPECT_EQ(steady.codes(), "");
  steady.write("structures.csv", "id,node,kind,crest_level [m],width [m]\n");
  steady.patch("reaches.csv", "3.0,0.0012", "3.0,-0.0001");  // backwater holds it
  EXPECT_EQ(steady.codes(), "");
  steady.write("outlets.csv", "node,kind\nN8,normal_depth\n");
  EXPECT_EQ(steady.codes(), "reaches.csv:9 E1404");
}

TEST(CaseStructures, EachFaultHasItsPlace) {
  const TidalFolder folder;
  const auto told = [&](const std::string& row) {
    folder.write("structures.csv",
                 "id,node,kind,crest_level [m],width [m],coefficient,opening\n" + row + "\n");
    return folder.codes();
  };
  EXPECT_EQ(told("G,N7,gate,305,4,,"), "structures.csv:2 E1480");       // no opening
  EXPECT_EQ(told("G,N7,sluice,305,4,,1 m"), "structures.csv:2 E1105");  // no such kind
  EXPECT_EQ(told("W,N7,broad_weir,305,0,,"), "structures.csv:2 E1481");
  EXPECT_EQ(told("W,N7,broad_weir,305,4,-1,"), "structures.csv:2 E1481");
  EXPECT_EQ(told("W,N7,broad_weir,305,4,,1 m"), "structures.csv:2 E1481");
  EXPECT_EQ(told("G,N7,gate,305,4,,-1 m"), "structures.csv:2 E1481");
  EXPECT_EQ(told("W,N7,broad_weir,303,4,,"), "structures.csv:2 E1481");  // below the bed
  EXPECT_EQ(told("W,N3,broad_weir,400,4,,"), "structures.csv:2 E1482");  // a confluence
  EXPECT_EQ(told("W,N0,broad_weir,900,4,,"), "structures.csv:2 E1482");  // a head
  EXPECT_EQ(told("W,N8,broad_weir,301,4,,"), "");                        // before the tide
  folder.write("outlets.csv", "node,kind\n");
  EXPECT_EQ(told("W,N8,broad_weir,301,4,,"), "structures.csv:2 E1482");
  EXPECT_EQ(told("W,N7,broad_weir,305,4,,\nW,N7,broad_weir,305,4,,"), "structures.csv:3 E1201");
}

// Steady flow has no other way past a gate that is shut: not by its own series, nor by a plan.
TEST(CaseStructures, ASteadyRiverIsNotShut) {
  const TidalFolder folder("steady");
  const auto told = [&](const std::string& rows) {
    folder.write("structures.csv", "id,node,kind,crest_level [m],width [m],opening,name_en\n" + rows);
    return folder.codes();
  };
  folder.write("opening.csv", "time [step_mean],gate [m]\n2020-12-01,0.5\n2021-06-01,0\n2022-02-01,0\n");
  EXPECT_EQ(told("G,N7,gate,305,4,opening.csv:gate,\n"), "structures.csv:2 E1481");
  EXPECT_EQ(told("G,N7,orifice,305,4,0 m,\nW,N6,broad_weir,309,4,,\n"), "structures.csv:2 E1481");
  EXPECT_EQ(told("G,N7,gate,305,4,opening.csv:gate,\nW,N7,broad_weir,306,4,,\n"), "");
  EXPECT_EQ(told("G,N7,gate,305,4,0.5 m,\n"), "");
  Problems problems;
  const Case c = read_case(folder.path(), problems);
  const auto planned = [&](const std::string& rule) {
    folder.write("plans/one.toml",
                 "[plan]\nid = \"one\"\n\n[[measure]]\nid = \"m\"\nstart = 2021-03-01\nevidence = "
                 "\"invented\"\ntype = \"gate_rule\"\nat = "
                 "\"structure:G\"\n" +
                     rule);
    Problems found;
    read_plan(folder.path() / "plans/one.toml", c, found);
    return codes_of(found, folder.path());
  };
  EXPECT_EQ(planned("opening = \"0 m\"\n"), "plans/one.toml:4 E1481");
  EXPECT_EQ(planned("opening = \"0 m\"\nfrom_level = \"305 m\"\nfull_level = \"306 m\"\n"),
            "plans/one.toml:4 E1481");
  EXPECT_EQ(planned("opening = \"0.3 m\"\n"), "");
}

TEST(CaseStructures, BranchesByLevelsNeedTheDynamicWave) {
  for (const auto& [scheme, codes] :
       {std::pair("dynamic", ""), std::pair("kinematic", "reaches.csv:12 E1483")}) {
    const CaseFolder folder;
    folder.patch("case.toml", "[constituents] ",
                 std::string("[hydraulics]\nscheme = \"") + scheme + "\"\n\n[constituents] ");
    std::string reaches = folder.text("reaches.csv"), all, line;
    std::istringstream lines(reaches);
    while (std::getline(lines, line)) all += line + (line.starts_with("id") ? ",split_kind\n" : ",\n");
    folder.write("reaches.csv", all + "X1,汊道,Arm,N6,N7,3.0,0.0012,0.032,river,387,12,安平县,下段,levels\n");
    Problems problems;
    read_case(folder.path(), problems);
    EXPECT_EQ(codes_of(problems, folder.path()), codes) << scheme;
  }
}

}  // namespace
}  // namespace limpid
