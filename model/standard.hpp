// A water-quality standard: limits per class and item, with the rules of how values are compared.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "model/section.hpp"

namespace limpid {

// Which side of the limit is good.
enum class LimitSide : std::uint8_t { at_most, at_least, range };

// Limits of classes I..V and the decimals they are printed with. NaN: the standard gives no class limit
// (water temperature; TN in rivers).
struct ClassLimits {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  std::array<double, 5> values{kNone, kNone, kNone, kNone, kNone};
  std::array<int, 5> decimals{};
  bool given() const { return values[0] == values[0]; }
};

// One item (指标) of a class table. Limits are inclusive; values in mg/L (pH: -, faecal coliform: 1/L).
struct StandardItem {
  std::string id;  // constituent or Derived id: NH3_N, TP, pH, DO, ...
  std::string name_zh, name_en, unit;
  LimitSide side = LimitSide::at_most;
  ClassLimits river, lake;                           // range items: the upper side
  double range_low = 0;                              // range items: the lower side (same for all classes)
  bool in_class_river = true, in_class_lake = true;  // counts in the single-factor class (环办[2011]22号)
  bool multiple = true;                              // an exceedance multiple is stated for it
  bool toxic = false;  // cyanide and heavy metals: named first among main pollutants

  const ClassLimits& limits(bool is_lake) const { return is_lake ? lake : river; }
  bool in_class(bool is_lake) const { return is_lake ? in_class_lake : in_class_river; }
};

struct Standard {
  std::string id;  // "GB3838-2002"
  std::string name_zh, name_en;
  std::string document;             // what the numbers were read from
  std::vector<StandardItem> items;  // in the order of the document
  // nullptr if the standard has no such item.
  const StandardItem* find(const std::string& item) const;
};

}  // namespace limpid
