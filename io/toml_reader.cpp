#include "io/toml_reader.hpp"

#include <algorithm>
#include <optional>
#include <sstream>
#include <utility>

#include "io/units.hpp"

// Compiled here from its headers, not taken from the shared library: toml++ 3.3 aborts on some malformed inputs ("[:")
// through an assert; without it they are ordinary parse errors.
#define TOML_HEADER_ONLY 1
#define TOML_ASSERT(x) static_cast<void>(0)
#include <toml++/toml.h>

namespace limpid {
namespace {

constexpr int kMaxSyntaxErrors = 20;

Place place_of(const toml::source_region& region, const std::string& file) {
  return {file, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

template <class T>
std::string spelled(const T& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

TomlValue convert(const toml::node& node, const std::string& file);

void convert_table(const toml::table& table, const std::string& file, TomlValue& out) {
  out.kind = TomlKind::table;
  for (auto&& [key, value] : table)
    out.entries.push_back({std::string(key.str()), place_of(key.source(), file), convert(value, file)});
  std::stable_sort(out.entries.begin(), out.entries.end(), [](const TomlEntry& a, const TomlEntry& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
}

TomlValue convert(const toml::node& node, const std::string& file) {
  TomlValue out;
  out.place = place_of(node.source(), file);
  if (const auto* table = node.as_table()) {
    convert_table(*table, file, out);
  } else if (const auto* list = node.as_array()) {
    out.kind = TomlKind::list;
    for (auto&& item : *list) out.items.push_back(convert(item, file));
  } else if (const auto* text = node.as_string()) {
    out.kind = TomlKind::text;
    out.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    out.kind = TomlKind::integer;
    out.number = static_cast<double>(integer->get());
    out.text = std::to_string(integer->get());
  } else if (const auto* number = node.as_floating_point()) {
    out.kind = TomlKind::number;
    out.number = number->get();
    out.text = number_text(number->get());
  } else if (const auto* boolean = node.as_boolean()) {
    out.kind = TomlKind::boolean;
    out.boolean = boolean->get();
    out.text = boolean->get() ? "true" : "false";
  } else {
    out.kind = TomlKind::date;
    node.visit([&out](const auto& value) { out.text = spelled(value); });
  }
  return out;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::string join_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

bool starts_table(const std::string& line) {
  const std::size_t first = line.find_first_not_of(" \t");
  return first != std::string::npos && line[first] == '[';
}

bool is_blank(const std::string& line) { return line.find_first_not_of(" \t\r") == std::string::npos; }

// Empties the damaged line, and the rest of its table when the line was the table's header: those keys would land in
// the table before. false if nothing was left to take out there (an unclosed list or string that reaches the end).
bool leave_out(std::vector<std::string>& lines, std::size_t line) {
  line = std::min(line, lines.size() - 1);
  while (line > 0 && is_blank(lines[line])) --line;
  if (is_blank(lines[line])) return false;
  const bool header = starts_table(lines[line]);
  lines[line].clear();
  for (std::size_t i = line + 1; header && i < lines.size() && !starts_table(lines[i]); ++i) lines[i].clear();
  return true;
}

}  // namespace

const char* toml_kind_text(TomlKind kind) {
  switch (kind) {
    case TomlKind::text: return "string";
    case TomlKind::integer: return "integer";
    case TomlKind::number: return "float";
    case TomlKind::boolean: return "boolean";
    case TomlKind::date: return "date";
    case TomlKind::list: return "array";
    case TomlKind::table: return "table";
  }
  return "";
}

const TomlValue* TomlValue::find(std::string_view key) const {
  for (const TomlEntry& entry : entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

TomlFile parse_toml(std::string_view text, const std::string& file, Problems& problems) {
  TomlFile out;
  out.root.place = {file, 0, 0};
  std::vector<std::string> lines = split_lines(text);
  for (int errors = 0; errors < kMaxSyntaxErrors; ++errors) {
    try {
      convert_table(toml::parse(join_lines(lines)), file, out.root);
      return out;
    } catch (const toml::parse_error& error) {
      const Place place = place_of(error.source(), file);
      problems.add(Code::E1101, place, {std::string(error.description())});
      out.damaged = true;
      if (place.line < 1 || !leave_out(lines, static_cast<std::size_t>(place.line) - 1)) return out;
    }
  }
  return out;
}

}  // namespace limpid
