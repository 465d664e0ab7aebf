// The steady state by KINSOL: against the same inputs run for long, its balance, what has none, plans and days.
#include "scenarios/steady_run.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "solvers/constant_forcing.hpp"
#include "tests/scenarios/small_river.hpp"

namespace limpid {
namespace {

using testing::removal;
using testing::small_river;
using testing::SmallRiver;
using testing::stored_river;

const Time kFirst{};

double value(const SteadyRun& run, int cell, const char* quantity) {
  const Record& record = run.result.record;
  return record.map_values[static_cast<std::size_t>(cell) * record.quantities.size() +
                           static_cast<std::size_t>(record.quantity(quantity))];
}

// A lane of the river under the inputs of its first day, held.
struct Held {
  Plan plan;
  RunOptions options;
  Batch batch;
  ConstantForcing forcing;
  Simulation simulation;

  explicit Held(const SmallRiver& river)
      : options(steady_options(river.options, kFirst)),
        batch(river.basin, options, {&plan}),
        forcing(batch, static_cast<std::size_t>(river.basin.network.cell_count()), 0, 86400, 144),
        simulation(river.basin, forcing, options) {
    simulation.initialise();
  }
  void run(int days) {
    for (int d = 0; d < days; ++d) {
      simulation.restart();
      simulation.run({});
    }
  }
};

TEST(SteadyRun, IsWhereALongRunSettles) {
  for (const auto scheme :
       {HydraulicScheme::steady, HydraulicScheme::kinematic, HydraulicScheme::muskingum_cunge,
        HydraulicScheme::dynamic}) {
    SmallRiver river = stored_river();
    river.basin.schemes.hydraulics = scheme;
    Held held(river);
    held.run(120);
    const SteadyRun run = run_steady(river.basin, river.options, {}, {}, kFirst);
    ASSERT_TRUE(run.state.found) << static_cast<int>(scheme);
    double worst = 0;
    for (int c = 0; c < held.simulation.rows().constituents; ++c) {
      const char* id = river.basin.constituents[static_cast<std::size_t>(c)].id.c_str();
      const bool attached = c >= river.basin.carried_count();
      double most = 0, apart = 0;
      for (int i = 0; i < river.basin.network.cell_count(); ++i) {
        const double per = attached ? held.simulation.plan_area(i)
                                    : held.simulation.water().volume1[static_cast<std::size_t>(i)];
        const double ran = held.simulation.stores().amount(i, c, 0) / per;
        most = std::max(most, ran);
        apart = std::max(apart, std::fabs(value(run, i, id) - ran));
      }
      worst = std::max(worst, apart / most);
    }
    std::printf("scheme %d: %d days, %.1e from a run of 120 days\n", static_cast<int>(scheme),
                run.state.days, worst);
    EXPECT_LT(worst, 1e-8) << static_cast<int>(scheme);
    EXPECT_LT(run.state.days, 120);
  }
}

// What comes in a day leaves in a day or is turned over: the accounts, without the stocks.
TEST(SteadyRun, TheDaysAccountsCancel) {
  const SmallRiver river = stored_river();
  const SteadyRun run = run_steady(river.basin, river.options, {}, {}, kFirst);
  ASSERT_TRUE(run.state.found);
  const BatchOutcome& batch = *run.result.batch;
  for (int c = 0; c < static_cast<int>(river.basin.constituents.size()); ++c) {
    EXPECT_LT(batch.closure[static_cast<std::size_t>(c)], 1e-12);
    double sum = 0, moved = 0;
    for (int a = 0; a < static_cast<int>(batch.ledger.accounts().size()); ++a) {
      sum += batch.ledger.net(a, c, 0);
      moved += std::fabs(batch.ledger.net(a, c, 0));
    }
    EXPECT_LT(std::fabs(sum), 1e-8 * moved) << c;
  }
}

TEST(SteadyRun, TakesTheMeansOfTheDay) {
  SmallRiver river = small_river(false);
  const SteadyRun run = run_steady(river.basin, river.options, {}, {}, kFirst);
  const Source& head = river.basin.sources[0];
  EXPECT_NEAR(value(run, 0, "discharge"), head.flow.mean(0, 86400), 0.06);  // and a part of the bank's inflow
  const Time flood = kFirst + std::chrono::hours(24 * 3);
  const SteadyRun high = run_steady(river.basin, river.options, {}, {}, flood);
  EXPECT_NEAR(value(high, 0, "discharge"), head.flow.mean(3 * 86400, 4 * 86400), 0.06);
  EXPECT_EQ(high.result.record.map_times, std::vector<double>{3 * 86400.0});
}

TEST(SteadyRun, MeasuresOfTheDayAct) {
  const SmallRiver river = small_river();
  const Scenario cut{removal("works", 0.5), {}};  // begins a day after the run, within a day
  const int last = river.basin.network.cell_count() - 1;
  const SteadyRun before = run_steady(river.basin, river.options, {}, cut, kFirst);
  const SteadyRun none = run_steady(river.basin, river.options, {}, {}, kFirst);
  EXPECT_EQ(value(before, last, "NH3_N"), value(none, last, "NH3_N"));
  const Time later = kFirst + std::chrono::hours(48);
  const SteadyRun with = run_steady(river.basin, river.options, {}, cut, later);
  const SteadyRun without = run_steady(river.basin, river.options, {}, {}, later);
  EXPECT_LT(value(with, last, "NH3_N"), 0.8 * value(without, last, "NH3_N"));
}

TEST(SteadyRun, WhatOnlyGathersHasNone) {
  SmallRiver river = small_river();
  Basin& basin = river.basin;
  basin.constituents.emplace_back();
  basin.constituents.back().id = "bed_tracer";
  basin.constituents.back().phase = Phase::attached;
  for (Source& source : basin.sources)
    if (!source.loads.empty()) source.loads.emplace_back();
  add_process(basin, "transformation", {{"reactant", "tracer"}, {"product", "bed_tracer"}}, {{"k", 0.1}});
  river.options.initial_concentration.push_back(0.0);
  SteadySearch search;
  search.longest_window = 4;
  search.iterations = 20;
  const SteadyRun run = run_steady(basin, river.options, {}, {}, kFirst, search);
  EXPECT_FALSE(run.state.found);
  EXPECT_EQ(run.state.worst, basin.constituent("bed_tracer"));
  EXPECT_GT(run.state.change[4].value, 1e-6);
}

TEST(SteadyRun, StopsWhenAsked) {
  const SmallRiver river = small_river();
  const SteadyRun run = run_steady(river.basin, river.options, {}, {}, kFirst, {}, [](int days) { return days < 2; });
  EXPECT_TRUE(run.state.stopped);
  EXPECT_FALSE(run.state.found);
  EXPECT_EQ(run.state.days, 2);
}

}  // namespace
}  // namespace limpid
