#include "model/structure.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "model/elementary.hpp"

namespace limpid {

namespace {

constexpr double kGravity = 9.81;
constexpr double kSmallDifference = 1e-3;  // m of level; below it the flow is straight with the difference

double three_halves(double h) {
  return h * std::sqrt(h);
}

double villemonte(double h1, double h2) {
  return h2 <= 0 ? 1 : elementary::pow(std::max(1e-12, 1 - three_halves(h2 / h1)), 0.385);
}

double broad_weir(double coefficient, double width, double h1, double h2) {
  if (h2 <= 2 * h1 / 3) return coefficient * width * three_halves(h1);
  return coefficient * 1.5 * std::sqrt(3.0) * width * h2 * std::sqrt(h1 - h2);
}

double gate(double width, double opening, double jet, double h1, double h2) {
  const double free = width * jet * std::sqrt(2 * kGravity * h1 / (1 + jet / h1));
  if (h2 <= 0) return free;
  const double excess = 0.81 * h2 * elementary::pow(h2 / opening, 0.72) - h1;
  if (excess <= 0) return free;
  const double x = elementary::pow(h1 - h2, 0.7);
  return free * x / (x + 0.32 * elementary::pow(excess, 0.7));
}

double orifice(const Structure& s, double opening, double h1, double h2) {
  const double area = s.width * opening * (s.round ? std::numbers::pi / 4 : 1.0);
  if (h1 >= opening)
    return s.coefficient * area * std::sqrt(2 * kGravity * (h1 - std::max(h2, 0.5 * opening)));
  return s.coefficient * area * std::sqrt(kGravity * opening) * three_halves(h1 / opening) *
         villemonte(h1, h2);
}

// h1 > 0, h2 < h1
double rate_of(const Structure& s, double opening, double h1, double h2) {
  switch (s.kind) {
    case StructureKind::broad_weir:
      return broad_weir(s.coefficient, s.width, h1, h2);
    case StructureKind::sharp_weir:
      return s.coefficient * s.width * three_halves(h1) * villemonte(h1, h2);
    case StructureKind::orifice:
      return opening > 0 ? orifice(s, opening, h1, h2) : 0;
    case StructureKind::gate:
      break;
  }
  if (opening <= 0) return 0;
  const double open = broad_weir(usual_coefficient(StructureKind::broad_weir), s.width, h1, h2);
  return h1 <= opening ? open : std::min(open, gate(s.width, opening, s.coefficient * opening, h1, h2));
}

// From the higher to the lower side; straight with the difference where that is small.
double falling(const Structure& s, double opening, double high, double low) {
  const double h1 = high - s.crest_level, h2 = low - s.crest_level;
  if (h1 <= 0 || high <= low) return 0;
  if (h1 - h2 >= kSmallDifference) return rate_of(s, opening, h1, h2);
  return rate_of(s, opening, h1, h1 - kSmallDifference) * ((h1 - h2) / kSmallDifference);
}

}  // namespace

double usual_coefficient(StructureKind kind) {
  constexpr double kUsual[] = {1.705, 1.84, 0.61, 0.62};
  return kUsual[static_cast<int>(kind)];
}

Passage passage(const Structure& structure, double opening, double upper_level, double lower_level) {
  constexpr double kShift = 1e-6;  // m
  const bool turned = lower_level > upper_level;
  const double high = turned ? lower_level : upper_level, low = turned ? upper_level : lower_level;
  const double rate = falling(structure, opening, high, low);
  const double by_high = std::max(0.0, (falling(structure, opening, high + kShift, low) - rate) / kShift);
  const double by_low = std::max(0.0, (rate - falling(structure, opening, high, low + kShift)) / kShift);
  return turned ? Passage{-rate, by_low, by_high} : Passage{rate, by_high, by_low};
}

}  // namespace limpid
