// Tags in whole runs: they add up to their totals, are never negative, close their own balance, and are what
// runs with one group's sources alone give.
#include "model/tags.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>

#include "solvers/team.hpp"
#include "tests/scenarios/small_river.hpp"

namespace limpid {
namespace {

using testing::removal;
using testing::small_river;
using testing::SmallRiver;

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
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

// Groups works, heads, bank; the rest has no source but what stands there at the begin.
void tag(SmallRiver& river, const std::vector<int>& constituents) {
  const int before = static_cast<int>(river.basin.constituents.size()), carried = river.basin.carried_count();
  add_tags(river.basin, constituents, {"works", "heads", "bank"});
  for (const auto& [source, group] : {std::pair{0, 1}, {1, 1}, {2, 0}, {4, 2}})
    river.basin.sources[static_cast<std::size_t>(source)].tag_group = group;
  auto& initial = river.options.initial_concentration;
  const int added = static_cast<int>(river.basin.constituents.size()) - before;
  initial.insert(initial.begin() + carried, static_cast<std::size_t>(added), 0.0);
}

// With N in ammonia and nitrate, dead zones, a constituent at the bed that takes tracer up and gives it back,
// and decay in the dead zones.
SmallRiver full_river() {
  SmallRiver river = testing::stored_river();
  Basin& basin = river.basin;
  basin.constituents[1].composition.nitrogen = basin.constituents[2].composition.nitrogen = 1;
  add_process(basin, "first_order_decay", {{"constituent", "NO3_N"}}, {{"k", 0.4}});
  return river;
}

SmallRiver tagged_river() {
  SmallRiver river = full_river();
  tag(river, {0, 1, 2, 3});
  return river;
}

struct Worst {
  double gap = 0;     // |sum of tags - total| in a cell over the total there
  double lowest = 0;  // amount of a tag
};
Worst worst_of(const Simulation& simulation, const State& store) {
  const auto& list = simulation.basin().constituents;
  const std::size_t groups = simulation.basin().tag_groups.size();
  const int lanes = store.rows.lanes;
  Worst worst;
  for (std::size_t t = 0; t < list.size(); ++t) {
    if (!list[t].is_tag() || list[t].tag_group != 0) continue;
    for (int lane = 0; lane < lanes; ++lane) {
      for (int i = 0; i < store.cells(); ++i) {
        const double* row = store.row(i);
        const double total = row[store.rows.index(list[t].tag_of, lane)];
        double sum = 0;
        for (std::size_t g = 0; g < groups; ++g) {
          const double part = row[store.rows.index(static_cast<int>(t + g), lane)];
          worst.lowest = std::min(worst.lowest, part);
          sum += part;
        }
        if (total != 0) worst.gap = std::max(worst.gap, std::fabs(sum - total) / std::fabs(total));
      }
    }
  }
  return worst;
}

int account(const Ledger& ledger, const char* name) {
  const auto& names = ledger.accounts();
  return static_cast<int>(std::find(names.begin(), names.end(), name) - names.begin());
}

// A flood, a diversion, dispersion, dead zones, nitrification, decay, sorption, a measure.
TEST(Tags, AddUpToTheirTotals) {
  for (const HydraulicScheme scheme : {HydraulicScheme::kinematic, HydraulicScheme::muskingum_cunge})
    for (const TransportScheme transport : {TransportScheme::monotone, TransportScheme::linear}) {
      SmallRiver river = tagged_river();
      river.basin.schemes.hydraulics = scheme;
      river.basin.schemes.transport = transport;
      const Plan none, half = removal("works", 0.5);
      const WholeRun run(river, {&none, &half});
      for (const State* store : {&run.simulation.stores().water, &run.simulation.stores().storage}) {
        const Worst worst = worst_of(run.simulation, *store);
        EXPECT_LE(worst.gap, 1e-12);
        if (transport == TransportScheme::monotone) {
          EXPECT_EQ(worst.lowest, 0.0);
        }
      }
    }
}

// Strong dispersion around a pulse into clean water: contents over many orders of magnitude side by side.
TEST(Tags, AddUpInTheTailsOfAPulse) {
  SmallRiver river = tagged_river();
  for (Reach& reach : river.basin.network.reaches) reach.dispersion = 200;
  for (Source& source : river.basin.sources)
    for (SourceLoad& load : source.loads) load.series = Series::constant(0);
  const Series pulse({0, 86400, 90000, 1e6}, {0, 50, 0, 0}, Interpolation::step_mean);
  for (const std::size_t source : {0, 2})
    for (const std::size_t c : {1, 2, 3}) river.basin.sources[source].loads[c].series = pulse;
  river.options.initial_concentration.assign(river.options.initial_concentration.size(), 0.0);
  for (const int hours : {25, 30, 48, 144}) {
    river.options.grid.end = Time{std::chrono::hours(hours)};
    const Plan none;
    const WholeRun run(river, {&none});
    for (const State* store : {&run.simulation.stores().water, &run.simulation.stores().storage}) {
      const Worst worst = worst_of(run.simulation, *store);
      EXPECT_LE(worst.gap, 1e-12) << hours << " h";
      EXPECT_EQ(worst.lowest, 0.0);
    }
  }
}

TEST(Tags, CloseTheirBalance) {
  const SmallRiver river = tagged_river();
  const Plan none, half = removal("works", 0.5);
  const WholeRun run(river, {&none, &half});
  for (int c = -1; c < run.simulation.rows().constituents; ++c)
    for (const int lane : {0, 1}) EXPECT_LE(run.simulation.closure(c, lane), 1e-12) << c;
}

TEST(Tags, ChangeNoBitOfTheTotals) {
  const SmallRiver plain = full_river(), tagged = tagged_river();
  const Plan half = removal("works", 0.5);
  const WholeRun without(plain, {&half}), with(tagged, {&half});
  const Stores &a = without.simulation.stores(), &b = with.simulation.stores();
  for (int i = 0; i < a.water.cells(); ++i) {
    for (int c = 0; c < 4; ++c) {
      EXPECT_EQ(a.water.row(i)[c], b.water.row(i)[c]);
      EXPECT_EQ(a.storage.row(i)[c], b.storage.row(i)[c]);
    }
    EXPECT_EQ(a.attached.row(i)[0], b.attached.row(i)[0]);
  }
}

// Loads enter the tag of their source's group with the same double as the total, whatever a measure does.
TEST(Tags, CarryTheLoadsOfTheirGroup) {
  const SmallRiver river = tagged_river();
  const Plan half = removal("works", 0.5);
  const WholeRun run(river, {&half});
  const Ledger& ledger = run.simulation.ledger();
  for (const auto& [name, group] : {std::pair{"source:works", "works"},
                                    {"boundary:head-main", "heads"},
                                    {"boundary:head-branch", "heads"},
                                    {"source:bank", "bank"}})
    for (const char* own : {"works", "heads", "bank", "other"}) {
      const int tag = river.basin.constituent(tag_id("NH3_N", own));
      const double whole = ledger.net(account(ledger, name), 1, 0);
      EXPECT_GT(whole, 0);
      EXPECT_EQ(ledger.net(account(ledger, name), tag, 0), std::string(own) == group ? whole : 0.0);
    }
}

// What nitrification makes carries the shares of the ammonia, although the works and the heads bring no
// nitrate here; what the bed gives back is of the rest.
TEST(Tags, ProductsCarryTheSharesOfTheirReactants) {
  SmallRiver river = tagged_river();
  for (Source& source : river.basin.sources)
    if (!source.loads.empty()) source.loads[2].series = Series::constant(0);
  river.options.initial_concentration[2] = 0;
  const Plan none;
  const WholeRun run(river, {&none});
  const Ledger& ledger = run.simulation.ledger();
  const int nitrification = account(ledger, "process:nitrification");
  for (const char* group : {"works", "heads", "bank", "other"}) {
    const int from = river.basin.constituent(tag_id("NH3_N", group)),
              to = river.basin.constituent(tag_id("NO3_N", group));
    const double used = -ledger.net(nitrification, from, 0), made = ledger.net(nitrification, to, 0);
    EXPECT_GT(made, 0) << group;
    EXPECT_NEAR(made, used, 0.02 * used) << group;  // shares of the same ammonia at their own means
  }
  const int sorption = account(ledger, "process:kinetic_sorption");
  EXPECT_GT(ledger.net(sorption, river.basin.constituent("tracer_from_other"), 0), 0);
  EXPECT_LT(ledger.net(sorption, river.basin.constituent("tracer_from_works"), 0), 0);
}

// With the linear scheme a tag is what a run with its group's loads alone gives (reactions: tag_shares_test).
TEST(Tags, AreSingleSourceRunsWithTheLinearScheme) {
  SmallRiver river = small_river(false);
  river.basin.schemes.transport = TransportScheme::linear;
  SmallRiver tagged = river;
  tag(tagged, {1, 2, 3});
  const Plan none;
  const WholeRun all(tagged, {&none});
  const std::pair<const char*, std::vector<std::size_t>> groups[] = {
      {"works", {2}}, {"heads", {0, 1}}, {"bank", {4}}, {"other", {}}};
  for (const auto& [group, sources] : groups) {
    SmallRiver single = river;
    if (!sources.empty()) single.options.initial_concentration.assign(4, 0.0);
    for (std::size_t s = 0; s < single.basin.sources.size(); ++s)
      if (std::find(sources.begin(), sources.end(), s) == sources.end())
        for (SourceLoad& load : single.basin.sources[s].loads) load.series = Series::constant(0);
    const WholeRun alone(single, {&none});
    for (const int c : {1, 2, 3}) {
      const int own = tagged.basin.constituent(tag_id(river.basin.constituents[at(c)].id, group));
      double worst = 0, largest = 0;
      for (int i = 0; i < alone.simulation.state().cells(); ++i) {
        const double expected = alone.simulation.state().row(i)[c];
        largest = std::max(largest, std::fabs(expected));
        worst = std::max(worst, std::fabs(all.simulation.state().row(i)[own] - expected));
      }
      EXPECT_GT(largest, 0);
      EXPECT_LE(worst, 1e-10 * largest) << group << " of constituent " << c;
    }
  }
}

// More than one chunk of columns and more entries than one thread takes alone.
TEST(Tags, LanesAndThreadsChangeNoBit) {
  SmallRiver river = tagged_river();
  river.options.grid.end = Time{std::chrono::hours(30)};
  river.options.spin_up = {0, 3600};
  std::vector<Plan> plans;
  for (int k = 0; k < 130; ++k) plans.push_back(removal(k % 2 ? "works" : "bank", 0.006 * k));
  std::vector<const Plan*> all;
  for (const Plan& plan : plans) all.push_back(&plan);
  const int before = omp_get_max_threads();
  omp_set_num_threads(1);
  const WholeRun one(river, all);
  ASSERT_GE(one.simulation.state().amount.size(), kParallelEntries);
  omp_set_num_threads(3);
  const WholeRun three(river, all);
  omp_set_num_threads(before);
  EXPECT_EQ(one.simulation.state().amount, three.simulation.state().amount);
  EXPECT_EQ(one.simulation.stores().storage.amount, three.simulation.stores().storage.amount);
  const WholeRun alone(river, {&plans[105]});
  const Simulation &a = one.simulation, &b = alone.simulation;
  const Rows &wide = a.state().rows, &narrow = b.state().rows;
  for (int c = 0; c < narrow.constituents; ++c) {
    for (int i = 0; i < b.state().cells(); ++i)
      EXPECT_EQ(a.state().row(i)[wide.index(c, 105)], b.state().row(i)[narrow.index(c, 0)]);
    for (std::size_t k = 0; k < b.ledger().accounts().size(); ++k)
      EXPECT_EQ(a.ledger().net(static_cast<int>(k), c, 105), b.ledger().net(static_cast<int>(k), c, 0));
  }
}

}  // namespace
}  // namespace limpid
