// Measured values as laboratories and stations write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace limpid {

enum class ObservedKind : std::uint8_t { value, below_limit, missing, unreadable };

struct ObservedValue {
  ObservedKind kind = ObservedKind::missing;
  double value = 0;         // below_limit: half the detection limit
  bool limit_known = true;  // false: below a limit that neither the cell nor the caller states; value is 0
};

// "0.31"; below the detection limit: "<0.025", "0.025L" (the mark of Chinese reports, HJ 91.1), "未检出",
// "ND", which count as half the limit (GB 3838 practice; `detection_limit` where the cell states none);
// missing: "", "--", "-",
// "/", "缺测", "NA". A station page's <span ...>0.31</span> counts as its text. Full-width characters are
// accepted.
ObservedValue read_observed(std::string_view text, std::optional<double> detection_limit = std::nullopt);

}  // namespace limpid
