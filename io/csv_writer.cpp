#include "io/csv_writer.hpp"

#include <charconv>
#include <cmath>

namespace limpid {

void append_number(std::string& text, double value, int digits) {
  if (std::isnan(value)) return;
  char buffer[32];
  const auto end = digits == kRoundTrip ? std::to_chars(buffer, buffer + sizeof buffer, value)
                                        : std::to_chars(buffer, buffer + sizeof buffer, value,
                                                        std::chars_format::general, digits);
  text.append(buffer, end.ptr);
}

void append_field(std::string& text, std::string_view field) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
    text += field;
    return;
  }
  text += '"';
  for (char c : field) {
    if (c == '"') text += '"';
    text += c;
  }
  text += '"';
}

void CsvWriter::separate() {
  if (!first_) row_ += ',';
  first_ = false;
}

CsvWriter& CsvWriter::text(std::string_view field) {
  separate();
  append_field(row_, field);
  return *this;
}

CsvWriter& CsvWriter::number(double value, int digits) {
  separate();
  append_number(row_, value, digits);
  return *this;
}

void CsvWriter::end_row() {
  row_ += '\n';
  file_.write(row_);
  row_.clear();
  first_ = true;
}

}  // namespace limpid
