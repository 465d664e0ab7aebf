// Civil time: instants in whole seconds UTC, a declared offset for months and days (+08:00 unless the case
// says otherwise), ISO 8601 text, calendar periods, and the map from model years to record years.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace limpid {

using Time = std::chrono::sys_seconds;

inline constexpr std::chrono::seconds kChinaOffset{8 * 3600};

inline double seconds_of(Time t) {
  return static_cast<double>(t.time_since_epoch().count());
}

// "2025-09-01", "2025-09-01T08:00", "2025-09-01 08:00:00+08:00", "...Z". Without an offset the given one
// applies.
std::optional<Time> parse_time(std::string_view text, std::chrono::seconds offset = kChinaOffset);
std::string format_time(Time t, std::chrono::seconds offset = kChinaOffset);  // 2025-09-01T08:00:00+08:00
std::string format_date(Time t, std::chrono::seconds offset = kChinaOffset);  // 2025-09-01

// ISO 8601 duration: years and months are calendar months, the rest is seconds.
struct Period {
  int months = 0;
  std::int64_t seconds = 0;
};
std::optional<Period> parse_period(std::string_view text);  // P1Y6M, P30D, PT10M
// The same day of month later, or the last day of that month if it has no such day.
Time add(Time t, const Period& period, std::chrono::seconds offset = kChinaOffset);

// A calendar month counted from year 0: 12 * year + month - 1, so that months subtract.
struct Month {
  int index = 0;
  static Month of(Time t, std::chrono::seconds offset = kChinaOffset);
  int year() const { return index >= 0 ? index / 12 : (index - 11) / 12; }
  int month() const { return index - 12 * year() + 1; }  // 1..12
  Time begin(std::chrono::seconds offset = kChinaOffset) const;
  Time end(std::chrono::seconds offset = kChinaOffset) const { return Month{index + 1}.begin(offset); }
  std::string text() const;  // 2025-09
  auto operator<=>(const Month&) const = default;
};

// Which recorded year stands for a model year. Local month, day and time of day are kept; 29 February of a
// model year whose record year has none takes 28 February; a record year's 29 February is skipped when the
// model year has none.
class ForcingYears {
 public:
  ForcingYears() = default;  // every year is itself
  ForcingYears(std::map<int, int> years, std::optional<int> otherwise,
               std::chrono::seconds offset = kChinaOffset);
  // Seconds since 1970 of the record for seconds since 1970 of the model. Steps that end at local midnight
  // stay whole.
  double record_time(double model_time) const;
  int record_year(int model_year) const;
  bool is_identity() const { return years_.empty() && !otherwise_; }

 private:
  std::map<int, int> years_;
  std::optional<int> otherwise_;
  std::chrono::seconds offset_ = kChinaOffset;
};

}  // namespace limpid
