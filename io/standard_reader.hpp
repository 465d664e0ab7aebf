// Reads a class table (CSV) into a Standard; gives the standards that are built in.
//
// Comment lines before the header carry `# id: ...`, `# name_zh: ...`, `# name_en: ...`, `# document: ...`.
// Columns:
//   id, name_zh, name_en, unit; side = at_most | at_least | range; I .. V and lake_I .. lake_V (empty lake
//   cells: as in rivers; all empty: no class limits; range: "low-high"); class_river, class_lake, multiple,
//   toxic = 0 | 1.
// model/standards/gb3838_2002.csv is the example.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/problem.hpp"
#include "model/standard.hpp"

namespace limpid {

// The values of "# key: value" lines above a table's header.
std::map<std::string, std::string> header_remarks(std::string_view text);

// `shown`: the name that problems carry. The standard is usable only if no error was added (E1601, E1602,
// E1201 and those of Table).
Standard read_standard(std::string text, const std::string& shown, Problems& problems);

std::vector<Standard> built_in_standards();
// By id ("GB3838-2002"); nullopt if it is not built in.
std::optional<Standard> built_in_standard(std::string_view id);

}  // namespace limpid
