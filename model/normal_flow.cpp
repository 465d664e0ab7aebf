// Uniform flow by Manning's formula.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "model/channel.hpp"
#include "model/wetted.hpp"

namespace limpid {

namespace {

// x^(2/3) = x * x^(-1/3) to 2 units of the last digit, for normal x > 0. The inverse cube root starts from
// the upper half of the bits of x (within 3.4 %; 32 bits, so that loops vectorise) and takes two steps of
// fourth order, r <- r (1 - e)^(-1/3) with e = 1 - x r^3.
inline double two_thirds_power(double x) {
  constexpr std::uint64_t kMagic = 0x553ee978, kThird = 0x55555556;
  const std::uint64_t upper = std::bit_cast<std::uint64_t>(x) >> 32;
  double r = std::bit_cast<double>((kMagic - ((upper * kThird) >> 32)) << 32);
  for (int i = 0; i < 2; ++i) {
    const double e = 1 - (x * r) * (r * r);
    r += r * (e * ((1.0 / 3.0 + 2.0 / 9.0 * e) + (e * e) * (14.0 / 81.0)));
  }
  return x * r;
}

// A R^(2/3) of one part of a section and its derivative to the depth.
struct Conveyance {
  double value = 0, growth = 0;
};
Conveyance conveyance(const Wetted& part) {
  constexpr double kLeastRadius =
      1e-100;  // m; less is no water, and keeps the powers inside the range of normals
  const double ratio = part.area / part.perimeter, radius = ratio > kLeastRadius ? ratio : 0.0;
  const double power = radius > 0 ? two_thirds_power(radius) : 0.0;
  return {part.area * power, power * (5 * part.width - 2 * radius * part.perimeter_growth) * (1.0 / 3.0)};
}

// root: sqrt(slope) / n
NormalFlow uniform_flow(const Wetted& section, double root) {
  const Conveyance k = conveyance(section);
  return {root * k.value, section.width > 0 ? root * k.growth / section.width : 0.0, section.width};
}

NormalFlow compound_flow(const Channel& c, double depth, double slope, double manning_n) {
  const auto [main, plain] = compound_parts(c, depth);
  const double ratio = c.flood_manning_n > 0 ? manning_n / c.flood_manning_n : 1.0,
               root = std::sqrt(slope) / manning_n;
  const Conveyance a = conveyance(main), b = conveyance(plain);
  const double width = main.width + plain.width;
  return {root * (a.value + ratio * b.value), root * (a.growth + ratio * b.growth) / width, width};
}

// Above the soffit no more than the full section carries.
NormalFlow closed_flow(const Channel& c, double depth, double root) {
  const Conveyance k = conveyance(carrying(c, depth));
  const double width = wetted(c, depth).width;
  return {root * k.value, width > 0 ? root * k.growth / width : 0.0, width};
}

NormalFlow other_flow(const Channel& channel, double area, double slope, double manning_n) {
  if (!(area > 0)) return {0, 0, wetted(channel, 0).width};
  const double depth = channel.depth(area);
  if (channel.closed()) return closed_flow(channel, depth, std::sqrt(slope) / manning_n);
  if (channel.shape == ChannelShape::compound && depth > channel.bank_depth)
    return compound_flow(channel, depth, slope, manning_n);
  Wetted section = wetted(channel, depth);
  section.area = area;
  return uniform_flow(section, std::sqrt(slope) / manning_n);
}

// Rectangles and trapezoids: most rivers, and most of the time of a step. Without branches.
inline NormalFlow trapezoid_flow(const Channel& c, double area, double root) {
  const double floor = area > 0 ? area : 0.0;
  const double wide = std::sqrt(c.bottom_width * c.bottom_width + 4 * c.side_slope * floor);
  const double depth = floor > 0 ? 2 * floor / (c.bottom_width + wide) : 0.0;
  Wetted section = wetted_trapezoid(c.bottom_width, c.side_slope, depth);
  section.area = floor;
  return uniform_flow(section, root);
}

}  // namespace

void normal_flows(const Channel& channel, double slope, double manning_n, const double* area, int count,
                  NormalFlow* flows) {
  const double root = std::sqrt(slope) / manning_n;
  if (channel.shape > ChannelShape::trapezoidal) {
    for (int i = 0; i < count; ++i) flows[i] = other_flow(channel, area[i], slope, manning_n);
    return;
  }
  for (int i = 0; i < count; ++i) flows[i] = trapezoid_flow(channel, area[i], root);
}

double full_flow(const Channel& channel, double slope, double manning_n) {
  return std::sqrt(slope) / manning_n * conveyance(carrying(channel, 2 * channel.soffit)).value;
}

void wet_depths(const Channel& c, const double* area, int count, double* depth) {
  if (c.shape > ChannelShape::trapezoidal) {
    for (int i = 0; i < count; ++i) depth[i] = c.depth(area[i]);
    return;
  }
  const double bottom = c.bottom_width, side = c.side_slope;
  for (int i = 0; i < count; ++i) {
    const bool wet = area[i] > 0;
    const double root = trapezoid_depth(bottom, side, wet ? area[i] : 1.0);
    depth[i] = wet ? root : 0.0;
  }
}

void mean_depths(const Channel& c, const double* area, int count, double* depth) {
  if (c.shape > ChannelShape::trapezoidal || c.closed()) {
    for (int i = 0; i < count; ++i) depth[i] = c.mean_depth(area[i]);
    return;
  }
  const double square = c.bottom_width * c.bottom_width, side = c.side_slope;
  for (int i = 0; i < count; ++i) depth[i] = area[i] / std::sqrt(square + 4 * side * area[i]);
}

void wet_sections(const Channel& c, double manning_n, const double* depth, int count, double* area,
                  double* width, double* friction) {
  const double square = manning_n * manning_n;
  if (c.closed()) {
    for (int i = 0; i < count; ++i) {
      const Wetted all = wetted(c, depth[i]), part = carrying(c, depth[i]);
      const double conveyed = conveyance(part).value, ratio = conveyed > 0 ? part.area / conveyed : 0.0;
      area[i] = all.area;
      width[i] = all.width;
      friction[i] = square * ratio * ratio;
    }
    return;
  }
  if (c.shape > ChannelShape::trapezoidal) {
    for (int i = 0; i < count; ++i) {
      const Wetted section = wetted(c, depth[i]);
      area[i] = section.area;
      width[i] = section.width;
      const double conveyed = normal_flow(c, section.area, 1.0, 1.0).discharge;
      const double ratio = conveyed > 0 ? section.area / conveyed : 0.0;
      friction[i] = square * ratio * ratio;
    }
    return;
  }
  const double bottom = c.bottom_width, side = c.side_slope, growth = banks(side);
  constexpr double kLeastRadius = 1e-60;  // m; the power below stays inside the range of normals
  for (int i = 0; i < count; ++i) {
    area[i] = (bottom + side * depth[i]) * depth[i];
    width[i] = bottom + 2 * side * depth[i];
    const double perimeter = bottom + growth * depth[i];
    const bool wet = area[i] > kLeastRadius * perimeter;
    const double inverse = wet ? perimeter / area[i] : 1.0, power = two_thirds_power(inverse);
    friction[i] = wet ? square * (power * power) : 0.0;
  }
}

NormalFlow normal_flow(const Channel& channel, double area, double slope, double manning_n) {
  if (channel.shape > ChannelShape::trapezoidal) return other_flow(channel, area, slope, manning_n);
  return trapezoid_flow(channel, area, std::sqrt(slope) / manning_n);
}

double normal_area(const Channel& channel, double discharge, double slope, double manning_n, double guess) {
  if (!(discharge > 0)) return 0;
  constexpr int kMostSteps = 200;
  constexpr double kResidual = 1e-12, kUnknown = 1e300;
  double low = 0, high = kUnknown, area = guess > 0 ? guess : 1.0;
  if (channel.closed()) {
    high = channel.full_area();
    if (discharge >= normal_flow(channel, high, slope, manning_n).discharge) return high;
    area = std::min(area, 0.5 * high);
  }
  for (int i = 0; i < kMostSteps; ++i) {
    const NormalFlow flow = normal_flow(channel, area, slope, manning_n);
    const double residual = flow.discharge - discharge;
    if (std::fabs(residual) <= kResidual * discharge) break;
    (residual > 0 ? high : low) = area;
    double next = area - residual / flow.celerity;
    if (high == kUnknown)
      next = next > low && next < 16 * area ? next : 16 * area;  // not yet bracketed from above
    else if (!(next > low && next < high))
      next = low > 0 ? 0.5 * (low + high) : 0.0625 * high;
    if (next == area) break;
    area = next;
  }
  return area;
}

}  // namespace limpid
