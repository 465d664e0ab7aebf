// Cross-section geometry and conveyance. SI: depth h [m], area A [m2], top width B [m], wetted perimeter P
// [m].
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace limpid {

enum class ChannelShape : std::uint8_t { rectangular, trapezoidal, compound, power_law, tabulated };

// One channel shape, shared by the reaches that name it.
//   rectangular, trapezoidal: bottom_width, side_slope (horizontal per vertical, 0 = rectangular)
//   compound: a trapezoid up to bank_depth, then flood_width of flood plain (both sides together) with
//   side_slope power_law: A = area_coef h^area_exp (Leopold-Maddock form) tabulated: width piecewise linear
//   in depth
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

  double area(double depth) const;
  double top_width(double depth) const;
  double wetted_perimeter(double depth) const;
  double depth(double area) const;  // inverse of area()
};

// The same shape at `factor` times its widths (bottom, flood plain, table, area of a power law); depths and
// side slopes stay.
Channel widened(Channel channel, double factor);

// Manning discharge [m3/s] of uniform flow at area A: Q = A R^(2/3) sqrt(slope) / n, and its derivative dQ/dA
// [m/s] (the kinematic celerity). Compound sections add the conveyances of main channel and flood plain.
struct NormalFlow {
  double discharge;
  double celerity;
  double top_width;
};
NormalFlow normal_flow(const Channel& channel, double area, double slope, double manning_n);

// The same, bit for bit, for many areas of one channel.
void normal_flows(const Channel& channel, double slope, double manning_n, const double* area, int count,
                  NormalFlow* flows);

// Area [m2] at which uniform flow carries `discharge`; bracketed Newton, relative residual 1e-12.
// guess: a starting area (<= 0: none).
double normal_area(const Channel& channel, double discharge, double slope, double manning_n, double guess);

}  // namespace limpid
