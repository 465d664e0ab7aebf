// Whole runs through a covered reach that is too small for its flood, and a pipe beside it: balances, and a
// uniform field that stays uniform as they fill, run under pressure and empty.
#include <gtest/gtest.h>

#include "tests/scenarios/tidal_river.hpp"

namespace limpid {
namespace {

TEST(Culvert, AUniformFieldStaysUniformUnderPressure) {
  for (const int dt : {60, 300}) {
    testing::SmallRiver river = testing::tidal_river(-1);
    Network& network = river.basin.network;
    Channel box;
    box.bottom_width = 6;
    network.channels.push_back(covered(box, 1.5));
    network.channels.push_back(pipe(2));
    network.reaches[2].channel = 1;
    network.reaches[3].channel = 2;
    river.options.grid.step = dt;
    Plan none;
    Batch batch(river.basin, river.options, {&none});
    Simulation simulation(river.basin, batch, river.options);
    simulation.initialise();
    int full = 0;
    simulation.run({}, [&](std::int64_t) {
      for (std::size_t i = 0; i < network.cell_reach.size(); ++i) {
        const Channel& channel = network.channels[static_cast<std::size_t>(
            network.reaches[static_cast<std::size_t>(network.cell_reach[i])].channel)];
        full += channel.closed() && channel.depth(simulation.water().area[i]) > channel.soffit;
      }
      return true;
    });
    EXPECT_GT(full, 1000);
    for (int c = -1; c < 2; ++c) EXPECT_LE(simulation.closure(c, 0), 1e-12) << dt << " " << c;
    for (int i = 0; i < simulation.state().cells(); ++i) {
      const double volume = simulation.water().volume1[static_cast<std::size_t>(i)];
      EXPECT_NEAR(concentration(simulation.state().row(i)[0], volume), 1, 1e-11) << dt << " cell " << i;
    }
    EXPECT_EQ(simulation.hydraulics().counts().capped, 0) << dt;
  }
}

}  // namespace
}  // namespace limpid
