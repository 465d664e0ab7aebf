#include "io/item_name.hpp"

#include "io/text.hpp"
#include "io/units.hpp"

namespace limpid {

ItemNames::ItemNames(const Standard& standard, const std::vector<Constituent>& known) {
  for (const StandardItem& item : standard.items)
    for (const std::string& name : {item.id, item.name_zh, item.name_en}) add(name, item);
  for (const Constituent& c : known) {
    const StandardItem* item = standard.find(c.id);
    if (!item) continue;
    for (const std::string& name : {c.name_zh, c.name_en}) add(name, *item);
    for (const std::string& name : c.synonyms) add(name, *item);
  }
}

void ItemNames::add(const std::string& name, const StandardItem& item) {
  if (!name.empty()) names_.emplace(lower_ascii(name), &item);
}

const StandardItem* ItemNames::find(std::string_view name) const {
  const auto it = names_.find(lower_ascii(name));
  return it == names_.end() ? nullptr : it->second;
}

std::optional<double> factor_to_item_unit(const std::string& written, const StandardItem& item,
                                          const Place& place, Problems& problems) {
  if (written.empty() || written == item.unit || written == "无量纲" || written == "-") return 1.0;
  const char* species = item.id == "TP" ? "P" : "N";  // "mg N/L" is mg/L
  const UnitReading from = read_unit(written, species), to = read_unit(item.unit == "-" ? "1" : item.unit);
  const bool readable = from.fault == UnitFault::none && to.fault == UnitFault::none;
  if (readable && from.unit.same_dimension(to.unit)) return from.unit.factor / to.unit.factor;
  problems.add(Code::E1606, place, {written, item.id, item.unit});
  return std::nullopt;
}

}  // namespace limpid
