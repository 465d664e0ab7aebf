#include "model/hydropower.hpp"

#include <gtest/gtest.h>

namespace limpid {
namespace {

constexpr double kHour = 3600;

Hydropower station(double opens_hour, double closes_hour) {
  Hydropower s;
  s.release = Series::constant(0.4);
  s.opens = opens_hour * kHour;
  s.closes = closes_hour * kHour;
  return s;
}

double capacity(const Hydropower& s, double from_hour, double to_hour) {
  return diversion_input(s, 3, from_hour * kHour, to_hour * kHour, 0, std::chrono::hours(0)).capacity;
}

TEST(Diversion, TakesWhatTheReleaseLeavesUpToItsCapacity) {
  const DiversionInput rule{0.4, 0.1, 3};
  EXPECT_EQ(rule.diverted(0.3), 0);         // all of it stays
  EXPECT_DOUBLE_EQ(rule.diverted(1), 0.6);  // 0.4 stays
  EXPECT_DOUBLE_EQ(rule.diverted(5), 3);    // 0.5, the share, would stay; the capacity is less
  EXPECT_DOUBLE_EQ((DiversionInput{0.4, 0.3, 100}.diverted(10)), 7);
  EXPECT_DOUBLE_EQ(rule.diverted(600, 600), 360);  // as volumes in 600 s
  EXPECT_EQ(rule.diverted(0), 0);
}

TEST(Diversion, ScheduleCountsTheOpenPartOfAStep) {
  EXPECT_DOUBLE_EQ(capacity(station(0, 0), 5, 6), 3);  // all day
  EXPECT_DOUBLE_EQ(capacity(station(8, 20), 7, 8), 0);
  EXPECT_DOUBLE_EQ(capacity(station(8, 20), 8, 20), 3);
  EXPECT_DOUBLE_EQ(capacity(station(8, 20), 7.5, 8.5), 1.5);
  EXPECT_DOUBLE_EQ(capacity(station(8, 20), 0, 48), 1.5);
  EXPECT_DOUBLE_EQ(capacity(station(22, 6), 23, 24), 3);  // over midnight
  EXPECT_DOUBLE_EQ(capacity(station(22, 6), 24, 25), 3);
  EXPECT_DOUBLE_EQ(capacity(station(22, 6), 6, 22), 0);
  EXPECT_DOUBLE_EQ(capacity(station(22, 6), 5, 7), 1.5);
}

TEST(Diversion, ScheduleIsInLocalTime) {
  const Hydropower s = station(8, 20);
  const auto share = [&](double from_hour) {
    return diversion_input(s, 3, from_hour * kHour, (from_hour + 1) * kHour, 0, kChinaOffset).capacity;
  };
  EXPECT_DOUBLE_EQ(share(0), 3);  // 08:00 at +08:00
  EXPECT_DOUBLE_EQ(share(12), 0);
}

TEST(Diversion, EndsWithinTheStepInWhichTheStationIsRemoved) {
  Hydropower s = station(0, 0);
  s.removed = Time(std::chrono::hours(10));
  EXPECT_DOUBLE_EQ(capacity(s, 9, 10), 3);
  EXPECT_DOUBLE_EQ(capacity(s, 9, 11), 1.5);
  EXPECT_DOUBLE_EQ(capacity(s, 10, 11), 0);
}

// The release follows the record's time, the schedule the model's.
TEST(Diversion, ReleaseIsTheMeanOfItsSeries) {
  Hydropower s = station(0, 0);
  s.release = Series({0, 100, 200}, {1, 3, 5}, Interpolation::step_mean);
  EXPECT_DOUBLE_EQ(diversion_input(s, 3, 1e6, 1e6 + 100, 50, std::chrono::hours(0)).reserve, 2);
}

// 0 -> 1 -> 2 -> 3 the river, 0 -> 4 -> 2 the canal, and a smaller canal 1 -> 2 inside the bypassed stretch.
TEST(BypassedReaches, RunFromTheIntakeToTheReturn) {
  std::vector<Node> nodes(5);
  std::vector<Reach> reaches(6);
  const std::vector<std::pair<int, int>> ends = {{0, 1}, {1, 2}, {2, 3}, {0, 4}, {4, 2}, {1, 2}};
  for (std::size_t i = 0; i < nodes.size(); ++i) nodes[i].id = "n" + std::to_string(i);
  for (std::size_t r = 0; r < reaches.size(); ++r) {
    reaches[r].id = "r" + std::to_string(r);
    reaches[r].from = ends[r].first;
    reaches[r].to = ends[r].second;
    reaches[r].length = 1000;
    reaches[r].slope = 0.01;
  }
  reaches[3].split = {SplitKind::diversion, 0, 2, 0};
  reaches[5].split = {SplitKind::diversion, 0, 1, 0};
  Channel channel;
  channel.bottom_width = 5;
  Problems problems;
  const Network network = build_network(nodes, reaches, {channel}, {}, 0, true, "", problems);
  ASSERT_FALSE(problems.has_errors());
  EXPECT_EQ(bypassed_reaches(network, 3), (std::vector<int>{0, 1}));
  EXPECT_EQ(bypassed_reaches(network, 5), (std::vector<int>{1}));
}

}  // namespace
}  // namespace limpid
