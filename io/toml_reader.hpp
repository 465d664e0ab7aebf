// TOML text as a tree of values that know where they stood in the file, in the file's order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/problem.hpp"

namespace limpid {

enum class TomlKind : std::uint8_t { text, integer, number, boolean, date, list, table };
const char* toml_kind_text(TomlKind kind);  // the word TOML itself uses: "string", "integer", ...

struct TomlEntry;

// One value. text holds what a string said, and the plain spelling of every other scalar ("0.4", "true",
// "2024-01-01"), so that quantities, times and choices are read from one form.
struct TomlValue {
  TomlKind kind = TomlKind::table;
  Place place;
  std::string text;
  double number = 0;  // of integers and numbers
  bool boolean = false;
  std::vector<TomlValue> items;    // of a list
  std::vector<TomlEntry> entries;  // of a table

  const TomlValue* find(std::string_view key) const;  // nullptr if absent or if this is no table
};

struct TomlEntry {
  std::string key;
  Place place;  // of the key
  TomlValue value;
};

struct TomlFile {
  TomlValue root;
  bool damaged =
      false;  // there were syntax errors: a key that seems to be missing may stand in a damaged line
};

// Parses `text`; `file` names it in places. A syntax error is E1101; the damaged line (the damaged table, if
// its header is) is then left out and parsing goes on, so that all of a file's errors show at once (at most
// 20).
TomlFile parse_toml(std::string_view text, const std::string& file, Problems& problems);

}  // namespace limpid
