// Distributions, designs and what a member becomes.
#include "scenarios/design.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>

#include "scenarios/sobol.hpp"
#include "scenarios/sweep.hpp"
#include "tests/scenarios/small_river.hpp"

namespace limpid {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

Factor uniform(const char* id, double low, double high) {
  Factor factor;
  factor.id = id;
  factor.distribution.low = low;
  factor.distribution.high = high;
  return factor;
}

Factor of_values(const char* id, std::vector<double> values) {
  Factor factor;
  factor.id = id;
  factor.distribution.kind = DistributionKind::values;
  factor.distribution.values = std::move(values);
  return factor;
}

Distribution normal(double mean, double deviation, double low = -kInfinite, double high = kInfinite) {
  return {DistributionKind::normal, low, high, 0, mean, deviation, {}, {}};
}

DesignRequest request(DesignMethod method, std::size_t members = 0) {
  DesignRequest r;
  r.method = method;
  r.members = members;
  return r;
}

TEST(Distribution, NormalProbabilityIsThatOfTheErrorFunction) {
  for (double x = -9; x <= 9; x += 0.0625) {
    const double exact = 0.5 * std::erfc(-x / std::sqrt(2.0));
    EXPECT_NEAR(normal_probability(x), exact, 1e-15) << x;
    EXPECT_NEAR(normal_probability(x) / exact, 1, 1e-8) << x;
  }
  EXPECT_EQ(normal_probability(-40), 0);
  EXPECT_EQ(normal_probability(40), 1);
}

TEST(Distribution, QuantilesRunFromEndToEnd) {
  const Distribution u{DistributionKind::uniform, 0.1, 0.7, 0, 1, 0, {}, {}};
  EXPECT_EQ(quantile(u, 0), 0.1);
  EXPECT_EQ(quantile(u, 1), 0.7);
  EXPECT_DOUBLE_EQ(quantile(u, 0.25), 0.25);
  const Distribution t{DistributionKind::triangular, 1, 5, 2, 1, 0, {}, {}};
  EXPECT_DOUBLE_EQ(quantile(t, 0), 1);
  EXPECT_DOUBLE_EQ(quantile(t, 0.25), 2);
  EXPECT_DOUBLE_EQ(quantile(t, 1), 5);
}

TEST(Distribution, ATruncatedOneKeepsItsShapeBetweenItsBounds) {
  EXPECT_DOUBLE_EQ(quantile(normal(3, 2), 0.5), 3);
  EXPECT_NEAR(quantile(normal(3, 2), 0.975), 3 + 2 * 1.959963984540054, 1e-12);
  const Distribution d = normal(3, 2, 2, 6);
  EXPECT_DOUBLE_EQ(quantile(d, 0), 2);
  EXPECT_DOUBLE_EQ(quantile(d, 1), 6);
  const double below = normal_probability(-0.5), above = normal_probability(1.5);
  for (const double p : {0.1, 0.5, 0.9})
    EXPECT_NEAR(normal_probability((quantile(d, p) - 3) / 2), below + p * (above - below), 1e-14);
  const Distribution log{DistributionKind::lognormal, 0.5, kInfinite, 0, 2, 0.4, {}, {}};
  EXPECT_DOUBLE_EQ(quantile(log, 0), 0.5);
  const double cut = normal_probability(std::log(0.25) / 0.4);
  EXPECT_NEAR(normal_probability(std::log(quantile(log, 0.3) / 2) / 0.4), cut + 0.3 * (1 - cut), 1e-13);
}

TEST(Distribution, ValuesComeAsTheirWeights) {
  Distribution d = of_values("x", {7, 8, 9}).distribution;
  EXPECT_EQ(quantile(d, 0), 7);
  EXPECT_EQ(quantile(d, 0.34), 8);
  EXPECT_EQ(quantile(d, 1), 9);
  d.weights = {0, 1, 3};
  EXPECT_EQ(quantile(d, 0), 8);
  EXPECT_EQ(quantile(d, 0.2499), 8);
  EXPECT_EQ(quantile(d, 0.2501), 9);
}

TEST(Design, GridHoldsEveryCombinationLastFactorFastest) {
  DesignRequest r = request(DesignMethod::grid);
  r.levels = 3;
  const std::vector<Factor> factors{of_values("a", {1, 2}), uniform("b", 0, 1)};
  const Design design = make_design(r, factors);
  const std::vector<std::vector<double>> expected{{1, 0}, {1, 0.5}, {1, 1}, {2, 0}, {2, 0.5}, {2, 1}};
  EXPECT_EQ(design.values, expected);
  EXPECT_EQ(design.ids.front(), "m000001");
  EXPECT_EQ(design.ids.back(), "m000006");
  EXPECT_EQ(member_count(r, factors), 6);
  EXPECT_EQ(member_id(1234567), "m1234568");
}

TEST(Design, LatinHypercubeTakesEveryStratumOnce) {
  const Design design =
      make_design(request(DesignMethod::latin_hypercube, 50), {uniform("a", 0, 1), uniform("b", 0, 1)});
  for (std::size_t f = 0; f < 2; ++f) {
    std::set<int> strata;
    for (const auto& row : design.values) strata.insert(static_cast<int>(row[f] * 50));
    EXPECT_EQ(strata.size(), 50u);
  }
}

TEST(Design, AFactorMoreLeavesTheOthersAsTheyWere) {
  const auto r = request(DesignMethod::latin_hypercube, 20);
  const Design two = make_design(r, {uniform("a", 0, 1), uniform("b", 0, 1)});
  const Design three = make_design(r, {uniform("c", 0, 1), uniform("a", 0, 1), uniform("b", 0, 1)});
  for (std::size_t m = 0; m < 20; ++m) {
    EXPECT_EQ(two.values[m][0], three.values[m][1]);
    EXPECT_EQ(two.values[m][1], three.values[m][2]);
  }
}

// Written down once: every platform must give these bits.
TEST(Design, TheSameNumbersOnEveryPlatform) {
  Factor skewed = uniform("n", 0.5, kInfinite);
  skewed.distribution.kind = DistributionKind::lognormal;
  skewed.distribution.median = 2;
  skewed.distribution.deviation = 0.5;
  const std::vector<Factor> factors{uniform("u", 0, 1), skewed};
  const std::vector<std::vector<double>> latin{{0x1.8ae8499c2de2fp-1, 0x1.690bbfa4a7473p+1},
                                               {0x1.ec6d2b7e23298p-4, 0x1.a295831dd2d36p+0},
                                               {0x1.0732037b2666cp-1, 0x1.05932835f4a0ep+0}},
      sobol{{0x1.66dbaf8b4db24p-1, 0x1.d7e9d5444ce9p+1},
            {0x1.3247990f20421p-2, 0x1.45819130cb64ap+0},
            {0x1.9259039e315b2p-3, 0x1.372cfb618f6f4p+1}};
  EXPECT_EQ(make_design(request(DesignMethod::latin_hypercube, 3), factors).values, latin);
  EXPECT_EQ(make_design(request(DesignMethod::sobol, 3), factors).values, sobol);
  DesignRequest other = request(DesignMethod::latin_hypercube, 3);
  other.seed = 2;
  EXPECT_NE(make_design(other, factors).values, latin);
}

// In base 2 a scrambled net stays a net: any 2^m first points stand alone in 2^m equal intervals, and those
// of the first two dimensions in every elementary box of area 2^-m.
TEST(Sobol, ScrambledPointsStayANet) {
  const auto points = sobol_points(256, 7, 42);
  for (std::size_t d = 0; d < 7; ++d) {
    std::set<int> cells;
    for (const auto& p : points) cells.insert(static_cast<int>(p[d] * 256));
    EXPECT_EQ(cells.size(), 256u) << d;
  }
  for (int m = 0; m <= 8; ++m) {
    std::set<std::pair<int, int>> boxes;
    for (const auto& p : points)
      boxes.emplace(static_cast<int>(p[0] * (1 << m)), static_cast<int>(p[1] * (1 << (8 - m))));
    EXPECT_EQ(boxes.size(), 256u) << m;
  }
  EXPECT_NE(sobol_points(4, 2, 1), sobol_points(4, 2, 2));
  EXPECT_EQ(sobol_points(4, 2, 1), sobol_points(4, 2, 1));
}

// The mean of x1 x2 over 4096 points: far nearer to 1/4 than random points could be.
TEST(Sobol, IntegratesBetterThanChance) {
  double sum = 0;
  for (const auto& p : sobol_points(4096, 2, 5)) sum += p[0] * p[1];
  EXPECT_NEAR(sum / 4096, 0.25, 2e-5);
}

TEST(Sobol, RefusesWhatItCannotDo) {
  EXPECT_THROW(sobol_points(4, 0, 1), std::invalid_argument);
  EXPECT_THROW(sobol_points(4, kMostSobolDimensions + 1, 1), std::invalid_argument);
}

TEST(Design, SaltelliGroupsDifferInOneColumn) {
  DesignRequest r = request(DesignMethod::sobol, 8);
  r.indices = true;
  const Design design = make_design(r, {uniform("a", 0, 1), uniform("b", 0, 1), uniform("c", 0, 1)});
  ASSERT_EQ(design.members(), 8u * 5);
  for (std::size_t j = 0; j < 8; ++j) {
    const auto& a = design.values[5 * j];
    const auto& b = design.values[5 * j + 4];
    for (std::size_t f = 0; f < 3; ++f)
      for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(design.values[5 * j + 1 + f][i], i == f ? b[i] : a[i]);
  }
}

TEST(Design, OneAtATimeLeavesTheBaseOneFactorAtATime) {
  DesignRequest r = request(DesignMethod::one_at_a_time);
  r.levels = 3;
  const Design design = make_design(r, {of_values("a", {5, 6, 7}), uniform("b", 0, 2)});
  const std::vector<std::vector<double>> expected{{5, 1}, {6, 1}, {7, 1}, {5, 0}, {5, 2}};
  EXPECT_EQ(design.values, expected);
  EXPECT_EQ(member_count(r, design.factors), 5);
}

TEST(Design, MorrisMovesOneFactorByHalfTheLevels) {
  const Design design = make_design(request(DesignMethod::morris, 20),
                                    {uniform("a", 0, 1), uniform("b", 0, 1), uniform("c", 0, 1)});
  ASSERT_EQ(design.members(), 20u * 4);
  int ups = 0;
  for (std::size_t t = 0; t < 20; ++t) {
    std::set<std::size_t> moved;
    for (std::size_t s = 0; s < 3; ++s) {
      const auto &x = design.values[4 * t + s], &y = design.values[4 * t + s + 1];
      for (std::size_t f = 0; f < 3; ++f) {
        EXPECT_NEAR(std::remainder(x[f] * 3, 1.0), 0, 1e-12);
        if (x[f] == y[f]) continue;
        moved.insert(f);
        ups += y[f] > x[f];
        EXPECT_NEAR(std::fabs(y[f] - x[f]), 2.0 / 3, 1e-12);
      }
    }
    EXPECT_EQ(moved.size(), 3u);
  }
  EXPECT_GT(ups, 15);
  EXPECT_LT(ups, 45);
}

TEST(Design, NestedDrawsKeepEachWaterForItsMembers) {
  Factor flow = uniform("flow", 0.5, 1.5), k = uniform("k", 0, 1);
  flow.water = true;
  for (const DesignMethod method : {DesignMethod::latin_hypercube, DesignMethod::sobol}) {
    DesignRequest r = request(method, 6);
    r.waters = 4;
    const Design design = make_design(r, {k, flow});
    ASSERT_EQ(design.members(), 24u);
    std::set<double> flows, ks;
    std::set<int> strata;
    for (std::size_t m = 0; m < 24; ++m) {
      EXPECT_EQ(design.values[m][1], design.values[m / 6 * 6][1]);
      flows.insert(design.values[m][1]);
      strata.insert(static_cast<int>(design.values[m][0] * 24));
    }
    EXPECT_EQ(flows.size(), 4u);
    if (method == DesignMethod::latin_hypercube) {
      EXPECT_EQ(strata.size(), 24u) << "the others fill their strata over all waters";
    }
  }
}

TEST(Design, RefusesWhatIsNoDesign) {
  EXPECT_THROW(make_design(request(DesignMethod::latin_hypercube, 4), {}), std::invalid_argument);
  EXPECT_THROW(make_design(request(DesignMethod::list), {uniform("a", 0, 1)}), std::invalid_argument);
  DesignRequest large = request(DesignMethod::grid);
  large.levels = 1000;
  EXPECT_THROW(make_design(large, {uniform("a", 0, 1), uniform("b", 0, 1), uniform("c", 0, 1)}),
               std::invalid_argument);
}

TEST(Design, LevelsWithoutEndsBeginAtTheOnePercentTail) {
  EXPECT_DOUBLE_EQ(level_probability(normal(0, 1), 0, 5), 0.01);
  EXPECT_DOUBLE_EQ(level_probability(normal(0, 1), 4, 5), 0.99);
  EXPECT_DOUBLE_EQ(level_probability(normal(0, 1, -1), 0, 5), 0.0);
  EXPECT_DOUBLE_EQ(level_probability(uniform("a", 2, 3).distribution, 4, 5), 1.0);
}

// A sweep of the small river: two plans, of which one moves water, and factors of every kind.
class SweepTest : public ::testing::Test {
 protected:
  SweepTest() : river_(testing::small_river()) {
    sweep_.plan_names = {"baseline", "cut"};
    sweep_.plans = {Plan{}, testing::removal("works", 0.5)};
    sweep_.years = {{"own", ForcingYears{}, 1}, {"other", ForcingYears({{1970, 1971}}, std::nullopt), 1}};
  }

  Factor factor(const char* id, FactorKind kind, const char* measure = "") {
    Factor f;
    f.id = id;
    f.kind = kind;
    f.measure = measure;
    return f;
  }
  void add(const std::vector<double>& values) {
    sweep_.design.ids.push_back(member_id(sweep_.design.ids.size()));
    sweep_.design.values.push_back(values);
  }
  Scenario scenario(std::size_t member) {
    return scenario_of(river_.basin, sweep_, member, river_.options.grid.offset);
  }
  static Plan plan_with(ActionKind action, const char* source, double value) {
    Plan plan = testing::removal(source, value, 1);
    plan.measures[0].action = action;
    plan.measures[0].effects = {{-1, value}};
    return plan;
  }

  testing::SmallRiver river_;
  Sweep sweep_;
};

TEST_F(SweepTest, AMemberIsAPlanOnItsAssumptions) {
  Factor start = factor("late", FactorKind::start, "cut"), level = factor("level", FactorKind::level, "cut");
  start.to_inside = 86400;
  level.key = "NH3_N";
  Factor load = factor("load", FactorKind::load);
  load.sector = "village";
  Factor k = factor("k", FactorKind::parameter);
  k.process = "nitrification";
  k.parameter = "k_n";
  sweep_.design.factors = {factor("plan", FactorKind::plan),
                           factor("years", FactorKind::years),
                           factor("flow", FactorKind::flow),
                           factor("warm", FactorKind::temperature),
                           start,
                           factor("ramp", FactorKind::ramp, "cut"),
                           factor("effect", FactorKind::effect, "cut"),
                           level,
                           k,
                           load};
  add({1, 1, 0.8, 2, 3, 7200, 0.5, 0.4, 1.3, 0.9});
  add({0, 0, 1, 0, 0, 0, 1, 0, 1, 1});
  const Scenario s = scenario(0);
  ASSERT_EQ(s.plan.measures.size(), 1u);
  const Measure& m = s.plan.measures[0];
  EXPECT_EQ(m.start, Time{std::chrono::hours(24 * 4)});
  EXPECT_EQ(m.ramp.seconds, 7200);
  EXPECT_DOUBLE_EQ(m.effects[0].value, 0.25) << "DO: as stated, half of it";
  EXPECT_DOUBLE_EQ(m.effects[1].value, 0.2) << "NH3_N: the level first, then half of it";
  EXPECT_EQ(s.assumptions.flow, 0.8);
  EXPECT_EQ(s.assumptions.temperature, 2);
  ASSERT_TRUE(s.assumptions.years);
  EXPECT_EQ(s.assumptions.years->record_year(1970), 1971);
  ASSERT_EQ(s.assumptions.parameters.size(), 1u);
  EXPECT_EQ(s.assumptions.parameters[0].factor, 1.3);
  ASSERT_EQ(s.assumptions.loads.size(), 1u);
  EXPECT_EQ(s.assumptions.loads[0].sector, "village");
  EXPECT_TRUE(scenario(1).plan.measures.empty()) << "the baseline has no such measure";
}

TEST_F(SweepTest, KnowsWhatMovesTheWater) {
  sweep_.plans.push_back(plan_with(ActionKind::scale_flow, "works", -0.2));
  sweep_.plans.back().measures[0].id = "flow";
  sweep_.plan_names.emplace_back("flow");
  Factor level = factor("level", FactorKind::level, "flow");
  level.key = "NH3_N";
  std::vector<Factor> factors{factor("years", FactorKind::years),
                              factor("flow", FactorKind::flow),
                              factor("warm", FactorKind::temperature),
                              factor("plan", FactorKind::plan),
                              factor("late", FactorKind::start, "flow"),
                              factor("late cut", FactorKind::start, "cut"),
                              level,
                              factor("k", FactorKind::parameter),
                              factor("load", FactorKind::load)};
  mark_water(river_.basin, sweep_, factors);
  std::string marks;
  for (const Factor& f : factors) marks += f.water ? "w" : "-";
  EXPECT_EQ(marks, "wwwww----");
  sweep_.plans.pop_back();
  mark_water(river_.basin, sweep_, factors);
  EXPECT_FALSE(factors[3].water) << "plans with one water";
}

TEST_F(SweepTest, BatchesShareTheirWaterWhateverTheOrder) {
  sweep_.design.factors = {factor("plan", FactorKind::plan), factor("flow", FactorKind::flow)};
  for (const double flow : {1.0, 0.5, 1.0, 1.0, 0.5}) add({flow == 1 ? 0.0 : 1.0, flow});
  add({1, 1.0});
  const auto batches = batches_of(river_.basin, sweep_, 3, river_.options.grid.offset);
  EXPECT_EQ(batches, (std::vector<std::vector<std::size_t>>{{0, 2, 3}, {5}, {1, 4}}));
}

// Every member alone, and all at once in shared batches with waters of their own: the same bits.
TEST_F(SweepTest, MembersInBatchesAreWhatTheyAreAlone) {
  river_.options.grid.end = river_.options.grid.begin + std::chrono::hours(24);
  Factor load = factor("load", FactorKind::load), k = factor("k", FactorKind::parameter);
  k.process = "nitrification";
  k.parameter = "k_n";
  river_.basin.sections.emplace_back();
  river_.basin.sections[0].id = "S";
  river_.basin.sections[0].reach = 4;
  river_.basin.sections[0].chainage = 5000;
  river_.basin.sections[0].location = river_.basin.network.locate(4, 5000);
  sweep_.design.factors = {factor("plan", FactorKind::plan), factor("flow", FactorKind::flow),
                           factor("warm", FactorKind::temperature), load, k};
  add({0, 1, 0, 1, 1});
  add({1, 0.8, 2, 1, 1.5});
  add({1, 0.8, 2, 1.2, 1});
  add({0, 1, 0, 0.7, 1});
  std::vector<Scenario> all;
  for (std::size_t m = 0; m < 4; ++m) all.push_back(scenario(m));
  const auto together = run_scenarios(river_.basin, river_.options, {}, all);
  ASSERT_EQ(together.size(), 4u);
  for (std::size_t m = 0; m < 4; ++m) {
    const auto alone = run_scenarios(river_.basin, river_.options, {}, {all[m]});
    EXPECT_EQ(together[m].batch->lanes, 2);
    EXPECT_EQ(alone[0].record.section_values, together[m].record.section_values) << m;
  }
  for (std::size_t m = 1; m < 4; ++m)
    EXPECT_NE(together[0].record.section_values, together[m].record.section_values) << m;
  EXPECT_LT(together[1].record.section_values.front(), kInfinite);
}

}  // namespace
}  // namespace limpid
