// The national station export and the plain long table, as users have them.
#include "io/station_export.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "io/standard_reader.hpp"
#include "io/station_cell.hpp"
#include "io/text.hpp"

namespace limpid {
namespace {

const Standard& standard() {
  static const Standard kStandard = *built_in_standard("GB3838-2002");
  return kStandard;
}

constexpr const char* kHead =
    "省份,流域,断面名称,监测时间,水质类别,水温(℃),pH(无量纲),溶解氧(mg/L),电导率(μS/"
    "cm),浊度(NTU),高锰酸盐指数(mg/L),"
    "氨氮(mg/L),总磷(mg/L),总氮(mg/L),叶绿素α(mg/L),藻密度(cells/L),站点情况\n";

struct Reading {
  ObservedSections observed;
  std::vector<std::string> codes;
};

Reading read(const std::string& bytes, std::optional<int> year = std::nullopt) {
  Reading reading;
  Problems problems;
  ObservationRules rules;
  rules.year = year;
  if (const auto file = decode_text(bytes, "obs.csv", problems))
    if (const auto table = Table::parse(file->text, "obs.csv", problems))
      reading.observed = observed_sections(*table, standard(), rules, problems);
  for (const Problem& p : problems.sorted()) reading.codes.emplace_back(info(p.code).id);
  return reading;
}

const IndicatorSeries& series(const ObservedSections& observed, int section, const std::string& item) {
  for (const IndicatorSeries& s : observed.series)
    if (s.section == section && s.indicator == item) return s;
  throw std::runtime_error("no series of " + item);
}

double seconds(const std::string& time) {
  return seconds_of(*parse_time(time));
}

using Codes = std::vector<std::string>;

TEST(StationExport, APHIsOneThatWaterCanHave) {
  const std::string row = "四川省,长江流域,青河口,04-02 08:00,Ⅱ,15.2,";
  EXPECT_EQ(read(kHead + row + "76.1,8.9,310,12,2.3,0.21,0.08,2.4,--,--,正常\n", 2025).codes, Codes{"E1339"});
  EXPECT_EQ(read(kHead + row + "--,8.9,310,12,2.3,0.21,0.08,2.4,--,--,正常\n", 2025).codes, Codes{});
}

TEST(StationExport, NationalHeader) {
  const auto r =
      read(std::string(kHead) +
               "四川省,长江流域,青河口,04-02 08:00,Ⅱ,15.2,7.61,8.9,310,12,2.3,0.21,0.08,2.4,--,--,正常\n"
               "四川省,长江流域,青河口,04-02 04:00,Ⅱ,14.9,7.58,8.7,309,13,2.2,<0.025,0.07,2.3,--,--,正常\n",
           2025);
  EXPECT_EQ(r.codes, Codes{});
  ASSERT_EQ(r.observed.sections.size(), 1u);
  EXPECT_EQ(r.observed.sections[0].id, "青河口");
  EXPECT_EQ(r.observed.sections[0].river, "长江流域");
  EXPECT_EQ(r.observed.statistic, MonthlyStatistic::station);
  ASSERT_EQ(r.observed.series.size(), 7u);  // T, pH, DO, COD_Mn, NH3_N, TP, TN
  const IndicatorSeries& ammonia = series(r.observed, 0, "NH3_N");
  EXPECT_EQ(ammonia.times, (std::vector<double>{seconds("2025-04-02T04:00"), seconds("2025-04-02T08:00")}));
  EXPECT_EQ(ammonia.values, (std::vector<double>{0.0125, 0.21}));
  EXPECT_EQ(ammonia.interval, 4 * 3600);
  EXPECT_EQ(series(r.observed, 0, "pH").values, (std::vector<double>{7.58, 7.61}));
}

TEST(StationExport, HtmlAndPlaceholders) {
  const auto r = read(
      "断面名称,监测时间,溶解氧(mg/L),氨氮(mg/L)\n"
      "<span class='name'>青河口</span>,04-02 08:00,<span title='原始值：8.91 (有效)'>8.9</span>,--\n"
      "<span class='name'>青河口</span>,04-02 12:00,\"<span title='a, b'>9.1</span>\",*\n"
      "青河口,04-02 16:00,,0.3L\n",
      2025);
  EXPECT_EQ(r.codes, Codes{});
  EXPECT_EQ(r.observed.sections.size(), 1u);
  const auto& oxygen = series(r.observed, 0, "DO").values;
  EXPECT_EQ(oxygen[0], 8.9);
  EXPECT_EQ(oxygen[1], 9.1);
  EXPECT_TRUE(std::isnan(oxygen[2]));
  const auto& ammonia = series(r.observed, 0, "NH3_N").values;
  EXPECT_TRUE(std::isnan(ammonia[0]) && std::isnan(ammonia[1]));
  EXPECT_EQ(ammonia[2], 0.15);
}

TEST(StationExport, GbkWithCrlf) {
  // 断面名称,监测时间,氨氮(mg/L) / 青河,2025-04-02 08:00,0.21 in GBK.
  const auto r = read(
      "\xB6\xCF\xC3\xE6\xC3\xFB\xB3\xC6,\xBC\xE0\xB2\xE2\xCA\xB1\xBC\xE4,\xB0\xB1\xB5\xAA(mg/L)\r\n"
      "\xC7\xE0\xBA\xD3,2025-04-02 08:00,0.21\r\n");
  EXPECT_EQ(r.codes, Codes{});
  EXPECT_EQ(r.observed.sections.at(0).id, "青河");
  EXPECT_EQ(series(r.observed, 0, "NH3_N").values, std::vector<double>{0.21});
}

TEST(StationExport, Utf8WithBom) {
  const auto r = read("\xEF\xBB\xBF断面名称,监测时间,总磷（mg/L）\r\n青河口,2025/4/2 8:00,0.08\r\n");
  EXPECT_EQ(r.codes, Codes{});
  EXPECT_EQ(series(r.observed, 0, "TP").times, std::vector<double>{seconds("2025-04-02T08:00")});
}

TEST(StationExport, MissingYearIsSaidOnce) {
  const std::string text = "断面名称,监测时间,氨氮(mg/L)\n青河口,04-02 08:00,0.2\n青河口,04-02 12:00,0.2\n";
  EXPECT_EQ(read(text).codes, Codes{"E1604"});
  EXPECT_EQ(read(text, 2025).codes, Codes{});
  EXPECT_EQ(read("断面名称,监测时间,氨氮(mg/L)\n青河口,02-29 08:00,0.2\n", 2025).codes, Codes{"E1306"});
  EXPECT_EQ(read("断面名称,监测时间,氨氮(mg/L)\n青河口,02-29 08:00,0.2\n", 2024).codes, Codes{});
}

TEST(StationExport, Refuses) {
  const std::string head = "断面名称,监测时间,氨氮(mg/L)\n";
  EXPECT_EQ(read(head + "青河口,昨天,0.2\n").codes, Codes{"E1306"});
  EXPECT_EQ(read(head + "青河口,2025-04-02 08:00,高\n").codes, Codes{"E1301"});
  EXPECT_EQ(read(head + "青河口,2025-04-02 08:00,nan\n").codes, Codes{"E1302"});
  EXPECT_EQ(read(head + ",2025-04-02 08:00,0.2\n").codes, Codes{"E1303"});
  EXPECT_EQ(read("断面名称,监测时间,电导率(μS/cm)\n青河口,2025-04-02 08:00,310\n").codes, Codes{"E1605"});
  EXPECT_EQ(read("断面名称,氨氮(mg/L)\n青河口,0.2\n").codes, Codes{"E1025"});
  EXPECT_EQ(read("断面名称,监测时间,氨氮(m3/s),总磷(mg/L)\n青河口,2025-04-02 08:00,0.2,0.1\n").codes,
            Codes{"E1606"});
}

TEST(StationExport, UnitsOfColumnsAreConverted) {
  const auto r = read("断面名称,监测时间,氨氮(μg/L),pH\n青河口,2025-04-02 08:00,210,7.5\n");
  EXPECT_EQ(r.codes, Codes{});
  EXPECT_NEAR(series(r.observed, 0, "NH3_N").values[0], 0.21, 1e-15);
}

TEST(StationExport, SynonymsOfConstituentsAreAccepted) {
  Constituent ammonia;
  ammonia.id = "NH3_N";
  ammonia.synonyms = {"NH3-N", "w21003"};
  Constituent tracer;
  tracer.id = tracer.name_en = "tracer";
  Problems problems;
  const auto table = Table::parse("断面名称,监测时间,nh3-n(mg/L),tracer\n青河口,2025-04-02 08:00,0.2,5\n",
                                  "obs.csv", problems);
  ObservationRules rules;
  rules.known = {tracer, ammonia};
  const auto observed = observed_sections(*table, standard(), rules, problems);
  EXPECT_TRUE(problems.empty());
  ASSERT_EQ(observed.series.size(), 1u);
  EXPECT_EQ(series(observed, 0, "NH3_N").values, std::vector<double>{0.2});
}

TEST(StationExport, OneNameInTwoProvinces) {
  const auto r = read(
      "省份,断面名称,监测时间,氨氮(mg/L)\n甲省,大桥,2025-04-02 08:00,0.1\n乙省,大桥,2025-04-02 08:00,0.9\n");
  ASSERT_EQ(r.observed.sections.size(), 2u);
  EXPECT_EQ(r.observed.sections[1].id, "乙省/大桥");
  EXPECT_EQ(series(r.observed, 1, "NH3_N").values, std::vector<double>{0.9});
}

TEST(StationExport, RepeatedTimes) {
  const auto r = read(
      "断面名称,监测时间,氨氮(mg/L)\n"
      "青河口,2025-04-02 08:00,--\n青河口,2025-04-02 08:00,0.2\n青河口,2025-04-02 08:00,0.2\n"
      "青河口,2025-04-02 08:00,0.3\n");
  EXPECT_EQ(r.codes, Codes{"W1607"});
  EXPECT_EQ(series(r.observed, 0, "NH3_N").values, std::vector<double>{0.2});
}

TEST(LongTable, ConstituentsInRows) {
  const auto r = read(
      "time,section_id,constituent,value,unit\n"
      "2025-01-05,S1,NH3_N,0.4,mg/L\n2025-02-04,S1,氨氮,500,ug/L\n2025-01-05,S1,discharge,12,m3/s\n"
      "2025-01-05,S2,fecal_coliform,5,1/mL\n2025-03-07,S1,NH3_N,0.6,mg N/L\n2025-01-05,S2,pH,7.4,\n");
  EXPECT_EQ(r.codes, Codes{});
  ASSERT_EQ(r.observed.sections.size(), 2u);
  const IndicatorSeries& ammonia = series(r.observed, 0, "NH3_N");
  ASSERT_EQ(ammonia.values.size(), 3u);
  EXPECT_NEAR(ammonia.values[1], 0.5, 1e-15);
  EXPECT_EQ(ammonia.values[2], 0.6);
  EXPECT_EQ(ammonia.interval, 30 * 86400);
  EXPECT_NEAR(series(r.observed, 1, "fecal_coliform").values[0], 5000, 1e-9);
  EXPECT_EQ(series(r.observed, 1, "pH").interval, 31 * 86400);
}

TEST(LongTable, Refuses) {
  EXPECT_EQ(read("time,section_id,constituent,value,unit\n2025-01-05,S1,discharge,0.4,m3/s\n").codes,
            Codes{"E1605"});
  EXPECT_EQ(read("time,section_id,constituent,value,unit\n2025-01-05,S1,TP,0.4,t/a\n").codes, Codes{"E1606"});
  EXPECT_EQ(read("time,section,constituent,value,unit\n2025-01-05,S1,TP,0.4,mg/L\n").codes, Codes{"E1025"});
}

// A whole month of the station's 4-h values is judged by the same code as a run.
TEST(StationExport, IsAssessed) {
  std::string text = "断面名称,监测时间,氨氮(mg/L),总磷(mg/L)\n";
  for (int day = 1; day <= 30; ++day)
    for (int hour = 0; hour < 24; hour += 4)
      text += "青河口,04-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + " " +
              (hour < 10 ? "0" : "") + std::to_string(hour) + ":00," + (day <= 15 ? "0.9" : "1.3") + "," +
              (day <= 20 ? "--" : "0.1") + "\n";
  auto r = read(text, 2025);
  r.observed.sections[0].target = WaterClass::III;
  AssessmentRules rules;
  rules.statistic = r.observed.statistic;
  const Assessment a = assess(standard(), r.observed.sections, r.observed.series, rules);
  ASSERT_EQ(a.monthly.size(), 1u);
  EXPECT_NEAR(a.monthly[0].find("NH3_N")->value, 1.1, 1e-12);
  EXPECT_EQ(a.monthly[0].attained, Attained::no);
  EXPECT_TRUE(a.monthly[0].find("TP")->missing);  // 10 of 30 days
}

TEST(StationCell, Markup) {
  EXPECT_EQ(without_markup("<a href=\"x\">青河 口</a>"), "青河 口");
  EXPECT_EQ(without_markup("<0.025"), "<0.025");
  EXPECT_EQ(without_markup("&lt;0.025&nbsp;"), "<0.025");
  EXPECT_EQ(without_markup("<span>never closed"), "never closed");
  EXPECT_EQ(without_markup("<span never closed"), "");
}

TEST(StationCell, Times) {
  const auto text = [](const char* cell, std::optional<int> year = std::nullopt) {
    const CellTime t = observed_time(cell, year, kChinaOffset);
    if (t.needs_year) return std::string("year?");
    return t.time ? std::to_string(static_cast<long>(seconds_of(*t.time) - seconds("2025-01-01"))) : "none";
  };
  EXPECT_EQ(text("2025-01-01 00:00"), "0");
  EXPECT_EQ(text("2025/1/2"), "86400");
  EXPECT_EQ(text("2025-1-2 1:00:00"), "90000");
  EXPECT_EQ(text("01-02 01:00", 2025), "90000");
  EXPECT_EQ(text("1-2", 2025), "86400");
  EXPECT_EQ(text("01-02 01:00"), "year?");
  EXPECT_EQ(text("13-02 01:00", 2025), "none");
  EXPECT_EQ(text("2025-02-30"), "none");
  EXPECT_EQ(text("12"), "none");
  EXPECT_EQ(text("2025年1月2日"), "none");
  EXPECT_EQ(text("99999999999-1-1"), "none");
}

}  // namespace
}  // namespace limpid
