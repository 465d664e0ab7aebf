// The deadline engine against answers worked by hand: dated measures on one well-mixed stretch of steady
// flow, where the river follows its load at once, so that the month (of a month's mean) and the day (of the
// load) in which a target is met are arithmetic.
//
// The river: 10 m3/s with nothing in it, one outfall of W g/s. A section below it reads C = W/10 mg/L, limit
// of class III for NH3_N: 1.0 mg/L. W = 20 g/s: C = 2.0. The judged months are made from the daily loads that
// a Batch gives, so that what is tested is measure, batch, monthly mean and deadline together.
#include <gtest/gtest.h>

#include <cmath>

#include "io/standard_reader.hpp"
#include "scenarios/assessment.hpp"
#include "scenarios/batch.hpp"

namespace limpid {
namespace {

constexpr double kDay = 86400, kFlow = 10, kLoad = 20;

Time day(const char* text) {
  return *parse_time(text);
}

class DeadlineSuite : public testing::Test {
 protected:
  DeadlineSuite() {
    basin_.constituents = {Constituent{}};
    basin_.constituents[0].id = "NH3_N";
    basin_.sources.resize(1);
    basin_.sources[0].id = "outfall";
    basin_.sources[0].flow = Series::constant(2.0);
    basin_.sources[0].loads = {{SourceLoad::Kind::load, Series::constant(kLoad)}};
    options_.grid.begin = day("2025-01-01");
    options_.grid.end = day("2028-01-01");
    standard_ = *built_in_standard("GB3838-2002");
    section_.id = "S";
    section_.target = WaterClass::III;
    section_.indicators = {"NH3_N"};
    section_.limit_date = day("2026-06-30");
  }

  static Measure removal(double fraction, const char* start) {
    Measure m;
    m.id = "m";
    m.at = {{"source", "outfall"}};
    m.effects = {{0, fraction}};
    m.start = day(start);
    return m;
  }

  // Concentration of every day of the run.
  std::vector<double> days(const std::vector<Measure>& measures) {
    Plan plan;
    plan.measures = measures;
    Batch batch(basin_, options_, {&plan});
    const Rows rows(1, 1);
    std::vector<double> load, list;
    for (double t = seconds_of(options_.grid.begin); t < seconds_of(options_.grid.end); t += kDay) {
      batch.loads(t, t + kDay, rows, load);
      list.push_back(load[0] / kDay / kFlow);
    }
    return list;
  }

  double on(const std::vector<double>& list, const char* text) const {
    return list[static_cast<std::size_t>((seconds_of(day(text)) - seconds_of(options_.grid.begin)) / kDay)];
  }

  DeadlineAnswer answer(const std::vector<Measure>& measures, JudgingRule rule = JudgingRule::monthly) {
    IndicatorSeries series{0, "NH3_N", {}, {}, kDay};
    for (const double value : days(measures)) {
      series.times.push_back(seconds_of(options_.grid.begin) +
                             kDay * static_cast<double>(series.times.size()));
      series.values.push_back(value);
    }
    const Assessment assessment = assess(standard_, {section_}, {series}, {});
    for (const DeadlineAnswer& a : deadline_answers(standard_, section_, 0, assessment, {}))
      if (a.indicator == "NH3_N" && a.rule == rule) return a;
    ADD_FAILURE();
    return {};
  }

  static std::string text(const std::optional<Month>& month) { return month ? month->text() : "never"; }

  Basin basin_;
  RunOptions options_;
  Standard standard_;
  Section section_;
};

// 1. A step to 0.8 on 15 March 2026. March: 14 days of 2.0 and 17 of 0.8 = 1.341; April: 0.8.
TEST_F(DeadlineSuite, AStep) {
  const auto m = removal(0.6, "2026-03-15");
  const auto list = days({m});
  EXPECT_EQ(on(list, "2026-03-14"), 2.0);
  EXPECT_DOUBLE_EQ(on(list, "2026-03-15"), 0.8);
  const auto a = answer({m});
  EXPECT_EQ(text(a.first_attained), "2026-04");
  EXPECT_EQ(text(a.held_from), "2026-04");
  EXPECT_EQ(a.held, Held::yes);
  EXPECT_NEAR(*a.margin, 0.2, 1e-12);
}

// 2. A step to 0.4 on 12 March: March = (11 x 2.0 + 20 x 0.4)/31 = 0.968: the month itself attains.
TEST_F(DeadlineSuite, AStepInsideAMonthThatStillAttains) {
  EXPECT_EQ(text(answer({removal(0.8, "2026-03-12")}).first_attained), "2026-03");
  // A day later (12 x 2.0 + 19 x 0.4)/31 = 1.019 it does not.
  EXPECT_EQ(text(answer({removal(0.8, "2026-03-13")}).first_attained), "2026-04");
}

// 3. A ramp of 100 days from 1 January 2026 to a removal of 0.8: C = 2 - 0.016 t, 1.0 after 62.5 days, on 4
// March; the mean of March (its middle is day 74.5) is 2 - 0.016 x 74.5 = 0.808, of February (day 45) 1.28.
TEST_F(DeadlineSuite, ARamp) {
  auto m = removal(0.8, "2026-01-01");
  m.ramp = {0, 100 * 86400};
  const auto list = days({m});
  EXPECT_NEAR(on(list, "2026-03-03"), 2 - 0.016 * 61.5, 1e-12);
  EXPECT_GT(on(list, "2026-03-03"), 1.0);
  EXPECT_NEAR(on(list, "2026-03-04"), 1.0, 1e-12);  // the mean of this day is that of its noon, day 62.5
  EXPECT_LT(on(list, "2026-03-05"), 1.0);
  EXPECT_NEAR(on(list, "2026-04-10"), 2 - 0.016 * 99.5, 1e-12);
  EXPECT_NEAR(on(list, "2026-04-11"), 0.4, 1e-12);
  EXPECT_EQ(text(answer({m}).held_from), "2026-03");
}

// 4. A lag of five calendar months moves a step from 15 January to 15 June.
TEST_F(DeadlineSuite, ALag) {
  auto m = removal(0.6, "2026-01-15");
  m.lag = {5, 0};
  const auto list = days({m});
  EXPECT_EQ(on(list, "2026-06-14"), 2.0);
  EXPECT_DOUBLE_EQ(on(list, "2026-06-15"), 0.8);
  const auto a = answer({m});
  EXPECT_EQ(text(a.held_from), "2026-07");
  EXPECT_EQ(a.held, Held::no);  // June, the month of the limit, fails: (14 x 2 + 16 x 0.8)/30 = 1.36
  EXPECT_NEAR(*a.margin, -0.36, 1e-12);
}

// 5. A slip of six months turns a plan that holds into one that is late.
TEST_F(DeadlineSuite, ASlip) {
  Plan plan;
  plan.measures = {removal(0.6, "2026-02-01")};
  EXPECT_EQ(answer(plan.measures).held, Held::yes);
  EXPECT_EQ(text(answer(plan.measures).held_from), "2026-02");
  const Plan late = slipped(plan, "m", {6, 0}, kChinaOffset);
  EXPECT_EQ(format_date(late.measures[0].start), "2026-08-01");
  EXPECT_EQ(text(answer(late.measures).held_from), "2026-08");
  EXPECT_EQ(answer(late.measures).held, Held::no);
  EXPECT_EQ(days(slipped(plan, "m", {0, 0}, kChinaOffset).measures), days(plan.measures));
  EXPECT_EQ(days(slipped(plan, "another", {6, 0}, kChinaOffset).measures), days(plan.measures));
}

// 6. Two that compose: alone 0.4 and 0.3 leave 1.2 and 1.4; together 2 x 0.6 x 0.7 = 0.84, from the later on.
TEST_F(DeadlineSuite, TwoCompose) {
  const auto a = removal(0.4, "2025-06-01"), b = removal(0.3, "2026-05-01");
  EXPECT_EQ(text(answer({a}).first_attained), "never");
  EXPECT_EQ(text(answer({b}).first_attained), "never");
  const auto both = answer({a, b});
  EXPECT_EQ(text(both.held_from), "2026-05");
  EXPECT_NEAR(*both.margin, 0.16, 1e-12);
  EXPECT_EQ(both.held, Held::yes);
}

// 7. A season from October to April: met in winter, never held.
TEST_F(DeadlineSuite, ASeason) {
  auto m = removal(0.6, "2025-09-01");
  m.season = parse_season("10-01/04-30");
  const auto list = days({m});
  EXPECT_EQ(on(list, "2025-09-30"), 2.0);
  EXPECT_DOUBLE_EQ(on(list, "2025-10-01"), 0.8);
  EXPECT_DOUBLE_EQ(on(list, "2026-04-30"), 0.8);
  EXPECT_EQ(on(list, "2026-05-01"), 2.0);
  const auto a = answer({m});
  EXPECT_EQ(text(a.first_attained), "2025-10");
  EXPECT_EQ(text(a.held_from), "2027-10");
  EXPECT_EQ(a.held, Held::no);
  EXPECT_EQ(a.attained_on_limit_date, false);
}

// 8. Not held: the measure ends a year after the limit.
TEST_F(DeadlineSuite, NotHeld) {
  auto m = removal(0.6, "2026-01-01");
  m.end = day("2027-07-01");
  const auto a = answer({m});
  EXPECT_EQ(text(a.first_attained), "2026-01");
  EXPECT_EQ(text(a.held_from), "never");
  EXPECT_EQ(a.held, Held::no);
  EXPECT_EQ(a.attained_on_limit_date, true);
}

// 9. Unproven: nothing fails from the limit on, but only eleven months follow.
TEST_F(DeadlineSuite, Unproven) {
  section_.limit_date = day("2027-01-31");
  EXPECT_EQ(answer({removal(0.6, "2027-01-01")}).held, Held::unproven);
  EXPECT_EQ(answer({removal(0.6, "2026-12-01")}).held, Held::yes);
}

// 10. Exactly on the limit: a removal of one half leaves 1.0 mg/L, which is met, with no margin.
TEST_F(DeadlineSuite, ExactlyOnTheLimit) {
  const auto a = answer({removal(0.5, "2026-06-01")});
  EXPECT_EQ(text(a.held_from), "2026-06");
  EXPECT_EQ(a.held, Held::yes);
  EXPECT_EQ(*a.margin, 0.0);
  EXPECT_EQ(text(answer({removal(0.499999, "2026-06-01")}).first_attained), "never");
}

// 11. A legacy store of half-life one year behind a cut of 0.8 on 1 January 2025: C = 2 - 1.6 (1 -
// 2^-(t/365)), 1.0 where 2^-(t/365) = 0.375, after 516.5 days, on 1 June 2026. May's mean is above 1.0,
// June's below.
TEST_F(DeadlineSuite, ALegacyStore) {
  auto m = removal(0.8, "2025-01-01");
  m.half_life = 365 * kDay;
  const auto list = days({m});
  const auto exact = [](double t) {  // mean of the day from t to t + 1
    const double k = std::log(2.0) / 365;
    return 2 - 1.6 * (1 - (std::exp(-k * t) - std::exp(-k * (t + 1))) / k);
  };
  EXPECT_NEAR(on(list, "2025-01-01"), exact(0), 1e-9);
  EXPECT_NEAR(on(list, "2026-01-01"), exact(365), 1e-9);
  EXPECT_GT(on(list, "2026-05-31"), 1.0);
  EXPECT_LT(on(list, "2026-06-02"), 1.0);
  for (std::size_t d = 0; d < list.size(); ++d)
    EXPECT_NEAR(list[d], exact(static_cast<double>(d)), 1e-9) << d;
  EXPECT_EQ(text(answer({m}).held_from), "2026-06");
}

// The store's answer to a ramp of R days, written out: (t - (1 - e^-kt)/k)/R inside it, 1 - (e^-k(t-R) -
// e^-kt)/(kR) after it; its impulse answer has the integral 1.
TEST_F(DeadlineSuite, ALegacyStoreBehindARamp) {
  auto m = removal(1.0, "2025-01-01");
  m.ramp = {0, 200 * 86400};
  m.half_life = 100 * kDay;
  const double k = std::log(2.0) / 100, ramp = 200;
  const auto strength = [&](double t) {
    return t < ramp ? (t - (1 - std::exp(-k * t)) / k) / ramp
                    : 1 - (std::exp(-k * (t - ramp)) - std::exp(-k * t)) / (k * ramp);
  };
  const double begin = seconds_of(m.start);
  for (const double t : {1.0, 50.0, 199.5, 200.5, 300.0, 900.0})
    EXPECT_NEAR(m.strength(begin + t * kDay - 30, begin + t * kDay + 30), strength(t), 1e-8) << t;
  double last = 0;
  for (double t = 0; t < 1000; t += 10) {
    const double s = m.strength(begin + t * kDay, begin + (t + 10) * kDay);
    EXPECT_GT(s, last);
    last = s;
  }
  EXPECT_NEAR(m.strength(begin + 8000 * kDay, begin + 8001 * kDay), 1.0, 1e-9);
}

// 12. Relapse: a removal of 0.8 that wears off with a half-life of 200 days from 1 June 2026: C = 2 - 1.6 x
// 2^-(t/200), above 1.0 when 2^-(t/200) < 0.625, after 135.6 days, on 14 October. October's mean is above.
TEST_F(DeadlineSuite, ARelapse) {
  auto m = removal(0.8, "2026-06-01");
  m.relapse = 200 * kDay;
  const auto list = days({m});
  EXPECT_NEAR(on(list, "2026-06-01"), 2 - 1.6 * (1 - std::exp(-std::log(2.0) / 200)) / (std::log(2.0) / 200),
              1e-9);
  EXPECT_LT(on(list, "2026-10-13"), 1.0);
  EXPECT_GT(on(list, "2026-10-15"), 1.0);
  const auto a = answer({m});
  EXPECT_EQ(text(a.first_attained), "2026-06");
  EXPECT_EQ(text(a.held_from), "never");
  EXPECT_EQ(a.held, Held::no);
  EXPECT_EQ(a.attained_on_limit_date, true);
}

// 13. Coverage: a cap that would leave 0.4 reaches 60 % of the outfall: 0.6 x 0.4 + 0.4 x 2.0 = 1.04, and 65
// %: 0.96.
TEST_F(DeadlineSuite, CoverageOfACap) {
  auto m = removal(0, "2026-06-01");
  m.action = ActionKind::cap_concentration;
  m.effects = {{0, 2.0}};  // 2 mg/L in 2 m3/s: 4 g/s
  m.coverage = 0.6;
  EXPECT_NEAR(on(days({m}), "2026-06-01"), 1.04, 1e-12);
  EXPECT_EQ(text(answer({m}).first_attained), "never");
  m.coverage = 0.65;
  EXPECT_NEAR(on(days({m}), "2026-06-01"), 0.96, 1e-12);
  EXPECT_EQ(text(answer({m}).held_from), "2026-06");
}

// 14. The annual rule: a step to 0.4 on 1 June 2026. 2026 = (151 x 2 + 214 x 0.4)/365 as a mean of months:
// five of 2.0 and seven of 0.4 = 1.067, missed; 2027 is met. By the limit of 30 June 2026 the last whole year
// is 2025.
TEST_F(DeadlineSuite, TheAnnualRule) {
  const auto a = answer({removal(0.8, "2026-06-01")}, JudgingRule::annual);
  EXPECT_EQ(text(a.first_attained), "2027-12");
  EXPECT_EQ(a.attained_on_limit_date, false);
  EXPECT_NEAR(*a.margin, -1.0, 1e-12);
  // A month earlier: four of 2.0 and eight of 0.4 = 0.933.
  EXPECT_EQ(text(answer({removal(0.8, "2026-05-01")}, JudgingRule::annual).first_attained), "2026-12");
}

// 15. A plan of no effect is the baseline, bit for bit.
TEST_F(DeadlineSuite, NoEffect) {
  auto nothing = removal(0, "2025-03-01"), nowhere = removal(0.6, "2025-03-01");
  nowhere.coverage = 0;
  EXPECT_EQ(days({nothing}), days({}));
  EXPECT_EQ(days({nowhere}), days({}));
  EXPECT_EQ(text(answer({nothing}).first_attained), "never");
}

}  // namespace
}  // namespace limpid
