#include "io/written_value.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "io/text.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

constexpr std::size_t kListed = 30;
constexpr std::chrono::seconds kLargestOffset{14 * 3600};

std::string folded(std::string_view text) {
  return std::string(trimmed(to_ascii_digits(text)));
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::string nearest_of(std::string_view name, const std::vector<std::string>& candidates) {
  const std::string nearest = nearest_name(name, candidates);
  return nearest.empty() ? "-" : nearest;
}

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), kListed); ++i) list += (i ? ", " : "") + names[i];
  if (names.size() > kListed) list += ", ...";
  return list.empty() ? "-" : list;
}

std::optional<double> read_quantity(const Written& written, const NamedUnit& unit, Problems& problems) {
  return parse_quantity(written.text, unit, written.place, written.what, problems);
}

std::optional<double> read_interval(const Written& written, Problems& problems) {
  const std::string text = folded(written.text);
  std::optional<double> seconds;
  if (text.starts_with('P')) {
    const auto period = parse_period(text);
    if (!period || period->months != 0)
      problems.add(Code::E1106, written.place, {written.what, std::string(written.text)});
    else
      seconds = static_cast<double>(period->seconds);
  } else {
    seconds = parse_quantity(text, unit::second, written.place, written.what, problems);
  }
  if (!seconds || *seconds >= 0) return seconds;
  problems.add(Code::E1330, written.place, {written.what, std::string(written.text), ">= 0 s", ">= 0 s"});
  return std::nullopt;
}

// Some three thousand years [s]: far above any wish, far below where whole seconds overflow.
constexpr double kLongestPeriod = 1e11;

std::optional<Period> read_period(const Written& written, Problems& problems) {
  const std::string text = folded(written.text);
  const auto period = parse_period(text);
  if (period) return period;
  if (!text.empty() && is_digit(text[0])) {
    const auto seconds = parse_quantity(text, unit::second, written.place, written.what, problems);
    if (!seconds) return std::nullopt;
    if (*seconds <= kLongestPeriod) return Period{0, std::lround(*seconds)};
    problems.add(Code::E1330, written.place,
                 {written.what, std::string(written.text), "at most 1e11 s", "at most 1e11 s"});
    return std::nullopt;
  }
  problems.add(Code::E1106, written.place, {written.what, std::string(written.text)});
  return std::nullopt;
}

std::optional<Time> read_time(const Written& written, std::chrono::seconds offset, Problems& problems) {
  const auto time = parse_time(folded(written.text), offset);
  if (!time) problems.add(Code::E1112, written.place, {written.what, std::string(written.text)});
  return time;
}

std::optional<Season> read_season(const Written& written, Problems& problems) {
  const auto season = parse_season(folded(written.text));
  if (!season) problems.add(Code::E1120, written.place, {written.what, std::string(written.text)});
  return season;
}

std::optional<std::chrono::seconds> read_offset(const Written& written, Problems& problems) {
  const std::string text = folded(written.text);
  const bool shaped = text.size() == 6 && (text[0] == '+' || text[0] == '-') && is_digit(text[1]) &&
                      is_digit(text[2]) && text[3] == ':' && is_digit(text[4]) && is_digit(text[5]);
  if (shaped) {
    const int minutes = ((text[1] - '0') * 10 + text[2] - '0') * 60 + (text[4] - '0') * 10 + text[5] - '0';
    const std::chrono::seconds offset{(text[0] == '-' ? -60 : 60) * minutes};
    if (text[4] < '6' && std::chrono::abs(offset) <= kLargestOffset) return offset;
  }
  problems.add(Code::E1107, written.place, {written.what, std::string(written.text)});
  return std::nullopt;
}

std::optional<int> read_choice(const Written& written, const char* choices, Problems& problems) {
  const std::vector<std::string> allowed = split_words(choices);
  const auto found = std::find(allowed.begin(), allowed.end(), trimmed(written.text));
  if (found != allowed.end()) return static_cast<int>(found - allowed.begin());
  problems.add(Code::E1105, written.place,
               {written.what, std::string(written.text), nearest_of(written.text, allowed), listed(allowed)});
  return std::nullopt;
}

std::vector<std::string> read_words(std::string_view text) {
  std::string plain(text);
  for (const char* mark : {"|", ",", ";", "，", "、", "；", "\u3000"}) plain = replace_all(plain, mark, " ");
  return split_words(plain);
}

}  // namespace limpid
