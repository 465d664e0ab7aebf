#include "io/console.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace limpid {
namespace {

// Sets environment variables for one test and puts the old values back.
class Environment {
 public:
  void set(const char* name, const char* value) {
    const char* old = std::getenv(name);
    saved_.emplace_back(name, old ? std::optional<std::string>(old) : std::nullopt);
    if (value)
      setenv(name, value, 1);
    else
      unsetenv(name);
  }
  ~Environment() {
    for (auto it = saved_.rbegin(); it != saved_.rend(); ++it) {
      if (it->second)
        setenv(it->first.c_str(), it->second->c_str(), 1);
      else
        unsetenv(it->first.c_str());
    }
  }

 private:
  std::vector<std::pair<std::string, std::optional<std::string>>> saved_;
};

Problems two_problems() {
  Problems problems;
  problems.add(Code::W1322, {"flows.csv", 9, 3}, {"flow", "2", "2025-01-01"});
  problems.add(Code::E1001, {"case.toml", 12, 8}, {"flows.csv"});
  return problems;
}

TEST(Console, ProblemsInEnglish) {
  EXPECT_EQ(problems_text(two_problems(), Lang::en),
            "case.toml:12:8: error E1001: file not found: flows.csv\n"
            "    check the path; paths in a case are relative to its folder\n"
            "flows.csv:9:3: warning W1322: gap in column \"flow\": 2 empty values after 2025-01-01; the "
            "neighbours bridge it\n"
            "    fill in the values if they are known\n"
            "1 error, 1 warning\n");
}

TEST(Console, ProblemsInChinese) {
  const std::string text = problems_text(two_problems(), Lang::zh);
  EXPECT_NE(text.find("找不到文件：flows.csv"), std::string::npos) << text;
  EXPECT_NE(text.find("列 \"flow\" 有缺口：2025-01-01 之后有 2 个空值，由相邻值衔接"), std::string::npos)
      << text;
  EXPECT_NE(text.find("\n共 1 个错误，1 个警告\n"), std::string::npos) << text;
}

TEST(Console, WordsOfAFileCannotDriveTheTerminalNorFillIt) {
  Problems problems;
  problems.add(Code::E1001, {"case.toml", 1, 1}, {"a\nb\x1b[2Jc"});
  problems.add(Code::E1001, {"case.toml", 2, 1}, {"x" + std::string(3000, 'y') + "断"});
  problems.add(Code::E1001, {"case.toml", 3, 1}, {std::string(399, 'y') + "断面"});
  const std::string text = problems_text(problems, Lang::en);
  EXPECT_NE(text.find("file not found: a b [2Jc\n"), std::string::npos) << text;
  EXPECT_NE(text.find("xyyy"), std::string::npos);
  EXPECT_NE(text.find(std::string(399, 'y') + "…\n"), std::string::npos);
  EXPECT_LT(text.size(), 1500U);
}

TEST(Console, NoProblemsNoText) {
  EXPECT_EQ(problems_text(Problems{}, Lang::en), "");
}

TEST(Console, AtMostFiftyAreShownErrorsFirst) {
  Problems problems;
  for (int i = 1; i <= 60; ++i) problems.add(Code::W1322, {"a.csv", i, 1}, {"flow", "2", "t"});
  for (int i = 1; i <= 7; ++i) problems.add(Code::E1303, {"b.csv", i, 1}, {"flow"});
  const std::string text = problems_text(problems, Lang::en);
  EXPECT_NE(text.find("a.csv:43:1"), std::string::npos);
  EXPECT_EQ(text.find("a.csv:44:1"), std::string::npos);
  EXPECT_NE(text.find("b.csv:7:1"), std::string::npos);
  EXPECT_TRUE(text.ends_with("\n7 errors, 60 warnings; 17 not shown\n")) << text.substr(text.size() - 80);
  EXPECT_TRUE(problems_text(problems, Lang::zh).ends_with("\n共 7 个错误，60 个警告；另有 17 个未列出\n"));
}

TEST(Console, ColourOnlyWhenAsked) {
  EXPECT_EQ(problems_text(two_problems(), Lang::en, false).find('\x1b'), std::string::npos);
  EXPECT_TRUE(problems_text(two_problems(), Lang::en, true).starts_with("\x1b[31mcase.toml"));
  EXPECT_FALSE(use_colour(std::tmpfile()));  // no terminal
}

TEST(Console, LanguageIsTheOptionElseTheLocale) {
  Environment environment;
  environment.set("LC_ALL", nullptr);
  environment.set("LC_MESSAGES", nullptr);
  environment.set("LANG", "zh_CN.UTF-8");
  EXPECT_EQ(choose_lang(std::nullopt), Lang::zh);
  EXPECT_EQ(choose_lang("en"), Lang::en);
  environment.set("LC_ALL", "C.UTF-8");
  EXPECT_EQ(choose_lang(std::nullopt), Lang::en);
  EXPECT_EQ(choose_lang("zh"), Lang::zh);
  environment.set("LC_ALL", "");
  EXPECT_EQ(choose_lang(std::nullopt), Lang::zh);
}

TEST(Console, ProgressLineSaysDateSpeedAndTimeLeft) {
  EXPECT_EQ(progress_line(0.25, "2026-03-04", 1000, 10, Lang::en), "2026-03-04   25.0 %  25 d/s  0:30 left");
  EXPECT_EQ(progress_line(0.25, "2026-03-04", 1000, 10, Lang::zh),
            "2026-03-04   25.0 %  25 天/秒  剩余 0:30");
  EXPECT_EQ(progress_line(0.001, "2026-01-01", 1000, 10, Lang::en),
            "2026-01-01    0.1 %  0.1 d/s  2:46:30 left");
  EXPECT_EQ(progress_line(0, "2026-01-01", 1000, 0, Lang::en), "2026-01-01    0.0 %  0 d/s  - left");
}

std::string written(std::FILE* file) {
  std::rewind(file);
  std::string text;
  for (int c = 0; (c = std::fgetc(file)) != EOF;) text.push_back(static_cast<char>(c));
  return text;
}

TEST(Console, ProgressIsDrawnNowAndThenAndErasedAtTheEnd) {
  std::FILE* file = std::tmpfile();
  double now = 0;
  {
    Progress progress(100, Lang::en, true, file, [&now] { return now; });
    progress.update(0.1, "too early");
    now = 1;
    progress.update(0.5, "2026-01-01");
    now = 1.1;
    progress.update(0.6, "too soon again");
  }
  EXPECT_EQ(written(file), "\r\x1b[K2026-01-01   50.0 %  50 d/s  0:01 left\r\x1b[K");
  std::fclose(file);
}

TEST(Console, ProgressIsSilentInAPipe) {
  std::FILE* file = std::tmpfile();
  double now = 0;
  {
    Progress progress(100, Lang::en, false, file, [&now] { return now += 10; });
    progress.update(0.5, "2026-01-01");
  }
  EXPECT_EQ(written(file), "");
  std::fclose(file);
}

}  // namespace
}  // namespace limpid
