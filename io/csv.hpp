// Tables in CSV (RFC 4180): quoted fields, embedded line ends, comment lines (#) before the header, a unit in
// brackets behind a column's name. Every value knows its line and column, so that problems can name them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/problem.hpp"
#include "model/time.hpp"

namespace limpid {

// A column's head: `flow [m3/s]`, `氨氮(mg/L)`, `水温（℃）`: a bracket that ends the cell is taken for the
// unit.
struct Column {
  std::string name;  // without the unit
  std::string unit;  // text between the brackets, "" if there are none
  std::string head;  // the cell as it stood
  Place place;
};

struct Field {
  std::string_view text;  // blanks at both ends removed unless quoted
  int line = 0, column = 0;
};

// A rectangular table. Immutable; copies share the text.
class Table {
 public:
  // Adds E1001..E1007 (file) and E1020..E1024 (form). Rows of a wrong length are reported and left out.
  static std::optional<Table> read(const std::filesystem::path& path, const std::string& shown,
                                   Problems& problems, const Place& asked = {});
  static std::optional<Table> parse(std::string text, const std::string& shown, Problems& problems);

  const std::string& file() const { return file_; }
  bool from_gbk() const { return from_gbk_; }
  const std::vector<Column>& columns() const { return columns_; }
  std::size_t rows() const { return columns_.empty() ? 0 : fields_.size() / columns_.size(); }
  const Field& field(std::size_t row, std::size_t column) const {
    return fields_[row * columns_.size() + column];
  }
  Place place(std::size_t row, std::size_t column) const;
  Place row_place(std::size_t row) const;  // its line, no column

  // By name or by head. Columns of one name may differ in their unit (a concentration and a load); a name
  // finds the first of them.
  std::optional<std::size_t> find(std::string_view name) const;
  // As find, but a missing column is E1025 with the nearest name.
  std::optional<std::size_t> require(std::string_view name, Problems& problems) const;

  // Typed values. nullopt: absent or unreadable, the latter with a problem; `..._or` take the default when
  // the cell is empty. Full-width digits are accepted; NaN, inf and "1,234" are refused (E1301..E1307).
  bool empty(std::size_t row, std::size_t column) const { return field(row, column).text.empty(); }
  std::optional<double> number(std::size_t row, std::size_t column, Problems& problems) const;
  std::optional<double> optional_number(std::size_t row, std::size_t column, Problems& problems) const;
  std::optional<double> number_or(std::size_t row, std::size_t column, double otherwise,
                                  Problems& problems) const;
  std::optional<std::int64_t> integer(std::size_t row, std::size_t column, Problems& problems) const;
  std::optional<Time> time(std::size_t row, std::size_t column, Problems& problems,
                           std::chrono::seconds offset = kChinaOffset) const;
  std::optional<std::string> text(std::size_t row, std::size_t column,
                                  Problems& problems) const;  // not empty
  std::optional<bool> boolean(std::size_t row, std::size_t column, Problems& problems) const;

 private:
  friend class CsvParser;
  bool required(std::size_t row, std::size_t column, Problems& problems) const;

  std::string file_;
  bool from_gbk_ = false;
  std::shared_ptr<std::string> text_;  // what the fields point into
  std::vector<Column> columns_;
  std::vector<Field> fields_;  // row-major
};

// What a cell that should hold a number holds.
enum class NumberForm : std::uint8_t { number, not_finite, comma, text };
struct NumberReading {
  NumberForm form = NumberForm::text;
  double value = 0;
};
// The whole text must be one decimal number; a leading + and full-width characters are accepted.
NumberReading read_number(std::string_view text);
// The number in `text`, or a problem (E1301, E1302, E1304) that names `what`.
std::optional<double> number_in(std::string_view text, const std::string& what, const Place& place,
                                Problems& problems);

}  // namespace limpid
