#include <charconv>
#include <cmath>

#include "io/csv.hpp"
#include "io/text.hpp"

namespace limpid {

NumberReading read_number(std::string_view text) {
  const char* const last = text.data() + text.size();
  double value = 0;
  const auto plain = std::from_chars(text.data(), last, value);
  // Nearly every number ends here; the rest looks at full-width characters and signs.
  if (plain.ec == std::errc() && plain.ptr == last && std::isfinite(value))
    return {NumberForm::number, value};
  const std::string folded = to_ascii_digits(text);
  std::string_view s = trimmed(folded);
  if (s.starts_with('+') && !s.starts_with("+-")) s.remove_prefix(1);
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  const bool whole = end == s.data() + s.size() && !s.empty();
  if (whole && error == std::errc() && std::isfinite(value)) return {NumberForm::number, value};
  if (whole && (error == std::errc::result_out_of_range || error == std::errc()))
    return {NumberForm::not_finite, 0};
  const bool comma =
      s.find_first_not_of("0123456789.,+-eE") == std::string_view::npos && s.find(',') != s.npos;
  return {comma ? NumberForm::comma : NumberForm::text, 0};
}

std::optional<double> number_in(std::string_view text, const std::string& what, const Place& place,
                                Problems& problems) {
  const NumberReading reading = read_number(text);
  if (reading.form == NumberForm::number) return reading.value;
  const std::vector<std::string> args{std::string(text), what};
  switch (reading.form) {
    case NumberForm::not_finite:
      problems.add(Code::E1302, place, args);
      break;
    case NumberForm::comma:
      problems.add(Code::E1304, place, args);
      break;
    default:
      problems.add(Code::E1301, place, args);
  }
  return std::nullopt;
}

bool Table::required(std::size_t row, std::size_t column, Problems& problems) const {
  if (empty(row, column)) problems.add(Code::E1303, place(row, column), {columns_[column].name});
  return !empty(row, column);
}

std::optional<double> Table::number(std::size_t row, std::size_t column, Problems& problems) const {
  if (!required(row, column, problems)) return std::nullopt;
  return optional_number(row, column, problems);
}

std::optional<double> Table::optional_number(std::size_t row, std::size_t column, Problems& problems) const {
  if (empty(row, column)) return std::nullopt;
  return number_in(field(row, column).text, columns_[column].name, place(row, column), problems);
}

std::optional<double> Table::number_or(std::size_t row, std::size_t column, double otherwise,
                                       Problems& problems) const {
  return empty(row, column) ? otherwise : optional_number(row, column, problems);
}

std::optional<std::int64_t> Table::integer(std::size_t row, std::size_t column, Problems& problems) const {
  if (!required(row, column, problems)) return std::nullopt;
  const std::string folded = to_ascii_digits(field(row, column).text);
  std::string_view s = trimmed(folded);
  if (s.starts_with('+') && !s.starts_with("+-")) s.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (error == std::errc() && end == s.data() + s.size()) return value;
  problems.add(Code::E1305, place(row, column),
               {std::string(field(row, column).text), columns_[column].name});
  return std::nullopt;
}

std::optional<Time> Table::time(std::size_t row, std::size_t column, Problems& problems,
                                std::chrono::seconds offset) const {
  if (!required(row, column, problems)) return std::nullopt;
  const std::string folded = to_ascii_digits(field(row, column).text);
  const auto time = parse_time(trimmed(folded), offset);
  if (!time)
    problems.add(Code::E1306, place(row, column),
                 {std::string(field(row, column).text), columns_[column].name});
  return time;
}

std::optional<std::string> Table::text(std::size_t row, std::size_t column, Problems& problems) const {
  if (!required(row, column, problems)) return std::nullopt;
  return std::string(field(row, column).text);
}

std::optional<bool> Table::boolean(std::size_t row, std::size_t column, Problems& problems) const {
  if (!required(row, column, problems)) return std::nullopt;
  const std::string s = lower_ascii(to_ascii_digits(field(row, column).text));
  for (const char* yes : {"true", "yes", "1", "是"})
    if (s == yes) return true;
  for (const char* no : {"false", "no", "0", "否"})
    if (s == no) return false;
  problems.add(Code::E1307, place(row, column),
               {std::string(field(row, column).text), columns_[column].name});
  return std::nullopt;
}

}  // namespace limpid
