// Tags in whole runs: they add up to their totals, are never negative, close their own balance, and are what
// runs with one group's sources alone give.
#include "model/tags.hpp"

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
SmallRiver tagged_river(std::vector<int> constituents = {1, 2, 3}, bool with_processes = true) {
  SmallRiver river = small_river(with_processes);
  add_tags(river.basin, constituents, {"works", "heads", "bank"});
  for (const auto& [source, group] : {std::pair{0, 1}, {1, 1}, {2, 0}, {4, 2}})
    river.basin.sources[static_cast<std::size_t>(source)].tag_group = group;
  return river;
}

// Largest |sum of tags - total| in a cell over the total there; over the largest total of all cells where
// `scale` is that.
struct Worst {
  double own = 0, river = 0, lowest = 0;
};
Worst worst_sum(const Simulation& simulation, const State& store) {
  const auto& list = simulation.basin().constituents;
  const std::size_t groups = simulation.basin().tag_groups.size();
  const int lanes = store.rows.lanes;
  Worst worst;
  for (std::size_t t = 0; t < list.size(); ++t) {
    if (!list[t].is_tag() || list[t].tag_group != 0) continue;
    for (int lane = 0; lane < lanes; ++lane) {
      double largest = 0, gap = 0;
      for (int i = 0; i < store.cells(); ++i) {
        const double* row = store.row(i);
        const double total = row[store.rows.index(list[t].tag_of, lane)];
        double sum = 0;
        for (std::size_t g = 0; g < groups; ++g) {
          const double tag = row[store.rows.index(static_cast<int>(t + g), lane)];
          worst.lowest = std::min(worst.lowest, tag);
          sum += tag;
        }
        largest = std::max(largest, total);
        gap = std::max(gap, std::fabs(sum - total));
        if (total > 0) worst.own = std::max(worst.own, std::fabs(sum - total) / total);
      }
      worst.river = std::max(worst.river, gap / largest);
    }
  }
  return worst;
}

TEST(Tags, AddUpToTheirTotals) {
  for (const HydraulicScheme scheme : {HydraulicScheme::kinematic, HydraulicScheme::muskingum_cunge})
    for (const TransportScheme transport : {TransportScheme::monotone, TransportScheme::linear}) {
      SmallRiver river = tagged_river();
      river.basin.schemes.hydraulics = scheme;
      river.basin.schemes.transport = transport;
      const Plan none;
      const WholeRun run(river, {&none});
      const Worst worst = worst_sum(run.simulation, run.simulation.state());
      printf("own %g river %g lowest %g\n", worst.own, worst.river, worst.lowest);
      EXPECT_LE(worst.own, 1e-12);
      if (transport == TransportScheme::monotone) {
        EXPECT_GE(worst.lowest, 0.0);
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

}  // namespace
}  // namespace limpid
