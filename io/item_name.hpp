// Names and units of a standard's items as tables write them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/constituent.hpp"
#include "model/problem.hpp"
#include "model/standard.hpp"

namespace limpid {

// Finds items by id, zh or en name, and by the names and synonyms of the known constituents; case does not
// matter. Holds pointers into the standard.
class ItemNames {
 public:
  ItemNames(const Standard& standard, const std::vector<Constituent>& known);
  const StandardItem* find(std::string_view name) const;  // nullptr if it is no item

 private:
  void add(const std::string& name, const StandardItem& item);
  std::map<std::string, const StandardItem*> names_;
};

// Factor from a unit as written to the item's; none, "-" and 无量纲 count as the item's own. nullopt with
// E1606.
std::optional<double> factor_to_item_unit(const std::string& written, const StandardItem& item,
                                          const Place& place, Problems& problems);

}  // namespace limpid
