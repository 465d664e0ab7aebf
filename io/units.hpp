// Text to units: first our own table (what Chinese case files write), symbol by symbol, then UDUNITS-2 for a
// symbol that it does not hold. UDUNITS alone would read "t/a" as tonne per are and "mg N L-1" as milligram
// newton per litre.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/problem.hpp"
#include "model/unit.hpp"

namespace limpid {

// Grammar: factors side by side or joined by * · / per; exponents m3, m-3, m^3, m³; brackets; numbers
// (CFU/100mL); 万 and 亿 before a factor. Each / divides by the next factor only: L/s/km2. Full-width
// characters are folded. Year = 365.25 d, 亩 = 2000/3 m2. "ton" and months are refused. Temperature offsets
// hold for a lone unit only.
enum class UnitFault : std::uint8_t { none, unknown, ambiguous_ton, month };
struct UnitReading {
  UnitFault fault = UnitFault::none;
  Unit unit;
  std::string symbol;  // the part that is not known
};
// `species` (N, P, C, O2, CaCO3, ... or empty) is what the mass is counted as; "mg N/L", "mg-N/L", "mg/L as
// N" then read as mg/L. Any other species letter is read as the unit it is in physics.
UnitReading read_unit(std::string_view text, std::string_view species = {});

// The unit if it has the expected dimension; else nullopt and E1310, E1311, E1313 or E1314. `what` names the
// value.
std::optional<Unit> parse_unit(std::string_view text, const NamedUnit& expected, const Place& place,
                               const std::string& what, Problems& problems, std::string_view species = {});

// A value with unit, such as "0.3 1/d", "4200 万元", "85 %", in inside units. A bare number is accepted only
// where `expected` is dimensionless (E1312). Adds E1302, E1304, E1310..E1315.
std::optional<double> parse_quantity(std::string_view text, const NamedUnit& expected, const Place& place,
                                     const std::string& what, Problems& problems,
                                     std::string_view species = {});
// The same for a number that came without text (a TOML number).
std::optional<double> bare_quantity(double value, const NamedUnit& expected, const Place& place,
                                    const std::string& what, Problems& problems);

// Warns (W1316, both readings shown) when the inside value is more than 1000 times above `high`, or positive
// and more than 1000 times below `low`. low and high are in `unit`; `text` is what the user wrote; `source`,
// if any, what the range is after.
void check_plausible(double inside, std::string_view text, const NamedUnit& unit, double low, double high,
                     const Place& place, const std::string& what, Problems& problems,
                     const std::string& source = "");

// Base units with exponents: "g m-3", "1" if dimensionless.
std::string dimension_text(const Unit& unit);

// Shortest text that reads back as the same double.
std::string number_text(double value);

}  // namespace limpid
