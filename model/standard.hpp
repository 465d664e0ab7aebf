// A water-quality standard: limits per class and item, with the rules of how values are compared.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "model/section.hpp"

namespace limpid {

// Which side of the limit is good.
enum class LimitSide : std::uint8_t { at_most, at_least, range };

// One item (指标) of a class table. Limits are inclusive; values in mg/L (pH: -, faecal coliform: 1/L).
struct StandardItem {
  std::string id;  // constituent or Derived id: NH3_N, TP, pH, DO, ...
  std::string name_zh, name_en, unit;
  LimitSide side = LimitSide::at_most;
  std::array<double, 5> limit_river{}, limit_lake{};  // classes I..V; range items: the upper side
  double range_low = 0;                               // range items: the lower side (same for all classes)
  bool in_class_river = true, in_class_lake = true;   // counts in the single-factor class (环办[2011]22号)
  bool multiple = true;                               // an exceedance multiple is stated for it
  bool toxic = false;                                 // cyanide and heavy metals: named first among main pollutants
};

struct Standard {
  std::string id;        // "GB3838-2002"
  std::string name_zh, name_en;
  std::string document;  // what the numbers were read from
  std::vector<StandardItem> items;
  const StandardItem* find(const std::string& item) const;
};

}  // namespace limpid
