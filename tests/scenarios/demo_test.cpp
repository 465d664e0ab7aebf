// The demo basin keeps its promises: what fails, which plan mends it when, and what each plan stands on.
#include <gtest/gtest.h>

#include <algorithm>

#include "io/case.hpp"
#include "scenarios/scenario.hpp"
#include "tests/paths.hpp"

namespace limpid {
namespace {

Plan without(Plan plan, const std::string& measure) {
  const auto before = plan.measures.size();
  std::erase_if(plan.measures, [&](const Measure& m) { return m.id == measure; });
  EXPECT_EQ(plan.measures.size() + 1, before) << measure;
  return plan;
}

// Every source that is not nature, switched off from the first day.
Plan all_sources_off(const Case& c) {
  Plan plan;
  for (const Source& source : c.basin.sources) {
    if (source.sector == "nature") continue;
    Measure measure;
    measure.at = {{"source", source.id}};
    measure.start = c.run.grid.begin;
    for (int k = 0; k < static_cast<int>(c.basin.constituents.size()); ++k)
      measure.effects.push_back({k, 1.0});
    plan.measures.push_back(measure);
  }
  return plan;
}

// All scenarios ride as lanes of one batch, run once for all tests.
class DemoTest : public ::testing::Test {
 protected:
  enum Lane { baseline, off, a, b, c, a_less, b_less, c_less };

  static void SetUpTestSuite() {
    Problems problems;
    demo_ = read_case(source_dir() + "/examples/demo", problems);
    std::vector<Plan> plans;
    for (const char* name : {"a", "b", "c"})
      plans.push_back(
          read_plan((source_dir() + "/examples/demo/plans/plan_") + name + ".toml", demo_, problems));
    ASSERT_FALSE(problems.has_errors());
    demo_.run.map_interval = 0;
    const std::vector<Scenario> scenarios = {{},
                                             {all_sources_off(demo_)},
                                             {plans[0]},
                                             {plans[1]},
                                             {plans[2]},
                                             {without(plans[0], "wwtp_anping_upgrade")},
                                             {without(plans[1], "park_linjiang_treatment")},
                                             {without(plans[2], "livestock_anping_manure")}};
    results_ = run_scenarios(demo_.basin, demo_.run, demo_.assessment, scenarios);
    ASSERT_EQ(results_.size(), scenarios.size());
  }

  // The whole section's answer by the monthly rule.
  static const DeadlineAnswer& answer(Lane lane, const std::string& section,
                                      const std::string& indicator = "section") {
    static const DeadlineAnswer none{};
    for (std::size_t s = 0; s < demo_.basin.sections.size(); ++s)
      if (demo_.basin.sections[s].id == section)
        for (const DeadlineAnswer& candidate : results_[lane].answers[s])
          if (candidate.indicator == indicator && candidate.rule == JudgingRule::monthly) return candidate;
    ADD_FAILURE() << "no answer for " << section << " " << indicator;
    return none;
  }
  static int held_sections(Lane lane) {
    int count = 0;
    for (const Section& section : demo_.basin.sections) count += answer(lane, section.id).held == Held::yes;
    return count;
  }

  inline static Case demo_;
  inline static std::vector<ScenarioResult> results_;
};

TEST_F(DemoTest, AllScenariosShareOneBatch) {
  for (const ScenarioResult& result : results_) EXPECT_EQ(result.batch, results_[0].batch);
}

TEST_F(DemoTest, TheBasinIsWhatItSays) {
  EXPECT_EQ(demo_.basin.network.reaches.size(), 60u);
  EXPECT_EQ(demo_.basin.sections.size(), 6u);
  double lowest = 1e30, highest = 0;  // discharge at the outlet's section
  const Record& record = results_[baseline].record;
  for (std::size_t t = 0; t < record.section_times.size(); ++t) {
    const double q = record.section(t, 5, record.quantity("discharge"));
    lowest = std::min(lowest, q);
    highest = std::max(highest, q);
  }
  EXPECT_GE(highest / lowest, 30.0);
}

TEST_F(DemoTest, ThreeSectionsFailForThreeReasons) {
  EXPECT_EQ(held_sections(baseline), 3);
  EXPECT_EQ(answer(baseline, "QX-03", "NH3_N").held, Held::no);
  EXPECT_EQ(answer(baseline, "QX-04", "TP").held, Held::no);
  EXPECT_EQ(answer(baseline, "QX-06", "COD_Mn").held, Held::no);
}

TEST_F(DemoTest, WithoutSourcesEverySectionAttainsEveryMonth) {
  for (const SectionVerdict& verdict : results_[off].assessment.monthly)
    if (!verdict.missing) {
      EXPECT_EQ(verdict.attained, Attained::yes)
          << verdict.section << " " << verdict.year << "-" << verdict.month;
    }
  EXPECT_EQ(held_sections(off), 6);
}

TEST_F(DemoTest, PlanAMeetsEverythingByTheLimitDate) {
  EXPECT_EQ(held_sections(a), 6);
}

TEST_F(DemoTest, PlanBMeetsItLate) {
  const DeadlineAnswer& late = answer(b, "QX-03");
  EXPECT_NE(late.held, Held::yes);
  ASSERT_TRUE(late.held_from.has_value());
  EXPECT_GT(*late.held_from, Month::of(*parse_time("2026-12-31")));
}

TEST_F(DemoTest, PlanCNeverMeetsIt) {
  EXPECT_FALSE(answer(c, "QX-03").held_from.has_value());
  EXPECT_FALSE(answer(c, "QX-06").held_from.has_value());
  EXPECT_EQ(answer(c, "QX-04").held, Held::yes);
}

TEST_F(DemoTest, EachVerdictFallsWithItsDecisiveMeasure) {
  EXPECT_NE(answer(a_less, "QX-03").held, Held::yes);
  EXPECT_EQ(answer(b, "QX-06").held, Held::yes);
  EXPECT_NE(answer(b_less, "QX-06").held, Held::yes);
  EXPECT_NE(answer(c_less, "QX-04").held, Held::yes);
}

TEST_F(DemoTest, TheBalanceCloses) {
  for (double closure : results_[0].batch->closure) EXPECT_LE(closure, 1e-12);
  EXPECT_LE(results_[0].batch->water_closure, 1e-12);
}

}  // namespace
}  // namespace limpid
