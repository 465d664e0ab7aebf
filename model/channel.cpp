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
  if (c.shape != ChannelShape::compound || depth <= c.bank_depth)
    return wetted_trapezoid(c.bottom_width, c.side_slope, depth);
  const auto [main, plain] = compound_parts(c, depth);
  return {main.area + plain.area, main.width + plain.width, main.perimeter + plain.perimeter,
          plain.perimeter_growth};
}

Channel widened(Channel channel, double factor) {
  channel.bottom_width *= factor;
  channel.flood_width *= factor;
  channel.area_coef *= factor;
  for (double& width : channel.table_width) width *= factor;
  return channel;
}

double Channel::area(double depth) const {
  return wetted(*this, depth).area;
}
double Channel::top_width(double depth) const {
  return wetted(*this, depth).width;
}
double Channel::wetted_perimeter(double depth) const {
  return wetted(*this, depth).perimeter;
}

double Channel::depth(double area) const {
  if (!(area > 0)) return 0;
  if (shape == ChannelShape::power_law) return elementary::pow(area / area_coef, 1 / area_exp);
  if (shape == ChannelShape::tabulated) return table_depth_at(*this, area);
  if (shape == ChannelShape::compound) {
    const double over = area - (bottom_width + side_slope * bank_depth) * bank_depth;
    if (over > 0) return bank_depth + trapezoid_depth(bank_width(*this) + flood_width, side_slope, over);
  }
  return trapezoid_depth(bottom_width, side_slope, area);
}

}  // namespace limpid
