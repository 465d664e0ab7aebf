#include "io/parameter_range.hpp"

#include <cmath>

#include "io/units.hpp"

namespace limpid {

void check_parameter(double inside, const std::string& text, const Parameter& parameter,
                     const std::string& what, const Place& place, Problems& problems) {
  const double given = parameter.unit.unit.from_inside(inside);
  const std::string range =
      number_text(parameter.low) + " .. " + number_text(parameter.high) + " " + parameter.unit.text;
  if (given < 0 && parameter.low >= 0) return problems.add(Code::E1248, place, {what, text, range});
  constexpr double kFar = 1000;  // beyond, check_plausible() thinks of another unit
  const bool far = given > kFar * parameter.high || (given > 0 && given * kFar < parameter.low);
  const double slack = 1e-9 * (std::fabs(parameter.low) + std::fabs(parameter.high));  // of units
  if (!far && (given < parameter.low - slack || given > parameter.high + slack))
    problems.add(Code::W1249, place, {what, text, range, parameter.source});
  check_plausible(inside, text, parameter.unit, parameter.low, parameter.high, place, what, problems);
}

}  // namespace limpid
