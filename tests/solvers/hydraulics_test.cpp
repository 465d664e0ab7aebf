// What every scheme promises of its WaterStep, on random rivers with confluences, rejoining branches,
// diversions, abstractions and floods on dry beds; and answers that can be worked by hand.
#include "solvers/hydraulics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "solvers/transport.hpp"
#include "tests/solvers/uniform_field.hpp"

namespace {

using namespace limpid;
using chain_network::at;
using chain_network::Random;
using namespace limpid::rivers;

class EveryScheme : public testing::TestWithParam<HydraulicScheme> {};

const char* name_of(HydraulicScheme scheme) {
  if (scheme == HydraulicScheme::steady) return "steady";
  return scheme == HydraulicScheme::kinematic ? "kinematic" : "muskingum_cunge";
}

INSTANTIATE_TEST_SUITE_P(Hydraulics, EveryScheme,
                         testing::Values(HydraulicScheme::steady, HydraulicScheme::kinematic,
                                         HydraulicScheme::muskingum_cunge),
                         [](const auto& scheme) { return name_of(scheme.param); });

TEST_P(EveryScheme, BalancesCloseOnRandomRiversAndFloods) {
  for (std::uint64_t seed = 1; seed <= 24; ++seed) {
    Random random(seed);
    const double dt = std::vector{10.0, 60.0, 300.0, 3600.0, 86400.0}[seed % 5];
    River river = random_river(random, 12 + static_cast<int>(seed), seed % 2 ? 150 : 5000);
    const Network& network = river.basin.network;
    river.basin.schemes.hydraulics = GetParam();
    const auto hydraulics = make_hydraulics(river.basin);
    WaterStep step(network, static_cast<int>(river.basin.sources.size()));
    WaterInput input = river.input(dt);
    if (seed % 4) draw_input(random, input);  // every fourth river starts dry
    hydraulics->initialise(input, step);
    EXPECT_EQ(step.volume0, step.volume1);
    EXPECT_LE(cell_miss(network, step), 1e-12) << "steady state, seed " << seed;
    for (int n = 0; n < 150; ++n) {
      const std::vector<double> before = step.volume1;
      draw_input(random, input);
      hydraulics->advance(input, step);
      ASSERT_EQ(step.volume0, before);
      ASSERT_LE(cell_miss(network, step), 1e-12) << "seed " << seed << " step " << n;
      for (const double volume : step.face) ASSERT_GE(volume, 0);
      ASSERT_LE(junction_miss(network, step), 1e-12) << "seed " << seed << " step " << n;
      for (std::size_t s = 0; s < input.volume.size(); ++s) ASSERT_LE(step.abstracted[s], input.volume[s]);
      for (std::size_t i = 0; i < step.depth.size(); ++i) {
        ASSERT_TRUE(std::isfinite(step.depth[i]) && std::isfinite(step.velocity[i]) && step.velocity[i] >= 0);
        ASSERT_LT(step.velocity[i], 250) << "seed " << seed << " step " << n;  // 300 m3/s on a slope of 3.9
        ASSERT_TRUE(step.depth[i] > 0 || step.volume1[i] < 1e-3);
      }
    }
    EXPECT_EQ(hydraulics->counts().capped, 0) << "seed " << seed;
  }
}

// All water that enters, and all that stands, carries 1 g/m3: so does all water at any time.
TEST_P(EveryScheme, UniformConcentrationStaysUniform) {
  for (std::uint64_t seed = 200; seed < 208; ++seed) {
    Random random(seed);
    River river = random_river(random, 20, seed % 2 ? 300 : 3000);
    const Network& network = river.basin.network;
    river.basin.schemes.hydraulics = GetParam();
    const auto hydraulics = make_hydraulics(river.basin);
    WaterStep step(network, static_cast<int>(river.basin.sources.size()));
    WaterInput input = river.input(seed % 2 ? 60 : 900);
    draw_input(random, input);
    hydraulics->initialise(input, step);
    UniformField field(network, step);
    for (int n = 1; n <= 150; ++n) {
      draw_input(random, input);
      hydraulics->advance(input, step);
      ASSERT_LE(field.miss_after(step), 1) << "seed " << seed << " step " << n;
    }
  }
}

// Constant inputs must end in the steady state, whatever came before.
TEST_P(EveryScheme, ForgetsItsStartUnderConstantInput) {
  for (std::uint64_t seed = 50; seed < 58; ++seed) {
    Random random(seed);
    River river = random_river(random, 14, 800);
    for (Reach& r : river.basin.network.reaches) r.slope = std::max(r.slope, 1e-4);
    river.basin.schemes.hydraulics = GetParam();
    WaterInput input = river.input(600), flood = input;
    for (std::size_t s = 0; s < input.volume.size(); ++s) {
      set_flow(input, static_cast<int>(s), random.between(0.05, 8));
      set_flow(flood, static_cast<int>(s), random.between(0, 400));
    }
    WaterStep steady(river.basin.network, static_cast<int>(input.volume.size())), step = steady;
    make_hydraulics(river.basin)->initialise(input, steady);
    const auto hydraulics = make_hydraulics(river.basin);
    hydraulics->initialise(flood, step);
    const std::vector<double> full = step.volume1;
    for (int n = 0; n < 3000; ++n) hydraulics->advance(input, step);
    for (std::size_t i = 0; i < step.volume1.size(); ++i) {
      if (steady.volume1[i] > 0)
        EXPECT_NEAR(step.volume1[i], steady.volume1[i], 1e-6 * steady.volume1[i])
            << "seed " << seed << " cell " << i;
      else  // a branch that falls dry empties like t^-1.5
        EXPECT_LE(step.volume1[i], 1e-4 * full[i]) << "seed " << seed << " cell " << i;
    }
    for (std::size_t f = 0; f < step.face.size(); ++f)
      EXPECT_NEAR(step.face[f], steady.face[f], 1e-6 * steady.face[f] + 1e-4)
          << "seed " << seed << " face " << f;
  }
}

// Started in the steady state of its inputs, nothing moves.
TEST_P(EveryScheme, SteadyStateStays) {
  Random random(77);
  River river = random_river(random, 40, 400);
  river.basin.schemes.hydraulics = GetParam();
  WaterInput input = river.input(300);
  for (std::size_t s = 0; s < input.volume.size(); ++s)
    set_flow(input, static_cast<int>(s), random.between(0, 20));
  WaterStep step(river.basin.network, static_cast<int>(input.volume.size()));
  const auto hydraulics = make_hydraulics(river.basin);
  hydraulics->initialise(input, step);
  const WaterStep start = step;
  for (int n = 0; n < 200; ++n) hydraulics->advance(input, step);
  for (std::size_t i = 0; i < step.volume1.size(); ++i)
    EXPECT_NEAR(step.volume1[i], start.volume1[i], 1e-8 * start.volume1[i]) << i;
  for (std::size_t f = 0; f < step.face.size(); ++f)
    EXPECT_NEAR(step.face[f], start.face[f], 1e-8 * start.face[f]) << f;
}

TEST_P(EveryScheme, ADryRiverStaysDry) {
  River river;
  river.add_reach(0, 1, 5000);
  river.build(500);
  river.add_source(SourceKind::boundary, 0);
  river.basin.schemes.hydraulics = GetParam();
  WaterStep step(river.basin.network, 1);
  const auto hydraulics = make_hydraulics(river.basin);
  hydraulics->initialise(river.input(600), step);
  for (int n = 0; n < 10; ++n) hydraulics->advance(river.input(600), step);
  for (const auto* values : {&step.volume1, &step.face, &step.depth, &step.velocity, &step.discharge})
    for (double v : *values) EXPECT_EQ(v, 0);
}

// A headwater fed by diffuse inflow alone: 2 m3/s over 10 cells; the flow grows by 0.2 m3/s a cell.
TEST_P(EveryScheme, DiffuseInflowAlone) {
  River river;
  river.add_reach(0, 1, 5000);
  river.build(500);
  for (int i = 0; i < 10; ++i) river.add_diffuse(i);
  river.basin.schemes.hydraulics = GetParam();
  WaterInput input = river.input(600);
  for (int i = 0; i < 10; ++i) set_flow(input, i, 0.2);
  WaterStep step(river.basin.network, 10);
  const auto hydraulics = make_hydraulics(river.basin);
  hydraulics->initialise(river.input(600), step);  // from a dry bed
  for (int n = 0; n < 400; ++n) hydraulics->advance(input, step);
  for (int i = 0; i < 10; ++i) {
    EXPECT_NEAR(step.face[at(i + 1)], 0.2 * 600 * (i + 1), 1e-6);
    const double area = normal_area(river.basin.network.channels[0], 0.2 * (i + 0.5), 1e-3, 0.03, 0);
    EXPECT_NEAR(step.volume1[at(i)], 500 * area, 1e-4);
    EXPECT_NEAR(step.discharge[at(i)], 0.2 * (i + 0.5), 1e-8);
  }
}

// Width 4 m, n 0.02, slope 0.0004: 8 m3/s run 2 m deep at 1 m/s (worked in Channel.RectangleWorkedByHand).
TEST_P(EveryScheme, NormalDepthByHand) {
  River river;
  river.channels[0].bottom_width = 4;
  Reach& reach = river.add_reach(0, 1, 3000);
  reach.slope = 4e-4;
  reach.manning_n = 0.02;
  river.build(300);
  const int head = river.add_source(SourceKind::boundary, 0);
  river.basin.schemes.hydraulics = GetParam();
  WaterInput input = river.input(600);
  set_flow(input, head, 8);
  WaterStep step(river.basin.network, 1);
  make_hydraulics(river.basin)->initialise(input, step);
  for (int i = 0; i < 10; ++i) {
    EXPECT_NEAR(step.depth[at(i)], 2, 1e-10);
    EXPECT_NEAR(step.velocity[at(i)], 1, 1e-10);
    EXPECT_NEAR(step.volume1[at(i)], 300 * 8, 1e-7);
  }
}

// A weir takes up to 5 m3/s but leaves 2 m3/s in the river; both join again, and a town takes 1 m3/s below.
TEST_P(EveryScheme, DiversionWithReserveRejoins) {
  const auto flows = [&](double inflow) {
    River river;
    river.add_reach(0, 1);
    river.add_reach(1, 2);
    river.add_reach(1, 2).split = {SplitKind::diversion, 0, 5, 2};
    river.add_reach(2, 3);
    river.build(250);
    const int head = river.add_source(SourceKind::boundary, 0);
    const int town = river.add_source(SourceKind::abstraction, 2);
    river.basin.schemes.hydraulics = GetParam();
    WaterInput input = river.input(600);
    set_flow(input, head, inflow);
    set_flow(input, town, 1);
    WaterStep step(river.basin.network, 2);
    const auto hydraulics = make_hydraulics(river.basin);
    hydraulics->initialise(input, step);
    for (int n = 0; n < 50; ++n) hydraulics->advance(input, step);
    std::vector<double> result;
    for (std::size_t k = 0; k < 4; ++k) {
      for (std::size_t r = 0; r < 4; ++r)
        if (river.basin.network.chains[r].reach == static_cast<int>(k))
          result.push_back(step.face[at(river.basin.network.first_face(static_cast<int>(r)))] / 600);
    }
    result.push_back(step.abstracted[at(town)] / 600);
    return result;
  };
  const auto expect = [](const std::vector<double>& got, const std::vector<double>& wanted) {
    ASSERT_EQ(got.size(), wanted.size());
    for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], wanted[i], 1e-9) << i;
  };
  expect(flows(20), {20, 15, 5, 19, 1});
  expect(flows(4), {4, 2, 2, 3, 1});
  expect(flows(1.5), {1.5, 1.5, 0, 0.5, 1});
  expect(flows(0.4), {0.4, 0.4, 0, 0, 0.4});
  expect(flows(0), {0, 0, 0, 0, 0});
}

// 300 m3/s into a dry headwater with 1-m links of slope 3.9 at 5-minute steps: it arrives within two steps.
TEST_P(EveryScheme, FloodOnADrySteepBed) {
  River river;
  for (int i = 0; i < 60; ++i) {
    Reach& reach = river.add_reach(i, i + 1, i % 3 == 0 ? 1.0 : 400.0);
    reach.slope = i % 3 == 0 ? 3.9 : 0.02;
  }
  river.build(500);
  const int head = river.add_source(SourceKind::boundary, 0);
  river.basin.schemes.hydraulics = GetParam();
  WaterInput input = river.input(300);
  WaterStep step(river.basin.network, 1);
  const auto hydraulics = make_hydraulics(river.basin);
  hydraulics->initialise(input, step);
  set_flow(input, head, 300);
  double arrived = 0, stored = 0;
  for (int n = 0; n < 40; ++n) {
    hydraulics->advance(input, step);
    arrived += step.face.back();
    EXPECT_LE(step.face.back(), 300 * 300 * 1.005)
        << n;  // the limiter bounds rates; volumes may pass them a little
  }
  for (double v : step.volume1) stored += v;
  EXPECT_NEAR(arrived + stored, 40 * 300 * 300.0, 1e-6);
  EXPECT_NEAR(step.face.back(), 300 * 300.0, 90);  // 0.1 % after 200 minutes; the wave needs about 1 hour
}

// 300 m3/s onto a dry bed, then nothing, then 300 m3/s again, on every slope and at every step.
TEST_P(EveryScheme, StepFloodsWetDryAndWetAgain) {
  for (double slope : {1e-6, 1e-4, 1e-2, 0.1, 2.0})
    for (double dt : {10.0, 60.0, 300.0, 3600.0}) {
      River river;
      Channel plain = river.channels[0];
      plain.shape = ChannelShape::compound;
      plain.side_slope = 1;
      plain.bank_depth = 2;
      plain.flood_width = 200;
      plain.flood_manning_n = 0.1;
      river.channels.push_back(plain);
      for (int i = 0; i < 12; ++i) {
        Reach& reach = river.add_reach(i, i + 1, i % 3 == 0 ? 50 : 1000);
        reach.slope = slope;
        reach.channel = i % 2;
      }
      river.build(250);
      river.add_source(SourceKind::boundary, 0);
      river.basin.schemes.hydraulics = GetParam();
      WaterInput input = river.input(dt);
      WaterStep step(river.basin.network, 1);
      const auto hydraulics = make_hydraulics(river.basin);
      hydraulics->initialise(input, step);
      double left = 0, entered = 0, highest = 0;
      for (int n = 0; n < 360; ++n) {
        set_flow(input, 0, n / 120 % 2 == 0 ? 300 : 0);
        hydraulics->advance(input, step);
        ASSERT_LE(cell_miss(river.basin.network, step), 1e-12) << slope << " " << dt << " step " << n;
        entered += input.volume[0];
        left += step.face.back();
        highest = std::max(highest, step.face.back() / dt);
        for (double velocity : step.velocity) ASSERT_TRUE(velocity >= 0 && velocity < 100) << velocity;
      }
      double stored = 0;
      for (double v : step.volume1) stored += v;
      EXPECT_NEAR(left + stored, entered, 1e-9 * entered) << slope << " " << dt;
      if (GetParam() != HydraulicScheme::steady) {  // which lets the flood go at once
        EXPECT_LE(highest, 300 * 1.05) << slope << " " << dt;
      }
      EXPECT_EQ(hydraulics->counts().capped, 0) << slope << " " << dt;
    }
}

TEST_P(EveryScheme, WaterThatIsNoNumberNamesTheReach) {
  River river;
  river.add_reach(0, 1);
  river.add_reach(1, 2);
  river.build(500);
  river.add_source(SourceKind::boundary, 0);
  river.basin.schemes.hydraulics = GetParam();
  WaterInput input = river.input(300);
  WaterStep step(river.basin.network, 1);
  const auto hydraulics = make_hydraulics(river.basin);
  hydraulics->initialise(input, step);
  set_flow(input, 0, std::numeric_limits<double>::quiet_NaN());
  try {
    hydraulics->advance(input, step);
    FAIL() << "accepted";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.problem().code, Code::E3001);
    EXPECT_EQ(failure.problem().args.front(), "r0");
    EXPECT_EQ(failure.exit_code(), 3);
  }
}

TEST(SplitFlow, SharesSumToTheTotal) {
  River river;
  river.add_reach(0, 1).split = {SplitKind::diversion, 0, 3, 1};
  river.add_reach(0, 1).split = {SplitKind::fraction, 0.25, 0, 0};
  river.add_reach(0, 1);
  river.add_reach(0, 1).split = {SplitKind::fraction, 0.5, 0, 0};
  river.build(0);
  for (double total : {0.0, 1e-9, 0.5, 2.0, 4.0, 1000.0 / 3}) {
    double out[4];
    split_flow(river.basin.network, 0, total, out);
    for (double q : out) EXPECT_GE(q, 0);
    EXPECT_NEAR(out[0] + out[1] + out[2] + out[3], total, 1e-15 * total);
  }
  double out[4];
  split_flow(river.basin.network, 0, 10, out);
  EXPECT_EQ(std::vector<double>(out, out + 4),
            (std::vector<double>{3, 2.5, 0, 4.5}));  // nothing is left to remain
  split_flow(river.basin.network, 0, 100, out);
  EXPECT_EQ(std::vector<double>(out, out + 4), (std::vector<double>{3, 25, 22, 50}));
}

// Steady flow reaches every cell within the step in which it rises, as far as the water suffices.
TEST(SteadyFlow, ChangesReachTheOutletAtOnce) {
  River river;
  river.add_reach(0, 1, 2000);
  river.build(500);
  river.add_source(SourceKind::boundary, 0);
  river.basin.schemes.hydraulics = HydraulicScheme::steady;
  WaterInput input = river.input(86400);
  WaterStep step(river.basin.network, 1);
  const auto hydraulics = make_hydraulics(river.basin);
  set_flow(input, 0, 5);
  hydraulics->initialise(input, step);
  const double before = step.volume1[0];
  set_flow(input, 0, 9);
  hydraulics->advance(input, step);
  const double filled = 4 * (step.volume1[0] - before);
  EXPECT_GT(filled, 0);
  EXPECT_NEAR(step.face[4], 9 * 86400.0 - filled, 1e-6);
  hydraulics->advance(input, step);
  EXPECT_NEAR(step.face[4], 9 * 86400.0, 1e-6);
  EXPECT_EQ(hydraulics->counts().limited, 0);
}

}  // namespace
