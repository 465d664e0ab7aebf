// A table of a TOML file, read through the declarations of its keys: what is not declared cannot be asked
// for, what is missing takes its preset, and every problem names its place.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/case_keys.hpp"
#include "io/toml_reader.hpp"
#include "io/written_value.hpp"
#include "model/problem.hpp"

namespace limpid {

struct KeyContext {
  const std::vector<Key>* keys;
  Problems* problems;
  std::chrono::seconds offset = kChinaOffset;
  bool damaged = false;  // the file had syntax errors: missing keys are not reported
};

class KeyTable {
 public:
  // value: the table, or nullptr if the file has none (then `file` is where missing keys are reported).
  // shown: "[time]"; table: its declared name.
  KeyTable(const TomlValue* value, std::string file, std::string shown, std::string_view table,
           KeyContext context);

  bool has(std::string_view id) const { return value_ && value_->find(id); }
  const TomlValue* find(std::string_view id) const { return value_ ? value_->find(id) : nullptr; }
  Place place(std::string_view id) const;  // of its value, or of the table
  const std::string& shown() const { return shown_; }

  // Absent keys: the preset; without one "" or nullopt, and E1103 if the key is required.
  std::string text(std::string_view id) const;
  std::vector<std::string> texts(std::string_view id) const;  // a lone string is a list of one
  std::optional<double> number(std::string_view id) const;
  std::optional<int> integer(std::string_view id, int low, int high) const;  // E1330 outside
  std::optional<bool> boolean(std::string_view id) const;
  std::optional<double> quantity(std::string_view id) const;  // inside units; also fractions
  // A key whose unit follows what it names (a constituent), declared as "*".
  std::optional<double> quantity_of(std::string_view id, const NamedUnit& unit,
                                    std::string_view species = {}) const;
  std::optional<double> interval(std::string_view id) const;  // s
  std::optional<Period> period(std::string_view id) const;
  std::optional<Time> time(std::string_view id) const;
  std::optional<Season> season(std::string_view id) const;
  std::optional<std::chrono::seconds> offset(std::string_view id) const;
  std::optional<int> choice(std::string_view id) const;  // index into the declared choices

  // The sub-table, or nullptr if it is absent or no table (E1104).
  const TomlValue* sub_table(std::string_view id) const;
  // E1102 for every key that is neither declared here nor in `also`.
  void refuse_unknown(const std::vector<std::string>& also = {}) const;
  const std::vector<TomlEntry>& entries() const;

 private:
  const Key& declaration(std::string_view id) const { return declared(*context_.keys, table_, id); }
  // The words of a scalar key or its preset; nullopt when there is nothing to read.
  std::optional<Written> written(std::string_view id) const;
  std::string what(std::string_view id) const;

  const TomlValue* value_;
  std::string shown_, table_;
  Place place_;
  KeyContext context_;
};

// Reports a value of the wrong TOML type (E1104) and returns false; a key of type `type` may be `value`.
bool fits(const TomlValue& value, const std::string& what, KeyType type, Problems& problems);

}  // namespace limpid
