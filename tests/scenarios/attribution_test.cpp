// Attribution against brute force: every coalition run alone, every order of the measures walked through.
#include "scenarios/attribution.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <thread>

#include "io/thread_workers.hpp"
#include "scenarios/shapley.hpp"
#include "tests/io/case_folder.hpp"

namespace limpid {
namespace {

// Works capped and their load cut as well: with either of the two the other adds little. Villages beside
// them; a measure that changes the water; a cut of nothing; two equal cuts at the brook's head.
constexpr const char* kPlan = R"([plan]
id = "interacting"

[[measure]]
id = "works_cap"
type = "cap_concentration"
at = "source:wwtp"
NH3_N = "2 mg/L"
start = 2025-01-05
ramp = "P4D"

[[measure]]
id = "works_cut"
type = "remove_fraction"
at = "source:wwtp"
NH3_N = "90 %"
start = 2025-01-08

[[measure]]
id = "villages"
type = "remove_fraction"
at = "sector:village"
NH3_N = "60 %"
start = 2025-01-03

[[measure]]
id = "nothing"
type = "remove_fraction"
at = "sector:village"
NH3_N = 0
start = 2025-01-03

[[measure]]
id = "twin_one"
type = "remove_fraction"
at = "source:brook"
NH3_N = "30 %"
start = 2025-01-03

[[measure]]
id = "works_flow"
type = "scale_flow"
at = "source:wwtp"
flow = -0.3
start = 2025-01-02

[[measure]]
id = "twin_two"
type = "remove_fraction"
at = "source:brook"
NH3_N = "30 %"
start = 2025-01-03
)";

std::optional<double> monthly_margin(const ScenarioResult& result, const std::string& indicator) {
  for (const DeadlineAnswer& answer : result.answers[0])
    if (answer.indicator == indicator && answer.rule == JudgingRule::monthly) return answer.margin;
  return std::nullopt;
}

class AttributionTest : public testing::Test {
 protected:
  AttributionTest() {
    folder_.patch("case.toml", "end = 2027-01-01", "end = 2025-02-01");
    folder_.patch("case.toml", "\"10 min\"", "\"1 h\"");
    folder_.patch("sections.csv", "2025-12-31", "2025-01-31");
    folder_.write("plans/interacting.toml", kPlan);
    Problems problems;
    case_ = read_case(folder_.path(), problems);
    plan_ = read_plan(folder_.path() / "plans/interacting.toml", case_, problems);
    EXPECT_FALSE(problems.has_errors()) << codes_of(problems, folder_.path());
    base_ = run_scenarios(case_.basin, case_.run, case_.assessment, {{}, {plan_}});
  }

  std::vector<Attribution> attribution(const AttributionOptions& how = {}) {
    return attribute(case_.basin, case_.run, case_.assessment, {&plan_}, {&base_[0], &base_[1]}, how);
  }

  // The margin with these measures alone, in a run of its own.
  double margin(const std::vector<bool>& in) {
    const auto at = known_.find(in);
    if (at != known_.end()) return at->second;
    Plan some;
    for (std::size_t m = 0; m < in.size(); ++m)
      if (in[m]) some.measures.push_back(plan_.measures[m]);
    const auto results = run_scenarios(case_.basin, case_.run, case_.assessment, {{some}});
    return known_[in] = *monthly_margin(results[0], "NH3_N");
  }

  CaseFolder folder_;
  Case case_;
  Plan plan_;
  std::vector<ScenarioResult> base_;
  std::map<std::vector<bool>, double> known_;
};

// Batches on two threads at once, in any order: the same numbers.
TEST_F(AttributionTest, DoesNotDependOnTheWorkers) {
  ThreadWorkers two(2);
  std::set<std::thread::id> threads;
  const auto progress = [&](double, double) { return threads.insert(std::this_thread::get_id()), true; };
  const auto shared = attribute(case_.basin, case_.run, case_.assessment, {&plan_}, {&base_[0], &base_[1]},
                                {}, progress, &two);
  EXPECT_EQ(threads.size(), 2u);
  const auto alone = attribution();
  ASSERT_EQ(shared[0].contributions.size(), alone[0].contributions.size());
  ASSERT_FALSE(alone[0].contributions.empty());
  for (std::size_t i = 0; i < alone[0].contributions.size(); ++i)
    EXPECT_EQ(shared[0].contributions[i].contribution, alone[0].contributions[i].contribution) << i;
}

TEST_F(AttributionTest, StopsAllWorkers) {
  ThreadWorkers two(2);
  int calls = 0;
  EXPECT_TRUE(attribute(
                  case_.basin, case_.run, case_.assessment, {&plan_}, {&base_[0], &base_[1]}, {},
                  [&](double, double) { return ++calls < 20; }, &two)
                  .empty());
  EXPECT_EQ(calls, 20);
}

TEST_F(AttributionTest, EqualsTheMeanOverAllOrders) {
  const std::vector<Attribution> list = attribution();
  ASSERT_EQ(list.size(), 1u);
  EXPECT_FALSE(list[0].sampled);
  EXPECT_EQ(list[0].coalitions, 128);
  const std::size_t n = plan_.measures.size();
  std::vector<double> mean(n, 0.0);
  Order order(n);
  std::iota(order.begin(), order.end(), 0);
  double orders = 0;
  do {
    std::vector<bool> in(n, false);
    double before = margin(in);
    for (const int m : order) {
      in[static_cast<std::size_t>(m)] = true;
      const double after = margin(in);
      mean[static_cast<std::size_t>(m)] += after - before;
      before = after;
    }
    ++orders;
  } while (std::next_permutation(order.begin(), order.end()));
  std::map<std::string, Contribution> of;
  for (const Contribution& c : list[0].contributions)
    if (c.indicator == "NH3_N") of[c.measure] = c;
  ASSERT_EQ(of.size(), n);
  const double whole = margin(std::vector<bool>(n, true)) - margin(std::vector<bool>(n, false));
  double sum = 0;
  for (std::size_t m = 0; m < n; ++m) {
    const Contribution& c = of[plan_.measures[m].id];
    EXPECT_NEAR(c.contribution, mean[m] / orders, 1e-12) << c.measure;
    EXPECT_NEAR(c.share, mean[m] / orders / whole, 1e-10) << c.measure;
    EXPECT_NEAR(c.improvement, whole, 1e-13);
    sum += c.share;
  }
  EXPECT_NEAR(sum, 1.0, 1e-9);
  EXPECT_EQ(of["nothing"].contribution, 0.0);
  EXPECT_EQ(of["nothing"].share, 0.0);
  EXPECT_GT(of["twin_one"].share, 0.0);
  EXPECT_EQ(of["twin_one"].share, of["twin_two"].share);
  EXPECT_EQ(of["twin_one"].alone, of["twin_two"].alone);
  // The case is one where it matters how improvement is shared out.
  const Contribution& cap = of["works_cap"];
  EXPECT_GT(cap.alone, 1.1 * cap.contribution);
  EXPECT_GT(cap.contribution, 1.1 * cap.withdrawn);
  RecordProperty("first_in", std::to_string(cap.alone / whole));
  RecordProperty("shapley", std::to_string(cap.share));
  RecordProperty("last_in", std::to_string(cap.withdrawn / whole));
}

TEST_F(AttributionTest, SampledOrdersSayTheirError) {
  const std::vector<Attribution> exact = attribution(), sampled = attribution({3, 64, 7});
  EXPECT_TRUE(sampled[0].sampled);
  EXPECT_EQ(sampled[0].orders, 64);
  ASSERT_EQ(exact[0].contributions.size(), sampled[0].contributions.size());
  std::map<std::string, double> sum;
  for (std::size_t i = 0; i < exact[0].contributions.size(); ++i) {
    const Contribution &e = exact[0].contributions[i], &s = sampled[0].contributions[i];
    EXPECT_LE(std::abs(e.share - s.share), 5 * s.standard_error + 1e-12) << e.measure;
    EXPECT_EQ(e.alone, s.alone);
    EXPECT_EQ(e.withdrawn, s.withdrawn);
    if (e.measure == "nothing") {
      EXPECT_EQ(s.share, 0.0);
    }
    sum[s.indicator] += s.share;
  }
  for (const auto& [indicator, total] : sum) EXPECT_NEAR(total, 1.0, 1e-9) << indicator;
  const auto again = attribution({3, 64, 7}), other = attribution({3, 64, 8});
  EXPECT_EQ(again[0].contributions[0].share, sampled[0].contributions[0].share);
  EXPECT_NE(other[0].contributions[0].share, sampled[0].contributions[0].share);
}

TEST_F(AttributionTest, AScreeningStepSaysItsDifference) {
  plan_.screening_step = 7200;
  const auto list = attribution();
  ASSERT_TRUE(list[0].step_difference.has_value());
  EXPECT_EQ(list[0].step, 7200);
  EXPECT_GT(*list[0].step_difference, 0);
  EXPECT_LT(*list[0].step_difference, 0.02);
}

TEST(Shapley, TheTextbookGames) {
  // Gloves: players 0 and 1 have a left one, 2 a right one; a pair is worth 1: 1/6, 1/6, 2/3.
  const auto gloves = [](Coalition c) { return (c & 4) && (c & 3) ? 1.0 : 0.0; };
  const auto g = shapley_exact(3, gloves);
  EXPECT_NEAR(g[0].value, 1.0 / 6, 1e-15);
  EXPECT_EQ(g[0].value, g[1].value);
  EXPECT_NEAR(g[2].value, 2.0 / 3, 1e-15);
  // Airport: runways of cost 1, 2, 3 share the greatest: 1/3, 1/3 + 1/2, 1/3 + 1/2 + 1.
  const auto airport = [](Coalition c) { return c & 4 ? 3.0 : c & 2 ? 2.0 : c & 1 ? 1.0 : 0.0; };
  const auto a = shapley_exact(3, airport);
  EXPECT_NEAR(a[0].value, 1.0 / 3, 1e-15);
  EXPECT_NEAR(a[1].value, 5.0 / 6, 1e-15);
  EXPECT_NEAR(a[2].value, 11.0 / 6, 1e-15);
}

// A game of 16 players with pairs that reinforce each other: the value is the player's own and half of its
// pairs', known in closed form.
TEST(Shapley, SampledOrdersFindAKnownValueWithinTheirError) {
  const auto game = [](Coalition c) {
    double sum = 0;
    for (int i = 0; i < 16; ++i)
      if (c >> i & 1) sum += i + 1 + (i + 1 < 16 && (c >> (i + 1) & 1) ? 2.0 * i : 0.0);
    return sum;
  };
  const auto orders = sampled_orders(16, 400, 3);
  EXPECT_EQ(orders.size(), 400u);
  EXPECT_EQ(orders[1], Order(orders[0].rbegin(), orders[0].rend()));
  const auto sampled = shapley_sampled(orders, game);
  double sum = 0;
  for (int i = 0; i < 16; ++i) {
    const double known = i + 1 + (i < 15 ? i : 0) + (i > 0 ? i - 1 : 0);
    const ShapleyValue& v = sampled[static_cast<std::size_t>(i)];
    EXPECT_NEAR(v.value, known, 5 * v.standard_error + 1e-9) << i;
    sum += v.value;
  }
  EXPECT_NEAR(sum, game((Coalition{1} << 16) - 1), 1e-9);
}

}  // namespace
}  // namespace limpid
