// The wetted part of a cross-section at one depth.
#pragma once

#include <cmath>

#include "model/channel.hpp"

namespace limpid {

struct Wetted {
  double area = 0, width = 0;                  // m2, m
  double perimeter = 0, perimeter_growth = 0;  // m, dP/dh
};

// Length of both banks together per metre of depth; side: horizontal per vertical.
inline double banks(double side) {
  return 2 * std::sqrt(1 + side * side);
}

inline Wetted wetted_trapezoid(double bottom, double side, double depth) {
  const double growth = banks(side);
  return {(bottom + side * depth) * depth, bottom + 2 * side * depth, bottom + growth * depth, growth};
}

// Depth of a trapezoid: the positive root of side h^2 + bottom h = area, written without cancellation. area >
// 0
inline double trapezoid_depth(double bottom, double side, double area) {
  return 2 * area / (bottom + std::sqrt(bottom * bottom + 4 * side * area));
}

// A compound section's two parts at a depth above its banks; no friction acts between them.
struct CompoundParts {
  Wetted main, plain;
};
CompoundParts compound_parts(const Channel& channel, double depth);

// Any shape, as one section.
Wetted wetted(const Channel& channel, double depth);

// What of it carries: an open section all, a closed one at most what lies below its soffit. width: growth of
// that area with depth
Wetted carrying(const Channel& channel, double depth);

// Depths [m] of `count` cross-sections of one channel that hold these areas [m2] (Channel::depth()).
void wet_depths(const Channel& channel, const double* area, int count, double* depth);
// The same of Channel::mean_depth(); area > 0
void mean_depths(const Channel& channel, const double* area, int count, double* depth);

// Area [m2], top width [m] and friction (A / K)^2 [s2/m2] of `count` cross-sections of one
// channel at depths >= 0, K being Manning's conveyance; friction is 0 where there is no water.
void wet_sections(const Channel& channel, double manning_n, const double* depth, int count, double* area,
                  double* width, double* friction);

}  // namespace limpid
