#include "scenarios/influence.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/small_river.hpp"

namespace limpid {
namespace {

Section section(int reach, double chainage) {
  Section s;
  s.reach = reach;
  s.chainage = chainage;
  return s;
}

// 0 main-1 (n0-n2), 1 branch (n1-n2), 2 bypassed and 3 canal (n2-n3), 4 main-2 (n3-n4)
Basin basin() {
  Basin b = testing::small_river(false).basin;
  b.sections = {section(0, 4000), section(1, 3000), section(2, 2000),
                section(3, 1000), section(4, 2000), section(4, 8000)};
  b.sources[0].node = 0;
  b.sources[1].node = 1;
  b.sources[2].reach = 4;
  b.sources[2].chainage = 2500;
  return b;
}

std::vector<int> below(const Basin& b, const char* source) {
  return sections_below(b, testing::removal(source, 0.5).measures.front());
}

TEST(InfluenceTest, FollowsTheWaterThroughBothArmsOfADiversion) {
  const Basin b = basin();
  EXPECT_EQ(below(b, "head-main"), (std::vector<int>{0, 2, 3, 4, 5}));
  EXPECT_EQ(below(b, "head-branch"), (std::vector<int>{1, 2, 3, 4, 5}));
}

TEST(InfluenceTest, BeginsWhereTheSourceStands) {
  EXPECT_EQ(below(basin(), "works"), (std::vector<int>{5}));
  Basin b = basin();
  b.sources[2].chainage = 2000;  // at the section itself
  EXPECT_EQ(below(b, "works"), (std::vector<int>{4, 5}));
}

TEST(InfluenceTest, ParametersActOnTheirStretch) {
  Measure m;
  m.action = ActionKind::set_parameter;
  m.at = {{"stretch", "lower"}};
  EXPECT_EQ(sections_below(basin(), m), (std::vector<int>{2, 3, 4, 5}));
  m.at.clear();
  EXPECT_EQ(sections_below(basin(), m).size(), 6u);
}

TEST(InfluenceTest, AMeasureWithoutSourceReachesNothing) {
  EXPECT_TRUE(below(basin(), "nowhere").empty());
}

}  // namespace
}  // namespace limpid
