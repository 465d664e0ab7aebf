// When a target is first met, held, met on the limit date, and by what margin.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "io/standard_reader.hpp"
#include "scenarios/assessment.hpp"

namespace limpid {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr Month kJanuary2025{12 * 2025};

const Standard& standard() {
  static const Standard kStandard = *built_in_standard("GB3838-2002");
  return kStandard;
}

// One value a day, the same all month; months count from January 2025.
IndicatorSeries daily(const std::string& indicator, const std::vector<double>& months) {
  IndicatorSeries series{0, indicator, {}, {}, 86400};
  Month month = kJanuary2025;
  for (const double value : months) {
    for (Time t = month.begin(); t < month.end(); t += std::chrono::days(1)) {
      series.times.push_back(seconds_of(t));
      series.values.push_back(value);
    }
    ++month.index;
  }
  return series;
}

std::vector<double> months(std::initializer_list<std::pair<int, double>> runs) {
  std::vector<double> values;
  for (const auto& [n, value] : runs) values.insert(values.end(), static_cast<std::size_t>(n), value);
  return values;
}

Section section(WaterClass target, std::vector<std::string> indicators, const std::string& limit_date) {
  Section s;
  s.id = "S1";
  s.target = target;
  s.indicators = std::move(indicators);
  if (!limit_date.empty()) s.limit_date = *parse_time(limit_date);
  return s;
}

std::vector<DeadlineAnswer> answers(const Section& s, const std::vector<IndicatorSeries>& series,
                                    const AssessmentRules& rules = {}) {
  return deadline_answers(standard(), s, 0, assess(standard(), {s}, series, rules), rules);
}

DeadlineAnswer answer(const std::vector<DeadlineAnswer>& all, const std::string& indicator,
                      JudgingRule rule = JudgingRule::monthly) {
  for (const DeadlineAnswer& a : all)
    if (a.indicator == indicator && a.rule == rule) return a;
  ADD_FAILURE() << "no answer for " << indicator;
  return {};
}

// NH3-N of a class III section (limit 1.0) by the monthly rule.
DeadlineAnswer ammonia(const std::vector<double>& values, const std::string& limit_date) {
  return answer(answers(section(WaterClass::III, {"NH3_N"}, limit_date), {daily("NH3_N", values)}), "NH3_N");
}

std::string text(const std::optional<Month>& month) {
  return month ? month->text() : "never";
}

// What the standard has no limit for can be asked, never be met, and leaves the section without a margin.
TEST(Deadline, IndicatorOutsideTheStandardHasNoMargin) {
  const auto all = answers(section(WaterClass::III, {"NH3_N", "chla"}, "2026-06-30"),
                           {daily("NH3_N", months({{36, 0.8}}))});
  EXPECT_NEAR(*answer(all, "NH3_N").margin, 0.2, 1e-12);
  for (const char* indicator : {"chla", "section"}) {
    EXPECT_FALSE(answer(all, indicator).margin) << indicator;
    EXPECT_FALSE(answer(all, indicator).attained_on_limit_date) << indicator;
    EXPECT_EQ(text(answer(all, indicator).first_attained), "never") << indicator;
  }
}

TEST(Deadline, NeverMet) {
  const auto a = ammonia(months({{36, 1.2}}), "2026-12-31");
  EXPECT_EQ(text(a.first_attained), "never");
  EXPECT_EQ(text(a.held_from), "never");
  EXPECT_EQ(a.held, Held::no);
  EXPECT_EQ(a.attained_on_limit_date, false);
  EXPECT_NEAR(*a.margin, -0.2, 1e-12);
}

TEST(Deadline, MetFromTheStart) {
  const auto a = ammonia(months({{36, 0.8}}), "2026-06-30");
  EXPECT_EQ(text(a.first_attained), "2025-01");
  EXPECT_EQ(text(a.held_from), "2025-01");
  EXPECT_EQ(a.held, Held::yes);
  EXPECT_EQ(a.attained_on_limit_date, true);
  EXPECT_NEAR(*a.margin, 0.2, 1e-12);
}

TEST(Deadline, MetLate) {
  const auto a = ammonia(months({{20, 1.2}, {16, 0.9}}), "2026-06-30");
  EXPECT_EQ(text(a.first_attained), "2026-09");
  EXPECT_EQ(text(a.held_from), "2026-09");
  EXPECT_EQ(a.held, Held::no);
  EXPECT_EQ(a.attained_on_limit_date, false);
}

TEST(Deadline, MetExactlyInTheLimitMonth) {
  const auto a = ammonia(months({{17, 1.2}, {19, 1.0}}), "2026-06-01");
  EXPECT_EQ(text(a.held_from), "2026-06");
  EXPECT_EQ(a.held, Held::yes);
  EXPECT_EQ(a.attained_on_limit_date, true);
  EXPECT_EQ(a.margin, 0.0);
}

TEST(Deadline, OneMonthAfterTheLimitMonthIsLate) {
  EXPECT_EQ(ammonia(months({{18, 1.2}, {18, 0.9}}), "2026-06-30").held, Held::no);
}

TEST(Deadline, RelapseAfterTheLimit) {
  const auto a = ammonia(months({{12, 1.2}, {10, 0.9}, {1, 1.1}, {13, 0.9}}), "2026-06-30");
  EXPECT_EQ(text(a.first_attained), "2026-01");
  EXPECT_EQ(text(a.held_from), "2026-12");
  EXPECT_EQ(a.held, Held::no);
  EXPECT_EQ(a.attained_on_limit_date, true);
}

TEST(Deadline, RelapseBeforeTheLimitThatIsMended) {
  const auto a = ammonia(months({{6, 0.9}, {6, 1.1}, {24, 0.9}}), "2026-06-30");
  EXPECT_EQ(text(a.first_attained), "2025-01");
  EXPECT_EQ(text(a.held_from), "2026-01");
  EXPECT_EQ(a.held, Held::yes);
}

TEST(Deadline, RelapseInTheLastMonth) {
  const auto a = ammonia(months({{35, 0.9}, {1, 1.1}}), "2026-06-30");
  EXPECT_EQ(text(a.held_from), "never");
  EXPECT_EQ(a.held, Held::no);
}

TEST(Deadline, MissingMonthAfterTheLimitProvesNothing) {
  const auto a = ammonia(months({{12, 1.2}, {10, 0.9}, {1, kNone}, {13, 0.9}}), "2026-06-30");
  EXPECT_EQ(text(a.first_attained), "2026-01");
  EXPECT_EQ(text(a.held_from), "2026-12");
  EXPECT_EQ(a.held, Held::unproven);
  EXPECT_EQ(a.attained_on_limit_date, true);
}

TEST(Deadline, MissingLimitMonthIsUnknown) {
  const auto a = ammonia(months({{17, 0.9}, {1, kNone}, {18, 0.9}}), "2026-06-30");
  EXPECT_EQ(a.attained_on_limit_date, std::nullopt);
  EXPECT_EQ(a.margin, std::nullopt);
  EXPECT_EQ(a.held, Held::unproven);
}

TEST(Deadline, TrailingMissingMonthsAreNotDropped) {
  const auto a = ammonia(months({{34, 0.9}, {2, kNone}}), "2026-06-30");
  EXPECT_EQ(text(a.held_from), "never");
  EXPECT_EQ(a.held, Held::unproven);
}

TEST(Deadline, TwelveMonthsMustFollow) {
  EXPECT_EQ(ammonia(months({{12, 1.2}, {12, 0.9}}), "2026-06-30").held, Held::unproven);  // 11 follow 2026-01
  EXPECT_EQ(ammonia(months({{12, 1.2}, {13, 0.9}}), "2026-06-30").held, Held::yes);       // 12 follow
}

TEST(Deadline, RecordEndsBeforeTheLimit) {
  const auto a = ammonia(months({{24, 0.9}}), "2027-06-30");
  EXPECT_EQ(text(a.held_from), "2025-01");
  EXPECT_EQ(a.held, Held::unproven);
  EXPECT_EQ(a.attained_on_limit_date, std::nullopt);
}

TEST(Deadline, LimitBeforeTheRecord) {
  const auto a = ammonia(months({{24, 0.9}}), "2024-06-30");
  EXPECT_EQ(a.held, Held::unproven);
  EXPECT_EQ(a.attained_on_limit_date, std::nullopt);
}

TEST(Deadline, NoLimitDate) {
  EXPECT_EQ(ammonia(months({{12, 1.2}, {24, 0.9}}), "").held, Held::yes);
  EXPECT_EQ(ammonia(months({{30, 1.2}, {6, 0.9}}), "").held, Held::unproven);
  EXPECT_EQ(ammonia(months({{30, 0.9}, {6, 1.2}}), "").held, Held::no);
  EXPECT_EQ(ammonia(months({{36, 0.9}}), "").attained_on_limit_date, std::nullopt);
}

TEST(Deadline, NoTargetNoAnswer) {
  Section s = section(WaterClass::III, {}, "2026-06-30");
  s.target.reset();
  EXPECT_TRUE(answers(s, {daily("NH3_N", months({{24, 0.5}}))}).empty());
}

TEST(Deadline, AnnualRuleTakesTheLastYearCompleteByTheLimit) {
  // 2025: 1.2; 2026: six months of 1.3, six of 0.5 = 0.9; 2027: 0.5.
  const auto series = daily("NH3_N", months({{12, 1.2}, {6, 1.3}, {18, 0.5}}));
  const auto annual = [&series](const std::string& date) {
    return answer(answers(section(WaterClass::III, {"NH3_N"}, date), {series}), "NH3_N", JudgingRule::annual);
  };
  const auto mid = annual("2026-06-30");  // 2026 is not complete: 2025 counts
  EXPECT_EQ(text(mid.first_attained), "2026-12");
  EXPECT_EQ(text(mid.held_from), "2026-12");
  EXPECT_EQ(mid.attained_on_limit_date, false);
  EXPECT_NEAR(*mid.margin, -0.2, 1e-12);
  EXPECT_EQ(mid.held, Held::no);
  const auto end = annual("2026-12-31");  // complete on its last day
  EXPECT_EQ(end.attained_on_limit_date, true);
  EXPECT_NEAR(*end.margin, 0.1, 1e-12);
  EXPECT_EQ(end.held, Held::yes);
  EXPECT_EQ(annual("2026-12-30").attained_on_limit_date, false);
  EXPECT_EQ(annual("2027-12-31").held, Held::yes);
  EXPECT_EQ(annual("2028-12-31").attained_on_limit_date, std::nullopt);
}

TEST(Deadline, AnnualRuleNeedsTheNextYearAsProof) {
  const auto series = daily("NH3_N", months({{12, 1.2}, {12, 0.8}}));
  const auto all = answers(section(WaterClass::III, {"NH3_N"}, "2026-12-31"), {series});
  EXPECT_EQ(answer(all, "NH3_N", JudgingRule::annual).held, Held::unproven);
}

TEST(Deadline, AnnualRuleLeavesOutTheYearsThatTheRecordCuts) {
  const auto series = daily("NH3_N", months({{24, 0.8}, {5, 0.8}}));
  const auto a = answer(answers(section(WaterClass::III, {"NH3_N"}, "2025-12-31"), {series}), "NH3_N",
                        JudgingRule::annual);
  EXPECT_EQ(text(a.held_from), "2025-12");
  EXPECT_EQ(a.held, Held::yes);
}

TEST(Deadline, MonthsThatTheRecordCutsAreNotHeldAgainstIt) {
  IndicatorSeries series = daily("NH3_N", months({{25, 0.8}}));
  for (int day = 0; day < 3; ++day) {  // three days of February 2027
    series.times.push_back(series.times.back() + 86400);
    series.values.push_back(0.8);
  }
  const Section s = section(WaterClass::III, {"NH3_N"}, "2025-12-31");
  const Assessment assessment = assess(standard(), {s}, {series}, {});
  ASSERT_EQ(assessment.monthly.size(), 26u);
  EXPECT_TRUE(assessment.monthly.back().missing);
  EXPECT_TRUE(assessment.monthly.back().partial);
  const auto a = answer(deadline_answers(standard(), s, 0, assessment, {}), "NH3_N");
  EXPECT_EQ(text(a.held_from), "2025-01");
  EXPECT_EQ(a.held, Held::yes);
}

TEST(Deadline, MarginOfDissolvedOxygenIsReversed) {
  const Section s = section(WaterClass::III, {"DO"}, "2025-06-30");
  EXPECT_NEAR(*answer(answers(s, {daily("DO", months({{24, 6.0}}))}), "DO").margin, 0.2, 1e-12);
  const auto low = answer(answers(s, {daily("DO", months({{24, 4.0}}))}), "DO");
  EXPECT_NEAR(*low.margin, -0.2, 1e-12);
  EXPECT_EQ(low.attained_on_limit_date, false);
}

TEST(Deadline, MarginOfPhIsTheSmallerSide) {
  const Section s = section(WaterClass::III, {"pH"}, "2025-06-30");
  const auto margin = [&s](double pH) {
    return *answer(answers(s, {daily("pH", months({{24, pH}}))}), "pH").margin;
  };
  EXPECT_NEAR(margin(6.6), 0.1, 1e-12);  // (6.6 - 6)/6
  EXPECT_NEAR(margin(8.1), 0.1, 1e-12);  // (9 - 8.1)/9
  EXPECT_NEAR(margin(5.4), -0.1, 1e-12);
  EXPECT_NEAR(margin(9.9), -0.1, 1e-12);
}

TEST(Deadline, SectionNeedsBothIndicators) {
  const Section s = section(WaterClass::III, {"TP", "NH3_N"}, "2026-06-30");
  const auto all = answers(
      s, {daily("NH3_N", months({{12, 1.2}, {24, 0.8}})), daily("TP", months({{15, 0.25}, {21, 0.19}}))});
  ASSERT_EQ(all.size(), 6u);
  EXPECT_EQ(all[0].indicator, "NH3_N");  // order of the standard
  EXPECT_EQ(all[2].indicator, "TP");
  EXPECT_EQ(text(answer(all, "NH3_N").held_from), "2026-01");
  EXPECT_EQ(text(answer(all, "TP").held_from), "2026-04");
  const auto both = answer(all, "section");
  EXPECT_EQ(text(both.first_attained), "2026-04");
  EXPECT_EQ(text(both.held_from), "2026-04");
  EXPECT_EQ(both.held, Held::yes);
  EXPECT_NEAR(*both.margin, 0.05, 1e-12);  // the smaller of 0.2 and 0.05
}

TEST(Deadline, IndicatorAskedButNeverGivenIsNeverMet) {
  const Section s = section(WaterClass::III, {"TP", "NH3_N"}, "2026-06-30");
  const auto all = answers(s, {daily("NH3_N", months({{36, 0.5}}))});
  EXPECT_EQ(answer(all, "NH3_N").held, Held::yes);
  for (const char* indicator : {"TP", "section"}) {
    const auto a = answer(all, indicator);
    EXPECT_EQ(text(a.first_attained), "never");
    EXPECT_EQ(a.held, Held::unproven);
    EXPECT_EQ(a.attained_on_limit_date, std::nullopt);
    EXPECT_EQ(a.margin, std::nullopt);
  }
}

TEST(Deadline, SectionWithoutAnySeries) {
  const auto all = answers(section(WaterClass::III, {"TP"}, "2026-06-30"), {});
  ASSERT_EQ(all.size(), 4u);
  for (const DeadlineAnswer& a : all) {
    EXPECT_EQ(a.held, Held::unproven);
    EXPECT_EQ(a.first_attained, std::nullopt);
  }
}

TEST(Deadline, EachSectionHasItsOwnVerdicts) {
  auto second = daily("NH3_N", months({{36, 1.2}}));
  second.section = 1;
  const Section s = section(WaterClass::III, {"NH3_N"}, "2026-06-30");
  const Assessment both = assess(standard(), {s, s}, {daily("NH3_N", months({{36, 0.8}})), second}, {});
  EXPECT_EQ(answer(deadline_answers(standard(), s, 0, both, {}), "NH3_N").held, Held::yes);
  EXPECT_EQ(answer(deadline_answers(standard(), s, 1, both, {}), "NH3_N").held, Held::no);
}

TEST(Deadline, VerdictsFromElsewhereMayLackAnIndicator) {
  const Section s = section(WaterClass::III, {"NH3_N"}, "2025-02-28");
  Assessment made;
  made.monthly.push_back(judge(standard(), s, {{"NH3_N", 0.5}}, {}));
  made.monthly.push_back(SectionVerdict{});
  for (int i = 0; i < 2; ++i) {
    made.monthly[static_cast<std::size_t>(i)].year = 2025;
    made.monthly[static_cast<std::size_t>(i)].month = i + 1;
  }
  const auto a = answer(deadline_answers(standard(), s, 0, made, {}), "NH3_N");
  EXPECT_EQ(text(a.first_attained), "2025-01");
  EXPECT_EQ(a.attained_on_limit_date, std::nullopt);
  EXPECT_EQ(a.margin, std::nullopt);
}

}  // namespace
}  // namespace limpid
