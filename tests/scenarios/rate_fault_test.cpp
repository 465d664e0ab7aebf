// A rate that is no number stops its lane alone, and the failure says place, time, process, row and values.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "model/process_adapter.hpp"
#include "solvers/checkpoint.hpp"
#include "tests/scenarios/small_river.hpp"

namespace limpid {
namespace {

using testing::small_river;
using testing::SmallRiver;

// Nitrate is lost; above the limit the rate is no number. Not registered.
struct PlantedFault {
  static constexpr const char *id = "planted_fault", *name_zh = "故障", *name_en = "fault",
                              *equation = "r = k C", *source = "a test";
  enum Roles { substance };
  static constexpr Role roles[] = {{"substance", "NO3_N"}};
  enum Parameters { k, limit };
  static constexpr Parameter parameters[] = {
      {"k", unit::per_day, 0.1, 0.0, 10.0, "rate", "a test"},
      {"limit", unit::mg_per_litre, 1e6, 0.0, 1e9, "above it the rate fails", "a test"}};
  enum Rows { loss };
  static constexpr ProcessRow rows[] = {{"loss"}};
  static constexpr Term terms[] = {{loss, substance, -1.0}};
  static std::array<double, 1> rates(const Point<PlantedFault>& x) {
    return {x[substance] > x[limit] ? std::numeric_limits<double>::quiet_NaN() : x[k] * x[substance]};
  }
};

SmallRiver faulty_river() {
  static const ProcessAdapter<PlantedFault> process;
  SmallRiver river = small_river();
  ProcessUse use = default_use(process);
  use.id = "nitrate_loss";
  use.constituents[0] = river.basin.constituent("NO3_N");
  river.basin.processes.push_back(use);
  return river;
}

Plan set_limit(double limit) {
  Plan plan;
  plan.id = "limit " + std::to_string(limit);
  Measure measure;
  measure.id = "set";
  measure.action = ActionKind::set_parameter;
  measure.at = {{"stretch", "lower"}};
  measure.start = Time{std::chrono::hours(30)};
  measure.process = "nitrate_loss";
  measure.parameter = "limit";
  measure.effects = {{-1, limit}};
  plan.measures = {measure};
  return plan;
}

struct WholeRun {
  WholeRun(const SmallRiver& river, const std::vector<const Plan*>& plans)
      : batch(river.basin, river.options, plans), simulation(river.basin, batch, river.options) {
    simulation.initialise();
    simulation.run({});
  }
  std::vector<double> lane(int lane) const {
    std::vector<double> amounts;
    for (int i = 0; i < simulation.state().cells(); ++i)
      for (int c = 0; c < 4; ++c)
        amounts.push_back(simulation.state().row(i)[simulation.rows().index(c, lane)]);
    return amounts;
  }
  Batch batch;
  Simulation simulation;
};

TEST(RateFault, StopsItsLaneAloneAndSaysAll) {
  const SmallRiver river = faulty_river();
  const Plan low = testing::removal("works", 0.3), sick = set_limit(0.2), high = set_limit(5000);
  const WholeRun three(river, {&low, &sick, &high}), two(river, {&low, &high});
  EXPECT_EQ(three.lane(0), two.lane(0));
  EXPECT_EQ(three.lane(2), two.lane(1));
  EXPECT_EQ(two.simulation.failures().size(), 0u);
  ASSERT_EQ(three.simulation.failures().size(), 1u);
  const LaneFailure& failure = three.simulation.failures()[0];
  EXPECT_EQ(failure.lane, 1);
  EXPECT_GE(failure.time, 30 * 3600.0);  // the first steps with the new limit
  EXPECT_LE(failure.time, 30 * 3600.0 + 1200);
  const Network& network = river.basin.network;
  const auto reach = static_cast<std::size_t>(network.cell_reach[static_cast<std::size_t>(failure.cell)]);
  EXPECT_EQ(network.reaches[reach].stretch, "lower");
  EXPECT_EQ(river.basin.constituents[static_cast<std::size_t>(failure.constituent)].id, "NO3_N");
  EXPECT_EQ(failure.cause.process, "nitrate_loss");
  EXPECT_EQ(failure.cause.row, "loss");
  const std::string text = fault_text(failure.cause);
  EXPECT_EQ(text.find("nitrate_loss.loss = nan (NO3_N = "), 0u) << text;
  EXPECT_NE(text.find("k = 0.1 1/d, limit = 0.2 mg/L)"), std::string::npos) << text;
  EXPECT_GT(std::stod(text.substr(text.find("NO3_N = ") + 8)), 0.2) << text;
}

// Inflow that is no number, and a run that goes on from a checkpoint.
TEST(RateFault, BlamesNoProcessForWhatFlowsIn) {
  const SmallRiver river = faulty_river();
  Plan sick = testing::removal("bank", 0.3);
  sick.measures[0].action = ActionKind::set_load;
  sick.measures[0].effects = {{1, std::numeric_limits<double>::infinity()}};
  const WholeRun run(river, {&sick});
  ASSERT_EQ(run.simulation.failures().size(), 1u);
  EXPECT_EQ(run.simulation.failures()[0].cause.process, "");
}

TEST(RateFault, StaysInACheckpoint) {
  const SmallRiver river = faulty_river();
  const Plan sick = set_limit(0.2);
  WholeRun run(river, {&sick});
  Checkpoint written;
  run.simulation.checkpoint(written);
  Batch batch(river.basin, river.options, {&sick});
  Simulation again(river.basin, batch, river.options);
  Checkpoint read(written.bytes());
  again.checkpoint(read);
  ASSERT_EQ(again.failures().size(), 1u);
  EXPECT_EQ(fault_text(again.failures()[0].cause), fault_text(run.simulation.failures()[0].cause));
  EXPECT_NE(fault_text(again.failures()[0].cause), "");
}

}  // namespace
}  // namespace limpid
