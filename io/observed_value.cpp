#include "io/observed_value.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "io/csv.hpp"
#include "io/text.hpp"

namespace limpid {
namespace {

template <std::size_t n>
bool is_one_of(std::string_view text, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// The text of an HTML element, or the text itself.
std::string without_tags(std::string_view text) {
  if (!text.starts_with("<span")) return std::string(text);
  std::string out;
  bool in_tag = false;
  for (const char c : text) {
    if (c == '<') in_tag = true;
    if (!in_tag) out.push_back(c);
    if (c == '>') in_tag = false;
  }
  return out;
}

ObservedValue below(std::optional<double> limit) {
  return {ObservedKind::below_limit, limit ? *limit / 2 : 0.0, limit.has_value()};
}

ObservedValue below_limit_in(std::string_view number) {
  const NumberReading limit = read_number(number);
  if (limit.form != NumberForm::number || limit.value < 0) return {ObservedKind::unreadable, 0, true};
  return below(limit.value);
}

}  // namespace

ObservedValue read_observed(std::string_view text, std::optional<double> detection_limit) {
  static constexpr std::array<std::string_view, 11> kMissing{"",  "-",  "--",  "---",  "—",   "——",
                                                             "/", "na", "n/a", "缺测", "null"};
  static constexpr std::array<std::string_view, 7> kBelow{"未检出", "nd",         "n.d.", "n.d",
                                                          "l",      "低于检出限", "<dl"};
  const std::string folded = without_tags(trimmed(to_ascii_digits(text)));
  const std::string lower = lower_ascii(trimmed(folded));
  const std::string_view s = lower;
  if (is_one_of(s, kMissing)) return {};
  if (is_one_of(s, kBelow)) return below(detection_limit);
  if (s.starts_with("<=")) return below_limit_in(s.substr(2));
  if (s.starts_with('<')) return below_limit_in(s.substr(1));
  if (s.ends_with('l')) return below_limit_in(s.substr(0, s.size() - 1));
  const NumberReading number = read_number(s);
  if (number.form == NumberForm::number) return {ObservedKind::value, number.value, true};
  return {ObservedKind::unreadable, 0, true};
}

}  // namespace limpid
