#include "io/declared_table.hpp"

#include <algorithm>
#include <stdexcept>

#include "io/series_table.hpp"
#include "io/units.hpp"

namespace limpid {

DeclaredTable::DeclaredTable(const Table& table, std::string_view declared, std::chrono::seconds offset,
                             Problems& problems)
    : table_(table), offset_(offset), problems_(problems) {
  bool open = false;
  for (const Key& key : limpid::columns()) {
    if (declared != key.table) continue;
    if (std::string_view(key.id) == "*") {
      open = true;
      continue;
    }
    slots_.push_back({&key, key.required ? table.require(key.id, problems) : table.find(key.id), {}});
    if (slots_.back().column) read_head_unit(slots_.back());
  }
  names_ = declared_ids(limpid::columns(), declared);
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    const std::string& name = table.columns()[c].name;
    if (!name.empty() && std::find(names_.begin(), names_.end(), name) == names_.end()) others_.push_back(c);
  }
  if (!open) refuse_others({});
}

void DeclaredTable::refuse_others(const std::vector<std::string>& also) const {
  std::vector<std::string> allowed = names_;
  allowed.insert(allowed.end(), also.begin(), also.end());
  for (const std::size_t c : others_) {
    const Column& column = table_.columns()[c];
    if (std::find(allowed.begin(), allowed.end(), column.name) == allowed.end())
      problems_.add(Code::E1108, column.place, {column.name, nearest_of(column.name, allowed), listed(allowed)});
  }
}

void DeclaredTable::read_head_unit(Slot& slot) {
  const Column& column = table_.columns()[*slot.column];
  const KeyType type = slot.key->type;
  if (column.unit.empty() || (type != KeyType::quantity && type != KeyType::fraction && type != KeyType::series)) return;
  slot.unit = parse_unit(column.unit, slot.key->unit, column.place, column.name, problems_);
  slot.unit_refused = !slot.unit;
}

const DeclaredTable::Slot& DeclaredTable::slot(std::string_view id) const {
  for (const Slot& slot : slots_)
    if (id == slot.key->id) return slot;
  throw std::logic_error("undeclared column " + std::string(id));
}

bool DeclaredTable::empty(std::size_t row, std::string_view id) const {
  const Slot& s = slot(id);
  return !s.column || table_.empty(row, *s.column);
}

Place DeclaredTable::place(std::size_t row, std::string_view id) const {
  const Slot& s = slot(id);
  return s.column ? table_.place(row, *s.column) : table_.row_place(row);
}

std::optional<std::string_view> DeclaredTable::cell(std::size_t row, const Slot& slot) const {
  if (slot.column && !table_.empty(row, *slot.column)) return table_.field(row, *slot.column).text;
  if (slot.column && slot.key->required)
    problems_.add(Code::E1303, table_.place(row, *slot.column), {slot.key->id});
  if (*slot.key->preset) return slot.key->preset;
  return std::nullopt;
}

std::string DeclaredTable::text(std::size_t row, std::string_view id) const {
  return std::string(cell(row, slot(id)).value_or(""));
}

std::vector<std::string> DeclaredTable::texts(std::size_t row, std::string_view id) const {
  return read_words(cell(row, slot(id)).value_or(""));
}

std::optional<double> DeclaredTable::number(std::size_t row, std::string_view id) const {
  const auto words = cell(row, slot(id));
  return words ? number_in(*words, std::string(id), place(row, id), problems_) : std::nullopt;
}

std::optional<double> DeclaredTable::bare(double value, const Slot& slot) const {
  if (slot.unit) return slot.unit->to_inside(value);
  if (slot.unit_refused) return std::nullopt;
  if (slot.key->unit.unit.same_dimension(Unit{})) return value;
  header_unit(table_.columns()[*slot.column], slot.key->unit, problems_);  // E1317
  slot.unit_refused = true;
  return std::nullopt;
}

std::optional<double> DeclaredTable::quantity(std::size_t row, std::string_view id) const {
  const Slot& s = slot(id);
  const auto words = cell(row, s);
  if (!words) return std::nullopt;
  if (!empty(row, id)) {
    const NumberReading reading = read_number(*words);
    if (reading.form == NumberForm::number) return bare(reading.value, s);
    if (reading.form == NumberForm::not_finite) return number_in(*words, std::string(id), place(row, id), problems_);
  }
  return parse_quantity(*words, s.key->unit, place(row, id), std::string(id), problems_);
}

std::optional<bool> DeclaredTable::boolean(std::size_t row, std::string_view id) const {
  const Slot& s = slot(id);
  if (!empty(row, id)) return table_.boolean(row, *s.column, problems_);
  const auto words = cell(row, s);
  return words ? std::optional<bool>(*words == "true") : std::nullopt;
}

std::optional<Time> DeclaredTable::time(std::size_t row, std::string_view id) const {
  const Slot& s = slot(id);
  if (!empty(row, id)) return table_.time(row, *s.column, problems_, offset_);
  cell(row, s);  // reports the empty cell if it is required
  return std::nullopt;
}

std::optional<int> DeclaredTable::choice(std::size_t row, std::string_view id) const {
  const Slot& s = slot(id);
  const auto words = cell(row, s);
  return words ? read_choice({*words, place(row, id), std::string(id)}, s.key->choices, problems_) : std::nullopt;
}

}  // namespace limpid
