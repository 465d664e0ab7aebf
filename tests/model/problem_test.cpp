#include "model/problem.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

namespace limpid {
namespace {

std::set<std::string> placeholders(const std::string& text) {
  std::set<std::string> found;
  for (std::size_t i = 0; i + 2 < text.size(); ++i)
    if (text[i] == '{' && text[i + 1] >= '0' && text[i + 1] <= '9' && text[i + 2] == '}')
      found.insert(text.substr(i, 3));
  return found;
}

std::set<std::string> united(std::set<std::string> a, const std::set<std::string>& b) {
  a.insert(b.begin(), b.end());
  return a;
}

TEST(ProblemTable, EveryCodeSpeaksBothLanguages) {
  for (const CodeInfo& entry : code_table()) {
    SCOPED_TRACE(entry.id);
    for (const char* text : {entry.en, entry.en_next, entry.zh, entry.zh_next})
      EXPECT_FALSE(std::string(text).empty());
    // As many in both; where words differ by language each has an argument of its own.
    EXPECT_EQ(united(placeholders(entry.en), placeholders(entry.en_next)).size(),
              united(placeholders(entry.zh), placeholders(entry.zh_next)).size());
    for (const char* text : {entry.en, entry.en_next})  // English is ASCII, Chinese is not
      EXPECT_TRUE(std::all_of(text, text + std::string(text).size(), [](char c) { return c > 0; })) << text;
    for (const char* text : {entry.zh, entry.zh_next})
      EXPECT_TRUE(std::any_of(text, text + std::string(text).size(), [](char c) { return c < 0; })) << text;
  }
}

TEST(ProblemTable, PlaceholdersCountFromZero) {
  for (const CodeInfo& entry : code_table()) {
    const auto used = united(united(placeholders(entry.en), placeholders(entry.en_next)),
                             united(placeholders(entry.zh), placeholders(entry.zh_next)));
    for (std::size_t i = 0; i < used.size(); ++i)
      EXPECT_TRUE(used.contains({'{', static_cast<char>('0' + i), '}'})) << entry.id;
  }
}

TEST(ProblemTable, IdsAreUniqueAndSortedInTheirBlock) {
  std::set<std::string> ids;
  int last = 0;
  for (const CodeInfo& entry : code_table()) {
    const std::string id = entry.id;
    ASSERT_EQ(id.size(), 5u) << id;
    ASSERT_TRUE(id[0] == 'E' || id[0] == 'W') << id;
    EXPECT_TRUE(ids.insert(id).second) << id;
    const int number = std::atoi(id.c_str() + 1);
    ASSERT_GE(number, 1000) << id;
    EXPECT_GE(number, last)
        << id;  // blocks follow each other, numbers grow inside a block; E before W of one number
    last = number;
  }
}

TEST(ProblemTable, ExitCodesAreThoseOfTheHouse) {
  for (const CodeInfo& entry : code_table()) {
    if (entry.severity() == Severity::warning) {
      EXPECT_TRUE(entry.exit_code == 0 || entry.exit_code == 2) << entry.id;
    } else {
      EXPECT_TRUE((entry.exit_code >= 1 && entry.exit_code <= 6) || entry.exit_code == 70) << entry.id;
    }
  }
}

std::string text_of(Lang lang, Code code, const Place& place, const std::vector<std::string>& args) {
  Problems problems;
  problems.add(code, place, args);
  return problems.sorted().front().text(lang);
}

TEST(Problem, TextNamesPlaceCodeAndNextStep) {
  EXPECT_EQ(text_of(Lang::en, Code::E1201, {"sections.csv", 7, 3}, {"S1", "sections.csv:2"}),
            "sections.csv:7:3: error E1201: duplicate id \"S1\"; first at sections.csv:2\n"
            "    give each object its own id");
  EXPECT_EQ(text_of(Lang::zh, Code::E1201, {"sections.csv", 7, 3}, {"S1", "sections.csv:2"}),
            "sections.csv:7:3: 错误 E1201: 标识 \"S1\" 重复，首次出现于 sections.csv:2\n"
            "    请为每个对象使用唯一标识");
}

TEST(Problem, TextLeavesOutUnknownPlaces) {
  const auto first_line = [](const Place& place) {
    const std::string text = text_of(Lang::en, Code::E1003, place, {"a.csv"});
    return text.substr(0, text.find('\n'));
  };
  EXPECT_EQ(first_line({}), "error E1003: file is empty: a.csv");
  EXPECT_EQ(first_line({"a.csv", 0, 0}), "a.csv: error E1003: file is empty: a.csv");
  EXPECT_EQ(first_line({"a.csv", 4, 0}), "a.csv:4: error E1003: file is empty: a.csv");
}

TEST(Problem, ArgumentsAreNotFilledAgain) {
  EXPECT_NE(text_of(Lang::en, Code::E1201, {}, {"{1}", "b"}).find("\"{1}\"; first at b"), std::string::npos);
}

TEST(Problem, MissingArgumentStaysVisible) {
  EXPECT_NE(text_of(Lang::en, Code::E1001, {}, {}).find("{0}"), std::string::npos);
}

TEST(Problems, SortedByPlaceThenCodeEachOnce) {
  Problems problems;
  EXPECT_TRUE(problems.empty());
  EXPECT_FALSE(problems.has_errors());
  problems.add(Code::E1003, {"b.csv", 2, 1}, {"x"});
  problems.add(Code::E1003, {"a.csv", 10, 1}, {"x"});
  problems.add(Code::E1201, {"a.csv", 9, 5}, {"y", "z"});
  problems.add(Code::E1001, {"a.csv", 9, 5}, {"y"});
  problems.add(Code::E1003, {"a.csv", 10, 1}, {"x"});
  problems.append(problems);
  std::vector<std::string> got;
  for (const Problem& p : problems.sorted())
    got.push_back(p.place.file + ":" + std::to_string(p.place.line) + " " + info(p.code).id);
  EXPECT_EQ(got,
            (std::vector<std::string>{"a.csv:9 E1001", "a.csv:9 E1201", "a.csv:10 E1003", "b.csv:2 E1003"}));
  EXPECT_TRUE(problems.has_errors());
}

TEST(Failure, CarriesTextAndExitCode) {
  const Failure failure(Code::E1001, {"case.toml", 3, 9}, {"flow.csv"});
  EXPECT_EQ(failure.exit_code(), 2);
  EXPECT_EQ(failure.problem().place.line, 3);
  EXPECT_EQ(std::string(failure.what()), failure.problem().text(Lang::en));
}

TEST(NearestName, FindsWhatWasMeant) {
  const std::vector<std::string> ids{"NH3_N", "NO3_N", "TP", "COD_Mn", "白水河", "清水江"};
  EXPECT_EQ(nearest_name("NH3-N", ids), "NH3_N");
  EXPECT_EQ(nearest_name("nh3_n", ids), "NH3_N");
  EXPECT_EQ(nearest_name("CODMn", ids), "COD_Mn");
  EXPECT_EQ(nearest_name("tp", ids), "TP");
  EXPECT_EQ(nearest_name("白水", ids), "白水河");
  EXPECT_EQ(nearest_name("请水江", ids), "清水江");
}

TEST(NearestName, IsSilentWhenNothingIsNear) {
  EXPECT_EQ(nearest_name("turbidity", {"NH3_N", "TP", "COD_Mn"}), "");
  EXPECT_EQ(nearest_name("x", {"y"}), "");
  EXPECT_EQ(nearest_name("anything", {}), "");
  EXPECT_EQ(nearest_name("", {"TP"}), "");
  EXPECT_EQ(nearest_name("河", {"江"}), "");  // one character, three bytes of which two are alike
}

TEST(NearestName, BrokenBytesDoNotMatter) {
  EXPECT_EQ(nearest_name("reach_1\xE6", {"reach_1", "other"}), "reach_1");
  EXPECT_EQ(nearest_name("\x80reach_1", {"reach_1"}), "reach_1");
}

}  // namespace
}  // namespace limpid
