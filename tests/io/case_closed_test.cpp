// Pipes and covered rivers (盖板河) in a case: their columns, each fault with its place, and a run.
#include <gmock/gmock.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/io/case_folder.hpp"
#include "tests/paths.hpp"

namespace limpid {
namespace {

constexpr const char* kHead =
    "id,shape,bottom_width [m],side_slope,table,diameter [m],height [m],slot_width [m],note\n"
    "brook,trapezoidal,6,1.5,,,,,\n"
    "river,trapezoidal,18,2,,,,,\n";

// The template under a scheme; R05 runs below the town under a lid, B02 in a pipe.
class CoveredFolder : public CaseFolder {
 public:
  explicit CoveredFolder(const std::string& scheme = "dynamic") {
    patch("case.toml", "[constituents] ", "[hydraulics]\nscheme = \"" + scheme + "\"\n\n[constituents] ");
    patch("reaches.csv", "0.0015,0.033,river", "0.0015,0.015,盖板河");
    patch("reaches.csv", "0.0052,0.040,brook", "0.0052,0.014,涵管");
    set("盖板河,rectangular,5,,,,1.2,,城区盖板段\n涵管,circular,,,,1.5,,0.03,\n");
  }
  void set(const std::string& rows) const { write("channels.csv", kHead + rows); }
};

TEST(CaseClosed, PipesAndLidsAreRead) {
  const CoveredFolder folder;
  Problems problems;
  const Case c = read_case(folder.path(), problems);
  ASSERT_EQ(codes_of(problems, folder.path()), "");
  const std::vector<Channel>& channels = c.basin.network.channels;
  ASSERT_EQ(channels.size(), 4u);
  EXPECT_FALSE(channels[0].closed());
  EXPECT_EQ(channels[1].shape, ChannelShape::trapezoidal);
  EXPECT_EQ(channels[2].id, "盖板河");
  EXPECT_DOUBLE_EQ(channels[2].soffit, 1.2);
  EXPECT_DOUBLE_EQ(channels[2].full_area(), 6);
  EXPECT_DOUBLE_EQ(channels[2].slot_width, 0.05);
  EXPECT_EQ(channels[3].shape, ChannelShape::circular);
  EXPECT_DOUBLE_EQ(channels[3].soffit, 1.5);
  EXPECT_DOUBLE_EQ(channels[3].slot_width, 0.03);
}

TEST(CaseClosed, EachFaultHasItsPlace) {
  const CoveredFolder folder;
  const auto told = [&](const std::string& lid, const std::string& pipe) {
    folder.set("盖板河," + lid + "\n涵管," + pipe + "\n");
    return folder.codes();
  };
  const std::string lid = "rectangular,5,,,,1.2,,", pipe = "circular,,,,1.5,,,";
  EXPECT_EQ(told(lid, pipe), "");
  EXPECT_EQ(told(lid, "circular,,,,,,,"), "channels.csv:5 E1111");
  EXPECT_EQ(told(lid, "circular,,,,0,,,"), "channels.csv:5 E1330");
  EXPECT_EQ(told(lid, "circular,,,,-1.5,,,"), "channels.csv:5 E1330");
  EXPECT_EQ(told(lid, "circular,,,,1.5,2,,"), "channels.csv:5 E1330");    // it has its own height
  EXPECT_EQ(told(lid, "circular,,,,1.5,,1.5,"), "channels.csv:5 E1330");  // no slot
  EXPECT_EQ(told(lid, "circular,,,,1.5,,-0.01,"), "channels.csv:5 E1330");
  EXPECT_EQ(told("rectangular,5,,,,-1.2,,", pipe), "channels.csv:4 E1330");
  EXPECT_EQ(told("rectangular,5,,,,0,,", pipe), "channels.csv:4 E1330");
  EXPECT_EQ(told("rectangular,5,,,,1.2,6,", pipe), "channels.csv:4 E1330");
  EXPECT_EQ(told("rectangular,5,,,,,0.05,", pipe), "channels.csv:4 E1330");  // open: no slot
  folder.write("widths.csv", "depth [m],width [m]\n0,2\n2,6\n");
  EXPECT_EQ(told("tabulated,,,widths.csv,,1.5,,", pipe), "");
  EXPECT_EQ(told("tabulated,,,widths.csv,,-1.5,,", pipe), "channels.csv:4 E1330");
}

// Every scheme but the dynamic wave names the reach, its channel and what to do.
TEST(CaseClosed, OtherSchemesRefuseThem) {
  for (const char* scheme : {"steady", "kinematic", "muskingum-cunge"}) {
    const CoveredFolder folder(scheme);
    EXPECT_EQ(folder.codes(), "reaches.csv:6 E1485; reaches.csv:11 E1485") << scheme;
    Problems problems;
    read_case(folder.path(), problems);
    const std::string en = problems.sorted().front().text(Lang::en),
                      zh = problems.sorted().front().text(Lang::zh);
    EXPECT_THAT(en, testing::HasSubstr("R05"));
    EXPECT_THAT(en, testing::HasSubstr("盖板河"));
    EXPECT_THAT(en, testing::HasSubstr(scheme));
    EXPECT_THAT(zh, testing::HasSubstr("封闭断面"));
    folder.set("盖板河,rectangular,5,,,,,,\n涵管,rectangular,2,,,,,,\n");  // without lids
    EXPECT_EQ(folder.codes(), "") << scheme;
  }
}

// Ten days from the command line, the covered stretch too small for the river.
TEST(CaseClosed, ACoveredRiverRuns) {
  const CoveredFolder folder;
  folder.set("盖板河,rectangular,1.5,,,,0.6,,城区盖板段\n涵管,circular,,,,0.8,,,\n");
  folder.patch("case.toml", "end = 2027-01-01", "end = 2025-01-11");
  ASSERT_EQ(std::system(((binary_dir() + "/limpid run --quiet --lang zh ") + folder.path().string() + " -o " +
                         (folder.path() / "out").string() + " >/dev/null 2>&1")
                            .c_str()),
            0);
  const auto json = nlohmann::json::parse(content_of(folder.path() / "out/run.json"));
  for (const auto& [name, closure] : json.at("closure").items())
    EXPECT_LE(closure.get<double>(), 1e-12) << name;
}

}  // namespace
}  // namespace limpid
