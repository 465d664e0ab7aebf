// A part of the year in which a measure acts, the same every year: "10-01/04-30" is 1 October to 30 April.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace limpid {

// Both days belong to it; first after last: across New Year. A first day 29 February is 1 March, a last day
// 29 February is 28 February, in years without one.
struct Season {
  std::chrono::month_day first, last;

  // Seconds since 1970, [begin, end), from midnight to midnight of the declared offset.
  struct Window {
    double begin, end;
  };
  // The window that holds t, or the first that begins after it.
  Window window(double t, std::chrono::seconds offset) const;
  std::string text() const;  // 10-01/04-30
};

// "10-01/04-30"; nullopt if it is not that.
std::optional<Season> parse_season(std::string_view text);

}  // namespace limpid
