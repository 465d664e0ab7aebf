// Class tables: the built-in one, and what is refused.
#include "io/standard_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "io/embedded.hpp"

namespace limpid {
namespace {

constexpr const char* kHead =
    "# id: T-1\n# name_en: a test: with a colon\nid,name_zh,name_en,unit,side,I,II,III,IV,V,"
    "lake_I,lake_II,lake_III,lake_IV,lake_V,class_river,class_lake,multiple,toxic\n";

Standard read(const std::string& rows, Problems& problems) {
  return read_standard(kHead + rows, "t.csv", problems);
}

std::vector<std::string> codes(const std::string& rows) {
  Problems problems;
  read(rows, problems);
  std::vector<std::string> ids;
  for (const Problem& p : problems.sorted()) ids.push_back(info(p.code).id);
  return ids;
}

using Codes = std::vector<std::string>;

TEST(StandardReader, BuiltInTableIsWhole) {
  Problems problems;
  const std::string text(embedded_file("standards/gb3838_2002.csv"));
  const Standard s = read_standard(text, "gb3838_2002.csv", problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(s.id, "GB3838-2002");
  EXPECT_NE(s.document.find("Table 1"), std::string::npos);
  ASSERT_EQ(s.items.size(), 24u);
  EXPECT_EQ(std::ranges::count_if(s.items, &StandardItem::in_class_river), 21);
  EXPECT_EQ(std::ranges::count_if(s.items, &StandardItem::in_class_lake), 21);
  EXPECT_EQ(std::ranges::count_if(s.items, [](const auto& i) { return !i.multiple; }), 3);  // T, pH, DO
  EXPECT_EQ(std::ranges::count_if(s.items, &StandardItem::toxic), 6);
  EXPECT_EQ(s.find("TP")->river.values[2], 0.2);
  EXPECT_EQ(s.find("TP")->lake.values[2], 0.05);
  EXPECT_EQ(s.find("COD_Mn")->lake.values, s.find("COD_Mn")->river.values);
  EXPECT_FALSE(s.find("TN")->river.given());
  EXPECT_EQ(s.find("NH3_N")->river.decimals, (std::array<int, 5>{2, 1, 1, 1, 1}));
  EXPECT_EQ(s.find("pH")->range_low, 6);
  EXPECT_EQ(s.find("pH")->river.values[4], 9);
  EXPECT_EQ(s.find("nothing"), nullptr);
}

TEST(StandardReader, BuiltInById) {
  EXPECT_TRUE(built_in_standard("GB3838-2002"));
  EXPECT_FALSE(built_in_standard("GB3838-1988"));
  EXPECT_TRUE(embedded_file("no such file").empty());
}

TEST(StandardReader, RemarksAndLakeLimits) {
  Problems problems;
  const Standard s = read("X,甲,x,mg/L,at_most,1,2,3,4,5,,,,,,1,0,1,0\n", problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(s.id, "T-1");
  EXPECT_EQ(s.name_en, "a test: with a colon");
  EXPECT_EQ(s.items.at(0).lake.values[4], 5);
  EXPECT_FALSE(s.items.at(0).in_class(true));
}

TEST(StandardReader, Refuses) {
  EXPECT_EQ(codes("X,甲,x,mg/L,below,1-2,1-2,1-2,1-2,1-2,,,,,,1,1,1,0\n"), Codes{"E1601"});
  EXPECT_EQ(codes("X,甲,x,mg/L,at_most,1,2,3,,5,,,,,,1,1,1,0\n"), Codes{"E1602"});
  EXPECT_EQ(codes("X,甲,x,mg/L,range,6~9,6-9,6-9,6-9,6-9,,,,,,1,1,1,0\n").at(0), "E1602");
  EXPECT_EQ(codes("X,甲,x,mg/L,at_most,1,2,three,4,5,,,,,,1,1,1,0\n"), Codes{"E1301"});
  EXPECT_EQ(codes("X,甲,x,mg/L,at_most,1,2,3,2,5,,,,,,1,1,1,0\n"), Codes{"E1603"});
  EXPECT_EQ(codes("X,甲,x,mg/L,at_least,1,2,3,4,5,,,,,,1,1,1,0\n").at(0), "E1603");
  EXPECT_EQ(codes("X,甲,x,mg/L,at_most,1,2,3,4,5,,,,,,1,1,1,0\nX,甲,x,mg/L,at_most,1,2,3,4,5,,,,,,1,1,1,0\n"),
            Codes{"E1201"});
}

TEST(StandardReader, MissingColumn) {
  Problems problems;
  const Standard s = read_standard("id,I\nX,1\n", "t.csv", problems);
  EXPECT_TRUE(problems.has_errors());
  EXPECT_TRUE(s.items.empty());
}

}  // namespace
}  // namespace limpid
