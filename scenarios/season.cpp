#include "scenarios/season.hpp"

#include <charconv>
#include <cmath>

namespace limpid {

namespace {

using std::chrono::days;
using std::chrono::month_day;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

// The day, or the one after 28 February where the year has no 29th.
sys_days first_day(year y, month_day day) {
  return sys_days{y / day.month() / 1} + (day.day() - std::chrono::day{1});
}

sys_days day_after(year y, month_day day) {
  const bool missing = !year_month_day{y / day.month() / day.day()}.ok();
  return first_day(y, day) + (missing ? days{0} : days{1});
}

double seconds_at(sys_days day, std::chrono::seconds offset) {
  return static_cast<double>((std::chrono::sys_seconds{day} - offset).time_since_epoch().count());
}

// "4-30", "04-30": a day that some year has.
std::optional<month_day> parse_day(std::string_view text) {
  unsigned month = 0, day = 0;
  const char* const end = text.data() + text.size();
  const auto [dash, month_error] = std::from_chars(text.data(), end, month);
  if (month_error != std::errc() || dash == end || *dash != '-') return std::nullopt;
  const auto [stop, day_error] = std::from_chars(dash + 1, end, day);
  const month_day read{std::chrono::month{month}, std::chrono::day{day}};
  return day_error == std::errc() && stop == end && read.ok() ? std::optional(read) : std::nullopt;
}

std::string two_digits(unsigned number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string day_text(month_day day) {
  return two_digits(static_cast<unsigned>(day.month())) + "-" + two_digits(static_cast<unsigned>(day.day()));
}

}  // namespace

Season::Window Season::window(double t, std::chrono::seconds offset) const {
  const std::chrono::sys_seconds local{std::chrono::seconds{static_cast<std::int64_t>(std::floor(t))} +
                                       offset};
  const year here = year_month_day{std::chrono::floor<days>(local)}.year();
  const std::chrono::years wrapped{last < first ? 1 : 0};
  // Last year's may reach into this one; next year's begins after t.
  for (year y = here - std::chrono::years{1};; ++y) {
    const Window window{seconds_at(first_day(y, first), offset),
                        seconds_at(day_after(y + wrapped, last), offset)};
    if (window.end > t) return window;
  }
}

std::string Season::text() const {
  return day_text(first) + "/" + day_text(last);
}

std::optional<Season> parse_season(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto first = parse_day(text.substr(0, slash)), last = parse_day(text.substr(slash + 1));
  return first && last ? std::optional(Season{*first, *last}) : std::nullopt;
}

}  // namespace limpid
