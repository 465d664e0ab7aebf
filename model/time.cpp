#include "model/time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace limpid {

namespace {

using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year_month_day;

// Reads text from the front; every function leaves the text untouched when it returns nothing.
struct Scanner {
  std::string_view rest;

  bool accept(char c) {
    if (rest.empty() || rest.front() != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  std::optional<int> digits(std::size_t least, std::size_t most) {
    std::size_t n = 0;
    while (n < rest.size() && n < most && rest[n] >= '0' && rest[n] <= '9') ++n;
    if (n < least) return std::nullopt;
    int value = 0;
    std::from_chars(rest.data(), rest.data() + n, value);
    rest.remove_prefix(n);
    return value;
  }
};

std::optional<sys_days> scan_date(Scanner& in) {
  const auto year = in.digits(4, 4);
  const char separator = in.rest.starts_with('/') ? '/' : '-';
  if (!year || !in.accept(separator)) return std::nullopt;
  const auto month = in.digits(1, 2);
  if (!month || !in.accept(separator)) return std::nullopt;
  const auto day = in.digits(1, 2);
  if (!day) return std::nullopt;
  const year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                            std::chrono::day{static_cast<unsigned>(*day)}};
  return date.ok() ? std::optional<sys_days>{date} : std::nullopt;
}

// H:MM, HH:MM, HH:MM:SS and a fraction of zeros, as tables are exported. 24:00 is the end of the day.
std::optional<seconds> scan_clock(Scanner& in) {
  const auto hour = in.digits(1, 2);
  if (!hour || !in.accept(':')) return std::nullopt;
  const auto minute = in.digits(2, 2);
  std::optional<int> second = 0;
  if (in.accept(':')) {
    second = in.digits(2, 2);
    if (in.accept('.') && in.digits(1, 9) != 0) return std::nullopt;
  }
  if (!minute || !second || *minute > 59 || *second > 59) return std::nullopt;
  const int total = *hour * 3600 + *minute * 60 + *second;
  return total <= 86400 ? std::optional<seconds>{total} : std::nullopt;
}

// Z, +08:00, +0800, +08, or nothing (`otherwise`).
std::optional<seconds> scan_offset(Scanner& in, seconds otherwise) {
  if (in.rest.empty()) return otherwise;
  if (in.accept('Z')) return seconds{0};
  const int sign = in.accept('+') ? 1 : in.accept('-') ? -1 : 0;
  const auto hour = in.digits(2, 2);
  if (sign == 0 || !hour) return std::nullopt;
  std::optional<int> minute = 0;
  if (!in.rest.empty()) {
    in.accept(':');
    minute = in.digits(2, 2);
  }
  if (!minute || *minute > 59 || *hour > 14) return std::nullopt;
  return seconds{sign * (*hour * 3600 + *minute * 60)};
}

// The parts of an ISO 8601 duration in the order in which they must stand.
struct PeriodPart {
  char letter;
  bool clock;  // after the T
  int months;
  int seconds;
};
constexpr std::array<PeriodPart, 7> kPeriodParts{{{'Y', false, 12, 0},
                                                  {'M', false, 1, 0},
                                                  {'W', false, 0, 7 * 86400},
                                                  {'D', false, 0, 86400},
                                                  {'H', true, 0, 3600},
                                                  {'M', true, 0, 60},
                                                  {'S', true, 0, 1}}};
constexpr int kMostMonths = 12 * 9999;

year_month_day date_of(Time t, seconds offset) {
  return {std::chrono::floor<days>(t + offset)};
}

// The day of month, or the last one of that month.
sys_days clamped(std::chrono::year_month month, std::chrono::day day) {
  return month / std::min(day, std::chrono::year_month_day_last{month / std::chrono::last}.day());
}

std::string padded(std::int64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

}  // namespace

std::optional<Time> parse_time(std::string_view text, seconds offset) {
  Scanner in{text};
  const auto date = scan_date(in);
  if (!date) return std::nullopt;
  if (in.rest.empty()) return *date - offset;
  if (!in.accept('T') && !in.accept(' ')) return std::nullopt;
  const auto clock = scan_clock(in);
  if (!clock) return std::nullopt;
  const auto stated = scan_offset(in, offset);
  return stated && in.rest.empty() ? std::optional<Time>{*date + *clock - *stated} : std::nullopt;
}

std::string format_date(Time t, seconds offset) {
  const year_month_day date = date_of(t, offset);
  return padded(static_cast<int>(date.year()), 4) + "-" + padded(static_cast<unsigned>(date.month()), 2) +
         "-" + padded(static_cast<unsigned>(date.day()), 2);
}

std::string format_time(Time t, seconds offset) {
  const Time local = t + offset;
  const std::int64_t clock = (local - std::chrono::floor<days>(local)).count();
  const std::int64_t shift = std::abs(offset.count()) / 60;
  return format_date(t, offset) + "T" + padded(clock / 3600, 2) + ":" + padded(clock / 60 % 60, 2) + ":" +
         padded(clock % 60, 2) + (offset.count() < 0 ? "-" : "+") + padded(shift / 60, 2) + ":" +
         padded(shift % 60, 2);
}

std::optional<Period> parse_period(std::string_view text) {
  Scanner in{text};
  if (!in.accept('P')) return std::nullopt;
  bool clock = false;
  std::int64_t months = 0, seconds = 0;
  auto part = kPeriodParts.begin();
  do {
    if (!clock) clock = in.accept('T');
    const auto number = in.digits(1, 9);
    if (!number) return std::nullopt;
    const auto here = [&](const PeriodPart& p) { return p.clock == clock && in.rest.starts_with(p.letter); };
    part = std::find_if(part, kPeriodParts.end(), here);
    if (part == kPeriodParts.end()) return std::nullopt;
    months += std::int64_t{*number} * part->months;
    seconds += std::int64_t{*number} * part->seconds;
    in.rest.remove_prefix(1);
    ++part;
  } while (!in.rest.empty());
  if (months > kMostMonths) return std::nullopt;
  return Period{static_cast<int>(months), seconds};
}

Time add(Time t, const Period& period, seconds offset) {
  const Time local = t + offset;
  const sys_days day = std::chrono::floor<days>(local);
  const year_month_day date{day};
  const auto month = date.year() / date.month() + std::chrono::months{period.months};
  return clamped(month, date.day()) + (local - day) + seconds{period.seconds} - offset;
}

Month Month::of(Time t, seconds offset) {
  const year_month_day date = date_of(t, offset);
  return {12 * static_cast<int>(date.year()) + static_cast<int>(static_cast<unsigned>(date.month())) - 1};
}

Time Month::begin(seconds offset) const {
  const std::chrono::month in_year{static_cast<unsigned>(month())};
  return sys_days{std::chrono::year{year()} / in_year / 1} - offset;
}

std::string Month::text() const {
  return format_date(begin(seconds{0}), seconds{0}).substr(0, 7);
}

ForcingYears::ForcingYears(std::map<int, int> years, std::optional<int> otherwise, seconds offset)
    : years_(std::move(years)), otherwise_(otherwise), offset_(offset) {}

int ForcingYears::record_year(int model_year) const {
  const auto found = years_.find(model_year);
  return found != years_.end() ? found->second : otherwise_.value_or(model_year);
}

double ForcingYears::record_time(double model_time) const {
  const Time whole{seconds{static_cast<std::int64_t>(std::floor(model_time))}};
  const year_month_day date = date_of(whole, offset_);
  const std::chrono::year year{record_year(static_cast<int>(date.year()))};
  if (year == date.year()) return model_time;
  const sys_days record_day = clamped(year / date.month(), date.day());
  return model_time + seconds_of(record_day) - seconds_of(sys_days{date});
}

}  // namespace limpid
