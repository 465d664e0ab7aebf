// Pipes and lids: the circle's known values, the way into the slot, what the full section carries.
#include <gtest/gtest.h>

#include <cmath>

#include "model/channel.hpp"
#include "model/wetted.hpp"

namespace {

using namespace limpid;

Channel box(double width, double side = 0) {
  Channel c;
  c.bottom_width = width;
  c.side_slope = side;
  if (side > 0) c.shape = ChannelShape::trapezoidal;
  return c;
}

TEST(ClosedChannel, ACircleIsACircle) {
  const double d = 1.7;
  const Channel c = pipe(d);
  for (double part = 1e-6; part < 0.999; part += 0.00137) {
    const double h = part * d, theta = 2 * std::acos(1 - 2 * part);
    const double tolerance = part < 1e-3 ? 1e-6 : 1e-12;  // the reference loses digits near the bed
    EXPECT_NEAR(c.area(h), d * d / 8 * (theta - std::sin(theta)), tolerance * d * d / 8 * theta) << part;
    EXPECT_NEAR(c.wetted_perimeter(h), 0.5 * theta * d, tolerance * theta * d) << part;
    EXPECT_NEAR(c.top_width(h), d * std::sin(theta / 2), 1e-9 * d) << part;
  }
  // near the bed a parabola: A = 4/3 sqrt(d) h^1.5
  EXPECT_NEAR(c.area(1e-9) / (4.0 / 3 * std::sqrt(d) * std::pow(1e-9, 1.5)), 1, 1e-8);
}

TEST(ClosedChannel, HalfFullAndFull) {
  const double d = 1.2, quarter = M_PI * d * d / 8;
  const Channel c = pipe(d);
  EXPECT_NEAR(c.area(d / 2), quarter, 1e-15);
  EXPECT_NEAR(c.wetted_perimeter(d / 2), M_PI * d / 2, 1e-15);
  EXPECT_NEAR(c.full_area(), 2 * quarter, 1e-15);
  EXPECT_NEAR(c.wetted_perimeter(d), M_PI * d, 1e-15);
  // both have R = d / 4: the full pipe carries twice as much
  const double half = normal_flow(c, quarter, 0.01, 0.013).discharge,
               full = normal_flow(c, c.area(d), 0.01, 0.013).discharge;
  EXPECT_NEAR(half / (quarter * std::pow(d / 4, 2.0 / 3) * 0.1 / 0.013), 1, 1e-13);
  EXPECT_NEAR(full / half, 2, 1e-5);
}

// Chow (1959), figure 6-5: a circle carries most at 0.938 of its diameter, 1.076 times what it carries full.
TEST(ClosedChannel, ACircleCarriesMostBelowItsCrown) {
  const Channel c = pipe(1);
  const double full = full_flow(c, 1, 1);
  double most = 0, at = 0;
  for (double h = 0.5; h < 1; h += 1e-4)
    if (const double k = normal_flow(c, c.area(h), 1, 1).discharge; k > most) most = k, at = h;
  EXPECT_NEAR(at, 0.938, 1e-3);
  EXPECT_NEAR(most / full, 1.0757, 2e-4);
}

// Area and width without a jump at the soffit, at the slot's begin, and where a pipe narrows to it.
TEST(ClosedChannel, NothingJumpsOnTheWayIntoTheSlot) {
  for (const Channel& c : {pipe(1.5), pipe(0.3, 0.03), covered(box(4), 2), covered(box(3, 1.5), 2, 0.5)}) {
    double area = 0, width = c.top_width(0), perimeter = c.wetted_perimeter(1e-12), flow = 0;
    const double step = 1e-5 * c.soffit, largest = c.full_area() / c.soffit * 4;
    for (int i = 1; i < 130'000; ++i) {
      const double h = i * step;
      EXPECT_GT(c.area(h), area);
      EXPECT_LT(c.area(h) - area, largest * step);
      // a circle begins and ends vertically
      EXPECT_NEAR(c.top_width(h), width, largest * 0.01) << h;
      EXPECT_NEAR(c.wetted_perimeter(h), perimeter, largest * 0.02) << h;
      const double carried = normal_flow(c, c.area(h), 1, 1).discharge;
      const double all = normal_flow(c, c.area(2 * c.soffit), 1, 1).discharge;
      EXPECT_NEAR(carried, flow, 0.01 * all) << h;
      area = c.area(h), width = c.top_width(h), perimeter = c.wetted_perimeter(h), flow = carried;
    }
    EXPECT_NEAR(c.top_width(1.2 * c.soffit), c.slot_width, 1e-14);
  }
}

TEST(ClosedChannel, TheSlotStoresAndDoesNotCarry) {
  for (const Channel& c : {pipe(1.5), covered(box(4), 2), covered(box(3, 1.5), 2)}) {
    const double low = c.area(1.5 * c.soffit), high = c.area(7 * c.soffit);
    EXPECT_NEAR(high - low, c.slot_width * 5.5 * c.soffit, 1e-12 * high);
    EXPECT_EQ(normal_flow(c, high, 1, 1).discharge, normal_flow(c, low, 1, 1).discharge);
    EXPECT_EQ(normal_flow(c, high, 1, 1).celerity, 0);
    EXPECT_NEAR(carrying(c, 7 * c.soffit).area, c.full_area(), 1e-15 * high);
    EXPECT_EQ(carrying(c, 7 * c.soffit).width, 0);
    EXPECT_NEAR(full_flow(c, 1, 1), normal_flow(c, low, 1, 1).discharge, 1e-13 * high);
  }
}

// A box of 4 x 2 m: 8 m2 over 12 m with its lid, and 1 % of 4 m above.
TEST(ClosedChannel, ABoxWorkedByHand) {
  const Channel c = covered(box(4), 2);
  EXPECT_NEAR(c.full_area(), 8, 1e-15);
  EXPECT_NEAR(c.wetted_perimeter(2), 8, 1e-15);
  EXPECT_NEAR(c.wetted_perimeter(2.05), 10, 1e-12);  // half the lid
  EXPECT_NEAR(c.wetted_perimeter(3), 12, 1e-15);
  EXPECT_NEAR(c.slot_width, 0.04, 1e-15);
  EXPECT_NEAR(c.area(2.1), 8 + 0.1 * (4 + 0.04) / 2, 1e-14);
  EXPECT_NEAR(normal_flow(c, c.area(3), 4e-4, 0.02).discharge, 8 * std::pow(2.0 / 3, 2.0 / 3), 1e-13);
}

// Walls go on above the last row of a table, and a lid below it cuts the table.
TEST(ClosedChannel, ALidOnATable) {
  Channel form;
  form.shape = ChannelShape::tabulated;
  form.table_depth = {0, 1, 3};
  form.table_width = {2, 4, 6};
  EXPECT_NEAR(covered(form, 2).full_area(), form.area(2), 1e-14);
  EXPECT_NEAR(covered(form, 5).full_area(), form.area(5), 1e-14);
  EXPECT_NEAR(covered(form, 5).top_width(4), 6, 1e-14);
  EXPECT_NEAR(covered(form, 2).slot_width, 0.05, 1e-15);
}

TEST(ClosedChannel, NormalAreaUpToWhatTheFullSectionCarries) {
  for (const Channel& c : {pipe(1.5), covered(box(4), 2), covered(box(3, 1.5), 2)}) {
    const double full = normal_flow(c, c.full_area(), 1e-3, 0.014).discharge;
    for (double part = 1e-7; part < 1; part *= 1.13)
      for (const double guess : {0.0, 1e-9, 0.3, 1e6}) {
        const double area = normal_area(c, part * full, 1e-3, 0.014, guess);
        EXPECT_NEAR(normal_flow(c, area, 1e-3, 0.014).discharge / (part * full), 1, 1e-11) << part;
      }
    EXPECT_EQ(normal_area(c, 1.2 * full, 1e-3, 0.014, 0), c.full_area());
  }
}

// Wide pipes have wide slots; the depth that processes see is one that water has.
TEST(ClosedChannel, WidenedAndSeenByProcesses) {
  const Channel wide = widened(pipe(1), 1.5), lid = widened(covered(box(4), 2), 1.5);
  EXPECT_DOUBLE_EQ(wide.soffit, 1.5);
  EXPECT_DOUBLE_EQ(wide.slot_width, 0.015);
  EXPECT_DOUBLE_EQ(lid.soffit, 2);
  EXPECT_DOUBLE_EQ(lid.full_area(), 12);
  const Channel c = pipe(1);
  EXPECT_DOUBLE_EQ(c.mean_depth(c.area(0.4)), c.area(0.4) / c.top_width(0.4));
  EXPECT_NEAR(c.mean_depth(c.area(0.95)), 0.95, 1e-12);  // A / B would be 1.8 m
  EXPECT_EQ(c.mean_depth(c.area(30)), 1);
}

}  // namespace
