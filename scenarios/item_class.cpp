// One value against one item's limits.
#include <algorithm>
#include <array>
#include <cmath>

#include "scenarios/assessment.hpp"

namespace limpid {
namespace {

constexpr int kMaxDecimals = 15;

constexpr std::array<double, kMaxDecimals + 1> powers_of_ten() {
  std::array<double, kMaxDecimals + 1> powers{1.0};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = 10.0 * powers[i - 1];
  return powers;
}

bool judgeable(const StandardItem& item, double value, bool lake) {
  return !std::isnan(value) && item.limits(lake).given();
}

}  // namespace

double round_half_even(double value, int decimals) {
  static constexpr auto kPowers = powers_of_ten();
  const double scale = kPowers[static_cast<std::size_t>(std::clamp(decimals, 0, kMaxDecimals))];
  const double scaled = value * scale;
  const double below = std::floor(scaled);
  const double excess = scaled - below;
  // A decimal tie such as 0.145 is not a binary one; within the error of the scaling it still counts as a
  // tie.
  const bool tie = std::abs(excess - 0.5) <= 1e-12 * std::max(1.0, std::abs(scaled));
  const bool up = tie ? std::fmod(below, 2.0) != 0.0 : excess > 0.5;
  return (up ? below + 1.0 : below) / scale;
}

std::optional<bool> meets(const StandardItem& item, double value, WaterClass c, bool lake,
                          Rounding rounding) {
  if (!judgeable(item, value, lake)) return std::nullopt;
  if (c == WaterClass::worse_than_V) return true;
  const auto i = static_cast<std::size_t>(c) - 1;
  const ClassLimits& limits = item.limits(lake);
  if (rounding == Rounding::standard) value = round_half_even(value, limits.decimals[i]);
  switch (item.side) {
    case LimitSide::at_least:
      return value >= limits.values[i];
    case LimitSide::range:
      return item.range_low <= value && value <= limits.values[i];
    default:
      return value <= limits.values[i];
  }
}

std::optional<WaterClass> item_class(const StandardItem& item, double value, bool lake, Rounding rounding) {
  if (!judgeable(item, value, lake)) return std::nullopt;
  for (int c = 1; c <= 5; ++c) {
    const auto water_class = static_cast<WaterClass>(c);
    if (*meets(item, value, water_class, lake, rounding)) return water_class;
  }
  return WaterClass::worse_than_V;
}

std::optional<double> limit_margin(const StandardItem& item, double value, WaterClass c, bool lake) {
  if (!judgeable(item, value, lake) || c == WaterClass::worse_than_V) return std::nullopt;
  const double limit = item.limits(lake).values[static_cast<std::size_t>(c) - 1];
  const double below_upper = (limit - value) / limit;
  switch (item.side) {
    case LimitSide::at_least:
      return -below_upper;
    case LimitSide::range:
      return std::min(below_upper, (value - item.range_low) / item.range_low);
    default:
      return below_upper;
  }
}

}  // namespace limpid
