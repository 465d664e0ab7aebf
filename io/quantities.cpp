#include <array>
#include <charconv>
#include <cmath>

#include "io/text.hpp"
#include "io/unit_symbols.hpp"
#include "io/units.hpp"

namespace limpid {
namespace {

void report(const UnitReading& reading, std::string_view text, const NamedUnit& expected, const Place& place,
            const std::string& what, Problems& problems) {
  switch (reading.fault) {
    case UnitFault::ambiguous_ton:
      return problems.add(Code::E1313, place, {what, std::string(text)});
    case UnitFault::month:
      return problems.add(Code::E1314, place, {what, std::string(text)});
    default:
      problems.add(Code::E1310, place,
                   {what, reading.symbol, nearest_name(reading.symbol, own_unit_symbols()), expected.text});
  }
}

bool is_dimensionless(const Unit& unit) {
  return unit.same_dimension(unit::none.unit);
}

// The unit behind the number (if any) of `text`, with problems that show the whole text.
std::optional<Unit> unit_behind(std::string_view rest, std::string_view text, std::optional<double> value,
                                const NamedUnit& expected, const Place& place, const std::string& what,
                                Problems& problems, std::string_view species) {
  const UnitReading reading = read_unit(rest, species);
  if (reading.fault != UnitFault::none) {
    report(reading, text, expected, place, what, problems);
  } else if (!reading.unit.same_dimension(expected.unit)) {
    const std::string number = value ? number_text(reading.unit.to_inside(*value)) + " " : "";
    const std::string means = number + dimension_text(reading.unit);
    problems.add(Code::E1311, place,
                 {what, std::string(text), means, expected.text, dimension_text(expected.unit)});
  } else {
    return reading.unit;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Unit> parse_unit(std::string_view text, const NamedUnit& expected, const Place& place,
                               const std::string& what, Problems& problems, std::string_view species) {
  return unit_behind(text, text, std::nullopt, expected, place, what, problems, species);
}

std::optional<double> parse_quantity(std::string_view text, const NamedUnit& expected, const Place& place,
                                     const std::string& what, Problems& problems, std::string_view species) {
  const std::string folded = to_ascii_digits(text);
  std::string_view s = trimmed(folded);
  if (s.starts_with('+') && !s.starts_with("+-")) s.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (error == std::errc::invalid_argument) {
    problems.add(Code::E1315, place, {what, std::string(text), expected.text});
    return std::nullopt;
  }
  if (error != std::errc() || !std::isfinite(value)) {
    problems.add(Code::E1302, place, {std::string(text), what});
    return std::nullopt;
  }
  const std::string_view rest = trimmed(s.substr(static_cast<std::size_t>(end - s.data())));
  if (rest.starts_with(',')) {
    problems.add(Code::E1304, place, {std::string(text), what});
    return std::nullopt;
  }
  if (rest.empty()) return bare_quantity(value, expected, place, what, problems);
  const auto unit = unit_behind(rest, text, value, expected, place, what, problems, species);
  if (!unit) return std::nullopt;
  return unit->to_inside(value);
}

std::optional<double> bare_quantity(double value, const NamedUnit& expected, const Place& place,
                                    const std::string& what, Problems& problems) {
  if (!std::isfinite(value)) {
    problems.add(Code::E1302, place, {number_text(value), what});
  } else if (!is_dimensionless(expected.unit)) {
    problems.add(Code::E1312, place, {what, number_text(value), expected.text});
  } else {
    return expected.unit.to_inside(value);
  }
  return std::nullopt;
}

void check_plausible(double inside, std::string_view text, const NamedUnit& unit, double low, double high,
                     const Place& place, const std::string& what, Problems& problems,
                     const std::string& source) {
  constexpr double kFar = 1000.0;
  const double value = unit.unit.from_inside(inside);
  const bool above = high > 0 && value > kFar * high, below = low > 0 && value > 0 && value * kFar < low;
  if (!above && !below) return;
  const auto with_unit = [&](double v) { return number_text(v) + " " + unit.text; };
  // The other reading: the number in the expected unit if that is plausible, else a thousandth
  // (thousandfold).
  double other = above ? value / kFar : value * kFar, bare = 0;
  const std::string folded = to_ascii_digits(trimmed(text));
  std::from_chars(folded.data(), folded.data() + folded.size(), bare);
  if (bare >= low && bare <= high && bare > 0) other = bare;
  problems.add(Code::W1316, place,
               {what, std::string(text), with_unit(value),
                number_text(low) + " - " + with_unit(high) + (source.empty() ? "" : " (" + source + ")"),
                with_unit(other)});
}

std::string dimension_text(const Unit& unit) {
  static constexpr std::array kOrder{Quantity::mass,   Quantity::mole,   Quantity::count,
                                     Quantity::money,  Quantity::energy, Quantity::temperature,
                                     Quantity::length, Quantity::time};
  static constexpr std::array<const char*, 8> kNames{"m", "s", "g", "degC", "count", "mol", "元", "J"};
  std::string text;
  for (const Quantity quantity : kOrder) {
    const auto i = static_cast<std::size_t>(quantity);
    const int power = unit.exponents[i];
    if (power == 0) continue;
    text += (text.empty() ? "" : " ") + std::string(kNames[i]) + (power == 1 ? "" : std::to_string(power));
  }
  return text.empty() ? "1" : text;
}

std::string number_text(double value) {
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end};
}

}  // namespace limpid
