// Rivers, lakes, counties, trends and criteria in the tables of a run, and in what `assess` says.
#include "io/overview.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "io/standard_reader.hpp"
#include "tests/io/case_folder.hpp"
#include "tests/paths.hpp"
#include "tests/shell.hpp"

namespace limpid {
namespace {

using nlohmann::json;

Outcome limpid(const std::string& arguments) {
  return shell(binary_dir() + "/limpid " + arguments);
}

void expect_has(const std::string& text, const std::string& words) {
  EXPECT_NE(text.find(words), std::string::npos) << words << " is not in:\n" << text;
}

// A run of three months, with oxygen and criteria for it.
class OverviewOfRun : public testing::Test {
 protected:
  OverviewOfRun() {
    folder_.patch("case.toml", "end = 2027-01-01", "end = 2025-04-01");
    folder_.patch("case.toml", "[\"tracer\", \"NH3_N\"]", "[\"tracer\", \"NH3_N\", \"DO\"]");
    folder_.patch("case.toml", "NH3_N = \"0.2 mg/L\"", "NH3_N = \"0.2 mg/L\"\nDO = \"8 mg/L\"");
    folder_.patch("case.toml", "[assessment]",
                  "[assessment]\ncriteria = [\"US-EPA-DO-1986:warmwater_other\", \"Japan-rivers:B\"]\n"
                  "min_months = 8");
    folder_.write("sections.csv", folder_.text("sections.csv") +
                                      "S0,上河口,Upper,省考,安平县,清河,R01,1.5,II,NH3_N,2025-12-31\n");
    run_ = limpid("run " + folder_.path().string() + " -o " + out() + " --lang en");
  }
  std::string out() const { return (folder_.path() / "out").string(); }
  std::string file(const char* name) const { return folder_.text(std::string("out/") + name); }

  CaseFolder folder_;
  Outcome run_{};
};

TEST_F(OverviewOfRun, TablesAndTheSameByAssess) {
  ASSERT_EQ(run_.status, 0) << run_.text;
  const std::string rollup = file("rollup.csv");
  EXPECT_EQ(
      rollup.substr(0, rollup.find('\n')),
      "kind,name,period,sections,missing,class,quality,percent_I_to_III,percent_worse_than_V,with_target,"
      "attaining,main_pollutants,change");
  expect_has(rollup, "\nriver,清河,2025-01,2,0,");
  expect_has(rollup, "\nbasin,,2025-01,2,0,");
  expect_has(rollup, "\ncounty,安平县,2025-01,2,0,,,");
  const std::string criteria = file("criteria.csv");
  expect_has(criteria, "\nS1,下河口,US-EPA-DO-1986:warmwater_other,DO,mean_of_days:30,,5.5,2025,61,");
  expect_has(criteria, ",unverified\n");
  expect_has(file("run.json"), "\"rollup.csv\"");
  expect_has(file("run.json"), "\"criteria.csv\"");
  const std::string deadlines = file("criteria_deadline.csv");
  expect_has(deadlines, "\nS1,下河口,US-EPA-DO-1986:warmwater_other,section,,");
  expect_has(deadlines, "\nS1,下河口,US-EPA-DO-1986:warmwater_other,DO,mean_of_days:30,");
  expect_has(file("run.json"), "\"criteria_deadline.csv\"");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "out/trend.csv"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "out/trophic.csv"));

  const json again = json::parse(limpid("assess " + out() + " --json").text);
  std::size_t rows = 0;
  for (const char c : rollup) rows += c == '\n';
  EXPECT_EQ(again.at("groups").size(), rows - 1);
  EXPECT_EQ(again.at("groups")[0].at("name"), "清河");
  EXPECT_EQ(again.at("groups")[0].at("sections"), 2);
  EXPECT_TRUE(again.at("trends").empty());
  EXPECT_TRUE(again.at("lakes").empty());
  EXPECT_EQ(again.at("criteria")[0].at("judged"), 61);
  EXPECT_EQ(again.at("criteria")[0].at("status"), "unverified");
  ASSERT_FALSE(again.at("criteria_deadlines").empty());
  EXPECT_EQ(again.at("criteria_deadlines")[0].at("criteria"), "US-EPA-DO-1986:warmwater_other");
  EXPECT_EQ(again.at("criteria_deadlines")[0].at("statistic"), "mean_of_days:30");
}

TEST_F(OverviewOfRun, OtherCriteriaAreAskedForByName) {
  const Outcome eu = limpid("assess " + out() + " --criteria Japan-rivers:AA --lang en");
  EXPECT_EQ(eu.status, 0) << eu.text;
  expect_has(eu.text, "Japan-rivers:AA  DO daily_mean  worst ");
  expect_has(eu.text, "river 清河  2025-01  ");
  EXPECT_EQ(eu.text.find("US-EPA"), std::string::npos);
  const Outcome zh = limpid("assess " + out() + " --criteria US-EPA-DO-1986:coldwater_other --lang zh");
  expect_has(zh.text, "[限值待核实]");
  expect_has(zh.text, "行政区 安平县  2025-01  2 个断面");
  const Outcome unknown = limpid("assess " + out() + " --criteria Japan-rivers:F --lang en");
  EXPECT_EQ(unknown.status, 2);
  expect_has(unknown.text, "E1609");
  expect_has(limpid("assess " + out() + " --standard Japan-rivers --lang en").text, "E1610");
}

// Two points of a lake, a river section and a station of another county, in a long and in a wide table.
TEST(OverviewOfObservations, LakesRiversAndCounties) {
  const CaseFolder folder;
  const std::string path = (folder.path() / "obs.csv").string();
  folder.write(
      "obs.csv",
      "所在县,所在河流,断面类型,断面名称,监测时间,总磷(mg/L),总氮(mg/L),高锰酸盐指数(mg/L),叶绿素α(mg/L),"
      "透明度(m),氨氮(mg/L)\n"
      "东县,平湖,HK,湖心,2025-04-01 08:00,0.04,1.0,4.0,0.010,1.0,0.2\n"
      "东县,平湖,湖库,湖东,2025-04-01 08:00,0.06,1.0,4.0,0.010,1.0,0.2\n"
      "西县,青河,HL,青河口,2025-04-01 08:00,0.25,3.0,4.0,--,--,1.2\n");
  const Outcome text = limpid("assess " + path + " --lang zh");
  EXPECT_EQ(text.status, 0) << text.text;
  expect_has(text.text, "湖心  2025-04  缺测");  // one value of a month
  const std::string sampled = (folder.path() / "long.csv").string();
  std::string rows = "time,section_id,constituent,value,unit\n";
  for (int day = 1; day <= 30; ++day) {
    const std::string date = "2025-04-" + std::string(day < 10 ? "0" : "") + std::to_string(day);
    for (const char* row : {",青河口,氨氮,1.2,mg/L\n", ",青河口,总磷,0.25,mg/L\n", ",甲,NH3_N,0.1,mg/L\n",
                            ",甲,Cd,0.001,mg/L\n"})
      rows += date + row;
  }
  folder.write("long.csv", rows);
  const json root =
      json::parse(limpid("assess " + sampled + " --criteria EU-EQS-2013:hardness_3 --json").text);
  ASSERT_EQ(root.at("groups").size(), 2u);  // the basin's month and year
  EXPECT_EQ(root.at("groups")[0].at("kind"), "basin");
  EXPECT_EQ(root.at("groups")[0].at("class"), "IV");  // mean of ammonia 0.65, TP 0.25 at one section
  ASSERT_EQ(root.at("criteria").size(), 2u);
  EXPECT_EQ(root.at("criteria")[0].at("section_id"), "甲");
  EXPECT_EQ(root.at("criteria")[0].at("attained"), "missing");  // a year's mean of a month
  EXPECT_EQ(root.at("criteria")[1].at("attained"), "false");
  EXPECT_EQ(root.at("criteria")[1].at("exceeding"), 30);
}

TEST(OverviewOfObservations, ALakesIndex) {
  const CaseFolder folder;
  std::string rows =
      "所在县,所在河流,断面类型,断面名称,监测时间,总磷(mg/L),总氮(mg/L),高锰酸盐指数(mg/L),叶绿素α(mg/"
      "L),透明度(m)\n";
  for (int day = 1; day <= 30; ++day)
    for (const char* hour : {"00", "04", "08", "12", "16", "20"})
      rows += "东县,平湖,HK,湖心,2025-04-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + " " +
              hour + ":00,0.05,1.0,4.0,0.010,1.0\n";
  folder.write("obs.csv", rows);
  const std::string path = (folder.path() / "obs.csv").string();
  const json root = json::parse(limpid("assess " + path + " --json").text);
  ASSERT_EQ(root.at("lakes").size(), 1u);
  EXPECT_EQ(root.at("lakes")[0].at("lake"), "平湖");
  EXPECT_NEAR(root.at("lakes")[0].at("chla").get<double>(), 10, 1e-12);
  EXPECT_NEAR(root.at("lakes")[0].at("TLI").get<double>(), 48.02, 0.01);
  EXPECT_EQ(root.at("lakes")[0].at("state"), "mesotrophic");
  expect_has(limpid("assess " + path + " --lang zh").text, "平湖  2025-04  TLI 48.0  中营养\n");
  expect_has(limpid("assess " + path + " --lang en").text, "lake 平湖  2025-04  good (III)");
}

const Standard& standard() {
  static const Standard kStandard = *built_in_standard("GB3838-2002");
  return kStandard;
}

// Six years of one river, in the tables and in both languages.
TEST(Overview, TrendsAndChangesAreTold) {
  std::vector<Section> sections(1);
  sections[0].id = "S1";
  sections[0].name_zh = "青河口";
  sections[0].river = "青河";
  sections[0].target = WaterClass::III;
  Assessment assessment;
  for (int y = 0; y < 6; ++y) {
    assessment.annual.push_back(
        judge(standard(), sections[0], {{"NH3_N", 1.6 - 0.2 * y}, {"TP", 0.1 + 0.01 * (y % 2)}}, {}));
    assessment.annual.back().year = 2020 + y;
  }
  const Overview overview = overview_of(standard(), sections, assessment, {}, {}, {});
  const std::string en = overview_text(standard(), sections, overview, Lang::en);
  expect_has(en,
             "river 青河  2020  moderately polluted (V)  1 sections, I-III 0.0 %, worse than V 0.0 %, "
             "attaining 0 of 1; main pollutants: NH3_N(1/1)\n");
  expect_has(en, "against the year before: somewhat better");
  expect_has(en, "青河口  NH3_N  2020-2025 (6 years)  rank correlation -1.000  significantly down\n");
  expect_has(en, "青河口  TP  2020-2025 (6 years)  rank correlation 0.371  no significant trend\n");
  const std::string zh = overview_text(standard(), sections, overview, Lang::zh);
  expect_has(zh,
             "河流 青河  2020  中度污染 (Ⅴ)  1 个断面，Ⅰ—Ⅲ类 0.0 %，劣Ⅴ类 0.0 %，达标 "
             "0/1；主要污染指标：氨氮(1/1)\n");
  expect_has(zh, "较上年同期：有所好转");
  expect_has(zh, "青河口  氨氮  2020—2025 年（6 年）  秩相关系数 -1.000  显著下降\n");

  const CaseFolder folder;
  write_overview(folder.path(), sections, overview, kChinaOffset);
  expect_has(folder.text("trend.csv"), "\nS1,青河口,NH3_N,2020,2025,6,-1,down,0.01\n");
  expect_has(folder.text("rollup.csv"), "\nriver,青河,2020,1,0,V,moderately polluted,0,0,1,0,NH3_N:1,\n");
  const json root = json::parse(overview_json(sections, overview, kChinaOffset));
  EXPECT_EQ(root.at("trends")[0].at("significant"), "0.01");
  EXPECT_EQ(root.at("groups")[1].at("change"), "somewhat better");
}

}  // namespace
}  // namespace limpid
