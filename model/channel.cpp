#include "model/channel.hpp"

#include <algorithm>
#include <cmath>

#include "model/elementary.hpp"
#include "model/wetted.hpp"

namespace limpid {

namespace {

// Widths of a table are straight between rows; the walls are vertical above the last.
Wetted wetted_table(const Channel& c, double depth) {
  Wetted sum{0, c.table_width.front(), c.table_width.front(), 2};
  for (std::size_t i = 1; i < c.table_depth.size() && depth > c.table_depth[i - 1]; ++i) {
    const double rise = c.table_depth[i] - c.table_depth[i - 1];
    const double side = 0.5 * (c.table_width[i] - c.table_width[i - 1]) / rise;
    const Wetted slice =
        wetted_trapezoid(c.table_width[i - 1], side, std::min(depth - c.table_depth[i - 1], rise));
    sum = {sum.area + slice.area, slice.width, sum.perimeter + (slice.perimeter - c.table_width[i - 1]),
           slice.perimeter_growth};
  }
  const double above = depth - c.table_depth.back();
  if (above <= 0) return sum;
  return {sum.area + above * sum.width, sum.width, sum.perimeter + 2 * above, 2};
}

double table_depth_at(const Channel& c, double area) {
  double below = 0;
  for (std::size_t i = 1; i < c.table_depth.size(); ++i) {
    const double rise = c.table_depth[i] - c.table_depth[i - 1], bottom = c.table_width[i - 1];
    const double slice = 0.5 * (c.table_width[i] + bottom) * rise;
    if (area <= below + slice) {
      const double side = 0.5 * (c.table_width[i] - bottom) / rise;
      return area > below ? c.table_depth[i - 1] + trapezoid_depth(bottom, side, area - below)
                          : c.table_depth[i - 1];
    }
    below += slice;
  }
  return c.table_depth.back() + (area - below) / c.table_width.back();
}

// P = sqrt(B^2 + 4 h^2), the two chords from the deepest point to the water's edges: exact for a triangle, a
// little short for rounder beds (parabola of width 10 h: 1 %).
Wetted wetted_power(const Channel& c, double depth) {
  if (!(depth > 0)) return {};
  const double area = c.area_coef * elementary::pow(depth, c.area_exp), width = c.area_exp * area / depth;
  const double perimeter = std::sqrt(width * width + 4 * depth * depth);
  const double width_growth = width * (c.area_exp - 1) / depth;
  return {area, width, perimeter, (width * width_growth + 4 * depth) / perimeter};
}

// Half the central angle of the water in a circle of radius 1 up to a height <= 1, and its sine. Newton's
// step on an approximation within 0.008, of seventh order.
struct Angle {
  double value, sine;
};
Angle half_angle(double height) {
  constexpr double kQuarterPi = 0.78539816339744830962;
  const double sine = std::sqrt(height * (2 - height)), cosine = 1 - height;
  const double t = sine / (1 + cosine), near = 2 * t * (kQuarterPi + 0.273 * (1 - t));
  const double off = sine * elementary::cos(near) - cosine * elementary::sin(near), square = off * off;
  return {near + off * (1 + square * (1.0 / 6 + square * (3.0 / 40))), sine};
}

// (2 a - sin 2 a) / 2: area of the segment of half angle a in a circle of radius 1. Taylor's series where the
// difference would lose digits.
double segment(double a) {
  const double x = 2 * a, z = x * x;
  if (x > 0.5) return 0.5 * (x - elementary::sin(x));
  const double rest =
      1 - z / 20 * (1 - z / 42 * (1 - z / 72 * (1 - z / 110 * (1 - z / 156 * (1 - z / 210)))));
  return x * z / 12 * rest;
}

// Its inverse for area <= pi / 2.
double segment_angle(double area) {
  constexpr int kMostSteps = 20;
  double a = elementary::pow(1.5 * area, 1.0 / 3);
  for (int i = 0; i < kMostSteps; ++i) {
    const double sine = elementary::sin(a), step = (segment(a) - area) / (2 * sine * sine);
    a -= step;
    if (std::fabs(step) <= 1e-15 * a) break;
  }
  return a;
}

constexpr double kPi = 3.14159265358979323846;

// The circle itself, 0 < depth <= diameter.
Wetted wetted_circle(double diameter, double depth) {
  const double r = 0.5 * diameter;
  const bool upper = depth > r;
  const Angle angle = half_angle((upper ? diameter - depth : depth) / r);
  const double area = segment(angle.value), width = 2 * r * angle.sine;
  const double growth = angle.sine > 0 ? 2 / angle.sine : 0;
  if (!upper) return {r * r * area, width, 2 * r * angle.value, growth};
  return {r * r * (kPi - area), width, 2 * r * (kPi - angle.value), growth};
}

// Where a pipe is as narrow as its slot.
double slot_begin(const Channel& c) {
  const double r = 0.5 * c.soffit;
  return r + std::sqrt(r * r - 0.25 * c.slot_width * c.slot_width);
}

Wetted wetted_pipe(const Channel& c, double depth) {
  if (!(depth > 0)) return {};
  const double begin = slot_begin(c);
  if (depth <= begin) return wetted_circle(c.soffit, depth);
  return {wetted_circle(c.soffit, begin).area + c.slot_width * (depth - begin), c.slot_width, kPi * c.soffit,
          0};
}

double pipe_depth(const Channel& c, double area) {
  const double r = 0.5 * c.soffit, begin = slot_begin(c), above = area - wetted_circle(c.soffit, begin).area;
  if (above >= 0) return begin + above / c.slot_width;
  const double part = area / (r * r);
  const bool upper = part > 0.5 * kPi;
  const double sine = elementary::sin(0.5 * segment_angle(upper ? kPi - part : part));
  return upper ? c.soffit - 2 * r * sine * sine : 2 * r * sine * sine;
}

double bank_width(const Channel& c) {
  return c.bottom_width + 2 * c.side_slope * c.bank_depth;
}

}  // namespace

CompoundParts compound_parts(const Channel& c, double depth) {
  const double above = depth - c.bank_depth;
  CompoundParts parts{wetted_trapezoid(c.bottom_width, c.side_slope, c.bank_depth),
                      wetted_trapezoid(c.flood_width, c.side_slope, above)};
  parts.main.area += parts.main.width * above;
  parts.main.perimeter_growth = 0;
  return parts;
}

Wetted wetted(const Channel& c, double depth) {
  if (c.shape == ChannelShape::power_law) return wetted_power(c, depth);
  if (c.shape == ChannelShape::tabulated) return wetted_table(c, depth);
  if (c.shape == ChannelShape::circular) return wetted_pipe(c, depth);
  if (c.shape != ChannelShape::compound || depth <= c.bank_depth)
    return wetted_trapezoid(c.bottom_width, c.side_slope, depth);
  const auto [main, plain] = compound_parts(c, depth);
  return {main.area + plain.area, main.width + plain.width, main.perimeter + plain.perimeter,
          plain.perimeter_growth};
}

Wetted carrying(const Channel& c, double depth) {
  if (!c.closed()) return wetted(c, depth);
  if (c.shape == ChannelShape::circular) {
    if (!(depth > 0)) return {};
    if (depth < c.soffit) return wetted_circle(c.soffit, depth);
    return {c.full_area(), 0, kPi * c.soffit, 0};
  }
  if (depth <= c.soffit) return wetted_table(c, depth);
  const Wetted full = wetted_table(c, c.soffit);
  const double wetting = (depth - c.soffit) / (kTaper * c.soffit);  // of the lid
  return {full.area, 0, full.perimeter + std::min(1.0, wetting) * full.width,
          wetting < 1 ? full.width / (kTaper * c.soffit) : 0};
}

Channel pipe(double diameter, double slot_width) {
  Channel channel;
  channel.shape = ChannelShape::circular;
  channel.soffit = diameter;
  channel.slot_width = slot_width > 0 ? slot_width : kSlotShare * diameter;
  return channel;
}

Channel covered(const Channel& form, double height, double slot_width) {
  Channel channel;
  channel.id = form.id;
  channel.shape = ChannelShape::tabulated;
  channel.soffit = height;
  if (form.shape != ChannelShape::tabulated) {
    channel.table_depth.push_back(0);
    channel.table_width.push_back(form.top_width(0));
  }
  for (std::size_t i = 0; i < form.table_depth.size() && form.table_depth[i] < height; ++i) {
    channel.table_depth.push_back(form.table_depth[i]);
    channel.table_width.push_back(form.table_width[i]);
  }
  const double lid = form.top_width(height);
  const double largest =
      std::max(lid, *std::max_element(channel.table_width.begin(), channel.table_width.end()));
  channel.slot_width = slot_width > 0 ? slot_width : kSlotShare * largest;
  for (const double part : {1.0, 1 + kTaper}) channel.table_depth.push_back(part * height);
  channel.table_width.push_back(std::max(lid, channel.slot_width));
  channel.table_width.push_back(channel.slot_width);
  return channel;
}

Channel widened(Channel channel, double factor) {
  channel.bottom_width *= factor;
  channel.flood_width *= factor;
  channel.area_coef *= factor;
  for (double& width : channel.table_width) width *= factor;
  channel.slot_width *= factor;
  if (channel.shape == ChannelShape::circular) channel.soffit *= factor;
  return channel;
}

double Channel::area(double depth) const {
  return wetted(*this, depth).area;
}
double Channel::top_width(double depth) const {
  return wetted(*this, depth).width;
}
double Channel::wetted_perimeter(double depth) const {
  return carrying(*this, depth).perimeter;
}
double Channel::full_area() const {
  return shape == ChannelShape::circular ? 0.25 * kPi * soffit * soffit : wetted(*this, soffit).area;
}

double Channel::mean_depth(double area) const {
  const double stands = depth(area), mean = area / top_width(stands);
  return closed() ? std::min({mean, stands, soffit}) : mean;
}

double Channel::depth(double area) const {
  if (!(area > 0)) return 0;
  if (shape == ChannelShape::power_law) return elementary::pow(area / area_coef, 1 / area_exp);
  if (shape == ChannelShape::tabulated) return table_depth_at(*this, area);
  if (shape == ChannelShape::circular) return pipe_depth(*this, area);
  if (shape == ChannelShape::compound) {
    const double over = area - (bottom_width + side_slope * bank_depth) * bank_depth;
    if (over > 0) return bank_depth + trapezoid_depth(bank_width(*this) + flood_width, side_slope, over);
  }
  return trapezoid_depth(bottom_width, side_slope, area);
}

}  // namespace limpid
