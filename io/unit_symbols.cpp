#include "io/unit_symbols.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace limpid {
namespace {

constexpr Unit of(Quantity quantity, double factor, int power = 1) {
  Unit unit;
  unit.exponents[static_cast<std::size_t>(quantity)] = static_cast<std::int8_t>(power);
  unit.factor = factor;
  return unit;
}

constexpr Unit per_time(Unit unit) {
  unit.exponents[static_cast<std::size_t>(Quantity::time)] = -1;
  return unit;
}

constexpr Unit temperature(double offset) {
  Unit unit = of(Quantity::temperature, 1.0);
  unit.offset = offset;
  return unit;
}

// Which SI prefixes may stand before a symbol: "cd", "mmin" or "ka" are not what anybody means here.
enum class Prefixes : std::uint8_t { none, all, large };

struct Symbol {
  std::string_view text;
  Unit unit;
  Prefixes prefixes = Prefixes::none;
};

constexpr double kHour = 3600.0, kYear = 365.25 * unit::kDay, kMu = 2000.0 / 3.0;

// SI brochure (9th edition) and GB 3100/3101 symbols with the spellings of Chinese case files; 1 亩 = 2000/3
// m2 (Market supervision's conversion, 15 亩 = 1 ha); a year is 365.25 d as everywhere in limpid.
constexpr std::array kSymbols = std::to_array<Symbol>({
    {"s", of(Quantity::time, 1), Prefixes::all},
    {"sec", of(Quantity::time, 1)},
    {"second", of(Quantity::time, 1)},
    {"seconds", of(Quantity::time, 1)},
    {"秒", of(Quantity::time, 1)},
    {"min", of(Quantity::time, 60)},
    {"minute", of(Quantity::time, 60)},
    {"minutes", of(Quantity::time, 60)},
    {"分钟", of(Quantity::time, 60)},
    {"h", of(Quantity::time, kHour)},
    {"hr", of(Quantity::time, kHour)},
    {"hour", of(Quantity::time, kHour)},
    {"hours", of(Quantity::time, kHour)},
    {"小时", of(Quantity::time, kHour)},
    {"时", of(Quantity::time, kHour)},
    {"d", of(Quantity::time, unit::kDay)},
    {"day", of(Quantity::time, unit::kDay)},
    {"days", of(Quantity::time, unit::kDay)},
    {"天", of(Quantity::time, unit::kDay)},
    {"日", of(Quantity::time, unit::kDay)},
    {"week", of(Quantity::time, 7 * unit::kDay)},
    {"周", of(Quantity::time, 7 * unit::kDay)},
    {"a", of(Quantity::time, kYear)},
    {"yr", of(Quantity::time, kYear)},
    {"year", of(Quantity::time, kYear)},
    {"years", of(Quantity::time, kYear)},
    {"年", of(Quantity::time, kYear)},
    {"m", of(Quantity::length, 1), Prefixes::all},
    {"metre", of(Quantity::length, 1)},
    {"meter", of(Quantity::length, 1)},
    {"米", of(Quantity::length, 1)},
    {"公里", of(Quantity::length, 1000)},
    {"千米", of(Quantity::length, 1000)},
    {"厘米", of(Quantity::length, 0.01)},
    {"毫米", of(Quantity::length, 0.001)},
    {"ha", of(Quantity::length, 1e4, 2)},
    {"公顷", of(Quantity::length, 1e4, 2)},
    {"亩", of(Quantity::length, kMu, 2)},
    {"mu", of(Quantity::length, kMu, 2)},
    {"平方米", of(Quantity::length, 1, 2)},
    {"㎡", of(Quantity::length, 1, 2)},
    {"平方公里", of(Quantity::length, 1e6, 2)},
    {"平方千米", of(Quantity::length, 1e6, 2)},
    {"㎞", of(Quantity::length, 1000)},
    {"㎜", of(Quantity::length, 0.001)},
    {"㎝", of(Quantity::length, 0.01)},
    {"L", of(Quantity::length, 1e-3, 3), Prefixes::all},
    {"l", of(Quantity::length, 1e-3, 3), Prefixes::all},
    {"litre", of(Quantity::length, 1e-3, 3)},
    {"liter", of(Quantity::length, 1e-3, 3)},
    {"升", of(Quantity::length, 1e-3, 3)},
    {"毫升", of(Quantity::length, 1e-6, 3)},
    {"立方米", of(Quantity::length, 1, 3)},
    {"方", of(Quantity::length, 1, 3)},
    {"㎥", of(Quantity::length, 1, 3)},
    {"g", of(Quantity::mass, 1), Prefixes::all},
    {"gram", of(Quantity::mass, 1)},
    {"克", of(Quantity::mass, 1)},
    {"毫克", of(Quantity::mass, 1e-3)},
    {"微克", of(Quantity::mass, 1e-6)},
    {"千克", of(Quantity::mass, 1e3)},
    {"公斤", of(Quantity::mass, 1e3)},
    {"㎏", of(Quantity::mass, 1e3)},
    {"㎎", of(Quantity::mass, 1e-3)},
    {"t", of(Quantity::mass, 1e6), Prefixes::large},
    {"tonne", of(Quantity::mass, 1e6)},
    {"tonnes", of(Quantity::mass, 1e6)},
    {"吨", of(Quantity::mass, 1e6)},
    {"count", of(Quantity::count, 1)},
    {"counts", of(Quantity::count, 1)},
    {"CFU", of(Quantity::count, 1)},
    {"cfu", of(Quantity::count, 1)},
    {"MPN", of(Quantity::count, 1)},
    {"cells", of(Quantity::count, 1)},
    {"cell", of(Quantity::count, 1)},
    {"个", of(Quantity::count, 1)},
    {"人", of(Quantity::count, 1)},
    {"cap", of(Quantity::count, 1)},
    {"person", of(Quantity::count, 1)},
    {"头", of(Quantity::count, 1)},
    {"只", of(Quantity::count, 1)},
    {"mol", of(Quantity::mole, 1), Prefixes::all},
    {"摩尔", of(Quantity::mole, 1)},
    {"元", of(Quantity::money, 1)},
    {"yuan", of(Quantity::money, 1)},
    {"CNY", of(Quantity::money, 1)},
    {"RMB", of(Quantity::money, 1)},
    {"¥", of(Quantity::money, 1)},
    {"J", of(Quantity::energy, 1), Prefixes::all},
    {"W", per_time(of(Quantity::energy, 1)), Prefixes::all},
    {"Wh", of(Quantity::energy, kHour), Prefixes::all},
    {"千瓦时", of(Quantity::energy, 1000 * kHour)},
    {"degC", temperature(0)},
    {"°C", temperature(0)},
    {"℃", temperature(0)},
    {"摄氏度", temperature(0)},
    {"celsius", temperature(0)},
    {"K", temperature(-273.15)},
    {"%", unit::dims(0, 0, 0, 0.01)},
    {"‰", unit::dims(0, 0, 0, 0.001)},
    {"percent", unit::dims(0, 0, 0, 0.01)},
    {"无量纲", unit::dims(0, 0, 0)},
});

struct Prefix {
  std::string_view text;
  double factor;
};
constexpr std::array kPrefixes = std::to_array<Prefix>({{"k", 1e3},
                                                        {"M", 1e6},
                                                        {"G", 1e9},
                                                        {"h", 1e2},
                                                        {"d", 1e-1},
                                                        {"c", 1e-2},
                                                        {"m", 1e-3},
                                                        {"u", 1e-6},
                                                        {"µ", 1e-6},
                                                        {"μ", 1e-6},
                                                        {"n", 1e-9},
                                                        {"p", 1e-12}});

const Symbol* find_symbol(std::string_view text) {
  const auto* at =
      std::find_if(kSymbols.begin(), kSymbols.end(), [&](const Symbol& s) { return s.text == text; });
  return at == kSymbols.end() ? nullptr : at;
}

Unit scaled(Unit unit, double factor) {
  unit.factor *= factor;
  return unit;
}

}  // namespace

std::optional<Unit> own_unit_symbol(std::string_view symbol) {
  if (const Symbol* exact = find_symbol(symbol)) return exact->unit;
  for (const Prefix& prefix : kPrefixes) {
    if (!symbol.starts_with(prefix.text)) continue;
    const Symbol* stem = find_symbol(symbol.substr(prefix.text.size()));
    const bool large = prefix.factor >= 1e3;
    if (stem && (stem->prefixes == Prefixes::all || (stem->prefixes == Prefixes::large && large)))
      return scaled(stem->unit, prefix.factor);
  }
  return std::nullopt;
}

std::vector<std::string> own_unit_symbols() {
  std::vector<std::string> all;
  for (const Symbol& symbol : kSymbols) all.emplace_back(symbol.text);
  for (const char* composed : {"kg", "mg", "ug", "km", "cm", "mm", "mL", "万元", "万t", "kWh"})
    all.emplace_back(composed);
  return all;
}

bool is_ton(std::string_view symbol) {
  return symbol == "ton" || symbol == "tons";
}

bool is_month(std::string_view symbol) {
  return symbol == "月" || symbol == "个月" || symbol == "month" || symbol == "months" || symbol == "mon";
}

}  // namespace limpid
