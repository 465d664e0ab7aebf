// Whole runs above a tide, through a weir and round a loop that the levels share: balances, a uniform field
// that stays uniform, and what comes in with the sea.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/scenarios/tidal_river.hpp"

namespace limpid {
namespace {

using testing::SmallRiver;
using testing::tidal_river;

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
