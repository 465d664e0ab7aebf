// Whole runs above a tide, through a weir and round a loop that the levels share: balances, a uniform field
// that stays uniform, and what comes in with the sea.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "model/bed.hpp"
#include "tests/scenarios/small_river.hpp"

namespace limpid {
namespace {

using testing::flood;
using testing::small_reach;
using testing::small_source;
using testing::SmallRiver;

Series tide(double mean, double amplitude) {
  std::vector<double> times, values;
  for (int q = 0; q <= 4 * 24 * 8; ++q) {
    times.push_back(900.0 * q);
    values.push_back(mean + amplitude * std::sin(2 * M_PI * q * 900 / 44714));
  }
  return {times, values, Interpolation::linear};
}

// Head - weir - loop - estuary, flat enough for the tide to reach the loop.
SmallRiver tidal_river(double sea) {
  SmallRiver river;
  Basin& basin = river.basin;
  for (const char* id : {"tracer", "salt"}) {
    basin.constituents.emplace_back();
    basin.constituents.back().id = id;
  }
  std::vector<Node> nodes(5);
  for (std::size_t i = 0; i < nodes.size(); ++i) nodes[i].id = "n" + std::to_string(i);
  std::vector<Reach> reaches = {small_reach("upper", 0, 1, 5000), small_reach("middle", 1, 2, 3000),
                                small_reach("main", 2, 3, 4000), small_reach("loop", 2, 3, 6000),
                                small_reach("estuary", 3, 4, 5000)};
  for (std::size_t r = 1; r < reaches.size(); ++r) reaches[r].slope = 2e-5;
  reaches[3].split.kind = SplitKind::levels;
  Channel channel;
  channel.bottom_width = 20;
  Problems problems;
  basin.network = build_network(nodes, reaches, {channel}, {}, 500, true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  Structure weir;
  weir.node = 1;
  weir.crest_level = node_beds(basin.network)[1] + 1.5;
  weir.width = 12;
  weir.coefficient = usual_coefficient(weir.kind);
  basin.network.structures = {weir};
  Outlet outlet;
  outlet.node = 4;
  outlet.kind = OutletKind::stage;
  outlet.stage = tide(2.5, 1);
  if (sea >= 0) outlet.concentration = {Series::constant(1), Series::constant(sea)};
  basin.network.outlets = {outlet};
  basin.schemes.hydraulics = HydraulicScheme::dynamic;
  basin.climates = {Climate{"all", Series::constant(16), Series::constant(1)}};
  basin.reach_climate.assign(basin.network.reaches.size(), 0);
  basin.sources.push_back(small_source("head", SourceKind::boundary, 0, flood(2, 20), {1, 0}));
  river.options.grid = {Time{}, Time{std::chrono::hours(24 * 6)}, 300, std::chrono::seconds{0}};
  river.options.initial = InitialKind::spin_up;
  river.options.spin_up = {0, 0};
  river.options.initial_concentration = {1, 0};
  return river;
}

struct TidalRun {
  explicit TidalRun(const SmallRiver& river)
      : batch(river.basin, river.options, {&none}), simulation(river.basin, batch, river.options) {
    simulation.initialise();
    simulation.run({}, [&](std::int64_t) {
      const double face = simulation.water().face.back();
      turned += face < 0;
      const int last = river.basin.network.cell_count() - 1;
      saltiest =
          std::max(saltiest, concentration(simulation.state().row(last)[1],
                                           simulation.water().volume1[static_cast<std::size_t>(last)]));
      return true;
    });
  }
  Plan none;
  Batch batch;
  Simulation simulation;
  int turned = 0;
  double saltiest = 0;
};

TEST(Tide, AUniformFieldStaysUniformAndEveryBalanceCloses) {
  for (const double sea : {-1.0, 0.0}) {  // not told, and told
    const SmallRiver river = tidal_river(sea);
    const TidalRun run(river);
    EXPECT_GT(run.turned, 200) << sea;
    for (int c = -1; c < 2; ++c) EXPECT_LE(run.simulation.closure(c, 0), 1e-12) << sea << " " << c;
    for (int i = 0; i < run.simulation.state().cells(); ++i) {
      const double volume = run.simulation.water().volume1[static_cast<std::size_t>(i)];
      EXPECT_NEAR(concentration(run.simulation.state().row(i)[0], volume), 1, 1e-11) << sea << " cell " << i;
    }
    EXPECT_EQ(run.simulation.hydraulics().counts().capped, 0);
  }
}

TEST(Tide, SaltComesInWithTheFloodAndIsBooked) {
  const SmallRiver river = tidal_river(35);
  const TidalRun run(river);
  EXPECT_GT(run.saltiest, 20);
  EXPECT_LE(run.saltiest, 35 * (1 + 1e-12));
  EXPECT_LE(run.simulation.closure(1, 0), 1e-12);
  const Ledger& ledger = run.simulation.ledger();
  const auto account = static_cast<int>(
      std::find(ledger.accounts().begin(), ledger.accounts().end(), "outlet:n4") - ledger.accounts().begin());
  EXPECT_GT(ledger.gross(account, 1, 0), 0);
  EXPECT_GE(ledger.net(account, 1, 0), 0);  // more came in than left
}

}  // namespace
}  // namespace limpid
