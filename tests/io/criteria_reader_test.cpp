// Criteria: those that are built in, how they are chosen, what is refused.
#include "io/criteria_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "io/embedded.hpp"
#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

constexpr const char* kHead =
    "# id: "
    "T-1\nuse,item,name_zh,name_en,unit,statistic,side,limit,formula,factor,events,years,status,source\n";

std::string told(const std::string& rows) {
  Problems problems;
  read_criteria(kHead + rows, "t.csv", problems);
  return codes_of(problems, "");
}

const CriteriaSet& built_in(const std::string& id) {
  for (const CriteriaSet& set : built_in_criteria())
    if (set.id == id) return set;
  throw std::runtime_error("no " + id);
}

const Criterion& of(const CriteriaSet& set, const std::string& use, const std::string& item,
                    CriterionStatistic statistic) {
  for (const Criterion& c : set.criteria)
    if (c.use == use && c.item == item && c.statistic == statistic) return c;
  throw std::runtime_error("no " + use + " " + item);
}

TEST(Criteria, BuiltInTablesAreWhole) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.name.starts_with("criteria/")) continue;
    Problems problems;
    const CriteriaSet set = read_criteria(std::string(file.content), std::string(file.name), problems);
    EXPECT_EQ(codes_of(problems, ""), "") << file.name;
    EXPECT_FALSE(set.id.empty() || set.document.empty() || set.name_zh.empty() || set.name_en.empty())
        << file.name;
    for (const Criterion& c : set.criteria) EXPECT_FALSE(c.source.empty()) << file.name << " " << c.item;
  }
  EXPECT_EQ(built_in_criteria().size(), 4u);
}

TEST(Criteria, NumbersOfTheSets) {
  using S = CriterionStatistic;
  const CriteriaSet& oxygen = built_in("US-EPA-DO-1986");
  EXPECT_EQ(oxygen.uses().size(), 4u);
  EXPECT_EQ(of(oxygen, "warmwater_other", "DO", S::mean_of_days).limit, 5.5);
  EXPECT_EQ(of(oxygen, "warmwater_other", "DO", S::mean_of_days).span, 30);
  EXPECT_EQ(of(oxygen, "coldwater_early_life", "DO", S::daily_minimum).limit, 8.0);
  EXPECT_TRUE(std::ranges::none_of(oxygen.criteria, &Criterion::verified));
  const CriteriaSet& eu = built_in("EU-EQS-2013");
  EXPECT_DOUBLE_EQ(of(eu, "hardness_3", "Cd", S::annual_mean).limit, 0.00009);  // mg/L
  EXPECT_TRUE(of(eu, "hardness_3", "Cd", S::value).verified);
  EXPECT_FALSE(of(eu, "", "Pb", S::value).verified);
  const CriteriaSet& ammonia = built_in("US-EPA-ammonia-2013");
  const Criterion& four_days = ammonia.criteria.back();
  EXPECT_EQ(four_days.formula, LimitFormula::us_epa_2013_ccc);
  EXPECT_EQ(four_days.factor, 2.5);
  EXPECT_EQ(four_days.limit, 1);
  EXPECT_EQ(four_days.events, 1);
  EXPECT_EQ(four_days.years, 3);
  const CriteriaSet& japan = built_in("Japan-rivers");
  EXPECT_EQ(japan.uses(), (std::vector<std::string>{"AA", "A", "B", "C", "D", "E"}));
  EXPECT_EQ(of(japan, "D", "pH", S::daily_mean).low, 6.0);
  EXPECT_EQ(of(japan, "D", "pH", S::daily_mean).limit, 8.5);
  EXPECT_EQ(of(japan, "B", "BOD5", S::annual_percentile).span, 75);
  EXPECT_THROW(of(japan, "E", "TSS", S::daily_mean), std::runtime_error);
}

TEST(Criteria, AreChosenByIdAndUse) {
  Problems problems;
  const auto chosen = choose_criteria({"EU-EQS-2013:hardness_2", "Japan-rivers:A"}, {}, problems);
  EXPECT_TRUE(problems.empty());
  ASSERT_EQ(chosen.size(), 2u);
  EXPECT_EQ(std::ranges::count(chosen[0].criteria, "Cd", &Criterion::item), 2);
  EXPECT_EQ(std::ranges::count(chosen[0].criteria, "benzene", &Criterion::item), 2);
  EXPECT_EQ(chosen[1].criteria.size(), 4u);
}

std::string failure(const std::vector<std::string>& chosen, Lang lang) {
  try {
    chosen_or_failure(chosen);
  } catch (const Failure& f) {
    return f.problem().text(lang);
  }
  return "";
}

TEST(Criteria, UnknownOnesAreToldTheNearest) {
  EXPECT_NE(failure({"US-EPA-DO-1968"}, Lang::en)
                .find("E1608: unknown criteria \"US-EPA-DO-1968\"; nearest: \"US-EPA-DO-1986\""),
            std::string::npos);
  EXPECT_NE(failure({"Japan-rivers:F"}, Lang::en).find("E1609: criteria \"Japan-rivers\" have no use \"F\""),
            std::string::npos);
  EXPECT_NE(failure({"Japan-rivers"}, Lang::zh).find("可用：AA, A, B, C, D, E"), std::string::npos);
  EXPECT_EQ(failure({"Japan-rivers:AA"}, Lang::en), "");
}

TEST(Criteria, MistakesInATableAreTold) {
  EXPECT_EQ(told(",X,甲,x,mg/L,value,at_most,1,,1,0,1,verified,s\n"), "");
  EXPECT_EQ(told(",X,甲,x,mg/L,mean,at_most,1,,1,0,1,verified,s\n"), "t.csv:3 E1105");
  EXPECT_EQ(told(",X,甲,x,mg/L,mean_of_days:x,at_most,1,,1,0,1,verified,s\n"), "t.csv:3 E1301");
  EXPECT_EQ(told(",X,甲,x,mg/L,value,below,1-2,,1,0,1,verified,s\n"), "t.csv:3 E1601");
  EXPECT_EQ(told(",X,甲,x,mg/L,value,at_most,,,1,0,1,verified,s\n"), "t.csv:3 E1611");
  EXPECT_EQ(told(",X,甲,x,mg/L,value,at_most,1,us_epa_2013_ccc,1,0,1,verified,s\n"), "t.csv:3 E1611");
  EXPECT_EQ(told(",X,甲,x,mg/L,value,range,7,,1,0,1,verified,s\n"), "t.csv:3 E1611");
  EXPECT_EQ(told(",X,甲,x,mg/L,value,at_most,,us_epa_2031_ccc,1,0,1,verified,s\n"),
            "t.csv:3 E1611; t.csv:3 E1105");
  EXPECT_EQ(told(",X,甲,x,m,value,at_most,1,,1,0,1,verified,s\n"), "t.csv:3 E1606");
  EXPECT_EQ(told(",X,甲,x,mg/L,value,at_most,one,,1,0,1,verified,s\n"), "t.csv:3 E1301");
  EXPECT_EQ(told(",X,甲,x,mg/L,value,at_most,1,,1,0,1,perhaps,s\n"), "t.csv:3 E1105");
  Problems problems;
  EXPECT_TRUE(read_criteria("item,limit\nX,1\n", "t.csv", problems).criteria.empty());
  EXPECT_TRUE(problems.has_errors());
  EXPECT_TRUE(read_criteria("", "t.csv", problems).criteria.empty());
}

std::string told_of_case(const std::string& lines) {
  const CaseFolder folder;
  folder.patch("case.toml", "standard = \"GB3838-2002\"", lines);
  Problems problems;
  read_case(folder.path(), problems);
  return codes_of(problems, folder.path());
}

TEST(Criteria, InACase) {
  EXPECT_EQ(told_of_case("criteria = [\"Japan-rivers:A\"]"), "case.toml:52 W1612");
  EXPECT_EQ(told_of_case("criteria = [\"US-EPA-ammonia-2013:oncorhynchus_absent\"]"),
            "case.toml:52 W1612");  // no pH
  EXPECT_EQ(told_of_case("criteria = \"Japan-river:A\""), "case.toml:52 E1608");
  EXPECT_EQ(told_of_case("criteria = [\"US-EPA-DO-1986:trout\"]"), "case.toml:52 E1609");
  EXPECT_EQ(told_of_case("standard = \"US-EPA-DO-1986\""), "case.toml:52 E1610");
  EXPECT_EQ(told_of_case("standard = \"US-EPA-DO-1986:warmwater_other\""), "case.toml:52 E1610");
}

TEST(Criteria, ACaseThatSimulatesTheItemIsSilent) {
  const CaseFolder folder;
  folder.patch("case.toml", "standard = \"GB3838-2002\"", "criteria = [\"US-EPA-DO-1986:warmwater_other\"]");
  folder.patch("case.toml", "[\"tracer\", \"NH3_N\"]", "[\"tracer\", \"NH3_N\", \"DO\"]");
  Problems problems;
  const Case c = read_case(folder.path(), problems);
  EXPECT_EQ(codes_of(problems, folder.path()).find("W1612"), std::string::npos)
      << codes_of(problems, folder.path());
  EXPECT_EQ(c.assessment.criteria, (std::vector<std::string>{"US-EPA-DO-1986:warmwater_other"}));
}

}  // namespace
}  // namespace limpid
