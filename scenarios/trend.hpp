// Trend over several periods: Spearman's rank correlation of a series with time, 环办[2011]22号.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/assessment.hpp"

namespace limpid {

enum class Direction : std::uint8_t { down = 0, none, up };

struct Trend {
  double rs = 0;                          // 1 - 6 sum d^2 / (N^3 - N); tied values share their mean rank
  Direction direction = Direction::none;  // the sign of rs
  bool significant_05 = false;            // |rs| >= W_p(0.05)
  bool significant_01 = false;            // |rs| >= W_p(0.01)
};

// Values in time order, none NaN; nullopt for fewer than 5. The critical values are one-sided and printed
// with three decimals; rs is compared at these three (W_p = 0.829 at N = 6 is 0.82857). N = 5..9 were
// recomputed by enumeration of all permutations, N >= 10 are the published table's, up to 0.034 off the exact
// ones; between listed N the next smaller N's larger value is used, above 30 that of 30.
std::optional<Trend> spearman_trend(const std::vector<double>& values);

// The trend of one indicator's annual values at one section, over the years that have one.
struct SectionTrend {
  int section = 0;
  std::string indicator;
  int first_year = 0, last_year = 0, years = 0;  // years: with a value
  Trend trend;
};
// By section, then in the order of the standard; only what has five years.
std::vector<SectionTrend> section_trends(const Standard& standard, const Assessment& assessment,
                                         int sections);

}  // namespace limpid
