// The worked cases of validation/cases/rules, read at run time.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "io/csv.hpp"
#include "io/standard_reader.hpp"
#include "scenarios/assessment.hpp"
#include "scenarios/rollup.hpp"
#include "scenarios/trend.hpp"
#include "tests/paths.hpp"

namespace limpid {
namespace {

using nlohmann::json;

const Standard& standard() {
  static const Standard kStandard = *built_in_standard("GB3838-2002");
  return kStandard;
}

Table table_of(const std::string& file) {
  Problems problems;
  auto table = Table::read(source_dir() + "/validation/cases/rules/" + file, file, problems);
  if (!table || problems.has_errors()) throw std::runtime_error(file + " cannot be read");
  return *table;
}

std::string cell(const Table& table, std::size_t row, const std::string& column) {
  return std::string(table.field(row, table.find(column).value()).text);
}

// The cases name items as the standard does, TP with its water: 总磷_河流.
std::string item_id(const std::string& name) {
  for (const StandardItem& item : standard().items)
    if (name == item.name_zh || name == item.name_zh + "_河流") return item.id;
  throw std::runtime_error("no item " + name);
}

std::map<std::string, double> values_of(const json& data) {
  std::map<std::string, double> values;
  for (const auto& [name, value] : data.items()) values[item_id(name)] = value.get<double>();
  return values;
}

void expect_pollutants(const std::vector<Pollutant>& found, const json& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].indicator, item_id(expected[i][0].get<std::string>()));
    EXPECT_EQ(found[i].multiple.has_value(), !expected[i][1].is_null());
    if (!found[i].multiple) continue;
    // Printed with two digits: half a unit of the last, and the noise of one division.
    EXPECT_NEAR(*found[i].multiple, expected[i][1].get<double>(), 0.005 + 1e-12);
  }
}

TEST(Rules, SectionCases) {
  const Table table = table_of("section_cases.csv");
  ASSERT_EQ(table.rows(), 14u);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    SCOPED_TRACE("section case " + cell(table, row, "case"));
    const SectionVerdict verdict =
        judge(standard(), Section{}, values_of(json::parse(cell(table, row, "data_json"))), {});
    std::map<std::string, std::string> classes, expected;
    for (const IndicatorVerdict& v : verdict.indicators)
      if (standard().find(v.indicator)->in_class_river) classes[v.indicator] = class_text_zh(*v.water_class);
    const json class_by_item = json::parse(cell(table, row, "class_by_item_json"));
    for (const auto& [name, c] : class_by_item.items()) expected[item_id(name)] = c.get<std::string>();
    EXPECT_EQ(classes, expected);
    EXPECT_EQ(class_text_zh(*verdict.water_class), cell(table, row, "section_class"));
    EXPECT_EQ(quality_zh(*verdict.water_class), cell(table, row, "quality"));
    EXPECT_EQ(colour_zh(*verdict.water_class), cell(table, row, "colour"));
    expect_pollutants(verdict.main_pollutants, json::parse(cell(table, row, "main_pollutants_json")));
  }
}

TEST(Rules, RiverCases) {
  const Table table = table_of("river_cases.csv");
  ASSERT_EQ(table.rows(), 6u);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    SCOPED_TRACE("river case " + cell(table, row, "case"));
    std::vector<std::map<std::string, double>> sections;
    const json data = json::parse(cell(table, row, "sections_json"));
    for (const json& section : data) sections.push_back(values_of(section));
    const RiverVerdict river = judge_river(standard(), sections, {});
    EXPECT_EQ(river.sections, static_cast<int>(sections.size()));
    EXPECT_EQ(quality_zh(*river.quality), cell(table, row, "quality"));
    if (cell(table, row, "method") == "mean") {
      EXPECT_EQ(class_text_zh(*river.water_class), cell(table, row, "I-III_pct_or_class"));
      EXPECT_FALSE(river.percent_I_to_III);
    } else {
      EXPECT_FALSE(river.water_class);
      EXPECT_DOUBLE_EQ(*river.percent_I_to_III, read_number(cell(table, row, "I-III_pct_or_class")).value);
      EXPECT_DOUBLE_EQ(*river.percent_worse_than_V, read_number(cell(table, row, "bad_V_pct")).value);
    }
  }
}

TEST(Rules, SpearmanCases) {
  const Table table = table_of("spearman_cases.csv");
  ASSERT_EQ(table.rows(), 3u);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    SCOPED_TRACE("spearman case " + cell(table, row, "case"));
    const auto trend =
        spearman_trend(json::parse(cell(table, row, "series_json")).get<std::vector<double>>());
    ASSERT_TRUE(trend);
    EXPECT_NEAR(trend->rs, read_number(cell(table, row, "rs")).value, 0.5e-6);
    EXPECT_EQ(trend->significant_05 ? "True" : "False", cell(table, row, "significant_0.05"));
    EXPECT_EQ(trend->direction == Direction::up ? "up" : "down", cell(table, row, "direction"));
  }
}

TEST(Rollup, FourSectionsAreAveragedFiveAreCounted) {
  const std::map<std::string, double> good{{"NH3_N", 0.1}}, bad{{"NH3_N", 9.0}};
  EXPECT_EQ(judge_river(standard(), {good, good, good, bad}, {}).quality, Quality::heavy);       // mean 2.325
  EXPECT_EQ(judge_river(standard(), {good, good, good, good, bad}, {}).quality, Quality::good);  // 80 % I-III
}

TEST(Rollup, SharesAreExactAtTheirBorders) {
  const auto river = [](int good, int fair, int worst) {
    std::vector<std::map<std::string, double>> sections;
    sections.insert(sections.end(), static_cast<std::size_t>(good), {{"NH3_N", 1.0}});
    sections.insert(sections.end(), static_cast<std::size_t>(fair), {{"NH3_N", 1.5}});
    sections.insert(sections.end(), static_cast<std::size_t>(worst), {{"NH3_N", 2.5}});
    return *judge_river(standard(), sections, {}).quality;
  };
  EXPECT_EQ(river(9, 1, 0), Quality::excellent);
  EXPECT_EQ(river(89, 11, 0), Quality::good);
  EXPECT_EQ(river(15, 0, 5), Quality::good);  // 75 %: the share of worse than V does not count yet
  EXPECT_EQ(river(74, 7, 19), Quality::light);
  EXPECT_EQ(river(7, 1, 2), Quality::moderate);  // 20 %
  EXPECT_EQ(river(50, 11, 39), Quality::moderate);
  EXPECT_EQ(river(6, 0, 4), Quality::heavy);  // 40 %
}

TEST(Rollup, SectionsWithoutValuesCountNothing) {
  const std::map<std::string, double> good{{"NH3_N", 0.1}, {"TP", std::nan("")}}, none;
  const auto river = judge_river(standard(), {good, none, good, none, good, good}, {});
  EXPECT_EQ(river.sections, 4);
  EXPECT_EQ(river.water_class, WaterClass::I);
  EXPECT_EQ(judge_river(standard(), {}, {}).quality, std::nullopt);
}

TEST(Trend, NeedsFiveAndSeesNone) {
  EXPECT_FALSE(spearman_trend({1, 2, 3, 4}));
  const auto flat = spearman_trend({2, 2, 2, 2, 2});  // mean rank 3 everywhere: sum d^2 = 10, rs = 0.5
  EXPECT_DOUBLE_EQ(flat->rs, 0.5);
  EXPECT_FALSE(flat->significant_05);
  EXPECT_EQ(spearman_trend({5, 4, 3, 2, 1})->direction, Direction::down);
  EXPECT_DOUBLE_EQ(spearman_trend({3, 1, 5, 2, 4})->rs, 0.3);  // d = 2, 1, 2, 2, 1: sum of squares 14
  const auto zero = spearman_trend({1, 5, 4, 3, 2});           // d = 0, 3, 1, 1, 3: sum of squares 20
  EXPECT_EQ(zero->rs, 0.0);
  EXPECT_EQ(zero->direction, Direction::none);
}

TEST(Trend, OneSidedBordersAreInclusive) {
  // N = 5, one exchange of neighbours: sum d^2 = 2, rs = 0.9.
  const auto exchanged = spearman_trend({2, 1, 3, 4, 5});
  EXPECT_NEAR(exchanged->rs, 0.9, 1e-15);
  EXPECT_TRUE(exchanged->significant_05);
  EXPECT_FALSE(exchanged->significant_01);
  EXPECT_TRUE(spearman_trend({1, 2, 3, 4, 5})->significant_01);
}

TEST(Trend, BetweenListedSizesTheStricterValueHolds) {
  // N = 11: W_p of 10 (0.564) is asked; sum d^2 = 100 gives rs = 0.5455.
  std::vector<double> values{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  EXPECT_TRUE(spearman_trend(values)->significant_01);
  std::vector<double> weak{6, 2, 3, 4, 1, 5, 11, 8, 9, 10, 7};  // d^2: 25+16+1+16+16 = 74 -> rs 0.664
  EXPECT_NEAR(spearman_trend(weak)->rs, 1 - 6.0 * 74 / 1320, 1e-15);
  EXPECT_TRUE(spearman_trend(weak)->significant_05);
  EXPECT_FALSE(spearman_trend(weak)->significant_01);
}

}  // namespace
}  // namespace limpid
