// Weirs, gates and orifices against hand calculations, and what any of them must do.
#include "model/structure.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "model/outlet.hpp"

namespace limpid {
namespace {

Structure structure(StructureKind kind, double crest = 2, double width = 4) {
  Structure s;
  s.kind = kind;
  s.crest_level = crest;
  s.width = width;
  s.coefficient = usual_coefficient(kind);
  return s;
}

constexpr StructureKind kKinds[] = {StructureKind::broad_weir, StructureKind::sharp_weir, StructureKind::gate,
                                    StructureKind::orifice};

TEST(Structure, BroadWeirIsAtCriticalDepthUntilItDrowns) {
  const Structure s = structure(StructureKind::broad_weir);
  EXPECT_NEAR(passage(s, 0, 3, 0).rate, 4 * std::pow(2.0 / 3, 1.5) * std::sqrt(9.81), 1e-3 * 4 * 1.705);
  EXPECT_DOUBLE_EQ(passage(s, 0, 3, 2.6).rate, passage(s, 0, 3, 0).rate);  // below 2/3
  EXPECT_NEAR(passage(s, 0, 3, 2 + 2.0 / 3 + 1e-9).rate, 6.82, 1e-6);      // no jump there
  EXPECT_NEAR(passage(s, 0, 3, 2.9).rate, 1.705 * 2.598076 * 4 * 0.9 * std::sqrt(0.1), 1e-5);
}

TEST(Structure, SharpWeirDrownsAsVillemonteSays) {
  const Structure s = structure(StructureKind::sharp_weir);
  EXPECT_NEAR(passage(s, 0, 3, 1).rate, 7.36, 1e-12);
  EXPECT_NEAR(passage(s, 0, 3, 2.5).rate, 7.36 * std::pow(1 - std::pow(0.5, 1.5), 0.385), 1e-10);
}

// Henderson's free gate; drowned from y = h1 on, without a jump, by hand at one tailwater.
TEST(Structure, GateRunsFreeUntilTheTailwaterDrownsTheJet) {
  const Structure s = structure(StructureKind::gate);
  const double w = 0.61 * 0.5, free = 4 * w * std::sqrt(2 * 9.81 * 2 / (1 + w / 2));
  EXPECT_NEAR(passage(s, 0.5, 4, 2).rate, free, 1e-12);
  const double limit = std::pow(2 / 0.81 * std::pow(0.5, 0.72), 1 / 1.72);  // 0.81 h (h/a)^0.72 = 2
  EXPECT_NEAR(passage(s, 0.5, 4, 2 + limit - 1e-9).rate, free, 1e-12);
  EXPECT_NEAR(passage(s, 0.5, 4, 2 + limit + 1e-9).rate, free, 1e-5);
  const double x = std::pow(0.3, 0.7), y = std::pow(0.81 * 1.7 * std::pow(3.4, 0.72) - 2, 0.7);
  EXPECT_NEAR(passage(s, 0.5, 4, 3.7).rate, free * x / (x + 0.32 * y), 1e-10);
}

TEST(Structure, AGateThatDoesNotTouchTheWaterIsAWeirOnItsSill) {
  const Structure s = structure(StructureKind::gate);
  EXPECT_DOUBLE_EQ(passage(s, 1.5, 3, 0).rate, passage(structure(StructureKind::broad_weir), 0, 3, 0).rate);
  EXPECT_EQ(passage(s, 0, 3, 0).rate, 0);
}

// As EPA SWMM 5.2 writes it: a side orifice of 1.0 x 0.6 m.
TEST(Structure, OrificeUnderItsHeads) {
  Structure s = structure(StructureKind::orifice, 0.5, 1);
  EXPECT_NEAR(passage(s, 0.6, 4, 0.2).rate, 0.62 * 0.6 * std::sqrt(2 * 9.81 * 3.2), 1e-12);
  EXPECT_NEAR(passage(s, 0.6, 4, 1.5).rate, 0.62 * 0.6 * std::sqrt(2 * 9.81 * 2.5), 1e-12);
  EXPECT_NEAR(passage(s, 0.6, 0.8, 0).rate, 0.62 * 0.6 * std::sqrt(9.81 * 0.6) * std::pow(0.5, 1.5), 1e-12);
  EXPECT_NEAR(passage(s, 0.6, 1.1, 0).rate, passage(s, 0.6, 1.1 - 1e-9, 0).rate, 1e-7);
  s.round = true;
  EXPECT_NEAR(passage(s, 0.6, 4, 1.5).rate, M_PI / 4 * 0.62 * 0.6 * std::sqrt(2 * 9.81 * 2.5), 1e-12);
}

// Rising above, falling below; the same backwards; nothing at level water and below the crest.
TEST(Structure, FlowGrowsWithTheDifferenceOfTheLevels) {
  for (const StructureKind kind : kKinds) {
    const Structure s = structure(kind);
    EXPECT_EQ(passage(s, 0.5, 1.9, 0).rate, 0);
    EXPECT_EQ(passage(s, 0.5, 3, 3).rate, 0);
    double last = 1e9;
    for (double lower = 0; lower <= 6; lower += 0.01) {
      const Passage down = passage(s, 0.5, 3, lower), up = passage(s, 0.5, lower, 3);
      EXPECT_LE(down.rate, last + 1e-9) << static_cast<int>(kind) << " " << lower;
      last = down.rate;
      EXPECT_DOUBLE_EQ(down.rate, -up.rate);
      EXPECT_GE(down.upper, 0);
      EXPECT_GE(down.lower, 0);
      if (std::fabs(lower - 3) > 1e-9) {
        EXPECT_EQ(down.rate > 0, lower < 3);
      }
    }
  }
}

TEST(Structure, SlopesAreTheFlowsOwn) {
  for (const StructureKind kind : kKinds)
    for (const double lower : {1.0, 2.5, 3.2, 3.9, 3.9995}) {
      const Structure s = structure(kind);
      const Passage at = passage(s, 0.5, 4, lower);
      const double d = 1e-5;
      const double by_upper =
          (passage(s, 0.5, 4 + d, lower).rate - passage(s, 0.5, 4 - d, lower).rate) / (2 * d);
      const double by_lower =
          (passage(s, 0.5, 4, lower - d).rate - passage(s, 0.5, 4, lower + d).rate) / (2 * d);
      EXPECT_NEAR(at.upper, by_upper, 1e-3 * (1 + by_upper)) << static_cast<int>(kind) << " " << lower;
      EXPECT_NEAR(at.lower, by_lower, 1e-3 * (1 + by_lower)) << static_cast<int>(kind) << " " << lower;
    }
}

TEST(RatingCurve, IsStraightBetweenRowsAndGoesOnAbove) {
  const RatingCurve curve{{1, 2, 4}, {0, 10, 50}};
  EXPECT_EQ(curve.at(0.5), 0);
  EXPECT_DOUBLE_EQ(curve.at(1.5), 5);
  EXPECT_DOUBLE_EQ(curve.at(3), 30);
  EXPECT_DOUBLE_EQ(curve.at(5), 70);
  EXPECT_DOUBLE_EQ(curve.slope(3), 20);
}

TEST(OutletInput, AStageRunsStraightOrHolds) {
  Outlet outlet;
  outlet.kind = OutletKind::stage;
  outlet.stage = Series({0, 100}, {1, 3}, Interpolation::linear);
  outlet.concentration = {Series::constant(7), std::nullopt};
  const OutletInput input = outlet_input(outlet, 25, 50);
  EXPECT_DOUBLE_EQ(input.stage0, 1.5);
  EXPECT_DOUBLE_EQ(input.stage1, 2);
  EXPECT_DOUBLE_EQ(input.concentration[0], 7);
  EXPECT_TRUE(std::isnan(input.concentration[1]));
  outlet.stage = Series({0, 100}, {1, 3}, Interpolation::step_mean);
  EXPECT_DOUBLE_EQ(outlet_input(outlet, 25, 50).stage0, 1);
  EXPECT_DOUBLE_EQ(outlet_input(outlet, 25, 50).stage1, 1);
}

}  // namespace
}  // namespace limpid
