#include "io/errors_doc.hpp"

#include <gtest/gtest.h>

#include <string>

#include "model/problem.hpp"
#include "tests/io/generated_file.hpp"

namespace limpid {
namespace {

TEST(ErrorsDoc, IsFresh) {
  EXPECT_TRUE(is_fresh("docs/errors.md", errors_markdown()));
}

TEST(ErrorsDoc, HoldsEveryCodeOnce) {
  const std::string text = errors_markdown();
  for (const CodeInfo& code : code_table()) {
    const std::string row = "| " + std::string(code.id) + " |";
    const std::size_t at = text.find(row);
    ASSERT_NE(at, std::string::npos) << code.id;
    EXPECT_EQ(text.find(row, at + 1), std::string::npos) << code.id;
  }
}

TEST(ErrorsDoc, EveryCodeSpeaksBothLanguagesAndShowsNoBraces) {
  for (const CodeInfo& code : code_table())
    for (const char* text : {code.en, code.en_next, code.zh, code.zh_next})
      EXPECT_NE(std::string(text), "") << code.id;
  const std::string text = errors_markdown();
  for (const char* argument : {"{0}", "{1}", "{2}", "{3}", "{4}"})
    EXPECT_EQ(text.find(argument), std::string::npos);
}

TEST(ErrorsDoc, HasABlockForEveryCode) {
  for (const CodeInfo& code : code_table())
    EXPECT_NE(errors_markdown().find("\n## " + std::string(code.id).substr(1, 2) + "xx "), std::string::npos)
        << code.id;
}

}  // namespace
}  // namespace limpid
