// Every key and column that a case or a plan may hold, declared once: the readers take values only through
// these declarations, and docs/case.md is printed from them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/unit.hpp"

namespace limpid {

enum class KeyType : std::uint8_t {
  text,
  texts,
  integer,
  number,
  fraction,
  boolean,
  quantity,
  interval,
  period,
  time,
  season,
  offset,
  choice,
  file,
  series,
  years
};
const char* key_type_text(KeyType type, bool chinese);

// One key of a TOML table, or one column of a CSV table.
struct Key {
  const char* table;  // "time", "climate.*" ('*' = an id that the user chooses), "measure", "reaches.csv"
  const char* id;     // "*" = named by the case's own objects, as the text says
  KeyType type = KeyType::text;
  bool required = false;
  const char* preset = "";      // what is used when it is absent, as a user would write it; "" = nothing
  NamedUnit unit = unit::none;  // of quantities and series: the dimension asked for
  const char* choices = "";     // of choices, separated by blanks
  const char *en = "", *zh = "";
};

const std::vector<Key>& case_keys();      // of case.toml
const std::vector<Key>& plan_keys();      // of plan files
const std::vector<Key>& how_sure_keys();  // of the file that plan compare --how-sure names
const std::vector<Key>& columns();        // of the CSV tables

// The declaration of a key; std::logic_error if there is none (a reader asks for what was never declared).
const Key& declared(const std::vector<Key>& keys, std::string_view table, std::string_view id);
// Ids declared for a table, without "*".
std::vector<std::string> declared_ids(const std::vector<Key>& keys, std::string_view table);

std::vector<std::string> split_words(std::string_view text);  // at blanks

}  // namespace limpid
