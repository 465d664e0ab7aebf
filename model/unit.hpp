// Units as values: exponents of base quantities, a factor to the inside unit and an offset. Inside limpid
// everything is m, s, g, degC (concentration g m-3 = mg/L); text becomes a Unit in io/ only.
#pragma once

#include <array>
#include <cstdint>

namespace limpid {

// Base quantities, in the order of Unit::exponents.
enum class Quantity : std::uint8_t { length, time, mass, temperature, count, mole, money, energy };

struct Unit {
  std::array<std::int8_t, 8> exponents{};  // indexed by Quantity
  double factor = 1.0;                     // inside value = value * factor + offset
  double offset = 0.0;

  constexpr bool same_dimension(const Unit& other) const { return exponents == other.exponents; }
  constexpr double to_inside(double value) const { return value * factor + offset; }
  constexpr double from_inside(double value) const { return (value - offset) / factor; }
};

// A unit with the text that documents it: what declarations (parameters, case keys, outputs) name.
struct NamedUnit {
  const char* text;
  Unit unit;
};

namespace unit {
constexpr double kDay = 86400.0;
constexpr Unit dims(int length, int time, int mass, double factor = 1.0) {
  return {{static_cast<std::int8_t>(length), static_cast<std::int8_t>(time), static_cast<std::int8_t>(mass)},
          factor,
          0};
}
inline constexpr NamedUnit none{"1", dims(0, 0, 0)};
inline constexpr NamedUnit metre{"m", dims(1, 0, 0)};
inline constexpr NamedUnit square_metre{"m2", dims(2, 0, 0)};
inline constexpr NamedUnit cubic_metre{"m3", dims(3, 0, 0)};
inline constexpr NamedUnit per_metre{"1/m", dims(-1, 0, 0)};
inline constexpr NamedUnit m2_per_gram{"m2/g", dims(2, 0, -1)};
inline constexpr NamedUnit gram_per_m2{"g/m2", dims(-2, 0, 1)};
inline constexpr NamedUnit mg_per_gram{"mg/g", dims(0, 0, 0, 1e-3)};
inline constexpr NamedUnit mg_per_gram_day{"mg/g/d", dims(0, -1, 0, 1e-3 / kDay)};
inline constexpr NamedUnit second{"s", dims(0, 1, 0)};
inline constexpr NamedUnit metre_per_second{"m/s", dims(1, -1, 0)};
inline constexpr NamedUnit metre_per_day{"m/d", dims(1, -1, 0, 1.0 / kDay)};
inline constexpr NamedUnit square_metre_per_second{"m2/s", dims(2, -1, 0)};
inline constexpr NamedUnit cubic_metre_per_second{"m3/s", dims(3, -1, 0)};
inline constexpr NamedUnit per_day{"1/d", dims(0, -1, 0, 1.0 / kDay)};
inline constexpr NamedUnit per_second{"1/s", dims(0, -1, 0)};
inline constexpr NamedUnit gram{"g", dims(0, 0, 1)};
inline constexpr NamedUnit mg_per_litre{"mg/L", dims(-3, 0, 1)};
inline constexpr NamedUnit litre_per_mg{"L/mg", dims(3, 0, -1)};
inline constexpr NamedUnit gram_per_second{"g/s", dims(0, -1, 1)};
inline constexpr NamedUnit watt_per_m2{"W/m2", {{-2, -1, 0, 0, 0, 0, 0, 1}, 1.0, 0.0}};
inline constexpr NamedUnit kg_per_day{"kg/d", dims(0, -1, 1, 1000.0 / kDay)};
inline constexpr NamedUnit gram_per_m2_day{"g/m2/d", dims(-2, -1, 1, 1.0 / kDay)};
inline constexpr NamedUnit degree_celsius{"degC", {{0, 0, 0, 1}, 1.0, 0.0}};
inline constexpr NamedUnit count_per_m3{"1/m3", {{-3, 0, 0, 0, 1}, 1.0, 0.0}};
inline constexpr NamedUnit yuan{"元", {{0, 0, 0, 0, 0, 0, 1}, 1.0, 0.0}};
inline constexpr NamedUnit yuan_per_year{"元/a", {{0, -1, 0, 0, 0, 0, 1}, 1.0 / (365.25 * kDay), 0.0}};
}  // namespace unit

}  // namespace limpid
