#include "io/csv.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include "io/text.hpp"

namespace limpid {
namespace {

Column column_of(const Field& cell, const std::string& file) {
  Column column{std::string(cell.text), "", std::string(cell.text), {file, cell.line, cell.column}};
  static constexpr std::array<std::array<std::string_view, 2>, 3> kBrackets{
      {{"[", "]"}, {"(", ")"}, {"（", "）"}}};
  for (const auto& [open, close] : kBrackets) {
    const std::size_t at = cell.text.find(open);
    if (at == std::string_view::npos || at == 0 || !cell.text.ends_with(close)) continue;
    const std::string_view inside = cell.text.substr(at + open.size());
    column.name = trimmed(cell.text.substr(0, at));
    column.unit = trimmed(inside.substr(0, inside.size() - close.size()));
    break;
  }
  return column;
}

}  // namespace

// One pass over the text; quoted fields are unescaped in place.
class CsvParser {
 public:
  CsvParser(std::string text, const std::string& file, Problems& problems) : problems_(problems) {
    table_.file_ = file;
    table_.text_ = std::make_shared<std::string>(std::move(text));
  }

  std::optional<Table> parse() {
    while (skip_comment_or_blank()) {
    }
    if (at_end()) {
      problems_.add(Code::E1020, {table_.file_}, {table_.file_});
      return std::nullopt;
    }
    if (!take_header()) return std::nullopt;
    while (!at_end()) {
      if (!skip_blank()) take_row();
    }
    return std::move(table_);
  }

 private:
  bool at_end() const { return at_ >= table_.text_->size(); }
  char now() const { return (*table_.text_)[at_]; }

  void advance() {
    const auto byte = static_cast<unsigned char>(now());
    if (byte == '\n')
      ++line_, column_ = 1;
    else if ((byte & 0xC0U) != 0x80U)
      ++column_;
    ++at_;
  }

  std::string_view rest_of_line() const {
    const std::string_view rest = std::string_view(*table_.text_).substr(at_);
    return rest.substr(0, rest.find('\n'));
  }

  void skip_line() {
    while (!at_end() && now() != '\n') advance();
    if (!at_end()) advance();
  }

  // Spreadsheets leave lines of nothing but commas behind a table.
  bool skip_blank() {
    const std::string_view line = rest_of_line();
    const bool blank =
        std::all_of(line.begin(), line.end(), [](char c) { return c == ',' || c == ' ' || c == '\t'; });
    const bool single_column = table_.columns_.size() == 1 && !line.empty();
    if (blank && !single_column) skip_line();
    return blank && !single_column;
  }

  bool skip_comment_or_blank() {
    if (at_end()) return false;
    if (trimmed(rest_of_line()).starts_with('#')) return skip_line(), true;
    return skip_blank();
  }

  Field take_quoted() {
    Field field{{}, line_, column_};
    advance();
    const std::size_t start = at_;
    std::size_t end = start;
    char* const data = table_.text_->data();
    for (; !at_end(); advance()) {
      if (now() == '"') {
        advance();
        if (at_end() || now() != '"') {
          field.text = {data + start, end - start};
          check_after_quote();
          return field;
        }
      }
      data[end++] = now();
    }
    problems_.add(Code::E1022, {table_.file_, field.line, field.column});
    return field;
  }

  void check_after_quote() {
    const int column = column_;
    const std::size_t start = at_;
    while (!at_end() && now() != ',' && now() != '\n') advance();
    const std::string_view extra = trimmed(std::string_view(*table_.text_).substr(start, at_ - start));
    if (!extra.empty()) problems_.add(Code::E1023, {table_.file_, line_, column}, {std::string(extra)});
  }

  Field take_plain() {
    Field field{{}, line_, column_};
    const std::size_t start = at_;
    while (!at_end() && now() != ',' && now() != '\n') advance();
    field.text = trimmed(std::string_view(*table_.text_).substr(start, at_ - start));
    return field;
  }

  // The fields of one record, the line end behind it taken too.
  void take_record(std::vector<Field>& fields) {
    while (true) {
      while (!at_end() && (now() == ' ' || now() == '\t')) advance();
      fields.push_back(!at_end() && now() == '"' ? take_quoted() : take_plain());
      if (at_end()) return;
      const bool more = now() == ',';
      advance();
      if (!more) return;
    }
  }

  bool take_header() {
    std::vector<Field> cells;
    take_record(cells);
    while (!cells.empty() && cells.back().text.empty()) cells.pop_back();
    std::map<std::string, int> seen;
    for (const Field& cell : cells) {
      Column column = column_of(cell, table_.file_);
      if (!column.name.empty() && seen[column.head]++ > 0)
        problems_.add(Code::E1024, column.place, {column.head});
      table_.columns_.push_back(std::move(column));
    }
    if (cells.empty()) problems_.add(Code::E1020, {table_.file_}, {table_.file_});
    return !cells.empty();
  }

  void take_row() {
    const std::size_t before = table_.fields_.size(), width = table_.columns_.size();
    const int line = line_;
    take_record(table_.fields_);
    // Empty fields beyond the header's end are a spreadsheet's habit, not the user's mistake.
    while (table_.fields_.size() - before > width && table_.fields_.back().text.empty())
      table_.fields_.pop_back();
    const std::size_t got = table_.fields_.size() - before;
    if (got == width) return;
    problems_.add(Code::E1021, {table_.file_, line}, {std::to_string(got), std::to_string(width)});
    table_.fields_.resize(before);
  }

  Table table_;
  Problems& problems_;
  std::size_t at_ = 0;
  int line_ = 1, column_ = 1;
};

std::optional<Table> Table::parse(std::string text, const std::string& shown, Problems& problems) {
  return CsvParser(std::move(text), shown, problems).parse();
}

std::optional<Table> Table::read(const std::filesystem::path& path, const std::string& shown,
                                 Problems& problems, const Place& asked) {
  auto file = read_text_file(path, shown, problems, asked);
  if (!file) return std::nullopt;
  auto table = parse(std::move(file->text), shown, problems);
  if (table) table->from_gbk_ = file->from_gbk;
  return table;
}

Place Table::place(std::size_t row, std::size_t column) const {
  const Field& f = field(row, column);
  return {file_, f.line, f.column};
}

Place Table::row_place(std::size_t row) const {
  return {file_, field(row, 0).line, 0};
}

std::optional<std::size_t> Table::find(std::string_view name) const {
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (columns_[i].name == name || columns_[i].head == name) return i;
  return std::nullopt;
}

std::optional<std::size_t> Table::require(std::string_view name, Problems& problems) const {
  const auto found = find(name);
  if (found) return found;
  std::vector<std::string> names;
  std::string all;
  for (const Column& column : columns_) {
    names.push_back(column.name);
    all += (all.empty() ? "" : ", ") + column.name;
  }
  const Place place{file_, columns_.front().place.line, 0};
  problems.add(Code::E1025, place, {std::string(name), nearest_name(name, names), all});
  return std::nullopt;
}

}  // namespace limpid
