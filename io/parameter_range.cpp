#include "io/parameter_range.hpp"

#include <cmath>

#include "io/units.hpp"

namespace limpid {
namespace {

std::string with_unit(const std::string& range, const Parameter& parameter) {
  const std::string unit = parameter.unit.text;
  return unit == "1" ? range : range + " " + unit;
}

// A choice says by its meaning what its numbers stand for.
std::string possible_text(const Parameter& parameter) {
  const std::string bounds = bounds_text(parameter.possible);
  return parameter.possible.whole ? bounds + " (" + parameter.meaning + ")" : with_unit(bounds, parameter);
}

}  // namespace

void check_parameter(double inside, const std::string& text, const Parameter& parameter,
                     const std::string& what, const Place& place, Problems& problems) {
  const double given = parameter.unit.unit.from_inside(inside);
  const std::string range =
      with_unit(number_text(parameter.low) + " .. " + number_text(parameter.high), parameter);
  constexpr double kInUnits = 1 - 1e-12;  // a bound that was converted and back
  if (!parameter.possible.hold(given) && !parameter.possible.hold(given * kInUnits))
    return problems.add(Code::E1248, place, {what, text, possible_text(parameter), range});
  constexpr double kFar = 1000;  // beyond, check_plausible() thinks of another unit
  const bool far = given > kFar * parameter.high || (given > 0 && given * kFar < parameter.low);
  const double slack = 1e-9 * (std::fabs(parameter.low) + std::fabs(parameter.high));  // of units
  if (!far && (given < parameter.low - slack || given > parameter.high + slack))
    problems.add(Code::W1249, place, {what, text, range, parameter.source});
  check_plausible(inside, text, parameter.unit, parameter.low, parameter.high, place, what, problems,
                  parameter.source);
}

}  // namespace limpid
