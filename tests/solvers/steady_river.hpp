// Rivers of one width under steady flow, and what holds them by hand.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <memory>
#include <vector>

#include "model/bed.hpp"
#include "tests/solvers/random_river.hpp"

namespace limpid::steady_rivers {

using namespace rivers;

inline constexpr double kWidth = 20, kFlow = 30, kManning = 0.03, kGravity = 9.81;

inline Structure structure_of(StructureKind kind, double crest, double width, double opening = 0) {
  Structure s;
  s.kind = kind;
  s.crest_level = crest;
  s.width = width;
  s.coefficient = usual_coefficient(kind);
  s.opening = Series::constant(opening);
  return s;
}

// A river of kWidth from node 0: its reaches' lengths and slopes, the last one's lower end at level 0.
inline River river_of(const std::vector<double>& lengths, const std::vector<double>& slopes,
                      double cell_length, HydraulicScheme scheme = HydraulicScheme::steady) {
  River river;
  for (std::size_t r = 0; r < lengths.size(); ++r) {
    Reach& reach = river.add_reach(static_cast<int>(r), static_cast<int>(r) + 1, lengths[r]);
    reach.slope = slopes[r];
    reach.manning_n = kManning;
  }
  river.channels[0].bottom_width = kWidth;
  river.build(cell_length);
  river.basin.schemes.hydraulics = scheme;
  river.add_source(SourceKind::boundary, 0);
  return river;
}

inline void stand(River& river, int node, Structure structure) {
  structure.node = node;
  structure.crest_level += node_beds(river.basin.network)[at(node)];
  river.basin.network.structures.push_back(structure);
}

struct Course {
  explicit Course(const River& a_river, double flow = kFlow, double dt = 600)
      : river(a_river), hydraulics(make_hydraulics(river.basin)), step(river.basin.network, 1) {
    input = river.input(dt);
    set_flow(input, 0, flow);
  }
  Course& start() {
    hydraulics->initialise(input, step);
    return *this;
  }
  Course& advance(int steps) {
    for (int n = 0; n < steps; ++n) {
      hydraulics->advance(input, step);
      EXPECT_LE(cell_miss(river.basin.network, step), 1e-13);
    }
    return *this;
  }
  double depth(std::size_t cell) const { return step.area[cell] / kWidth; }
  const River& river;
  std::unique_ptr<Hydraulics> hydraulics;
  WaterStep step;
  WaterInput input;
};

inline double bisected(const std::function<double(double)>& rising, double low, double high) {
  for (int n = 0; n < 200; ++n) (rising(0.5 * (low + high)) < 0 ? low : high) = 0.5 * (low + high);
  return 0.5 * (low + high);
}

// dh/dx = (S0 - Sf) / (1 - Fr^2) up from `from` over `distance`, in steps of a centimetre (Heun).
inline double integrated_depth(double slope, double from, double distance) {
  const auto growth = [&](double h) {
    const double area = kWidth * h, radius = area / (kWidth + 2 * h), u = kFlow / area;
    const double friction = std::pow(kManning * u, 2) / std::pow(radius, 4.0 / 3);
    return (slope - friction) / (1 - u * u / (kGravity * h));
  };
  double h = from;
  constexpr double kStep = 0.01;
  for (double x = 0; x < distance - 0.5 * kStep; x += kStep) {
    const double first = growth(h), second = growth(h - kStep * first);
    h -= 0.5 * kStep * (first + second);
  }
  return h;
}

inline double normal_depth(double slope) {
  Channel channel;
  channel.bottom_width = kWidth;
  return normal_area(channel, kFlow, slope, kManning, 0) / kWidth;
}

inline double critical_depth() {
  return std::cbrt(std::pow(kFlow / kWidth, 2) / kGravity);
}

// Over a broad weir, drowned to `below` over its crest: the head above it.
inline double broad_drowned_by_hand(double width, double below) {
  return bisected(
      [&](double h1) { return 1.705 * 1.5 * std::sqrt(3.0) * width * below * std::sqrt(h1 - below) - kFlow; },
      below, 1.5 * below);
}

}  // namespace limpid::steady_rivers
