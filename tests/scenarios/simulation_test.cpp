// Properties of whole runs: balance, uniformity, positivity, identity of lanes and threads, superposition.
#include "solvers/simulation.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>

#include "tests/scenarios/small_river.hpp"

namespace limpid {
namespace {

using testing::removal;
using testing::small_river;
using testing::SmallRiver;

constexpr HydraulicScheme kSchemes[] = {HydraulicScheme::steady, HydraulicScheme::kinematic,
                                        HydraulicScheme::muskingum_cunge, HydraulicScheme::dynamic};

// Final amounts [cell][constituent] of one lane.
std::vector<double> lane_amounts(const Simulation& simulation, int lane) {
  std::vector<double> amounts;
  for (int i = 0; i < simulation.state().cells(); ++i)
    for (int c = 0; c < simulation.rows().constituents; ++c)
      amounts.push_back(simulation.state().row(i)[simulation.rows().index(c, lane)]);
  return amounts;
}

struct WholeRun {
  WholeRun(const SmallRiver& river, const std::vector<const Plan*>& plans)
      : batch(river.basin, river.options, plans), simulation(river.basin, batch, river.options) {
    simulation.initialise();
    simulation.run({});
  }
  Batch batch;
  Simulation simulation;
};

TEST(SimulationTest, EveryConstituentAndTheWaterClose) {
  for (HydraulicScheme scheme : kSchemes) {
    SmallRiver river = small_river();
    river.basin.schemes.hydraulics = scheme;
    const Plan none, half = removal("works", 0.5);
    const WholeRun run(river, {&none, &half});
    for (int lane : {0, 1})
      for (int c = -1; c < 4; ++c)
        EXPECT_LE(run.simulation.closure(c, lane), 1e-12) << "constituent " << c << " lane " << lane;
  }
}

TEST(SimulationTest, NothingIsNegative) {
  for (HydraulicScheme scheme : kSchemes) {
    SmallRiver river = small_river();
    river.basin.schemes.hydraulics = scheme;
    const Plan all = removal("works", 1.0);
    const WholeRun run(river, {&all});
    const auto& amounts = run.simulation.state().amount;
    EXPECT_GE(*std::min_element(amounts.begin(), amounts.end()), 0.0);
  }
}

// Source and boundary accounts against integrals of the input made here, by the trapezoidal rule on the
// hours.
TEST(SimulationTest, AccountsAreTheIntegralsOfTheInput) {
  const SmallRiver river = small_river();
  const Plan none;
  const WholeRun run(river, {&none});
  double volume = 0;
  const Series& flow = river.basin.sources[0].flow;
  for (std::size_t i = 0; i + 1 < flow.times().size() && flow.times()[i] < 6 * 86400; ++i)
    volume += 0.5 * (flow.values()[i] + flow.values()[i + 1]) * 3600;
  const Ledger& ledger = run.simulation.ledger();
  const auto account = [&](const char* name) {
    return static_cast<int>(std::find(ledger.accounts().begin(), ledger.accounts().end(), name) -
                            ledger.accounts().begin());
  };
  EXPECT_NEAR(ledger.net(account("boundary:head-main"), 3, 0) / volume, 1.0, 1e-12);
  EXPECT_NEAR(ledger.net(account("source:works"), 1, 0) / (0.3 * 12 * 6 * 86400), 1.0, 1e-12);
}

// Abstraction, diversion, flood, dispersion: a tracer that enters everywhere at 1 stays 1.
TEST(SimulationTest, AUniformFieldStaysUniformThroughAFlood) {
  for (HydraulicScheme scheme : kSchemes) {
    SmallRiver river = small_river(false);
    river.basin.schemes.hydraulics = scheme;
    const Plan none;
    const WholeRun run(river, {&none});
    const double steps = static_cast<double>(run.simulation.steps_done());
    for (int i = 0; i < run.simulation.state().cells(); ++i) {
      const double c = concentration(run.simulation.state().row(i)[3],
                                     run.simulation.water().volume1[static_cast<std::size_t>(i)]);
      EXPECT_NEAR(c, 1.0, 1e-13 * std::sqrt(steps)) << "cell " << i;
    }
  }
}

TEST(SimulationTest, ALaneIsTheScenarioAloneBitForBit) {
  const SmallRiver river = small_river();
  std::vector<Plan> plans;
  for (int k = 0; k < 13; ++k) plans.push_back(removal(k % 2 ? "works" : "bank", 0.05 * k));
  Measure slower;  // lanes differ in parameters too
  slower.action = ActionKind::set_parameter;
  slower.process = "nitrification";
  slower.parameter = "k_n";
  slower.at = {{"stretch", "lower"}};
  slower.effects = {{-1, 0.7 / 86400}};
  slower.start = Time{std::chrono::hours(48)};
  plans[5].measures.push_back(slower);
  std::vector<const Plan*> all;
  for (const Plan& plan : plans) all.push_back(&plan);
  const auto alone = lane_amounts(WholeRun(river, {&plans[5]}).simulation, 0);
  const auto of_eight = lane_amounts(WholeRun(river, {all.begin(), all.begin() + 8}).simulation, 5);
  const auto of_thirteen = lane_amounts(WholeRun(river, all).simulation, 5);
  EXPECT_EQ(alone, of_eight);
  EXPECT_EQ(alone, of_thirteen);
  EXPECT_NE(alone, lane_amounts(WholeRun(river, {&plans[4]}).simulation, 0));
}

Measure dispersion_of(const char* kind, const char* id, const char* parameter, double value) {
  Measure measure;
  measure.action = ActionKind::set_parameter;
  measure.process = kTransportProcess;
  measure.parameter = parameter;
  measure.at = {{kind, id}};
  measure.effects = {{-1, value}};
  measure.start = Time{std::chrono::hours(-24)};
  return measure;
}

// The river's loads without water at junctions are shared by dispersion too.
SmallRiver river_with_dry_loads() {
  SmallRiver river = small_river();
  Source load = river.basin.sources[2];
  load.id = "dry";
  load.flow = Series::constant(0);
  load.loads[3] = {SourceLoad::Kind::load, Series::constant(3)};
  for (const std::size_t c : {0u, 1u, 2u}) load.loads[c] = {};
  load.junction = 2;
  river.basin.sources.push_back(load);
  return river;
}

TEST(SimulationTest, ALaneWithItsOwnDispersionIsTheScenarioAloneBitForBit) {
  const SmallRiver river = river_with_dry_loads();
  std::vector<Plan> plans;
  for (int k = 0; k < 8; ++k) plans.push_back(removal(k % 2 ? "works" : "bank", 0.05 * k));
  plans[1].measures.push_back(dispersion_of("reach", "main-2", "dispersion", 90));
  plans[3].measures.push_back(dispersion_of("stretch", "lower", "dispersion_factor", 0.3));
  plans[3].measures.back().start = Time{std::chrono::hours(30)};
  plans[3].measures.back().ramp = {0, 2 * 86400};
  plans[6].measures = plans[1].measures;  // shares a group with lane 1
  plans[7].measures.push_back(dispersion_of("stretch", "upper", "dispersion", 0));
  std::vector<const Plan*> all;
  for (const Plan& plan : plans) all.push_back(&plan);
  const WholeRun batch(river, all);
  for (int lane = 0; lane < 8; ++lane) {
    EXPECT_EQ(lane_amounts(WholeRun(river, {&plans[static_cast<std::size_t>(lane)]}).simulation, 0),
              lane_amounts(batch.simulation, lane))
        << lane;
    EXPECT_LE(batch.simulation.closure(3, lane), 1e-12);
  }
  EXPECT_NE(lane_amounts(batch.simulation, 0), lane_amounts(batch.simulation, 7));
}

// A plan's dispersion is what the table of reaches would have said.
TEST(SimulationTest, DispersionByPlanIsThatOfTheRiver) {
  const SmallRiver river = river_with_dry_loads();
  SmallRiver told = river, still = river;
  told.basin.network.reaches[4].dispersion = 90;
  for (Reach& reach : still.basin.network.reaches) reach.dispersion = 0;
  const Plan none;
  Plan given, doubled, from_nothing;
  given.measures = {dispersion_of("reach", "main-2", "dispersion", 90)};
  doubled.measures = {dispersion_of("reach", "main-2", "dispersion_factor", 6)};
  from_nothing.measures = {dispersion_of("stretch", "upper", "dispersion", 15),
                           dispersion_of("stretch", "lower", "dispersion", 15)};
  const auto wanted = lane_amounts(WholeRun(told, {&none}).simulation, 0);
  const WholeRun batch(river, {&none, &given, &doubled});
  EXPECT_EQ(lane_amounts(batch.simulation, 1), wanted);
  EXPECT_EQ(lane_amounts(batch.simulation, 2), wanted);
  EXPECT_NE(lane_amounts(batch.simulation, 0), wanted);
  const WholeRun made(still, {&none, &from_nothing});
  EXPECT_EQ(lane_amounts(made.simulation, 1), lane_amounts(batch.simulation, 0));
  EXPECT_NE(lane_amounts(made.simulation, 0), lane_amounts(made.simulation, 1));
}

TEST(SimulationTest, ThreadsChangeNoBit) {
  SmallRiver river = small_river();
  river.options.grid.end = Time{std::chrono::hours(24 * 4)};
  const int before = omp_get_max_threads();
  std::vector<Plan> plans;
  for (int k = 0; k < 24; ++k)
    plans.push_back(removal("works", 0.04 * k));  // enough work for the parallel paths
  std::vector<const Plan*> all;
  for (const Plan& plan : plans) all.push_back(&plan);
  omp_set_num_threads(1);
  const auto one = WholeRun(river, all).simulation.state().amount;
  omp_set_num_threads(3);
  const auto three = WholeRun(river, all).simulation.state().amount;
  omp_set_num_threads(before);
  EXPECT_EQ(one, three);
}

TEST(SimulationTest, ASickLaneFailsAlone) {
  const SmallRiver river = small_river();
  const Plan healthy = removal("bank", 0.3);
  Plan sick = healthy;
  sick.measures[0].action = ActionKind::set_load;
  for (Effect& effect : sick.measures[0].effects) effect.value = std::numeric_limits<double>::infinity();
  const WholeRun both(river, {&healthy, &sick}), alone(river, {&healthy});
  EXPECT_EQ(lane_amounts(both.simulation, 0), lane_amounts(alone.simulation, 0));
  ASSERT_EQ(both.simulation.failures().size(), 1u);
  EXPECT_EQ(both.simulation.failures()[0].lane, 1);
  EXPECT_GE(both.simulation.failures()[0].time, 86400.0);
  EXPECT_LE(both.simulation.failures()[0].time, 86400.0 + 600);
}

// With the linear scheme and linear kinetics, what two sources do together is the sum of what each does.
TEST(SimulationTest, TheLinearSchemeSuperposes) {
  SmallRiver river = small_river(false);
  river.basin.schemes.transport = TransportScheme::linear;
  river.options.initial_concentration.assign(4, 0.0);
  const auto only = [&](std::vector<std::size_t> active) {
    SmallRiver part = river;
    for (std::size_t s = 0; s < part.basin.sources.size(); ++s)
      if (std::find(active.begin(), active.end(), s) == active.end())
        for (SourceLoad& load : part.basin.sources[s].loads) load.series = Series::constant(0);
    const Plan none;
    return lane_amounts(WholeRun(part, {&none}).simulation, 0);
  };
  const auto all = only({0, 1, 2, 4}), a = only({0, 4}), b = only({1, 2});
  double largest = 0, worst = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    largest = std::max(largest, std::fabs(all[i]));
    worst = std::max(worst, std::fabs(all[i] - a[i] - b[i]));
  }
  EXPECT_LE(worst, 1e-12 * largest);
}

// A planted leak in one lane is seen in that lane's closure and in no other.
TEST(SimulationTest, ALeakIsCaught) {
  const SmallRiver river = small_river();
  const Plan none;
  Batch batch(river.basin, river.options, {&none, &none});
  Simulation simulation(river.basin, batch, river.options);
  simulation.initialise();
  simulation.run({});
  const double stock = simulation.state().total(1, 1), gross_scale = 1e-6 * stock;
  const Ledger& ledger = simulation.ledger();
  EXPECT_LE(ledger.closure(1, 1, simulation.stock_begin(1, 1), stock), 1e-12);
  EXPECT_GT(ledger.closure(1, 1, simulation.stock_begin(1, 1), stock - gross_scale), 1e-10);
}

}  // namespace
}  // namespace limpid
