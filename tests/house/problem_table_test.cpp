// The table of problems, model/problems.def, row by row: both languages, a next step, a place that raises it,
// and a test that makes it happen and names it.
#include <gtest/gtest.h>

#include "model/problem.hpp"
#include "tests/house/source_tree.hpp"

namespace limpid::house {
namespace {

const std::regex kCodeName(R"(\b([EW]\d{4})\b)");

bool has_chinese(const std::string& text) {
  // U+4E00..U+9FFF in UTF-8 begins with E4..E9.
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xE4 && byte <= 0xE9;
  });
}

TEST(ProblemTable, SpeaksBothLanguagesAndSaysTheNextStep) {
  for (const CodeInfo& code : code_table()) {
    SCOPED_TRACE(code.id);
    for (const char* text : {code.en, code.en_next}) {
      EXPECT_GE(std::string(text).size(), 8u);
      EXPECT_FALSE(has_chinese(text)) << text;
    }
    for (const char* text : {code.zh, code.zh_next}) EXPECT_TRUE(has_chinese(text)) << text;
  }
}

TEST(ProblemTable, ErrorsEndAsTheirBlockSays) {
  const std::map<char, int> by_block{{'1', 2}, {'3', 3}, {'4', 4}, {'5', 5}, {'6', 6}};
  for (const CodeInfo& code : code_table())
    if (code.severity() == Severity::error) {
      EXPECT_EQ(code.exit_code, by_block.at(code.id[1])) << code.id;
    }
}

// What a floor's code names, comments aside.
TEST(ProblemTable, EveryCodeIsRaisedSomewhere) {
  std::set<std::string> raised;
  for (const auto& [path, text] : all_files())
    if (is_code(path) && (std::ranges::count(kFloors, top_of(path)) || top_of(path) == "validation"))
      raised.merge(matches(code_of(text), kCodeName));
  for (const CodeInfo& code : code_table())
    EXPECT_TRUE(raised.contains(code.id)) << code.id << ": nobody raises it";
}

// Named in a test's code or in what a test expects of a broken case. Tests that build a problem by hand, to
// look at how it is printed, do not count.
TEST(ProblemTable, EveryCodeIsNamedByATestThatTriggersIt) {
  const std::set<std::string> printed_only{"tests/model/problem_test.cpp", "tests/io/console_test.cpp"};
  std::set<std::string> named;
  for (const auto& [path, text] : all_files()) {
    if (top_of(path) != "tests" || path.starts_with("tests/house/") || printed_only.contains(path)) continue;
    if (is_code(path)) named.merge(matches(code_of(text, true), kCodeName));
    if (path.ends_with("expected.txt")) named.merge(matches(text, kCodeName));
  }
  for (const CodeInfo& code : code_table())
    EXPECT_TRUE(named.contains(code.id)) << code.id << ": no test triggers it";
}

}  // namespace
}  // namespace limpid::house
