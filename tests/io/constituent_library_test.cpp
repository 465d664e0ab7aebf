#include "io/constituent_library.hpp"
#include "tests/paths.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace limpid {
namespace {

std::string stored_text() {
  std::ifstream in(source_dir() + "/model/constituents.csv", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

ConstituentLibrary library() {
  Problems problems;
  auto read = ConstituentLibrary::read(stored_text(), "constituents.csv", problems);
  for (const Problem& problem : problems.sorted()) ADD_FAILURE() << problem.text(Lang::en);
  return read;
}

std::string id_of(const ConstituentLibrary& all, std::string_view text) {
  const LibraryConstituent* found = all.find_by_synonym(text);
  return found ? found->constituent.id : "";
}

TEST(ConstituentLibrary, HoldsEveryIdOfTheHouse) {
  const ConstituentLibrary all = library();
  for (const char* id : {"DO",
                         "COD_Mn",
                         "COD_Cr",
                         "BOD5",
                         "CBOD_fast",
                         "CBOD_slow",
                         "NH3_N",
                         "NO2_N",
                         "NO3_N",
                         "ORGN",
                         "TN",
                         "PO4_P",
                         "ORGP",
                         "TP",
                         "chla",
                         "phytoplankton",
                         "bottom_algae",
                         "detritus",
                         "TSS",
                         "ISS",
                         "alkalinity",
                         "DIC",
                         "pH",
                         "temperature",
                         "fecal_coliform",
                         "tracer",
                         "chloride",
                         "age",
                         "Cd",
                         "Pb",
                         "As",
                         "Hg",
                         "Cu",
                         "Zn",
                         "Cr6",
                         "Sb",
                         "Tl",
                         "F",
                         "Se",
                         "CN",
                         "phenol",
                         "petroleum",
                         "LAS",
                         "sulfide"})
    EXPECT_NE(all.find(id), nullptr) << id;
  EXPECT_EQ(all.find("NH3-N"), nullptr);  // synonyms are no keys
  EXPECT_EQ(all.ids().size(), all.constituents().size());
}

TEST(ConstituentLibrary, FindsTheSpellingsOfData) {
  const ConstituentLibrary all = library();
  for (const char* text : {"NH3-N", "nh3_n", "NH₃-N", "NH3-N(mg/L)", "NH3-N [mg/L]", "氨氮", "氨氮（mg/L）",
                           " 氨 氮 (mg/L)", "w21003", "W21003", "ＮＨ３－Ｎ"})
    EXPECT_EQ(id_of(all, text), "NH3_N") << text;
  EXPECT_EQ(id_of(all, "高锰酸盐指数(mg/L)"), "COD_Mn");
  EXPECT_EQ(id_of(all, "COD"), "COD_Cr");
  EXPECT_EQ(id_of(all, "化学需氧量（CODCr）"), "COD_Cr");
  EXPECT_EQ(id_of(all, "水温(℃)"), "temperature");
  EXPECT_EQ(id_of(all, "pH(无量纲)"), "pH");
  EXPECT_EQ(id_of(all, "叶绿素α(mg/L)"), "chla");
  EXPECT_EQ(id_of(all, "铬（六价）"), "Cr6");
  EXPECT_EQ(id_of(all, "w01018"), "COD_Cr");
  EXPECT_EQ(id_of(all, "w01019"), "COD_Mn");
}

TEST(ConstituentLibrary, DoesNotGuess) {
  const ConstituentLibrary all = library();
  for (const char* text : {"铬", "NH4", "电导率(μS/cm)", "BOD", "w99999", "", "(mg/L)", "断面名称"})
    EXPECT_EQ(id_of(all, text), "") << text;
}

TEST(ConstituentLibrary, CompositionsAreFractionsAndNutrientsCountThemselves) {
  const ConstituentLibrary all = library();
  for (const LibraryConstituent& entry : all.entries()) {
    const Composition& c = entry.constituent.composition;
    for (const double fraction : {c.nitrogen, c.phosphorus, c.carbon})
      EXPECT_TRUE(fraction >= 0 && fraction <= 1);
    EXPECT_FALSE(entry.constituent.name_zh.empty() || entry.constituent.name_en.empty())
        << entry.constituent.id;
  }
  for (const char* id : {"NH3_N", "NO2_N", "NO3_N", "ORGN", "TN"})
    EXPECT_EQ(all.find(id)->constituent.composition.nitrogen, 1.0) << id;
  for (const char* id : {"PO4_P", "ORGP", "TP"})
    EXPECT_EQ(all.find(id)->constituent.composition.phosphorus, 1.0) << id;
  EXPECT_EQ(all.find("phytoplankton")->constituent.composition.carbon, 0.4);
  EXPECT_EQ(all.find("fecal_coliform")->constituent.basis, AmountBasis::count);
  EXPECT_EQ(all.find("temperature")->constituent.basis, AmountBasis::heat);
  EXPECT_TRUE(all.find("chloride")->conservative);
  EXPECT_FALSE(all.find("pH")->transported);
}

TEST(ConstituentLibrary, ASpellingOfTwoConstituentsIsAProblem) {
  Problems problems;
  const std::string head =
      "id,name_zh,name_en,basis,phase,nitrogen,phosphorus,carbon,non_negative,transported,conservative,cf_"
      "name,synonyms\n";
  ConstituentLibrary::read(
      head +
          "A_1,甲,a,gram,dissolved,0,0,0,yes,yes,no,,x\nB,乙,b,litre,dissolved,0,0,0,yes,yes,no,,\n"
          "C,丙,c,gram,dissolved,0,0,0,yes,yes,no,,a-1\n",
      "t.csv", problems);
  const auto list = problems.sorted();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].code, Code::E1308);
  EXPECT_EQ(list[0].args, (std::vector<std::string>{"litre", "basis", "gram, count, mole, heat, age"}));
  EXPECT_EQ(list[1].code, Code::E1201);
  EXPECT_EQ(list[1].args, (std::vector<std::string>{"a-1", "t.csv:2"}));
}

}  // namespace
}  // namespace limpid
