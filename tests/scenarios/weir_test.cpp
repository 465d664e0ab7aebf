// The fall over a weir as a process of the stretch that stands for it: what comes of the published ratio.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <stdexcept>

#include "model/oxygen.hpp"
#include "scenarios/steady_run.hpp"
#include "tests/scenarios/small_river.hpp"

namespace limpid {
namespace {

constexpr double kDrop = 2, kLength = 1600, kTemperature = 16;

// Butts & Evans 1983 with a = 1.25, b = 0.9.
double published() {
  return 1 + 0.38 * 1.25 * 0.9 * kDrop * (1 - 0.11 * kDrop) * (1 + 0.046 * kTemperature);
}

Reach piece(const char* id, int from, double length, double cell) {
  Reach reach = testing::small_reach(id, from, from + 1, length);
  reach.dispersion = 0;
  reach.cell_length = cell;
  reach.stretch = id;
  return reach;
}

testing::SmallRiver weir_river(int cells, double step, double dispersion = 0) {
  testing::SmallRiver river;
  Basin& basin = river.basin;
  basin.constituents.emplace_back();
  basin.constituents.back().id = "DO";
  std::vector<Node> nodes(4);
  for (std::size_t i = 0; i < nodes.size(); ++i) nodes[i].id = "n" + std::to_string(i);
  Channel channel;
  channel.shape = ChannelShape::trapezoidal;
  channel.bottom_width = 12;
  Problems problems;
  basin.network = build_network(nodes,
                                {piece("above", 0, 3200, 400), piece("weir", 1, kLength, kLength / cells),
                                 piece("below", 2, 3200, 400)},
                                {channel}, {}, 400, true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  basin.schemes.hydraulics = HydraulicScheme::steady;
  basin.climates = {Climate{"all", Series::constant(kTemperature), Series::constant(1)}};
  basin.reach_climate.assign(3, 0);
  basin.sources.push_back(testing::small_source("head", SourceKind::boundary, 0, Series::constant(6), {4}));
  ProcessUse& weir = add_process(basin, "weir_reaeration", {}, {{"length", kLength}});
  weir.parameters[0].stretches.push_back({"weir", kDrop});
  river.options.grid = {Time{}, Time{std::chrono::hours(24)}, step, std::chrono::seconds{0}};
  river.options.initial_concentration = {4};
  if (cells == 1) weir.parameters[4].value = 1;
  for (Reach& reach : basin.network.reaches) reach.dispersion = dispersion;
  return river;
}

struct Fall {
  double ratio, courant;
};
// Deficit in the first cell over that in the last, and the stretch's lengths that water passes in a step.
Fall fall(const testing::SmallRiver& river) {
  const SteadyRun run = run_steady(river.basin, river.options, {}, {}, Time{});
  if (!run.state.found) throw std::runtime_error("no steady state");
  const Record& record = run.result.record;
  const auto value = [&](int cell, const char* quantity) {
    return record.map_values[static_cast<std::size_t>(cell) * record.quantities.size() +
                             static_cast<std::size_t>(record.quantity(quantity))];
  };
  const double saturation = oxygen_saturation(kTemperature);
  const int last = river.basin.network.cell_count() - 1;
  return {(saturation - value(0, "DO")) / (saturation - value(last, "DO")),
          value(10, "velocity") * river.options.grid.step / kLength};
}

// What docs/processes.md says of it; the water passes the stretch in 36 min.
TEST(Weir, GivesThePublishedRatioOverAStretchThatIsResolved) {
  for (const double step : {60.0, 300.0, 600.0})
    for (const int cells : {1, 2, 4, 8, 16}) {
      const Fall f = fall(weir_river(cells, step));
      std::printf("weir: step %g s (%.2f lengths), %d cells: %.4f, published %.4f\n", step, f.courant, cells,
                  f.ratio, published());
      const double tolerance = cells == 1 ? 0.11 : (cells == 2 ? 0.06 : 0.015);
      EXPECT_NEAR(f.ratio / published(), 1, tolerance) << step << " " << cells;
    }
}

// A stretch that is short to the step: water passes it between two turns of the kinetics.
TEST(Weir, DoesLittleInAStretchThatAStepPasses) {
  for (const int cells : {1, 4, 16}) {
    const Fall slow = fall(weir_river(cells, 1800)), fast = fall(weir_river(cells, 3600));
    EXPECT_NEAR(slow.courant, 0.84, 0.01);
    std::printf("weir: %d cells, 0.84 lengths a step %.4f, 1.69 lengths %.4f\n", cells, slow.ratio,
                fast.ratio);
    EXPECT_NEAR(slow.ratio / published(), cells == 1 ? 1.37 : 0.935, 0.025);
    EXPECT_LT(fast.ratio, 1.01);
  }
}

// Dispersion carries oxygen back over the weir, which a real fall prevents.
TEST(Weir, LosesRatioToDispersion) {
  const double none = fall(weir_river(8, 300)).ratio, some = fall(weir_river(8, 300, 15)).ratio,
               much = fall(weir_river(8, 300, 150)).ratio;
  std::printf("weir: dispersion 0, 15, 150 m2/s: %.4f %.4f %.4f\n", none, some, much);
  EXPECT_NEAR(some / none, 0.993, 0.002);
  EXPECT_NEAR(much / none, 0.945, 0.01);
}

}  // namespace
}  // namespace limpid
