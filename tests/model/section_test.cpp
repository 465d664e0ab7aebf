#include "model/section.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace limpid {
namespace {

constexpr std::array kClasses{WaterClass::I,  WaterClass::II, WaterClass::III,
                              WaterClass::IV, WaterClass::V,  WaterClass::worse_than_V};

TEST(WaterClassText, ReadsWhatItWrites) {
  for (const WaterClass c : kClasses) {
    EXPECT_EQ(parse_class(class_text(c)), c);
    EXPECT_EQ(parse_class(class_text_zh(c)), c);
    EXPECT_EQ(parse_class(std::string(class_text(c)) + "类"), c);
    EXPECT_EQ(parse_class(std::string(class_text_zh(c)) + "类"), c);
  }
  EXPECT_STREQ(class_text(WaterClass::worse_than_V), ">V");
  EXPECT_STREQ(class_text_zh(WaterClass::III), "Ⅲ");
}

TEST(WaterClassText, AcceptsTheSpellingsOfData) {
  for (const char* text :
       {"III", "Ⅲ", "3", "Ⅲ类", "III类", "３", "ＩＩＩ", "ＩＩＩ类", " III ", "三类", "iii", "ⅲ", "　Ⅲ　类"})
    EXPECT_EQ(parse_class(text), WaterClass::III) << text;
  for (const char* text : {"劣Ⅴ", "劣V", ">V", "劣V类", "劣Ⅴ类", "＞Ⅴ", "＞Ｖ", "劣5", "> V", "劣五类"})
    EXPECT_EQ(parse_class(text), WaterClass::worse_than_V) << text;
}

TEST(WaterClassText, RefusesEverythingElse) {
  for (const char* text :
       {"", "类", "劣", ">", "0", "6", "VI", "IIII", "劣Ⅳ", ">III", "III类类", "3.0", "class III", "\xEF"})
    EXPECT_FALSE(parse_class(text).has_value()) << text;
}

}  // namespace
}  // namespace limpid
