#include "model/time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace limpid {

using std::chrono::days;
using std::chrono::seconds;

namespace {

// Reads fixed pieces of a text from its front.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}
  bool done() const { return rest_.empty(); }
  bool skip(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // A number of min..max digits.
  std::optional<int> digits(std::size_t min, std::size_t max) {
    std::size_t n = 0;
    while (n < rest_.size() && n < max && rest_[n] >= '0' && rest_[n] <= '9') ++n;
    if (n < min) return std::nullopt;
    int value = 0;
    std::from_chars(rest_.data(), rest_.data() + n, value);
    rest_.remove_prefix(n);
    return value;
  }

 private:
  std::string_view rest_;
};

std::optional<std::chrono::sys_days> read_date(Cursor& cursor) {
  const auto year = cursor.digits(4, 4);
  if (!year) return std::nullopt;
  const bool slash = cursor.skip('/');
  const char separator = slash ? '/' : '-';
  if (!slash && !cursor.skip('-')) return std::nullopt;
  const std::size_t least = slash ? 1 : 2;  // 2025/9/1 as spreadsheets write it; ISO dates have two digits
  const auto month = cursor.digits(least, 2);
  if (!month || !cursor.skip(separator)) return std::nullopt;
  const auto day = cursor.digits(least, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

std::optional<seconds> read_clock(Cursor& cursor) {
  const auto hour = cursor.digits(1, 2);
  if (!hour || *hour > 24 || !cursor.skip(':')) return std::nullopt;
  const auto minute = cursor.digits(2, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int second = 0;
  if (cursor.skip(':')) {
    const auto given = cursor.digits(2, 2);
    if (!given || *given > 59) return std::nullopt;
    second = *given;
  }
  const seconds clock{*hour * 3600 + *minute * 60 + second};
  return clock <= days{1} ? std::optional(clock) : std::nullopt;
}

std::optional<seconds> read_offset(Cursor& cursor, seconds otherwise) {
  if (cursor.done()) return otherwise;
  if (cursor.skip('Z')) return seconds{0};
  const bool minus = cursor.skip('-');
  if (!minus && !cursor.skip('+')) return std::nullopt;
  const auto hour = cursor.digits(2, 2);
  cursor.skip(':');
  const auto minute = cursor.digits(2, 2);
  if (!hour || !minute || *hour > 14 || *minute > 59) return std::nullopt;
  const seconds offset{*hour * 3600 + *minute * 60};
  return minus ? -offset : offset;
}

std::chrono::year_month_day local_date(Time t, seconds offset) {
  return std::chrono::year_month_day{std::chrono::floor<days>(t + offset)};
}

Time local_midnight(std::chrono::year_month_day date, seconds offset) { return Time{std::chrono::sys_days(date)} - offset; }

bool is_leap(int year) { return std::chrono::year{year}.is_leap(); }

}  // namespace

std::optional<Time> parse_time(std::string_view text, seconds offset) {
  Cursor cursor(text);
  const auto date = read_date(cursor);
  if (!date) return std::nullopt;
  if (cursor.done()) return Time{*date} - offset;
  if (!cursor.skip('T') && !cursor.skip(' ')) return std::nullopt;
  const auto clock = read_clock(cursor);
  if (!clock) return std::nullopt;
  const auto given = read_offset(cursor, offset);
  if (!given || !cursor.done()) return std::nullopt;
  return Time{*date} + *clock - *given;
}

std::string format_date(Time t, seconds offset) {
  const auto date = local_date(t, offset);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", int{date.year()}, unsigned{date.month()}, unsigned{date.day()});
  return text.data();
}

std::string format_time(Time t, seconds offset) {
  const auto clock = (t + offset) - std::chrono::floor<days>(t + offset);
  const auto s = clock.count(), zone = offset.count() < 0 ? -offset.count() : offset.count();
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d%c%02d:%02d", static_cast<int>(s / 3600), static_cast<int>(s / 60 % 60),
                static_cast<int>(s % 60), offset.count() < 0 ? '-' : '+', static_cast<int>(zone / 3600), static_cast<int>(zone / 60 % 60));
  return format_date(t, offset) + text.data();
}

std::optional<Period> parse_period(std::string_view text) {
  Cursor cursor(text);
  if (!cursor.skip('P')) return std::nullopt;
  Period period;
  bool clock = false, any = false;
  while (!cursor.done()) {
    if (!clock && cursor.skip('T')) clock = true;
    const auto number = cursor.digits(1, 9);
    if (!number) return std::nullopt;
    any = true;
    if (!clock && cursor.skip('Y')) period.months += 12 * *number;
    else if (!clock && cursor.skip('M')) period.months += *number;
    else if (!clock && cursor.skip('W')) period.seconds += std::int64_t{*number} * 7 * 86400;
    else if (!clock && cursor.skip('D')) period.seconds += std::int64_t{*number} * 86400;
    else if (clock && cursor.skip('H')) period.seconds += std::int64_t{*number} * 3600;
    else if (clock && cursor.skip('M')) period.seconds += std::int64_t{*number} * 60;
    else if (clock && cursor.skip('S')) period.seconds += *number;
    else return std::nullopt;
  }
  return any ? std::optional(period) : std::nullopt;
}

Time add(Time t, const Period& period, seconds offset) {
  const auto date = local_date(t, offset);
  const auto clock = t - local_midnight(date, offset);
  const auto moved = date + std::chrono::months{period.months};
  const auto last = std::chrono::year_month_day{moved.year() / moved.month() / std::chrono::last};
  return local_midnight(moved.ok() ? moved : last, offset) + clock + seconds{period.seconds};
}

Month Month::of(Time t, seconds offset) {
  const auto date = local_date(t, offset);
  return Month{12 * int{date.year()} + static_cast<int>(unsigned{date.month()}) - 1};
}

Time Month::begin(seconds offset) const {
  return local_midnight(std::chrono::year{year()} / std::chrono::month{static_cast<unsigned>(month())} / 1, offset);
}

std::string Month::text() const {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d", year(), month());
  return text.data();
}

ForcingYears::ForcingYears(std::map<int, int> years, std::optional<int> otherwise, seconds offset)
    : years_(std::move(years)), otherwise_(otherwise), offset_(offset) {}

int ForcingYears::record_year(int model_year) const {
  const auto found = years_.find(model_year);
  return found != years_.end() ? found->second : otherwise_.value_or(model_year);
}

double ForcingYears::record_time(double model_time) const {
  if (is_identity()) return model_time;
  const Time whole{seconds{static_cast<std::int64_t>(std::floor(model_time))}};
  const auto date = local_date(whole, offset_);
  const int year = record_year(int{date.year()});
  const bool leap_day = date.month() == std::chrono::February && date.day() == std::chrono::day{29};
  const auto day = leap_day && !is_leap(year) ? std::chrono::day{28} : date.day();
  const double since_midnight = model_time - seconds_of(local_midnight(date, offset_));
  return seconds_of(local_midnight({std::chrono::year{year}, date.month(), day}, offset_)) + since_midnight;
}

}  // namespace limpid
