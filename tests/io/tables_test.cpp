#include "io/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "io/comparison.hpp"
#include "io/csv_writer.hpp"
#include "model/problem.hpp"
#include "tests/io/tiny_basin.hpp"

namespace limpid {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::vector<std::string> lines_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

std::string number_text(double value, int digits = kRoundTrip) {
  std::string text;
  append_number(text, value, digits);
  return text;
}

TEST(CsvNumbers, DoNotDependOnTheLocale) {
  const std::string old = std::setlocale(LC_ALL, nullptr);
  for (const char* name : {"de_DE.UTF-8", "zh_CN.UTF-8", "C"}) {
    std::setlocale(LC_ALL, name);
    EXPECT_EQ(number_text(1234567.25), "1234567.25");
    EXPECT_EQ(number_text(0.1, 10), "0.1");
  }
  std::setlocale(LC_ALL, old.c_str());
}

TEST(CsvNumbers, RoundTripOrStatedDigits) {
  EXPECT_EQ(number_text(kNaN), "");
  EXPECT_EQ(number_text(1.0 / 3.0, 10), "0.3333333333");
  EXPECT_EQ(number_text(-1.0 / 3.0 * 1e-7, 10), "-3.333333333e-08");
  EXPECT_EQ(number_text(0.0), "0");
  std::mt19937_64 random(3);
  for (int n = 0; n < 1000; ++n) {
    const double value =
        (static_cast<double>(random()) - 9e18) * std::pow(10.0, static_cast<int>(random() % 60) - 40);
    EXPECT_EQ(std::stod(number_text(value)), value);
    EXPECT_NEAR(std::stod(number_text(value, 10)), value, std::abs(value) * 5.1e-10);
  }
}

TEST(CsvFields, AreQuotedWhereNeeded) {
  std::string text;
  append_field(text, "a,\"b\"\n");
  EXPECT_EQ(text, "\"a,\"\"b\"\"\n\"");
}

TEST(SectionsCsv, ListsTimeThenSectionThenQuantity) {
  const Basin basin = tiny::basin();
  Record record = tiny::record(basin);
  record.section_values[0] = 1.0 / 3.0;
  record.section_values[4] = kNaN;
  const auto path = tiny::folder("sections_csv") / "sections.csv";
  write_sections_csv(path, basin.sections, record, kChinaOffset);
  const auto lines = lines_of(path);
  ASSERT_EQ(lines.size(), 1 + record.section_values.size());
  EXPECT_EQ(lines[0], "time,section_id,constituent,value,unit");
  EXPECT_EQ(lines[1], "2025-09-01T00:00:00+08:00,S1,TP,0.3333333333,g m-3");
  EXPECT_EQ(lines[5], "2025-09-01T00:00:00+08:00,\"S,2\",NH3_N,,g m-3");
  EXPECT_THAT(lines[7], testing::StartsWith("2025-09-01T01:00:00+08:00,S1,TP,"));
  EXPECT_THAT(lines.back(), testing::StartsWith("2025-09-04T00:00:00+08:00,\"S,2\",discharge,"));
}

Assessment tiny_assessment() {
  Assessment a;
  SectionVerdict month;
  month.section = 0;
  month.year = 2025;
  month.month = 9;
  month.indicators = {{"DO", 6.5, false, WaterClass::II, Attained::yes, std::nullopt},
                      {"NH3_N", 1.5, false, WaterClass::IV, Attained::no, 0.5}};
  month.missing = false;
  month.water_class = WaterClass::IV;
  month.attained = Attained::no;
  SectionVerdict year = month;
  year.month = 0;
  year.indicators = {{"NH3_N", kNaN, true, std::nullopt, Attained::missing, std::nullopt}};
  year.water_class.reset();
  year.attained = Attained::missing;
  SectionVerdict other = month;
  other.section = 1;
  other.indicators = {{"DO", 1.0, false, WaterClass::worse_than_V, Attained::missing, std::nullopt}};
  other.water_class = WaterClass::worse_than_V;
  other.attained = Attained::missing;
  a.monthly = {month, other};
  a.annual = {year};
  return a;
}

TEST(AssessmentCsv, SaysWhichItemsAreCarried) {
  Assessment a = tiny_assessment();
  a.carried_items = {"NH3_N"};
  a.monthly[0].indicators[1].carried = true;
  const auto path = tiny::folder("assessment_carried_csv") / "assessment.csv";
  write_assessment_csv(path, tiny::basin().sections, a);
  const auto lines = lines_of(path);
  EXPECT_THAT(lines[0], testing::EndsWith(",exceedance_multiple,origin"));
  EXPECT_THAT(lines[1], testing::EndsWith(",DO,6.5,II,III,true,,simulated"));
  EXPECT_THAT(lines[2], testing::EndsWith(",NH3_N,1.5,IV,III,false,0.5,carried"));
  EXPECT_THAT(lines[3], testing::EndsWith(",section,,IV,III,false,,"));
}

TEST(AssessmentCsv, HoldsEveryVerdict) {
  const auto path = tiny::folder("assessment_csv") / "assessment.csv";
  write_assessment_csv(path, tiny::basin().sections, tiny_assessment());
  EXPECT_THAT(
      lines_of(path),
      testing::ElementsAre(
          "section_id,section_name,period,indicator,value,class,target_class,attained,exceedance_multiple",
          "S1,青河口,2025-09,DO,6.5,II,III,true,", "S1,青河口,2025-09,NH3_N,1.5,IV,III,false,0.5",
          "S1,青河口,2025-09,section,,IV,III,false,", "S1,青河口,2025,NH3_N,,,III,missing,",
          "S1,青河口,2025,section,,,III,missing,", "\"S,2\",\"Upper \"\"Qing\"\"\",2025-09,DO,1,>V,,missing,",
          "\"S,2\",\"Upper \"\"Qing\"\"\",2025-09,section,,>V,,missing,"));
}

TEST(LedgerCsv, StandsBetweenTheStocks) {
  const auto path = tiny::folder("ledger_csv") / "ledger.csv";
  write_ledger_csv(path, tiny::balance());
  const auto lines = lines_of(path);
  ASSERT_EQ(lines.size(), 1u + 3u * 6u);
  EXPECT_EQ(lines[0], "constituent,account,amount,unit");
  EXPECT_EQ(lines[1], "DO,stock_begin,100,g");
  EXPECT_EQ(lines[3], "DO,outlet:D,-10,g");
  EXPECT_EQ(lines[6], "DO,stock_end,89.5,g");
  EXPECT_EQ(lines[14], "water,source:wwtp,20000,m3");
}

TEST(FitCsv, LeavesUndefinedMeasuresEmpty) {
  const auto path = tiny::folder("fit_csv") / "fit.csv";
  Fit fit;
  fit.n = 12;
  fit.nse = 0.75;
  fit.rmse = 0.5;
  write_fit_csv(path, {{"S1", "DO", fit}});
  EXPECT_THAT(lines_of(path), testing::ElementsAre("section,indicator,n,NSE,KGE,PBIAS,RMSE,class_hit_rate",
                                                   "S1,DO,12,0.75,,,0.5,"));
}

std::vector<PlanVerdict> tiny_comparison() {
  DeadlineAnswer met;
  met.indicator = "NH3_N";
  met.first_attained = Month{2025 * 12 + 2};
  met.held_from = Month{2025 * 12 + 5};
  met.held = Held::yes;
  met.attained_on_limit_date = true;
  met.margin = 0.125;
  DeadlineAnswer unknown;
  unknown.indicator = "section";
  unknown.rule = JudgingRule::annual;
  unknown.held = Held::unproven;
  DeadlineAnswer failed;
  failed.indicator = "DO";
  failed.attained_on_limit_date = false;
  failed.margin = -0.5;
  return {{"baseline", 0, 0, {}, {{failed}, {}}},
          {"plan_a", 3e7, 1.5e6, {{"NH3_N", 12.5}}, {{met, unknown}, {}}}};
}

TEST(ComparisonCsv, HasARowPerAnswer) {
  const auto path = tiny::folder("comparison_csv") / "comparison.csv";
  write_comparison_csv(path, tiny::basin().sections, tiny_comparison(), kChinaOffset);
  EXPECT_THAT(
      lines_of(path),
      testing::ElementsAre(
          "plan,section_id,section_name,indicator,rule,limit_date,first_attained_month,held_from_month,held,"
          "attained_on_limit_date,margin,capex_cny,opex_cny_per_year",
          "baseline,S1,青河口,DO,monthly,2025-12-31,,,false,false,-0.5,0,0",
          "plan_a,S1,青河口,NH3_N,monthly,2025-12-31,2025-03,2025-06,true,true,0.125,3e+07,1500000",
          "plan_a,S1,青河口,section,annual,2025-12-31,,,unproven,,,3e+07,1500000"));
}

TEST(ComparisonJson, HasTheAgreedKeysAndNulls) {
  const auto j =
      nlohmann::json::parse(comparison_json(tiny::basin().sections, tiny_comparison(), "2025 <- 2021"));
  EXPECT_EQ(j["forcing_years"], "2025 <- 2021");
  ASSERT_EQ(j["plans"].size(), 2u);
  const auto& plan = j["plans"][1];
  EXPECT_EQ(plan["plan"], "plan_a");
  EXPECT_EQ(plan["cost"], nlohmann::json({{"capex_cny", 3e7}, {"opex_cny_per_year", 1.5e6}}));
  EXPECT_EQ(plan["load_cut_kg_per_day"], nlohmann::json({{"NH3_N", 12.5}}));
  EXPECT_EQ(plan["results"][0], nlohmann::json({{"section_id", "S1"},
                                                {"indicator", "NH3_N"},
                                                {"rule", "monthly"},
                                                {"first_attained_month", "2025-03"},
                                                {"held_from_month", "2025-06"},
                                                {"held", true},
                                                {"attained_on_limit_date", true},
                                                {"margin", 0.125}}));
  EXPECT_EQ(plan["results"][1]["held"], "unproven");
  for (const char* key : {"first_attained_month", "held_from_month", "attained_on_limit_date", "margin"})
    EXPECT_TRUE(plan["results"][1][key].is_null()) << key;
  EXPECT_EQ(j["plans"][0]["results"][0]["held"], false);
}

TEST(OutputFile, FullDeviceNamesFileReasonAndBytes) {
  const Basin basin = tiny::basin();
  const Record record = tiny::record(basin);
  const auto whole = tiny::folder("sections_whole") / "sections.csv";
  write_sections_csv(whole, basin.sections, record, kChinaOffset);
  try {
    write_sections_csv("/dev/full", basin.sections, record, kChinaOffset);
    FAIL() << "no Failure was thrown";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.exit_code(), 5);
    EXPECT_EQ(failure.problem().args[0], "/dev/full");
    EXPECT_EQ(failure.problem().args[2], std::to_string(std::filesystem::file_size(whole)));
  }
  EXPECT_TRUE(std::filesystem::exists("/dev/full"));
}

TEST(OutputFile, MissingFolderIsAnErrorAndNothingIsLeft) {
  const auto path = tiny::folder("no_folder") / "missing" / "ledger.csv";
  EXPECT_THROW(write_ledger_csv(path, tiny::balance()), Failure);
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(OutputFile, AFileThatWasNotClosedIsRemoved) {
  const auto path = tiny::folder("not_closed") / "a.csv";
  { OutputFile(path).write("half"); }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace limpid
