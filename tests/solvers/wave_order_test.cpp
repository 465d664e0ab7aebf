// Observed order of the dynamic wave in space and in time, on a smooth flood, by grids that halve.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/solvers/random_river.hpp"

namespace limpid {
namespace {

using namespace rivers;

constexpr double kLength = 24000, kEnd = 10800;

// Areas in cells of 800 m after three hours: a flood that doubles the flow within an hour, mild slope.
std::vector<double> areas(double cell_length, double dt) {
  River river;
  Reach& reach = river.add_reach(0, 1, kLength);
  reach.slope = 4e-4;
  reach.manning_n = 0.035;
  river.channels[0].shape = ChannelShape::trapezoidal;
  river.channels[0].bottom_width = 20;
  river.channels[0].side_slope = 1;
  river.build(cell_length);
  river.basin.schemes.hydraulics = HydraulicScheme::dynamic;
  river.add_source(SourceKind::boundary, 0);
  const auto hydraulics = make_hydraulics(river.basin);
  WaterStep step(river.basin.network, 1);
  WaterInput input = river.input(dt);
  const auto flow = [](double t) { return 20 + 20 * std::exp(-std::pow((t - 4500) / 1800, 2)); };
  set_flow(input, 0, flow(0));
  hydraulics->initialise(input, step);
  for (int n = 0; n < std::lround(kEnd / dt); ++n) {
    const double t = n * dt;
    input.volume[0] = dt / 6 * (flow(t) + 4 * flow(t + 0.5 * dt) + flow(t + dt));
    input.rate[0] = flow(t + dt);
    hydraulics->advance(input, step);
  }
  EXPECT_EQ(hydraulics->counts().retried, 0);
  const auto together = static_cast<std::size_t>(std::lround(800 / cell_length));
  std::vector<double> areas(step.area.size() / together, 0.0);
  for (std::size_t i = 0; i < step.area.size(); ++i) areas[i / together] += step.volume1[i] / 800;
  return areas;
}

// Mean difference inside the river, away from its ends, relative to the mean area.
double difference(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0, all = 0;
  for (std::size_t i = 4; i + 6 < a.size(); ++i) {
    sum += std::fabs(a[i] - b[i]);
    all += b[i];
  }
  return sum / all;
}

// Orders from four grids; the last is the observed one.
std::vector<double> orders(const std::vector<std::vector<double>>& grids, const char* name) {
  std::vector<double> differences, orders;
  for (std::size_t k = 1; k < grids.size(); ++k) differences.push_back(difference(grids[k - 1], grids[k]));
  for (std::size_t k = 1; k < differences.size(); ++k)
    orders.push_back(std::log2(differences[k - 1] / differences[k]));
  std::printf("%s:", name);
  for (const double d : differences) std::printf(" %.2e", d);
  std::printf(", orders");
  for (const double o : orders) std::printf(" %.2f", o);
  std::printf("\n");
  return orders;
}

TEST(WaveOrder, IsTheSecondInSpace) {
  std::vector<std::vector<double>> grids;
  for (const double cell : {800.0, 400.0, 200.0, 100.0}) grids.push_back(areas(cell, 7.5));
  EXPECT_GT(orders(grids, "space").back(), 1.8);
}

TEST(WaveOrder, IsTheFirstInTime) {
  std::vector<std::vector<double>> grids;
  for (const double dt : {240.0, 120.0, 60.0, 30.0}) grids.push_back(areas(200, dt));
  EXPECT_GT(orders(grids, "time").back(), 0.9);
}

}  // namespace
}  // namespace limpid
