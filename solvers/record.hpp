// What a run remembers, lane by lane: values at the sections and maps of the whole network.
#pragma once

#include <string>
#include <vector>

namespace limpid {

// A recorded quantity: a constituent, a Derived, or one of the water (discharge, depth, velocity,
// temperature).
struct RecordedQuantity {
  std::string id, name_zh, name_en;
  std::string unit;     // CF text
  std::string cf_name;  // CF standard name, may be empty
};

// One lane. Values are instantaneous, at times of the form begin + n * interval (seconds since 1970).
// NaN = undefined (dry cell) or not reached (failed lane).
struct Record {
  std::vector<RecordedQuantity> quantities;
  int sections = 0, cells = 0;
  std::vector<double> section_times;
  std::vector<double> section_values;  // [time][section][quantity]
  std::vector<double> map_times;
  std::vector<double> map_values;  // [time][cell][quantity]

  double section(std::size_t time, int section_index, int quantity) const {
    const auto s = static_cast<std::size_t>(section_index), n = quantities.size();
    return section_values[(time * static_cast<std::size_t>(sections) + s) * n +
                          static_cast<std::size_t>(quantity)];
  }
  int quantity(const std::string& id) const {  // -1 if not recorded
    for (std::size_t q = 0; q < quantities.size(); ++q)
      if (quantities[q].id == id) return static_cast<int>(q);
    return -1;
  }
};

}  // namespace limpid
