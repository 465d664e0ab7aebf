#include "model/channel.hpp"

#include <algorithm>
#include <cmath>

#include "model/elementary.hpp"

namespace limpid {

namespace {

constexpr double kTwoThirds = 2.0 / 3.0;

double trapezoid_area(double width, double side, double depth) { return (width + side * depth) * depth; }

// Depth of a trapezoid from its area: the positive root of side h^2 + width h = area, without cancellation.
double trapezoid_depth(double width, double side, double area) {
  return 2 * area / (width + std::sqrt(width * width + 4 * side * area));
}

double slant(double side) { return std::sqrt(1 + side * side); }

double bank_width(const Channel& c) { return c.bottom_width + 2 * c.side_slope * c.bank_depth; }
double bank_area(const Channel& c) { return trapezoid_area(c.bottom_width, c.side_slope, c.bank_depth); }
bool over_bank(const Channel& c, double depth) { return c.shape == ChannelShape::compound && depth > c.bank_depth; }

// Area, width and perimeter of a width table at a depth; walls are vertical above the last row.
struct TableValues {
  double area = 0, width = 0, perimeter = 0, perimeter_slope = 2;
};
TableValues table_values(const Channel& c, double depth) {
  TableValues v;
  v.perimeter = v.width = c.table_width.front();
  for (std::size_t i = 1; i < c.table_depth.size() && depth > c.table_depth[i - 1]; ++i) {
    const double rise = c.table_depth[i] - c.table_depth[i - 1], part = std::min(depth - c.table_depth[i - 1], rise);
    const double growth = (c.table_width[i] - c.table_width[i - 1]) / rise;
    v.area += (c.table_width[i - 1] + 0.5 * growth * part) * part;
    v.width = c.table_width[i - 1] + growth * part;
    v.perimeter_slope = 2 * slant(0.5 * growth);
    v.perimeter += v.perimeter_slope * part;
  }
  const double above = depth - c.table_depth.back();
  if (above > 0) {
    v.area += above * v.width;
    v.perimeter += 2 * above;
    v.perimeter_slope = 2;
  }
  return v;
}

double depth_in_table(const Channel& c, double area) {
  double below = 0;
  for (std::size_t i = 1; i < c.table_depth.size(); ++i) {
    const double rise = c.table_depth[i] - c.table_depth[i - 1], growth = (c.table_width[i] - c.table_width[i - 1]) / rise;
    const double slice = 0.5 * (c.table_width[i] + c.table_width[i - 1]) * rise;
    if (area <= below + slice) return c.table_depth[i - 1] + trapezoid_depth(c.table_width[i - 1], 0.5 * growth, area - below);
    below += slice;
  }
  return c.table_depth.back() + (area - below) / c.table_width.back();
}

// Manning flow of one part: Q = A^(5/3) P^(-2/3) sqrt(S)/n, with dQ/dh from dA/dh and dP/dh.
struct PartFlow {
  double discharge = 0, slope = 0;  // slope: dQ/dh
};
PartFlow part_flow(double area, double perimeter, double area_slope, double perimeter_slope, double root_slope, double n) {
  if (!(area > 0)) return {};
  const double q = area * elementary::pow(area / perimeter, kTwoThirds) * root_slope / n;
  return {q, q * (5 * area_slope / area - 2 * perimeter_slope / perimeter) / 3};
}

double perimeter_slope(const Channel& c, double depth) {
  switch (c.shape) {
    case ChannelShape::power_law: {
      const double width = c.top_width(depth);
      return 2 + (depth > 0 ? width * (c.area_exp - 1) / depth : 0.0);
    }
    case ChannelShape::tabulated: return table_values(c, depth).perimeter_slope;
    default: return 2 * slant(c.side_slope);
  }
}

}  // namespace

double Channel::area(double depth) const {
  if (over_bank(*this, depth)) {
    const double above = depth - bank_depth;
    return bank_area(*this) + trapezoid_area(bank_width(*this) + flood_width, side_slope, above);
  }
  if (shape == ChannelShape::power_law) return depth > 0 ? area_coef * elementary::pow(depth, area_exp) : 0;
  if (shape == ChannelShape::tabulated) return table_values(*this, depth).area;
  return trapezoid_area(bottom_width, side_slope, depth);
}

double Channel::top_width(double depth) const {
  if (over_bank(*this, depth)) return bank_width(*this) + flood_width + 2 * side_slope * (depth - bank_depth);
  if (shape == ChannelShape::power_law)
    return depth > 0 ? area_coef * area_exp * elementary::pow(depth, area_exp - 1) : 0;
  if (shape == ChannelShape::tabulated) return table_values(*this, depth).width;
  return bottom_width + 2 * side_slope * depth;
}

// A power-law section has no drawn bed; its perimeter is taken as that of a wide channel, width + 2 depth.
double Channel::wetted_perimeter(double depth) const {
  if (over_bank(*this, depth))
    return bottom_width + 2 * slant(side_slope) * depth + flood_width;
  if (shape == ChannelShape::power_law) return top_width(depth) + 2 * depth;
  if (shape == ChannelShape::tabulated) return table_values(*this, depth).perimeter;
  return bottom_width + 2 * slant(side_slope) * depth;
}

double Channel::depth(double area_value) const {
  if (!(area_value > 0)) return 0;
  switch (shape) {
    case ChannelShape::power_law: return elementary::pow(area_value / area_coef, 1 / area_exp);
    case ChannelShape::tabulated: return depth_in_table(*this, area_value);
    case ChannelShape::compound: {
      const double over = area_value - bank_area(*this);
      if (over > 0) return bank_depth + trapezoid_depth(bank_width(*this) + flood_width, side_slope, over);
      return trapezoid_depth(bottom_width, side_slope, area_value);
    }
    default: return trapezoid_depth(bottom_width, side_slope, area_value);
  }
}

NormalFlow normal_flow(const Channel& c, double area, double slope, double manning_n) {
  if (!(area > 0)) return {0, 0, c.top_width(0)};
  const double depth = c.depth(area), width = c.top_width(depth), root = std::sqrt(slope);
  if (!over_bank(c, depth)) {
    const PartFlow flow = part_flow(area, c.wetted_perimeter(depth), width, perimeter_slope(c, depth), root, manning_n);
    return {flow.discharge, flow.slope / width, width};
  }
  // Main channel with the water column above it, and the flood plains: no friction between them.
  const double above = depth - c.bank_depth, side = 2 * slant(c.side_slope), bank = bank_width(c);
  const PartFlow main = part_flow(bank_area(c) + bank * above, c.bottom_width + side * c.bank_depth, bank, 0, root, manning_n);
  const double plain_n = c.flood_manning_n > 0 ? c.flood_manning_n : manning_n;
  const PartFlow plain = part_flow(trapezoid_area(c.flood_width, c.side_slope, above), c.flood_width + side * above,
                                   c.flood_width + 2 * c.side_slope * above, side, root, plain_n);
  return {main.discharge + plain.discharge, (main.slope + plain.slope) / width, width};
}

double normal_area(const Channel& channel, double discharge, double slope, double manning_n, double guess) {
  if (!(discharge > 0)) return 0;
  double low = 0, high = std::max(guess, 1e-6);
  while (normal_flow(channel, high, slope, manning_n).discharge < discharge) {
    low = high;
    high *= 4;
  }
  double area = guess > 0 && guess < high ? guess : 0.5 * (low + high);
  for (int i = 0; i < 100; ++i) {
    const NormalFlow flow = normal_flow(channel, area, slope, manning_n);
    const double residual = flow.discharge - discharge;
    if (std::fabs(residual) <= 1e-12 * discharge) break;
    (residual > 0 ? high : low) = area;
    const double newton = area - residual / flow.celerity;
    area = newton > low && newton < high ? newton : 0.5 * (low + high);
  }
  return area;
}

}  // namespace limpid
