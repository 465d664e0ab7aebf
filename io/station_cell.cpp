#include "io/station_cell.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <vector>

#include "io/csv.hpp"
#include "io/observed_value.hpp"
#include "io/text.hpp"

namespace limpid {
namespace {

bool opens_tag(std::string_view at) {
  if (at.size() < 2 || at[0] != '<') return false;
  const char c = at[1];
  return c == '/' || c == '!' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Runs of digits, whatever separates them; at most six.
std::vector<int> whole_numbers(std::string_view text) {
  std::vector<int> numbers;
  for (std::size_t at = text.find_first_of("0123456789"); at != text.npos && numbers.size() < 6;
       at = text.find_first_of("0123456789", at)) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), value);
    if (error != std::errc()) return {};
    numbers.push_back(value);
    at = static_cast<std::size_t>(end - text.data());
  }
  return numbers;
}

bool only_date_characters(std::string_view text) {
  return text.find_first_not_of("0123456789-/: .") == std::string_view::npos;
}

}  // namespace

std::string without_markup(std::string_view cell) {
  std::string plain;
  for (std::size_t at = 0; at < cell.size();) {
    if (opens_tag(cell.substr(at))) {
      const std::size_t end = cell.find('>', at);
      at = end == cell.npos ? cell.size() : end + 1;
    } else {
      plain += cell[at++];
    }
  }
  for (const auto& [entity, text] : {std::pair{"&nbsp;", " "}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
    plain = replace_all(plain, entity, text);
  return std::string(trimmed(plain));
}

std::optional<double> observed_value(std::string_view cell, const std::string& column, const Place& place,
                                     Problems& problems) {
  const std::string text = without_markup(cell);
  const ObservedValue read = text == "*" ? ObservedValue{} : read_observed(text);
  if (read.kind == ObservedKind::unreadable) return number_in(text, column, place, problems);
  if (read.kind == ObservedKind::missing || !read.limit_known)
    return std::numeric_limits<double>::quiet_NaN();
  return read.value;
}

CellTime observed_time(std::string_view cell, std::optional<int> year, std::chrono::seconds offset) {
  const std::string text(trimmed(to_ascii_digits(without_markup(cell))));
  if (const auto time = parse_time(text, offset)) return {time, false};
  std::vector<int> n = only_date_characters(text) ? whole_numbers(text) : std::vector<int>{};
  if (n.size() < 2) return {};
  if (n[0] <= 12 && (n.size() == 2 || n.size() == 4)) {
    if (!year) return {std::nullopt, true};
    n.insert(n.begin(), *year);
  }
  if (n[0] < 1000 || n[0] > 9999) return {};
  n.resize(6);
  return {parse_time(fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", n[0], n[1], n[2], n[3], n[4], n[5]),
                     offset),
          false};
}

}  // namespace limpid
