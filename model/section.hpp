// A monitoring section (断面): where the river is judged, against what, and by when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/network.hpp"
#include "model/time.hpp"

namespace limpid {

// GB 3838 class; worse than V is 劣Ⅴ.
enum class WaterClass : std::uint8_t { I = 1, II, III, IV, V, worse_than_V };

const char* class_text(WaterClass c);                            // "I" .. "V", ">V": what tables hold
const char* class_text_zh(WaterClass c);                         // Ⅰ .. 劣Ⅴ
std::optional<WaterClass> parse_class(const std::string& text);  // III, Ⅲ, 3, Ⅲ类, 劣Ⅴ, >V

struct Section {
  std::string id, name_zh, name_en;
  std::string level;  // 国考, 省考, 市考
  std::string county, river;
  int reach = 0;
  double chainage = 0;  // m below the reach's upper end
  int layer = 0;        // of a lake, 0 = its surface
  bool lake = false;    // judged by the lake and reservoir limits
  std::optional<WaterClass> target;
  std::vector<std::string>
      indicators;  // what the target is asked of; empty = every item present that counts in the class
  std::optional<Time> limit_date;
  Network::Location location;
  Place place;
};

}  // namespace limpid
