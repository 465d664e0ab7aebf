#include "io/key_table.hpp"

#include <algorithm>
#include <cmath>

#include "io/units.hpp"

namespace limpid {

namespace {

struct Form {
  const char *toml, *example;
};

Form form_of(KeyType type) {
  switch (type) {
    case KeyType::texts:
      return {"array of strings", "[\"DO\", \"NH3_N\"]"};
    case KeyType::integer:
      return {"integer", "4"};
    case KeyType::number:
      return {"float", "0.5"};
    case KeyType::fraction:
      return {"float or string", "0.4, \"40 %\""};
    case KeyType::boolean:
      return {"boolean", "true"};
    case KeyType::time:
      return {"date", "2025-09-01"};
    case KeyType::years:
      return {"table", "{ 2026 = 2018, default = \"2021\" }"};
    case KeyType::quantity:
      return {"string", "\"1.5 mg/L\""};
    case KeyType::interval:
      return {"string", "\"10 min\""};
    case KeyType::period:
      return {"string", "\"P30D\""};
    case KeyType::season:
      return {"string", "\"10-01/04-30\""};
    case KeyType::series:
      return {"string", "\"18 degC\", \"file.csv:column\""};
    case KeyType::file:
      return {"string", "\"nodes.csv\""};
    default:
      return {"string", "\"...\""};
  }
}

bool is_number(TomlKind kind) {
  return kind == TomlKind::integer || kind == TomlKind::number;
}

bool kind_fits(TomlKind kind, KeyType type) {
  switch (type) {
    case KeyType::texts:
      return kind == TomlKind::list || kind == TomlKind::text;
    case KeyType::integer:
      return kind == TomlKind::integer;
    case KeyType::number:
      return is_number(kind);
    case KeyType::boolean:
      return kind == TomlKind::boolean;
    case KeyType::time:
      return kind == TomlKind::date || kind == TomlKind::text;
    case KeyType::years:
      return kind == TomlKind::table;
    case KeyType::quantity:
    case KeyType::fraction:
    case KeyType::interval:
    case KeyType::series:
      return kind == TomlKind::text || is_number(kind);
    default:
      return kind == TomlKind::text;
  }
}

}  // namespace

bool fits(const TomlValue& value, const std::string& what, KeyType type, Problems& problems) {
  bool good = kind_fits(value.kind, type);
  for (const TomlValue& item : value.items) good = good && item.kind == TomlKind::text;
  const Form form = form_of(type);
  if (!good)
    problems.add(Code::E1104, value.place, {what, toml_kind_text(value.kind), form.toml, form.example});
  return good;
}

KeyTable::KeyTable(const TomlValue* value, std::string file, std::string shown, std::string_view table,
                   KeyContext context)
    : value_(value),
      shown_(std::move(shown)),
      table_(table),
      place_{std::move(file), 0, 0},
      context_(context) {
  if (value_) place_ = value_->place;
}

Place KeyTable::place(std::string_view id) const {
  const TomlValue* value = find(id);
  return value ? value->place : place_;
}

std::string KeyTable::what(std::string_view id) const {
  return shown_ + " " + std::string(id);
}

std::optional<Written> KeyTable::written(std::string_view id) const {
  const Key& key = declaration(id);
  const TomlValue* value = find(id);
  if (value) {
    if (!fits(*value, what(id), key.type, *context_.problems)) return std::nullopt;
    return Written{value->text, value->place, what(id)};
  }
  if (key.required && !context_.damaged)
    context_.problems->add(Code::E1103, place_, {std::string(id), shown_, key.en, key.zh});
  if (!*key.preset) return std::nullopt;
  return Written{key.preset, place_, what(id)};
}

std::string KeyTable::text(std::string_view id) const {
  const auto words = written(id);
  return words ? std::string(words->text) : std::string();
}

std::vector<std::string> KeyTable::texts(std::string_view id) const {
  if (!written(id)) return {};
  const TomlValue* value = find(id);
  if (value->kind == TomlKind::text) return {value->text};
  std::vector<std::string> list;
  for (const TomlValue& item : value->items) list.push_back(item.text);
  return list;
}

std::optional<double> KeyTable::number(std::string_view id) const {
  const auto words = written(id);
  return words ? read_quantity(*words, unit::none, *context_.problems) : std::nullopt;
}

std::optional<int> KeyTable::integer(std::string_view id, int low, int high) const {
  const auto words = written(id);
  const auto value = words ? read_quantity(*words, unit::none, *context_.problems) : std::nullopt;
  if (!value) return std::nullopt;
  if (*value >= low && *value <= high) return static_cast<int>(*value);
  const std::string range = std::to_string(low) + " .. " + std::to_string(high);
  context_.problems->add(Code::E1330, words->place, {words->what, std::string(words->text), range, range});
  return std::nullopt;
}

std::optional<bool> KeyTable::boolean(std::string_view id) const {
  const auto words = written(id);
  return words ? std::optional<bool>(words->text == "true") : std::nullopt;
}

std::optional<double> KeyTable::quantity(std::string_view id) const {
  const auto words = written(id);
  return words ? read_quantity(*words, declaration(id).unit, *context_.problems) : std::nullopt;
}

std::optional<double> KeyTable::quantity_of(std::string_view id, const NamedUnit& unit,
                                            std::string_view species) const {
  const TomlValue* value = find(id);
  if (!value || !fits(*value, what(id), KeyType::quantity, *context_.problems)) return std::nullopt;
  return parse_quantity(value->text, unit, value->place, what(id), *context_.problems, species);
}

std::optional<double> KeyTable::interval(std::string_view id) const {
  const auto words = written(id);
  return words ? read_interval(*words, *context_.problems) : std::nullopt;
}

std::optional<Period> KeyTable::period(std::string_view id) const {
  const auto words = written(id);
  return words ? read_period(*words, *context_.problems) : std::nullopt;
}

std::optional<Time> KeyTable::time(std::string_view id) const {
  const auto words = written(id);
  return words ? read_time(*words, context_.offset, *context_.problems) : std::nullopt;
}

std::optional<Season> KeyTable::season(std::string_view id) const {
  const auto words = written(id);
  return words ? read_season(*words, *context_.problems) : std::nullopt;
}

std::optional<std::chrono::seconds> KeyTable::offset(std::string_view id) const {
  const auto words = written(id);
  return words ? read_offset(*words, *context_.problems) : std::nullopt;
}

std::optional<int> KeyTable::choice(std::string_view id) const {
  const auto words = written(id);
  return words ? read_choice(*words, declaration(id).choices, *context_.problems) : std::nullopt;
}

const TomlValue* KeyTable::sub_table(std::string_view id) const {
  const TomlValue* value = find(id);
  if (!value || value->kind == TomlKind::table) return value;
  fits(*value, what(id), KeyType::years, *context_.problems);
  return nullptr;
}

void KeyTable::refuse_unknown(const std::vector<std::string>& also) const {
  std::vector<std::string> allowed = declared_ids(*context_.keys, table_);
  allowed.insert(allowed.end(), also.begin(), also.end());
  for (const TomlEntry& entry : entries())
    if (std::find(allowed.begin(), allowed.end(), entry.key) == allowed.end())
      context_.problems->add(Code::E1102, entry.place,
                             {entry.key, shown_, nearest_of(entry.key, allowed), listed(allowed)});
}

const std::vector<TomlEntry>& KeyTable::entries() const {
  static const std::vector<TomlEntry> kNone;
  return value_ ? value_->entries : kNone;
}

}  // namespace limpid
