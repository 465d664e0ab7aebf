// limpid_validate reads references and tolerances from the cases' folders when it runs.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/paths.hpp"
#include "tests/shell.hpp"
#include "validation/report.hpp"

namespace limpid {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCase = "streeter_phelps_classic";

Outcome run(const std::string& arguments) {
  return shell(binary_dir() + "/limpid_validate " + arguments);
}

// A copy of the case's folder, gone at the end.
class ValidateTest : public ::testing::Test {
 protected:
  ValidateTest() {
    EXPECT_TRUE(fs::exists(fs::path(binary_dir()) / "limpid_validate"));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    fs::copy(fs::path(source_dir()) / "validation/cases" / kCase, folder_ / kCase,
             fs::copy_options::recursive);
  }
  ~ValidateTest() override { fs::remove_all(folder_); }
  std::string arguments() const { return std::string(kCase) + " --cases " + folder_.string(); }

  fs::path folder_ = fs::temp_directory_path() / ("limpid_validate_" + std::to_string(getpid()));
};

TEST_F(ValidateTest, PassesAsItStands) {
  EXPECT_EQ(run(arguments()).status, 0);
}

// One number of the file's last row gets one digit more.
void alter_last_row(const fs::path& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  std::string table = text.str();
  const auto last = table.find_last_not_of('\n'), line = table.rfind('\n', last) + 1;
  std::string row = table.substr(line, last - line + 1);
  row.insert(row.rfind(',') + 1, "1");
  std::ofstream(file) << table.substr(0, line) << row << "\n";
}

TEST_F(ValidateTest, AnAlteredReferenceFails) {
  alter_last_row(folder_ / kCase / "reference.csv");
  EXPECT_EQ(run(arguments()).status, 1);
}

TEST_F(ValidateTest, EachOfSeveralReferencesCounts) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> cases = {
      {"uvas_creek_chloride", {"otis.csv", "otis_fine_step.csv", "independent.csv", "observed.csv"}},
      {"published_answers", {"mixing.csv", "sags.csv"}},
      {"oxygen_saturation", {"saturation.csv", "published.csv"}},
      {"unionised_ammonia", {"reference.csv"}},
      {"michaelis_menten_decay", {"reference.csv"}},
      {"logistic_algae", {"reference.csv"}},
      {"diel_do_halfsine", {"reference.csv"}}};
  for (const auto& [id, files] : cases) {
    const fs::path original = fs::path(source_dir()) / "validation/cases" / id;
    fs::copy(original, folder_ / id, fs::copy_options::recursive);
    const std::string command = id + " --cases " + folder_.string();
    EXPECT_EQ(run(command).status, 0) << id;
    for (const std::string& file : files) {
      alter_last_row(folder_ / id / file);
      EXPECT_EQ(run(command).status, 1) << id << "/" << file;
      fs::copy_file(original / file, folder_ / id / file, fs::copy_options::overwrite_existing);
    }
  }
}

// All quantities of a case are reported only.
void lift_limits(const fs::path& file, bool with_reason) {
  nlohmann::json json = nlohmann::json::parse(std::ifstream(file));
  for (auto& quantity : json["quantities"]) {
    quantity = {{"reported", true}};
    if (with_reason) quantity["reason"] = "told, not asked";
  }
  std::ofstream(file) << json;
}

TEST_F(ValidateTest, WhatIsReportedOnlyHasNoLimit) {
  alter_last_row(folder_ / kCase / "reference.csv");
  lift_limits(folder_ / kCase / "case.json", true);
  const Outcome outcome = run(arguments()), as_json = run(arguments() + " --json");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.text.find("report  "), std::string::npos);
  EXPECT_NE(outcome.text.find("told, not asked"), std::string::npos);
  EXPECT_EQ(outcome.text.find("pass"), std::string::npos);
  const auto json = nlohmann::json::parse(as_json.text);
  ASSERT_FALSE(json.at("cases").empty());
  EXPECT_NE(outcome.text.find(std::to_string(json["cases"].size()) + " of them reported only, 0 failed"),
            std::string::npos);
  for (const auto& line : json["cases"]) {
    EXPECT_EQ(line.at("verdict"), "report");
    EXPECT_FALSE(line.contains("tolerance"));
  }
}

TEST_F(ValidateTest, WhatIsReportedOnlyHasAReasonAndIsANumber) {
  lift_limits(folder_ / kCase / "case.json", false);
  EXPECT_EQ(run(arguments()).status, 1);
  validation::Line line{"case", "quantity", 1e9, 0, "", true};
  EXPECT_TRUE(line.pass());
  line.error = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(line.pass());
}

TEST_F(ValidateTest, JsonHasOneObjectAQuantity) {
  const Outcome outcome = run(arguments() + " --json");
  const auto json = nlohmann::json::parse(outcome.text);
  ASSERT_FALSE(json.at("cases").empty());
  for (const auto& line : json["cases"]) {
    EXPECT_EQ(line.at("case"), kCase);
    EXPECT_TRUE(line.contains("quantity") && line.contains("error") && line.contains("tolerance"));
    EXPECT_EQ(line.at("verdict"), "pass");
  }
}

TEST_F(ValidateTest, AnUnknownCaseIsUsage) {
  EXPECT_EQ(run("streeter_felps").status, 2);
}

TEST_F(ValidateTest, TheReferencesGridIsACaseOfItsOwn) {
  const Outcome outcome = run("qual2kw_boulder_creek --grid reference --json");
  EXPECT_EQ(outcome.status, 0);
  for (const auto& line : nlohmann::json::parse(outcome.text).at("cases"))
    EXPECT_EQ(line.at("case"), "qual2kw_boulder_creek_reference_grid");
  EXPECT_EQ(run(std::string(kCase) + " --grid reference").status, 2);  // has no twin
  EXPECT_EQ(run("--grid other").status, 2);
}

}  // namespace
}  // namespace limpid
