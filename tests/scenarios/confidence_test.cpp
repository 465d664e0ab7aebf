// Probabilities against cases with a known answer: one thing unknown at a time, its share that holds counted
// out.
#include "scenarios/confidence.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

double normal_share(double z) {
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

class ConfidenceTest : public testing::Test {
 protected:
  ConfidenceTest() {
    folder_.patch("case.toml", "end = 2027-01-01", "end = 2026-04-01");
    folder_.patch("case.toml", "\"10 min\"", "\"2 h\"");
    folder_.patch("case.toml", "[assessment]",
                  "[hydraulics]\nscheme = \"steady\"\n\n[output]\nsection_interval = "
                  "\"6 h\"\nmap_interval = \"0 s\"\n\n[assessment]");
    folder_.patch("sections.csv", "2025-12-31", "2025-02-28");
    Problems problems;
    case_ = read_case(folder_.path(), problems);
    plan_ = read_plan(folder_.path() / "plans/upgrade.toml", case_, problems);
    EXPECT_FALSE(problems.has_errors()) << codes_of(problems, folder_.path());
    // In force from the first day of the month of the limit on: one that a late start may miss.
    for (Measure& m : plan_.measures) {
      m.start = *parse_time("2025-02-01");
      m.ramp = {};
    }
  }

  PlanConfidence confidence_of(const Uncertainty& uncertainty) {
    return confidence(case_.basin, case_.run, case_.assessment, {&plan_}, uncertainty)[0];
  }
  ScenarioResult run(const Plan& plan) {
    return std::move(run_scenarios(case_.basin, case_.run, case_.assessment, {{plan}})[0]);
  }
  static std::size_t monthly(const ScenarioResult& result, const std::string& indicator = "NH3_N") {
    for (std::size_t a = 0; a < result.answers[0].size(); ++a)
      if (result.answers[0][a].indicator == indicator && result.answers[0][a].rule == JudgingRule::monthly)
        return a;
    ADD_FAILURE();
    return 0;
  }

  CaseFolder folder_;
  Case case_;
  Plan plan_;
};

// The error of the model is one number for the whole run: the plan holds where it is smaller than the
// smallest margin of the months from the limit on (and of the twelve that must be met): a normal probability.
TEST_F(ConfidenceTest, AnErrorOfTheModelGivesANormalProbability) {
  const ScenarioResult result = run(plan_);
  const std::size_t answer = monthly(result);
  double highest = 0;
  for (const SectionVerdict& v : result.assessment.monthly)
    if (12 * v.year + v.month >= 12 * 2025 + 2) highest = std::max(highest, v.find("NH3_N")->value);
  ASSERT_LT(highest, 1.0);
  const double deviation = 2 * (1.0 - highest);
  Uncertainty uncertainty{11, 800, {}, {}, {{-1, "NH3_N", deviation}}};
  const PlanConfidence sure = confidence_of(uncertainty);
  const Confidence& c = sure.answers[0][answer];
  const double exact = normal_share((1.0 - highest) / deviation);
  EXPECT_EQ(c.members, 800);
  EXPECT_NEAR(c.met_and_held, exact, 4 * std::sqrt(exact * (1 - exact) / 800));
  ASSERT_FALSE(c.breaks.empty());
  EXPECT_EQ(c.breaks[0].kind, "model_error");
  EXPECT_NEAR(c.breaks[0].better, 1.0, 1e-12);  // without the errors that make it worse nothing fails
  // Drawn anew with the same seed it is the same, with another one it is not.
  EXPECT_EQ(confidence_of(uncertainty).answers[0][answer].met_and_held, c.met_and_held);
  uncertainty.seed = 12;
  EXPECT_NE(confidence_of(uncertainty).draws[0][0].value, sure.draws[0][0].value);
}

// A start that is late by 0 to 40 days, each alike: the share of the 41 days that hold, each run by itself.
TEST_F(ConfidenceTest, ASlipGivesTheShareOfItsDays) {
  plan_.measures[0].slip = {0, 40 * 86400};
  int holds = 0, days = 0;
  std::vector<Scenario> all;
  for (; days <= 40; ++days)
    all.push_back({slipped(plan_, plan_.measures[0].id, {0, days * 86400}, case_.run.grid.offset)});
  const auto results = run_scenarios(case_.basin, case_.run, case_.assessment, all);
  const std::size_t answer = monthly(results[0]);
  for (const ScenarioResult& r : results) holds += r.answers[0][answer].held == Held::yes;
  ASSERT_GT(holds, 3);
  ASSERT_LT(holds, 38);
  const double exact = holds / 41.0;
  const PlanConfidence sure = confidence_of({5, 400, {}, {}, {}});
  const Confidence& c = sure.answers[0][answer];
  EXPECT_NEAR(c.met_and_held, exact, 4 * std::sqrt(exact * (1 - exact) / 400));
  ASSERT_FALSE(c.breaks.empty());
  EXPECT_EQ(c.breaks[0].kind, "slip");
  EXPECT_EQ(c.breaks[0].of, plan_.measures[0].id);
  // A member by itself is that member of the ensemble.
  for (const int m : {0, 7, 399}) {
    const Member member = member_of(case_.basin, plan_, {5, 400, {}, {}, {}}, m, case_.run.grid.offset);
    EXPECT_EQ(member.draws[0].value, sure.draws[static_cast<std::size_t>(m)][0].value);
    const ScenarioResult alone = run(member.scenario.plan);
    const MemberAnswer& among = sure.members[static_cast<std::size_t>(m)][0][answer];
    EXPECT_EQ(alone.answers[0][answer].margin, among.margin);
    EXPECT_EQ(alone.answers[0][answer].held, among.held);
  }
}

// Parameters and effects are those of the member; without any doubt the answer is that of the run.
TEST_F(ConfidenceTest, DrawsReachTheRiver) {
  const ScenarioResult result = run(plan_);
  const std::size_t answer = monthly(result);
  const PlanConfidence certain = confidence_of({1, 3, {}, {}, {}});
  EXPECT_EQ(certain.answers[0][answer].met_and_held, result.answers[0][answer].held == Held::yes ? 1.0 : 0.0);
  EXPECT_EQ(certain.members[2][0][answer].margin, result.answers[0][answer].margin);
  plan_.measures[0].effect_low = 0.5;
  plan_.measures[0].effect_high = 1.2;
  const Uncertainty uncertainty{3, 12, {}, {{"decay_NH3_N", "k", 0.4}}, {}};
  const PlanConfidence sure = confidence_of(uncertainty);
  for (const int m : {0, 5}) {
    const Member member = member_of(case_.basin, plan_, uncertainty, m, case_.run.grid.offset);
    const double k = member.draws[0].value, f = member.draws[1].value;
    EXPECT_EQ(member.draws[1].kind, "effect");
    EXPECT_GE(f, 0.5);
    EXPECT_LE(f, 1.2);
    Case own = case_;  // the same river, its rates and caps changed by hand
    for (ProcessUse& use : own.basin.processes)
      for (ParameterValue& p : use.parameters) {
        p.value *= k;
        for (auto& at : p.stretches) at.value *= k;
      }
    Plan plan = plan_;
    for (Effect& e : plan.measures[0].effects) e.value /= f;
    const auto by_hand = run_scenarios(own.basin, own.run, own.assessment, {{plan}});
    EXPECT_NEAR(*by_hand[0].answers[0][answer].margin,
                *sure.members[static_cast<std::size_t>(m)][0][answer].margin, 1e-12);
  }
}

// Two hydrological choices, 1 to 3, of which one fails.
TEST_F(ConfidenceTest, YearsGiveTheirWeights) {
  const ForcingYears own({}, 2021, case_.run.grid.offset);
  Uncertainty uncertainty{9, 200, {{"one", own, 1}, {"three", own, 3}}, {}, {}};
  int ones = 0;
  for (int m = 0; m < 2000; ++m)
    ones += member_of(case_.basin, plan_, uncertainty, m, case_.run.grid.offset).years == 0;
  EXPECT_NEAR(ones / 2000.0, 0.25, 4 * std::sqrt(0.25 * 0.75 / 2000));
}

}  // namespace
}  // namespace limpid
