// The joint limiter: the one place that guarantees that nothing becomes negative. It scales the extents of a
// block of points until no constituent loses more than it has (first counting what is produced, then, where
// that is not enough, not counting it). Points that need no limit are multiplied by 1 and keep their bits.
#pragma once

#include <vector>

#include "solvers/field.hpp"
#include "solvers/stoichiometry.hpp"

namespace limpid {

inline constexpr double kLimiterMargin = 1e-12;     // share of a content that is left, well above rounding
inline constexpr double kLimiterTolerance = 1e-13;  // after two passes; above n additions' rounding
inline constexpr double kNegligibleContent =
    1e-200;  // cannot be taken from: its bits are too few to share exactly

// What can be taken [concentration].
inline BlockValue available(const BlockValue& content) {
  return where_greater(content, kNegligibleContent, content, 0.0);
}

// What may be taken where this much is made.
inline BlockValue allowance(const BlockValue& production, const BlockValue& content) {
  return (available(content) + production) * (1.0 - kLimiterMargin);
}

// extent: [row] >= 0, concentration units, reduced in place; content: [column]; share, sums: room.
void limit_extents(const Stoichiometry& s, const double* const* fields, const std::vector<BlockRow>& content,
                   std::vector<BlockRow>& extent, std::vector<BlockRow>& share, GrossSums& sums);

}  // namespace limpid
