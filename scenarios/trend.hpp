// Trend over several periods: Spearman's rank correlation of a series with time, 环办[2011]22号.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace limpid {

enum class Direction : std::uint8_t { down = 0, none, up };

struct Trend {
  double rs = 0;                          // 1 - 6 sum d^2 / (N^3 - N); tied values share their mean rank
  Direction direction = Direction::none;  // the sign of rs
  bool significant_05 = false;            // |rs| >= W_p(0.05)
  bool significant_01 = false;            // |rs| >= W_p(0.01)
};

// Values in time order, none NaN; nullopt for fewer than 5. The critical values are one-sided (N = 5..9
// recomputed by enumeration of all permutations, N >= 10 from the published table, to be verified); between
// listed N the next smaller N's larger value is used, above 30 that of 30.
std::optional<Trend> spearman_trend(const std::vector<double>& values);

}  // namespace limpid
