#include "model/channel.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace {

using namespace limpid;

Channel rectangle(double width) {
  Channel c;
  c.id = "rectangle";
  c.bottom_width = width;
  return c;
}

Channel trapezoid(double width, double side) {
  Channel c = rectangle(width);
  c.id = "trapezoid";
  c.shape = ChannelShape::trapezoidal;
  c.side_slope = side;
  return c;
}

Channel compound() {
  Channel c = trapezoid(10, 1.5);
  c.id = "compound";
  c.shape = ChannelShape::compound;
  c.bank_depth = 2;
  c.flood_width = 60;
  c.flood_manning_n = 0.08;
  return c;
}

Channel power_law(double coef, double exponent) {
  Channel c;
  c.id = "power law " + std::to_string(exponent);
  c.shape = ChannelShape::power_law;
  c.area_coef = coef;
  c.area_exp = exponent;
  return c;
}

Channel table(std::vector<double> depths, std::vector<double> widths) {
  Channel c;
  c.id = "table";
  c.shape = ChannelShape::tabulated;
  c.table_depth = std::move(depths);
  c.table_width = std::move(widths);
  return c;
}

std::vector<Channel> every_shape() {
  return {rectangle(12),
          trapezoid(5, 2),
          trapezoid(0, 1.2),
          compound(),
          power_law(15, 1.6),
          power_law(0.8, 2.0),
          power_law(30, 1.0),
          table({0, 1, 2.5, 4}, {3, 9, 14, 15}),
          table({0, 3, 5}, {0, 12, 8}),  // narrows upwards
          pipe(1.5),
          pipe(4, 0.1),
          covered(rectangle(4), 2),
          covered(trapezoid(3, 1), 1.5, 0.2),
          covered(table({0, 3, 5}, {0, 12, 8}), 4.5)};
}

// Uniform in [0, 1) from the generator's raw output.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  double operator()() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

 private:
  std::mt19937_64 engine_;
};

TEST(Channel, DepthInvertsArea) {
  Random random(1);
  for (const Channel& c : every_shape())
    for (int i = 0; i < 2000; ++i) {
      const double depth = std::exp(-12 + 15 * random());
      EXPECT_NEAR(c.depth(c.area(depth)), depth, 1e-12 * (1 + depth)) << c.id;
    }
}

TEST(Channel, WidthIsTheGrowthOfArea) {
  Random random(2);
  for (const Channel& c : every_shape())
    for (int i = 0; i < 500; ++i) {
      const double depth = 0.05 + 6 * random(), step = 1e-6;
      const double growth = (c.area(depth + step) - c.area(depth - step)) / (2 * step);
      if (c.shape == ChannelShape::compound && std::fabs(depth - c.bank_depth) < 2 * step) continue;
      EXPECT_NEAR(c.top_width(depth), growth, 1e-4 * growth) << c.id << " at " << depth;
    }
}

TEST(Channel, CelerityIsTheGrowthOfDischarge) {
  Random random(3);
  for (const Channel& c : every_shape())
    for (int i = 0; i < 500; ++i) {
      const double depth = 0.05 + 6 * random(), area = c.area(depth);
      const double step = (c.closed() ? 1e-8 : 1e-6) * area;  // widths change fast under a crown
      if (c.shape == ChannelShape::compound && std::fabs(depth - c.bank_depth) < 1e-3) continue;
      const double slope = (normal_flow(c, area + step, 1e-3, 0.03).discharge -
                            normal_flow(c, area - step, 1e-3, 0.03).discharge) /
                           (2 * step);
      const NormalFlow flow = normal_flow(c, area, 1e-3, 0.03);
      EXPECT_NEAR(flow.celerity, slope, 1e-5 * std::fabs(slope) + 1e-7) << c.id << " at " << depth;
      EXPECT_NEAR(flow.top_width, c.top_width(depth), 1e-9 * flow.top_width) << c.id;
    }
}

TEST(Channel, DischargeIsManningsForOneSection) {
  Random random(4);
  for (const Channel& c : every_shape()) {
    if (c.shape == ChannelShape::compound || c.closed()) continue;
    for (int i = 0; i < 200; ++i) {
      const double depth = 6 * random() + 1e-3, area = c.area(depth);
      const double by_hand =
          area * std::pow(area / c.wetted_perimeter(depth), 2.0 / 3.0) * std::sqrt(2e-4) / 0.035;
      EXPECT_NEAR(normal_flow(c, area, 2e-4, 0.035).discharge, by_hand, 1e-12 * by_hand) << c.id;
    }
  }
}

TEST(Channel, TwoThirdsPowerHoldsOverTwentyDecades) {
  const Channel c = rectangle(1e22);  // R = h, and Q / (B h) = h^(2/3)
  for (double depth = 1e-15; depth < 1e3; depth *= 1.37) {
    const double power = normal_flow(c, c.area(depth), 1, 1).discharge / c.area(depth);
    EXPECT_NEAR(power, std::pow(depth, 2.0 / 3.0), 2e-15 * power) << depth;
  }
}

TEST(Channel, WideChannelCarriesWavesAtFiveThirdsOfTheVelocity) {
  const Channel c = rectangle(1e9);
  const double area = c.area(1.7);
  const NormalFlow flow = normal_flow(c, area, 1e-3, 0.03);
  EXPECT_NEAR(flow.celerity / (flow.discharge / area), 5.0 / 3.0, 1e-8);
}

// Width 4 m, depth 2 m: A = 8, P = 8, R = 1, Q = 8 * 1 * sqrt(0.0004) / 0.02 = 8 m3/s.
TEST(Channel, RectangleWorkedByHand) {
  const Channel c = rectangle(4);
  EXPECT_NEAR(normal_flow(c, 8, 0.0004, 0.02).discharge, 8, 1e-14);
  EXPECT_NEAR(c.depth(normal_area(c, 8, 0.0004, 0.02, 0)), 2, 1e-11);
}

// Chow (1959), example 6-2: bottom 20 ft, sides 2:1, slope 0.0016, n 0.025, 400 cfs: depth 3.36 ft,
// velocity 4.46 ft/s.
TEST(Channel, TrapezoidOfChow) {
  constexpr double kFoot = 0.3048;
  const Channel c = trapezoid(20 * kFoot, 2);
  const double discharge = 400 * kFoot * kFoot * kFoot, area = normal_area(c, discharge, 0.0016, 0.025, 0);
  EXPECT_NEAR(c.depth(area) / kFoot, 3.36, 0.01);
  EXPECT_NEAR(discharge / area / kFoot, 4.46, 0.02);
}

TEST(Channel, TableOfATrapezoidIsThatTrapezoid) {
  const Channel form = trapezoid(6, 1.5), rows = table({0, 1, 3, 10}, {6, 9, 15, 36});
  for (double depth : {0.0, 0.2, 1.0, 2.9, 7.3, 10.0}) {
    EXPECT_NEAR(rows.area(depth), form.area(depth), 1e-12 * form.area(10));
    EXPECT_NEAR(rows.wetted_perimeter(depth), form.wetted_perimeter(depth), 1e-12 * form.area(10));
  }
  EXPECT_EQ(rows.top_width(12), 36);
  EXPECT_NEAR(rows.area(12), form.area(10) + 72, 1e-12 * form.area(10));
}

// A triangle written as a power law: A = z h^2, P = 2 h sqrt(1 + z^2).
TEST(Channel, PowerLawOfATriangle) {
  const Channel c = power_law(2, 2);
  EXPECT_NEAR(c.area(3), 18, 1e-13);
  EXPECT_NEAR(c.top_width(3), 12, 1e-13);
  EXPECT_NEAR(c.wetted_perimeter(3), 6 * std::sqrt(5.0), 1e-13);
}

// Main channel of bank-full width 16 m and the flood plain of 60 m, added: worked by hand at 3 m depth.
TEST(Channel, CompoundAddsConveyances) {
  const Channel c = compound();
  const double main_area = (10 + 1.5 * 2) * 2 + 16 * 1, main_perimeter = 10 + 2 * 2 * std::sqrt(3.25);
  const double plain_area = (60 + 1.5) * 1, plain_perimeter = 60 + 2 * std::sqrt(3.25);
  const double by_hand =
      std::sqrt(1e-3) * (main_area * std::pow(main_area / main_perimeter, 2.0 / 3.0) / 0.03 +
                         plain_area * std::pow(plain_area / plain_perimeter, 2.0 / 3.0) / 0.08);
  EXPECT_NEAR(c.area(3), main_area + plain_area, 1e-12);
  EXPECT_NEAR(normal_flow(c, c.area(3), 1e-3, 0.03).discharge, by_hand, 1e-12 * by_hand);
}

TEST(Channel, NormalAreaReturnsTheDischargeFromAnyGuess) {
  Random random(5);
  for (const Channel& c : every_shape())
    for (int i = 0; i < 400 && !c.closed(); ++i) {
      const double discharge = std::exp(-25 + 35 * random()), slope = std::exp(-13 + 14 * random());
      const double guess = i % 3 == 0 ? 0.0 : std::exp(-30 + 45 * random());
      const double area = normal_area(c, discharge, slope, 0.03, guess);
      EXPECT_NEAR(normal_flow(c, area, slope, 0.03).discharge, discharge, 2e-12 * discharge)
          << c.id << " guess " << guess << " slope " << slope;
    }
}

TEST(Channel, NoWaterNoFlow) {
  for (const Channel& c : every_shape()) {
    EXPECT_EQ(normal_area(c, 0, 1e-3, 0.03, 5), 0);
    EXPECT_EQ(c.depth(0), 0);
    EXPECT_EQ(normal_flow(c, 0, 1e-3, 0.03).discharge, 0);
    const NormalFlow trace = normal_flow(c, 1e-200, 1e-3, 0.03);
    EXPECT_TRUE(std::isfinite(trace.discharge) && std::isfinite(trace.celerity)) << c.id;
  }
}

}  // namespace
