// carried.csv: what a case says of items that it does not simulate.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

struct Read {
  Case c;
  std::string codes;
};

Read read(const CaseFolder& folder, const std::string& rows) {
  folder.write("carried.csv", "section_id,constituent,month,value,unit\n" + rows);
  Read result;
  Problems problems;
  result.c = read_case(folder.path(), problems);
  result.codes = codes_of(problems, folder.path());
  return result;
}

class CaseCarried : public testing::Test {
 protected:
  CaseCarried() { folder_.patch("case.toml", "[assessment]", "[assessment]\ncarried = \"carried.csv\""); }
  CaseFolder folder_;
};

TEST_F(CaseCarried, APHIsOneThatWaterCanHave) {
  EXPECT_EQ(read(folder_, "S1,pH,1,14.2,\nS1,pH,2,-0.1,\nS1,pH,3,14,\n").codes,
            "carried.csv:2 E1339; carried.csv:3 E1339");
}

TEST_F(CaseCarried, ValuesStandForAMonthOrForAll) {
  const Read r = read(folder_, "S1,pH,,7.4,\nS1,镉,7,8,ug/L\nS1,Cd,8,<0.001,mg/L\n");
  EXPECT_EQ(r.codes, "");
  const auto& carried = r.c.assessment.carried;
  ASSERT_EQ(carried.size(), 2u);
  EXPECT_EQ(carried[0].indicator, "pH");
  for (const double value : carried[0].months) EXPECT_EQ(value, 7.4);
  EXPECT_EQ(carried[1].indicator, "Cd");
  EXPECT_NEAR(carried[1].months[6], 0.008, 1e-15);
  EXPECT_EQ(carried[1].months[7], 0.0005);  // half the limit of detection
  EXPECT_TRUE(std::isnan(carried[1].months[0]));
  EXPECT_NE(std::find(r.c.files.begin(), r.c.files.end(), "carried.csv"), r.c.files.end());
}

TEST_F(CaseCarried, SectionsMayBeNamed) {
  const Read r = read(folder_, "下河口,pH,,7.4,\n");
  EXPECT_EQ(r.codes, "");
  ASSERT_EQ(r.c.assessment.carried.size(), 1u);
  EXPECT_EQ(r.c.assessment.carried[0].section, 0);
}

TEST_F(CaseCarried, MistakesAreTold) {
  EXPECT_EQ(read(folder_, "S2,pH,,7.4,\n").codes, "carried.csv:2 E1204");
  EXPECT_EQ(read(folder_, "S1,pHH,,7.4,\n").codes, "carried.csv:2 E1218");
  EXPECT_EQ(read(folder_, "S1,氨氮,,0.4,mg/L\n").codes, "carried.csv:2 E1620");
  EXPECT_EQ(read(folder_, "S1,temperature,,14,degC\n").codes, "carried.csv:2 E1620");
  EXPECT_EQ(read(folder_, "S1,Cd,,0.001,\n").codes, "carried.csv:2 E1312");
  EXPECT_EQ(read(folder_, "S1,Cd,,0.001,m\n").codes, "carried.csv:2 E1606");
  EXPECT_EQ(read(folder_, "S1,Cd,,much,mg/L\n").codes, "carried.csv:2 E1301");
  EXPECT_EQ(read(folder_, "S1,Cd,13,0.001,mg/L\n").codes, "carried.csv:2 E1330");
  EXPECT_EQ(read(folder_, "S1,Cd,1.5,0.001,mg/L\n").codes, "carried.csv:2 E1330");
  EXPECT_EQ(read(folder_, "S1,Cd,,0.001,mg/L\nS1,Cd,3,0.002,mg/L\n").codes, "carried.csv:3 E1621");
  EXPECT_EQ(read(folder_, "S1,Cd,,,mg/L\n").codes, "carried.csv:2 E1303");
}

TEST_F(CaseCarried, ASectionWithoutTheItemIsNamed) {
  folder_.write("sections.csv", folder_.text("sections.csv") +
                                    "S0,上游,Upper,省考,青河县,清河,R01,1.5,III,NH3_N,2026-12-31\n");
  EXPECT_EQ(read(folder_, "S1,Cd,,0.001,mg/L\n").codes, "carried.csv:0 W1622");
  EXPECT_EQ(read(folder_, "S1,Cd,,0.001,mg/L\nS0,Cd,,0.001,mg/L\n").codes, "");
}

TEST_F(CaseCarried, AnAskedIndicatorMayBeCarried) {
  folder_.patch("sections.csv", "III,NH3_N", "III,NH3_N|TP");
  EXPECT_EQ(read(folder_, "S1,Cd,,0.001,mg/L\n").codes, "sections.csv:2 W1229");
  EXPECT_EQ(read(folder_, "S1,TP,,0.1,mg/L\n").codes, "");
}

}  // namespace
}  // namespace limpid
