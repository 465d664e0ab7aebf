#include "model/standard.hpp"

#include <algorithm>

namespace limpid {

const StandardItem* Standard::find(const std::string& item) const {
  const auto it = std::ranges::find(items, item, &StandardItem::id);
  return it == items.end() ? nullptr : &*it;
}

}  // namespace limpid
