// run(N) = run(k) + a new simulation that reads the checkpoint of step k, bit for bit: every scheme, every
// store, lanes that differ, one that fails; and what is refused. Ten random k a case; LIMPID_LONG_TESTS=1
// asks for 200.
#include "solvers/checkpoint.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>

#include "model/tags.hpp"
#include "scenarios/batch_run.hpp"
#include "tests/scenarios/lake_river.hpp"
#include "tests/scenarios/losing_river.hpp"
#include "tests/scenarios/tidal_river.hpp"

namespace limpid {
namespace {

using testing::SmallRiver;

constexpr HydraulicScheme kSchemes[] = {HydraulicScheme::steady, HydraulicScheme::kinematic,
                                        HydraulicScheme::muskingum_cunge, HydraulicScheme::dynamic};

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

Measure moving(const char* process, const char* parameter, double value, int hour) {
  Measure m;
  m.action = ActionKind::set_parameter;
  m.process = process;
  m.parameter = parameter;
  m.effects = {{-1, value}};
  m.start = Time{std::chrono::hours(hour)};
  m.ramp = {0, 86400};
  return m;
}

// Lanes that differ in loads, parameters and dispersion, and one that leaves the finite numbers on day 3.
std::vector<Plan> plans(bool one_fails) {
  std::vector<Plan> list(3);
  list[1] = testing::removal("works", 0.7);
  list[1].measures.push_back(moving("nitrification", "k_n", 0.7 / 86400, 40));
  list[1].measures.back().at = {{"stretch", "lower"}};
  list[2] = testing::removal("bank", 0.4);
  list[2].measures.push_back(moving("transport", "dispersion", 80, 30));
  list[2].measures.back().at = {{"reach", "main-2"}};
  if (!one_fails) return list;
  Plan sick = testing::removal("works", 0.5);
  sick.measures[0].start = Time{std::chrono::hours(60)};
  sick.measures[0].action = ActionKind::set_load;
  for (Effect& effect : sick.measures[0].effects) effect.value = std::numeric_limits<double>::infinity();
  list.push_back(sick);
  return list;
}

void set_station(SmallRiver& river) {
  Hydropower station;
  station.id = "power";
  station.canal = 3;
  station.release = Series::constant(0.5);
  station.required = Series::constant(0.6);
  station.opens = 6.5 * 3600;
  station.closes = 22 * 3600;
  river.basin.network.reaches[3].split.station = 0;
  river.basin.stations = {station};
}

void set_tags(SmallRiver& river) {
  const int before = static_cast<int>(river.basin.constituents.size()), carried = river.basin.carried_count();
  add_tags(river.basin, {1, 2}, {"works", "heads"});
  river.basin.sources[2].tag_group = 0;
  river.basin.sources[0].tag_group = river.basin.sources[1].tag_group = 1;
  auto& initial = river.options.initial_concentration;
  initial.insert(initial.begin() + carried,
                 river.basin.constituents.size() - static_cast<std::size_t>(before), 0.0);
}

// Dead zones, what is attached, tags, a station, dispersion predicted from the flow, loads without water, and
// two sections to record.
SmallRiver rich_river(HydraulicScheme scheme) {
  SmallRiver river = testing::stored_river();
  set_tags(river);
  set_station(river);
  river.basin.network.reaches[0].dispersion_formula = 0;
  river.basin.sources[2].flow = Series::constant(0);
  for (SourceLoad& load : river.basin.sources[2].loads)
    if (load.kind != SourceLoad::Kind::none) load = {SourceLoad::Kind::load, Series::constant(3)};
  river.basin.schemes.hydraulics = scheme;
  return river;
}

SmallRiver lakes(HydraulicScheme scheme) {
  SmallRiver river = testing::warm_lake_river();
  river.basin.schemes.hydraulics = scheme;
  return river;
}

struct Lanes {
  explicit Lanes(std::vector<Plan> list) : plans(std::move(list)) {
    for (const Plan& plan : plans) pointers.push_back(&plan);
  }
  std::vector<Plan> plans;
  std::vector<const Plan*> pointers;
};

// Everything that a run leaves: its last checkpoint and its records.
struct Left {
  std::string state;
  std::vector<Record> records;
};

Left left_by(BatchRun& run) {
  Checkpoint file;
  run.checkpoint(file);
  return {file.bytes(), run.records()};
}

void expect_equal(const Left& a, const Left& b, const std::string& where) {
  EXPECT_TRUE(a.state == b.state) << where;
  for (std::size_t l = 0; l < a.records.size(); ++l) {
    const Record &x = a.records[l], &y = b.records[l];
    EXPECT_TRUE(same_bits(x.section_times, y.section_times)) << where;
    EXPECT_TRUE(same_bits(x.section_values, y.section_values)) << where;
    EXPECT_TRUE(same_bits(x.map_times, y.map_times)) << where;
    EXPECT_TRUE(same_bits(x.map_values, y.map_values)) << where;
  }
}

// stop: calls of keep_going until the run is left (the spin-up's steps count, too).
Left stopped_after(const SmallRiver& river, const Lanes& lanes, std::int64_t stop) {
  BatchRun run(river.basin, river.options, lanes.pointers);
  EXPECT_FALSE(run.run([&](std::int64_t) { return --stop > 0; }));
  return left_by(run);
}

Left gone_on(const SmallRiver& river, const Lanes& lanes, const Left& from) {
  BatchRun run(river.basin, river.options, lanes.pointers);
  run.restore(from.records);
  Checkpoint file(from.state);
  run.checkpoint(file);
  file.expect_end();
  EXPECT_TRUE(run.run());
  return left_by(run);
}

void expect_restart_equality(SmallRiver river, const Lanes& lanes, unsigned seed, const std::string& name) {
  river.options.map_interval = 6 * 3600;
  BatchRun whole(river.basin, river.options, lanes.pointers);
  std::int64_t calls = 0;
  ASSERT_TRUE(whole.run([&](std::int64_t) { return ++calls > 0; }));
  const Left expected = left_by(whole);
  ASSERT_GT(expected.records[0].map_values.size(), 0U);
  std::mt19937 random(seed);
  const int count = std::getenv("LIMPID_LONG_TESTS") ? 200 : 10;
  for (int n = 0; n < count; ++n) {
    const auto k = std::uniform_int_distribution<std::int64_t>(1, calls - 1)(random);
    expect_equal(expected, gone_on(river, lanes, stopped_after(river, lanes, k)),
                 name + ", stopped after " + std::to_string(k) + " of " + std::to_string(calls));
  }
}

TEST(CheckpointTest, ARunGoesOnWithTheSameBits) {
  for (const HydraulicScheme scheme : kSchemes)
    expect_restart_equality(rich_river(scheme), Lanes(plans(true)), 1 + static_cast<unsigned>(scheme),
                            "scheme " + std::to_string(static_cast<int>(scheme)));
}

TEST(CheckpointTest, SoDoLakesWithTemperatureAndAge) {
  for (const HydraulicScheme scheme : kSchemes)
    expect_restart_equality(lakes(scheme), Lanes(plans(false)), 11 + static_cast<unsigned>(scheme),
                            "lakes, scheme " + std::to_string(static_cast<int>(scheme)));
}

TEST(CheckpointTest, SoDoesSteadyFlowAboveStructures) {
  SmallRiver river = testing::tidal_river(35);
  river.basin.schemes.hydraulics = HydraulicScheme::steady;
  river.basin.network.reaches[3].split = {SplitKind::fraction, 0.4, 0, 0};
  expect_restart_equality(river, Lanes({Plan{}, testing::removal("head", 0.5)}), 33, "steady, weir");
}

TEST(CheckpointTest, SoDoTidesAndStructures) {
  expect_restart_equality(testing::tidal_river(35), Lanes({Plan{}, testing::removal("head", 0.5)}), 31,
                          "tide");
}

// What reaches lose, what waits to come back from an abstraction, channels that a measure widens while the
// run is cut.
TEST(CheckpointTest, SoDoLossesReturnsAndRestoredChannels) {
  for (const HydraulicScheme scheme : kSchemes) {
    SmallRiver river = testing::losing_river(scheme);
    testing::add_return(river, "intake", 0.6, 2);
    Plan wide = testing::removal("works", 0.7);
    Measure& measure = wide.measures.emplace_back();
    measure.id = "wide";
    measure.action = ActionKind::scale_width;
    measure.at = {{"stretch", "lower"}};
    measure.effects = {{-1, 1.6}};
    measure.start = Time{std::chrono::hours(30)};
    measure.ramp = {0, 2 * 86400};
    Plan other = wide;
    other.measures.front().effects.front().value = 0.2;
    expect_restart_equality(river, Lanes({wide, other}), 51 + static_cast<unsigned>(scheme),
                            "losses, scheme " + std::to_string(static_cast<int>(scheme)));
  }
}

// Below the last reach of the dynamic wave: what leaves there hangs on how the last step ended.
TEST(CheckpointTest, SoDoRatingsAndFreeFalls) {
  for (const OutletKind kind : {OutletKind::rating, OutletKind::free_fall}) {
    SmallRiver river = rich_river(HydraulicScheme::dynamic);
    Outlet outlet;
    outlet.node = 4;
    outlet.kind = kind;
    const double bed = node_beds(river.basin.network)[4];
    if (kind == OutletKind::rating) outlet.rating = {{bed, bed + 1, bed + 4}, {0, 8, 120}};
    river.basin.network.outlets = {outlet};
    expect_restart_equality(river, Lanes(plans(true)), 41 + static_cast<unsigned>(kind),
                            "outlet " + std::to_string(static_cast<int>(kind)));
  }
}

// Steps of two hours are synchronised each; the spin-up is that of constant inputs.
TEST(CheckpointTest, SoDoesARunFromASteadyState) {
  SmallRiver river = rich_river(HydraulicScheme::kinematic);
  river.options.initial = InitialKind::steady;
  river.options.grid.step = 7200;
  expect_restart_equality(river, Lanes(plans(true)), 21, "steady begin");
}

// A chain of checkpoints, one after every 97th step, and one read twice.
TEST(CheckpointTest, CheckpointsFollowOneAnother) {
  const SmallRiver river = rich_river(HydraulicScheme::dynamic);
  const Lanes lanes(plans(true));
  BatchRun whole(river.basin, river.options, lanes.pointers);
  ASSERT_TRUE(whole.run());
  auto run = std::make_unique<BatchRun>(river.basin, river.options, lanes.pointers);
  for (bool done = false; !done;) {
    int left = 97;
    done = run->run([&](std::int64_t) { return --left > 0; });
    const Left here = left_by(*run);
    auto next = std::make_unique<BatchRun>(river.basin, river.options, lanes.pointers);
    next->restore(here.records);
    Checkpoint file(here.state);
    next->checkpoint(file);
    expect_equal(here, left_by(*next), "read and written again");
    run = std::move(next);
  }
  expect_equal(left_by(whole), left_by(*run), "at the end");
}

std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const CheckpointError& error) {
    return error.what();
  }
  return "";
}

TEST(CheckpointTest, WhatDoesNotFitIsRefused) {
  const SmallRiver river = rich_river(HydraulicScheme::kinematic);
  const Lanes lanes(plans(false)), fewer({Plan{}});
  const Left left = stopped_after(river, lanes, 200);
  const auto read = [&](const SmallRiver& of, const Lanes& by, std::string state,
                        std::vector<Record> records) {
    return refusal([&] {
      BatchRun run(of.basin, of.options, by.pointers);
      run.restore(std::move(records));
      Checkpoint file(std::move(state));
      run.checkpoint(file);
      file.expect_end();
    });
  };
  EXPECT_EQ(read(river, lanes, left.state, left.records), "");
  EXPECT_EQ(read(river, fewer, left.state, left.records), "its record is of other lanes");
  EXPECT_NE(read(river, lanes, left.state.substr(0, left.state.size() / 2), left.records).find("it ends"),
            std::string::npos);
  EXPECT_EQ(read(river, lanes, left.state + "x", left.records), "1 bytes are left over");
  EXPECT_NE(read(river, lanes, "", left.records).find("it ends before \"started\""), std::string::npos);
  EXPECT_NE(read(rich_river(HydraulicScheme::dynamic), lanes, left.state, left.records).find("stands where"),
            std::string::npos);
  auto longer = left.records;
  longer[0].section_times.push_back(0);
  EXPECT_NE(read(river, lanes, left.state, longer).find("times, not"), std::string::npos);
  EXPECT_NE(read(lakes(HydraulicScheme::kinematic), lanes, left.state, left.records).find("bytes, not"),
            std::string::npos);
}

}  // namespace
}  // namespace limpid
