// Groups of sections, changes between years, trends of sections, trophic states.
#include "scenarios/rollup.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "io/standard_reader.hpp"
#include "scenarios/trend.hpp"
#include "scenarios/trophic.hpp"

namespace limpid {
namespace {

const Standard& standard() {
  static const Standard kStandard = *built_in_standard("GB3838-2002");
  return kStandard;
}

Section section(const std::string& id, const std::string& river, const std::string& county,
                bool lake = false) {
  Section s;
  s.id = id;
  s.river = river;
  s.county = county;
  s.lake = lake;
  s.target = WaterClass::III;
  return s;
}

SectionVerdict verdict(const std::vector<Section>& sections, int s, int year, int month,
                       const std::map<std::string, double>& values) {
  SectionVerdict v = judge(standard(), sections[static_cast<std::size_t>(s)], values, {});
  v.section = s;
  v.year = year;
  v.month = month;
  return v;
}

const GroupVerdict& find(const std::vector<GroupVerdict>& groups, GroupKind kind, const std::string& name,
                         int year, int month = 0) {
  for (const GroupVerdict& g : groups)
    if (g.kind == kind && g.name == name && g.year == year && g.month == month) return g;
  throw std::runtime_error("no group " + name);
}

// Six sections: five of the river 甲 (two counties), one of 乙 without a county.
std::vector<Section> six() {
  return {section("a", "甲", "东县"), section("b", "甲", "东县"), section("c", "甲", "东县"),
          section("d", "甲", "东县"), section("e", "甲", "西县"), section("f", "乙", "")};
}

Assessment years_of_six(const std::vector<std::vector<double>>& ammonia_by_year) {
  const auto sections = six();
  Assessment assessment;
  for (int s = 0; s < 6; ++s)
    for (std::size_t y = 0; y < ammonia_by_year.size(); ++y)
      assessment.annual.push_back(verdict(sections, s, 2021 + static_cast<int>(y), 0,
                                          {{"NH3_N", ammonia_by_year[y][static_cast<std::size_t>(s)]}}));
  return assessment;
}

TEST(RollUp, RiversBasinAndCounties) {
  const auto groups = roll_up(standard(), six(), years_of_six({{0.4, 0.9, 1.2, 1.4, 3.0, 0.1}}), {});
  std::vector<std::string> names;
  for (const GroupVerdict& g : groups) names.push_back(std::to_string(static_cast<int>(g.kind)) + g.name);
  EXPECT_EQ(names, (std::vector<std::string>{"0甲", "0乙", "2", "3东县", "3西县"}));
  const GroupVerdict& river = find(groups, GroupKind::river, "甲", 2021);
  EXPECT_EQ(river.verdict.sections, 5);
  EXPECT_EQ(river.verdict.classes, (std::array<int, 6>{0, 1, 1, 2, 0, 1}));
  EXPECT_DOUBLE_EQ(*river.verdict.percent_I_to_III, 40);
  EXPECT_EQ(river.verdict.quality, Quality::moderate);  // 40 % I-III, 20 % worse than V
  EXPECT_EQ(river.with_target, 5);
  EXPECT_EQ(river.attaining, 2);
  ASSERT_EQ(river.verdict.main_pollutants.size(), 1u);
  EXPECT_EQ(river.verdict.main_pollutants[0].indicator, "NH3_N");
  EXPECT_EQ(river.verdict.main_pollutants[0].sections, 3);
  EXPECT_EQ(river.change, std::nullopt);
  const GroupVerdict& basin = find(groups, GroupKind::basin, "", 2021);
  EXPECT_EQ(basin.verdict.sections, 6);
  EXPECT_EQ(basin.verdict.quality, Quality::light);  // 50 %, 16.7 %
  const GroupVerdict& east = find(groups, GroupKind::county, "东县", 2021);
  EXPECT_EQ(east.verdict.sections, 4);
  EXPECT_EQ(east.verdict.I_to_III(), 2);
  EXPECT_EQ(east.verdict.quality, std::nullopt);  // fewer than five: counts only
  EXPECT_TRUE(east.verdict.main_pollutants.empty());
}

TEST(RollUp, ACountyOfFiveHasAQuality) {
  std::vector<Section> sections;
  Assessment assessment;
  for (int s = 0; s < 5; ++s) sections.push_back(section("s" + std::to_string(s), "", "东县"));
  for (int s = 0; s < 5; ++s) assessment.annual.push_back(verdict(sections, s, 2021, 0, {{"NH3_N", 0.1}}));
  const auto groups = roll_up(standard(), sections, assessment, {});
  ASSERT_EQ(groups.size(), 2u);  // the basin and the county: a river without a name is none
  EXPECT_EQ(groups[1].verdict.quality, Quality::excellent);
}

TEST(RollUp, OneSectionIsNoBasin) {
  const std::vector<Section> sections{section("a", "甲", "")};
  Assessment assessment;
  assessment.annual.push_back(verdict(sections, 0, 2021, 0, {{"NH3_N", 1.2}, {"TP", 0.25}}));
  const auto groups = roll_up(standard(), sections, assessment, {});
  ASSERT_EQ(groups.size(), 1u);
  EXPECT_EQ(groups[0].verdict.water_class, WaterClass::IV);
  EXPECT_EQ(groups[0].verdict.quality, Quality::light);
  ASSERT_EQ(groups[0].verdict.main_pollutants.size(), 2u);
}

TEST(RollUp, MissingSectionsAreCountedApart) {
  const auto sections = six();
  Assessment assessment = years_of_six({{0.4, 0.9, 0.9, 0.9, 0.9, 0.1}});
  assessment.annual[0] = verdict(sections, 0, 2021, 0, {{"NH3_N", std::nan("")}});
  // Fails by one item while another is missing: not attained, and without a class.
  assessment.annual[1] = verdict(sections, 1, 2021, 0, {{"NH3_N", 3.0}, {"TP", std::nan("")}});
  // Attains what is asked, which counts in no class.
  std::vector<Section> asked = sections;
  asked[2].indicators = {"fecal_coliform"};
  assessment.annual[2] = verdict(asked, 2, 2021, 0, {{"fecal_coliform", 100}});
  const auto groups = roll_up(standard(), sections, assessment, {});
  const GroupVerdict& river = find(groups, GroupKind::river, "甲", 2021);
  EXPECT_EQ(river.missing, 3);
  EXPECT_EQ(river.verdict.sections, 2);
  EXPECT_EQ(river.verdict.water_class, WaterClass::III);  // two sections: the mean rule
  EXPECT_EQ(river.with_target, 4);
  EXPECT_EQ(river.attaining, 3);
}

TEST(RollUp, MonthsAreComparedWithTheSameMonthOfTheYearBefore) {
  const std::vector<Section> sections{section("a", "甲", "")};
  Assessment assessment;
  for (const auto& [year, month, value] :
       {std::tuple{2021, 1, 0.9}, {2021, 2, 0.9}, {2022, 1, 1.2}, {2022, 3, 0.1}, {2023, 1, 0.1}})
    assessment.monthly.push_back(verdict(sections, 0, year, month, {{"NH3_N", value}}));
  assessment.monthly.push_back(verdict(sections, 0, 2024, 1, {}));
  assessment.monthly.push_back(verdict(sections, 0, 2025, 1, {{"NH3_N", 0.1}}));
  const auto groups = roll_up(standard(), sections, assessment, {});
  const auto change = [&groups](int year, int month) {
    return find(groups, GroupKind::river, "甲", year, month).change;
  };
  EXPECT_EQ(change(2021, 1), std::nullopt);
  EXPECT_EQ(change(2022, 1), Change::somewhat_worse);  // III to IV
  EXPECT_EQ(change(2022, 3), std::nullopt);
  EXPECT_EQ(change(2023, 1), Change::much_better);  // IV to I: two levels of quality
  EXPECT_EQ(change(2024, 1), std::nullopt);         // 缺测
  EXPECT_EQ(change(2025, 1), std::nullopt);         // nothing to compare with
}

TEST(RollUp, TheLargerChangeStands) {
  // 甲 of five: I-III 60 % then 80 %, 劣Ⅴ 40 % then 20 %: +40 points. 重度 to 良好 is three levels.
  auto groups =
      roll_up(standard(), six(), years_of_six({{.1, .1, .1, 9, 9, .1}, {.1, .1, .1, .1, 9, .1}}), {});
  EXPECT_EQ(find(groups, GroupKind::river, "甲", 2022).change, Change::much_better);
  // 60 % and 60 %, 劣Ⅴ 0 then 20 %: -20 points, somewhat; 轻度 to 中度, one level.
  groups =
      roll_up(standard(), six(), years_of_six({{.1, .1, .1, 1.2, 1.2, .1}, {.1, .1, .1, 9, 1.2, .1}}), {});
  EXPECT_EQ(find(groups, GroupKind::river, "甲", 2022).change, Change::somewhat_worse);
  // Same level (轻度), 20 % then 60 % I-III: +40 points.
  groups = roll_up(standard(), six(),
                   years_of_six({{.1, 1.2, 1.2, 1.2, 1.2, .1}, {.1, .1, .1, 1.2, 1.2, .1}}), {});
  EXPECT_EQ(find(groups, GroupKind::river, "甲", 2022).change, Change::much_better);
  // Five judged, then three: only levels can be compared.
  groups =
      roll_up(standard(), six(),
              years_of_six({{.1, .1, .1, .1, .1, .1}, {.1, .1, .1, std::nan(""), std::nan(""), .1}}), {});
  EXPECT_EQ(find(groups, GroupKind::river, "甲", 2022).change, Change::none);
  groups =
      roll_up(standard(), six(),
              years_of_six({{.1, .1, .1, std::nan(""), std::nan(""), .1}, {.1, .1, .1, .1, .1, .1}}), {});
  EXPECT_EQ(find(groups, GroupKind::river, "甲", 2022).change, Change::none);
}

TEST(RollUp, LakesAreMeansByTheirOwnLimits) {
  std::vector<Section> sections;
  Assessment assessment;
  for (int s = 0; s < 6; ++s) {
    sections.push_back(section("p" + std::to_string(s), s < 5 ? "平湖" : "甲", "东县", s < 5));
    assessment.annual.push_back(verdict(sections, s, 2021, 0, {{"TP", s == 0 ? 0.08 : 0.03}}));
  }
  const auto groups = roll_up(standard(), sections, assessment, {});
  const GroupVerdict& lake = find(groups, GroupKind::lake, "平湖", 2021);
  EXPECT_EQ(lake.verdict.sections, 5);
  EXPECT_EQ(lake.verdict.water_class, WaterClass::III);  // mean 0.04; in a river II
  EXPECT_EQ(lake.verdict.percent_I_to_III, std::nullopt);
  EXPECT_EQ(find(groups, GroupKind::county, "东县", 2021).verdict.sections, 6);
  EXPECT_THROW(find(groups, GroupKind::basin, "", 2021), std::runtime_error);  // one river section
}

TEST(RiverVerdict, EqualValuesStayAtTheirLimit) {
  const std::map<std::string, double> at_limit{{"TP", 0.1}, {"NH3_N", 0.15}};
  EXPECT_EQ(judge_river(standard(), {at_limit, at_limit, at_limit}, {}).water_class, WaterClass::II);
}

TEST(RiverVerdict, NamesTheThreeItemsWithTheMostSections) {
  const std::map<std::string, double> a{
      {"TP", 0.3}, {"NH3_N", 1.2}, {"COD_Cr", 25}, {"BOD5", 5}, {"fecal_coliform", 1e6}};
  const std::map<std::string, double> b{{"TP", 0.3}, {"COD_Cr", 25}, {"BOD5", 1}}, good{{"TP", 0.1}};
  const RiverVerdict river = judge_river(standard(), {a, b, b, good, good}, {});
  ASSERT_EQ(river.main_pollutants.size(), 3u);
  EXPECT_EQ(river.main_pollutants[0].indicator, "COD_Cr");  // 3, before TP in Table 1
  EXPECT_EQ(river.main_pollutants[1].indicator, "TP");      // 3
  EXPECT_EQ(river.main_pollutants[2].indicator, "BOD5");    // 1, before NH3_N in Table 1
}

TEST(Change, Words) {
  EXPECT_STREQ(change_zh(Change::much_worse), "明显变差");
  EXPECT_STREQ(change_en(Change::somewhat_better), "somewhat better");
  EXPECT_EQ(change_of_level(Quality::excellent, Quality::heavy), Change::much_worse);
  EXPECT_EQ(change_of_shares({0, 10, 0, 0, 0, 0}, {0, 9, 0, 1, 0, 0}), Change::none);  // 10 points
  EXPECT_EQ(change_of_shares({0, 100, 0, 0, 0, 0}, {0, 89, 0, 11, 0, 0}), Change::somewhat_worse);
  EXPECT_EQ(change_of_shares({0, 80, 0, 20, 0, 0}, {0, 100, 0, 0, 0, 0}), Change::somewhat_better);  // 20
  EXPECT_EQ(change_of_shares({0, 79, 0, 21, 0, 0}, {0, 100, 0, 0, 0, 0}), Change::much_better);
}

TEST(SectionTrends, NeedFiveYearsWithValues) {
  const std::vector<Section> sections{section("a", "", ""), section("b", "", "")};
  Assessment assessment;
  for (int y = 0; y < 6; ++y) {
    const double missing = std::nan("");
    assessment.annual.push_back(verdict(sections, 0, 2020 + y, 0,
                                        {{"NH3_N", 1.0 - 0.1 * y},
                                         {"TP", y == 2 ? missing : 0.1 + 0.01 * y},
                                         {"DO", y < 2 ? missing : 8.0}}));
    assessment.annual.push_back(verdict(sections, 1, 2020 + y, 0, {{"COD_Mn", 3.0 + y}}));
  }
  const auto trends = section_trends(standard(), assessment, 2);
  ASSERT_EQ(trends.size(), 3u);  // DO has four years
  EXPECT_EQ(trends[0].indicator, "NH3_N");
  EXPECT_EQ(trends[0].trend.direction, Direction::down);
  EXPECT_TRUE(trends[0].trend.significant_01);
  EXPECT_EQ(trends[1].indicator, "TP");
  EXPECT_EQ(trends[1].years, 5);
  EXPECT_EQ(trends[1].first_year, 2020);
  EXPECT_EQ(trends[1].last_year, 2025);
  EXPECT_EQ(trends[2].section, 1);
}

// The table's three decimals are rounded ones: 0.829 is 29/35, 0.943 is 33/35, 0.643 is 27/42, 0.564 is
// 31/55.
TEST(Trend, CriticalValuesAreReachedAtTheTablesDecimals) {
  const auto six_values = spearman_trend({1, 2, 3, 5, 6, 4});  // sum d^2 = 6: rs = 0.82857
  EXPECT_NEAR(six_values->rs, 29.0 / 35, 1e-15);
  EXPECT_TRUE(six_values->significant_05);
  EXPECT_FALSE(six_values->significant_01);
  EXPECT_TRUE(spearman_trend({1, 2, 3, 4, 6, 5})->significant_01);   // 33/35
  EXPECT_FALSE(spearman_trend({1, 4, 3, 2, 6, 5})->significant_05);  // sum d^2 = 10: 25/35
}

// Chances of at least this rs among all orders of N values, by counting them.
TEST(Trend, TheTableIsOneSided) {
  for (const auto& [n, squares, chance] :
       {std::tuple{5, 2, 0.05}, {6, 6, 0.05}, {7, 16, 0.05}, {8, 30, 0.05}}) {
    std::vector<int> order(static_cast<std::size_t>(n));
    for (int i = 0; i < n; ++i) order[static_cast<std::size_t>(i)] = i;
    int all = 0, at_least = 0, beyond = 0;
    do {
      int sum = 0;
      for (int i = 0; i < n; ++i) {
        const int d = order[static_cast<std::size_t>(i)] - i;
        sum += d * d;
      }
      ++all;
      at_least += sum <= squares;
      beyond += sum <= squares + 2;
    } while (std::next_permutation(order.begin(), order.end()));
    EXPECT_LE(at_least, chance * all) << n;
    EXPECT_GT(beyond, chance * all) << n;
  }
}

// The worked index: 10 (2.5 + 1.086 ln 10) = 50.006, and the other four at their own 50.
TEST(Trophic, IndexAndWeights) {
  EXPECT_NEAR(*trophic_index(TrophicItem::chla, 10), 50.0061, 5e-5);
  EXPECT_NEAR(*trophic_index(TrophicItem::TP, 0.05), 45.7093, 5e-5);
  EXPECT_NEAR(*trophic_index(TrophicItem::TN, 1.0), 54.53, 1e-12);
  EXPECT_NEAR(*trophic_index(TrophicItem::transparency, 1.0), 51.18, 1e-12);
  EXPECT_NEAR(*trophic_index(TrophicItem::COD_Mn, 4.0), 37.9793, 5e-5);
  // Published weights 0.2663, 0.1879, 0.1790, 0.1834, 0.1834.
  const double expected = .2663 * 50.0061 + .1879 * 45.7093 + .1790 * 54.53 + .1834 * 51.18 + .1834 * 37.9793;
  EXPECT_NEAR(*trophic_index(TrophicValues{10, 0.05, 1.0, 1.0, 4.0}), expected, 5e-3);
}

TEST(Trophic, NeedsChlorophyll) {
  EXPECT_EQ(trophic_index(TrophicItem::TP, 0), std::nullopt);
  EXPECT_EQ(trophic_index(TrophicItem::TP, std::nan("")), std::nullopt);
  EXPECT_EQ(trophic_index(TrophicValues{std::nullopt, 0.05, 1.0, 1.0, 4.0}), std::nullopt);
  EXPECT_EQ(trophic_index(TrophicValues{0.0, 0.05, 1.0, 1.0, 4.0}), std::nullopt);
  EXPECT_NEAR(*trophic_index(TrophicValues{10, std::nullopt, 0.0, std::nullopt, std::nullopt}), 50.0061,
              5e-5);
}

TEST(Trophic, StatesAtTheirBorders) {
  EXPECT_EQ(trophic_state(29.999), TrophicState::oligo);
  EXPECT_EQ(trophic_state(30), TrophicState::meso);
  EXPECT_EQ(trophic_state(50), TrophicState::meso);
  EXPECT_EQ(trophic_state(50.001), TrophicState::light_eutro);
  EXPECT_EQ(trophic_state(60), TrophicState::light_eutro);
  EXPECT_EQ(trophic_state(70), TrophicState::medium_eutro);
  EXPECT_EQ(trophic_state(70.001), TrophicState::hyper_eutro);
  EXPECT_STREQ(trophic_en(TrophicState::meso), "mesotrophic");
}

IndicatorSeries monthly(int section, const std::string& item, double value, int months) {
  IndicatorSeries s{section, item, {}, {}, 30 * 86400.0};
  for (int m = 0; m < months; ++m) {
    s.times.push_back(seconds_of(Month{12 * 2021 + m}.begin()) + 86400);
    s.values.push_back(value);
  }
  return s;
}

TEST(Trophic, LakesByTheirPointsMonthsAndYears) {
  std::vector<Section> sections{section("p", "平湖", "", true), section("q", "平湖", "", true),
                                section("r", "", "", true), section("s", "甲", "")};
  Assessment assessment;
  for (int s = 0; s < 4; ++s)
    for (int m = 1; m <= 12; ++m)
      assessment.monthly.push_back(
          verdict(sections, s, 2021, m, {{"TP", s == 0 ? 0.04 : 0.06}, {"TN", std::nan("")}}));
  const std::vector<IndicatorSeries> extra{monthly(0, "chla", 10, 12), monthly(1, "transparency", 1.0, 3),
                                           monthly(2, "chla", 40, 6), monthly(3, "chla", 40, 12)};
  AssessmentRules rules;
  rules.min_months = 8;
  const auto lakes = trophic_verdicts(sections, assessment, extra, rules);
  ASSERT_EQ(lakes.size(), 13u + 6u);  // 平湖: months and the year; r: six months, too few for a year
  const TrophicVerdict& first = lakes[0].lake == "平湖" ? lakes[0] : lakes[6];
  EXPECT_EQ(first.lake, "平湖");
  EXPECT_EQ(first.month, 1);
  EXPECT_DOUBLE_EQ(*first.values[1], 0.05);
  EXPECT_FALSE(first.values[2]);
  EXPECT_DOUBLE_EQ(*first.values[3], 1.0);
  const TrophicVerdict& year = lakes[0].lake == "平湖" ? lakes[12] : lakes[18];
  EXPECT_EQ(year.month, 0);
  EXPECT_FALSE(year.values[3]);  // three months of transparency
  EXPECT_NEAR(year.index, (50.0061 + 0.7056 * 45.7093) / 1.7056, 1e-3);
  EXPECT_EQ(year.state, TrophicState::meso);
  EXPECT_EQ(trophic_items().items.size(), 2u);
}

}  // namespace
}  // namespace limpid
