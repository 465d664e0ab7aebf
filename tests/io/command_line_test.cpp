// The program itself: what it says to words that it does not know, and how its commands go together.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/io/case_folder.hpp"
#include "tests/paths.hpp"

namespace limpid {
namespace {

struct Outcome {
  int status;
  std::string text;
};

Outcome shell(const std::string& command) {
  std::FILE* pipe = popen(command.c_str(), "r");
  Outcome outcome{};
  std::array<char, 4096> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe)) outcome.text += buffer.data();
  outcome.status = WEXITSTATUS(pclose(pipe));
  return outcome;
}

std::string program() {
  return binary_dir() + "/limpid ";
}

Outcome limpid(const std::string& arguments) {
  return shell(program() + arguments + " 2>&1 >/dev/null");
}

Outcome output_of(const std::string& arguments) {
  return shell(program() + arguments + " 2>&1");
}

void expect_told(const std::string& arguments, const std::string& words) {
  const Outcome outcome = limpid(arguments);
  EXPECT_EQ(outcome.status, 2) << arguments;
  EXPECT_NE(outcome.text.find(words), std::string::npos) << arguments << ": " << outcome.text;
}

TEST(CommandLine, UnknownCommandsAreToldTheNearest) {
  expect_told("chek CASE --lang en", "error E1033: limpid has no command \"chek\"; nearest: \"check\"");
  expect_told("--lang zh chek CASE", "错误 E1033: limpid 没有命令 \"chek\"；最接近：\"check\"");
  expect_told("--lang en plan comapre CASE",
              "E1033: limpid plan has no command \"comapre\"; nearest: \"compare\"");
  expect_told("--lang en xyzzyq", "nearest: \"-\"");
}

TEST(CommandLine, UnknownOptionsAreToldTheNearest) {
  expect_told("check CASE --stritc --lang en",
              "E1034: limpid check has no option \"--stritc\"; nearest: \"--strict\"");
  expect_told("--lang zh run CASE --estimat",
              "E1034: limpid run 没有选项 \"--estimat\"；最接近：\"--estimate\"");
  expect_told("--lang en --thread=2 run CASE",
              "E1034: limpid has no option \"--thread\"; nearest: \"--threads\"");
  expect_told("--lang en run CASE -p x", "E1034: limpid run has no option \"-p\"");
}

TEST(CommandLine, ALackingCommandIsAskedFor) {
  expect_told("--lang en", "E1035: limpid needs a command");
  expect_told("--lang en plan", "E1035: limpid plan needs a command");
}

TEST(CommandLine, OtherMistakesStayWhatTheyWere) {
  expect_told("run", "CASE is required");
  expect_told("--lang fr check CASE", "--lang");
  expect_told("--lang en run one two", "two");
  EXPECT_EQ(limpid("--help").status, 0);
  EXPECT_EQ(limpid("--version").status, 0);
}

// A run at another offset, with other rules, record years and a carried item.
class RunAndAssess : public testing::Test {
 protected:
  RunAndAssess() {
    folder_.patch("case.toml", "end = 2027-01-01", "end = 2025-04-01\noffset = \"+06:30\"");
    folder_.patch("case.toml", "[assessment]",
                  "[output]\nfinal_state = true\n[assessment]\nstatistic = \"sample_day\"\nsample_day = 12\n"
                  "rounding = \"standard\"\nmin_months = 9\ncarried = \"carried.csv\"");
    folder_.patch("sections.csv", "III,NH3_N", "III,");
    folder_.write("carried.csv",
                  "section_id,constituent,month,value,unit\nS1,Cu,,<0.02,mg/L\n"
                  "S1,Cd,1,0.0005,mg/L\nS1,Cd,2,0.008,mg/L\nS1,Cd,3,0.0005,mg/L\n");
    run_ = output_of("run " + folder_.path().string() + " -o " + out() + " --lang en");
  }
  std::string out() const { return (folder_.path() / "out").string(); }
  std::string file(const char* name) const { return folder_.text(std::string("out/") + name); }

  CaseFolder folder_;
  Outcome run_{};
};

// "S1 2025-02 Cd V carried" from assessment.csv and from the JSON of assess.
std::vector<std::string> from_table(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  std::string row;
  std::getline(stream, row);
  while (std::getline(stream, row)) {
    std::vector<std::string> cells;
    std::istringstream fields(row);
    for (std::string cell; std::getline(fields, cell, ',');) cells.push_back(cell);
    cells.resize(10);
    if (cells[3] != "section")
      lines.push_back(cells[0] + " " + cells[2] + " " + cells[3] + " " + cells[5] + " " + cells[9]);
  }
  return lines;
}

std::vector<std::string> from_json(const std::string& text) {
  std::vector<std::string> lines;
  const auto root = nlohmann::json::parse(text);
  for (const auto& verdict : root.at("sections"))
    for (const auto& item : verdict.at("items"))
      lines.push_back(verdict.at("section_id").get<std::string>() + " " +
                      verdict.at("period").get<std::string>() + " " +
                      item.at("indicator").get<std::string>() + " " +
                      (item.at("class").is_null() ? "" : item.at("class").get<std::string>()) + " " +
                      (item.contains("carried") ? "carried" : "simulated"));
  return lines;
}

TEST_F(RunAndAssess, AssessmentOfTheResultsRepeatsThatOfTheRun) {
  ASSERT_EQ(run_.status, 0) << run_.text;
  const auto written = from_table(file("assessment.csv"));
  EXPECT_NE(std::find(written.begin(), written.end(), "S1 2025-02 Cd V carried"), written.end());
  EXPECT_EQ(from_json(output_of("assess " + out() + " --json").text), written);
  const Outcome text = output_of("assess " + out() + " --lang en");
  EXPECT_EQ(text.status, 0);
  EXPECT_NE(text.text.find("Monthly values: sample_day; local time: UTC+06:30; record years: 2025 <- 2021\n"),
            std::string::npos)
      << text.text;
  EXPECT_NE(text.text.find("2025-02  V  moderate"), std::string::npos) << text.text;
  EXPECT_NE(text.text.find("Cd(0.60)[carried]"), std::string::npos) << text.text;
  EXPECT_NE(text.text.find("Class of the 3 items given (observed and carried: Cu, Cd); absent: pH"),
            std::string::npos)
      << text.text;
  EXPECT_NE(run_.text.find("record years: 2025 <- 2021"), std::string::npos) << run_.text;
}

TEST_F(RunAndAssess, AnotherStandardIsAskedForByName) {
  EXPECT_EQ(output_of("assess " + out() + " --standard GB3838-2002 --json").text,
            output_of("assess " + out() + " --json").text);
  EXPECT_NE(limpid("assess " + out() + " --standard GB3838 --lang en").text.find("E1217"), std::string::npos);
}

TEST_F(RunAndAssess, AnotherRunGoesOnFromItsState) {
  ASSERT_EQ(run_.status, 0) << run_.text;
  EXPECT_NE(file("run.json").find("\"state.nc\""), std::string::npos);
  const CaseFolder next;
  std::filesystem::copy_file(folder_.path() / "out/state.nc", next.path() / "state.nc");
  next.patch("case.toml", "begin = 2025-01-01\nend = 2027-01-01",
             "begin = \"2025-04-01T00:00+06:30\"\nend = \"2025-04-03T00:00+06:30\"");
  next.patch("case.toml", "kind = \"spin_up\"", "kind = \"file\"\nfile = \"state.nc\"");
  const Outcome second =
      output_of("run " + next.path().string() + " -o " + (next.path() / "out").string() + " --strict");
  EXPECT_EQ(second.status, 0) << second.text;
  EXPECT_TRUE(std::filesystem::exists(next.path() / "out/inputs/state.nc"));
  EXPECT_FALSE(std::filesystem::exists(next.path() / "out/state.nc"));  // not asked for
  const std::string first_ledger = file("ledger.csv"), ledger = next.text("out/ledger.csv");
  for (const char* quantity : {"tracer", "NH3_N", "water"}) {
    const auto amount = [quantity](const std::string& table, const char* account) {
      const std::string key = std::string("\n") + quantity + "," + account + ",";
      const std::size_t at = table.find(key) + key.size();
      return table.substr(at, table.find(',', at) - at);
    };
    EXPECT_EQ(amount(ledger, "stock_begin"), amount(first_ledger, "stock_end")) << quantity;
  }
}

TEST(OpenMp, IdleThreadsSleepUnlessTheUserSaysOtherwise) {
  const auto shown = [](const std::string& environment) {
    const std::string bare = "env -u OMP_WAIT_POLICY -u GOMP_SPINCOUNT OMP_DISPLAY_ENV=verbose ";
    const std::string text = shell(bare + environment + " " + program() + "--version 2>&1").text;
    return text.substr(text.rfind("GOMP_SPINCOUNT"), 20);  // of the process that runs in the end
  };
  EXPECT_EQ(shown(""), "GOMP_SPINCOUNT = '0'");
  EXPECT_EQ(shown("GOMP_SPINCOUNT=1234"), "GOMP_SPINCOUNT = '12");
  EXPECT_EQ(shown("OMP_WAIT_POLICY=active"), "GOMP_SPINCOUNT = '30");
}

}  // namespace
}  // namespace limpid
