// Cross-section geometry and conveyance. SI: depth h [m], area A [m2], top width B [m], wetted perimeter P
// [m].
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace limpid {

enum class ChannelShape : std::uint8_t { rectangular, trapezoidal, compound, power_law, tabulated, circular };

// One channel shape, shared by the reaches that name it.
//   rectangular, trapezoidal: bottom_width, side_slope (horizontal per vertical, 0 = rectangular)
//   compound: a trapezoid up to bank_depth, then flood_width of flood plain (both sides together) with
//   side_slope power_law: A = area_coef h^area_exp (Leopold-Maddock form) tabulated: width piecewise linear
//   in depth
//   circular: a pipe of diameter `soffit`
// Tabulated and circular sections may be closed (soffit > 0; covered() makes a table of an open form). Above
// its soffit a closed section goes on as a Preissmann slot, whose area stores water and carries none: the
// level in it is the pressure head. Widths narrow to the slot's without a jump, so that area() is smooth and
// has an inverse: a circle's own width does below its crown, a lid's over kTaper of the height above it, over
// which the lid is wetted, too. Conveyance of the full section: full area, whole perimeter.
struct Channel {
  std::string id;
  ChannelShape shape = ChannelShape::rectangular;
  double bottom_width = 0;
  double side_slope = 0;
  double bank_depth = 0;
  double flood_width = 0;
  double flood_manning_n = 0;  // 0 = the reach's own n
  double area_coef = 0, area_exp = 0;
  std::vector<double> table_depth, table_width;
  double soffit = 0;      // m above the bed; 0 = open
  double slot_width = 0;  // m, of a closed section

  bool closed() const { return soffit > 0; }
  double area(double depth) const;
  double top_width(double depth) const;
  double wetted_perimeter(double depth) const;
  double depth(double area) const;  // inverse of area()
  double full_area() const;         // m2 below the soffit of a closed section
  // m, that stands for the water where processes ask for a depth: area over width, in a closed section no
  // more than the depth and the soffit (its surface vanishes, its water does not). area > 0
  double mean_depth(double area) const;
};

// Width of a slot that is not given, as a share of the section's largest width, and the height over which
// sections narrow to it, as a share of the soffit's. The share is that to which SWMM 5.2 comes
// (getSlotWidth() in dynwave.c, after Sjoberg 1982; 1 % of the largest width from 1.78 times the depth):
// pressure waves run at sqrt(g A / slot), 28 m/s in a pipe of 1 m.
inline constexpr double kSlotShare = 0.01, kTaper = 0.05;

// A pipe. slot_width: 0 = kSlotShare of the diameter
Channel pipe(double diameter, double slot_width = 0);

// A rectangular, trapezoidal or tabulated form under a lid at `height` [m] above the bed, as a table; walls
// of a table go on vertically to a lid above its last row. slot_width: 0 = kSlotShare of the largest width
Channel covered(const Channel& form, double height, double slot_width = 0);

// The same shape at `factor` times its widths (bottom, flood plain, table, area of a power law); depths and
// side slopes stay. Of a pipe: its diameter, the invert stays.
Channel widened(Channel channel, double factor);

// Manning discharge [m3/s] of uniform flow at area A: Q = A R^(2/3) sqrt(slope) / n, and its derivative dQ/dA
// [m/s] (the kinematic celerity). Compound sections add the conveyances of main channel and flood plain.
struct NormalFlow {
  double discharge;
  double celerity;
  double top_width;
};
NormalFlow normal_flow(const Channel& channel, double area, double slope, double manning_n);

// What a closed section carries under pressure, m3/s on that slope of the levels.
double full_flow(const Channel& channel, double slope, double manning_n);

// The same as normal_flow(), bit for bit, for many areas of one channel.
void normal_flows(const Channel& channel, double slope, double manning_n, const double* area, int count,
                  NormalFlow* flows);

// Area [m2] at which uniform flow carries `discharge`; bracketed Newton, relative residual 1e-12.
// guess: a starting area (<= 0: none). A closed section that cannot carry it when full: its full area.
double normal_area(const Channel& channel, double discharge, double slope, double manning_n, double guess);

}  // namespace limpid
