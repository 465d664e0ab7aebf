// Rows of a CSV table (RFC 4180 quoting, UTF-8, LF) into a result file. Numbers never depend on the locale;
// NaN and absent values are empty fields.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "io/output_file.hpp"

namespace limpid {

inline constexpr int kRoundTrip = 0;  // as many digits as give the same double back

// Appends a number with that many significant digits (trailing zeros dropped), or nothing if it is NaN.
void append_number(std::string& text, double value, int digits = kRoundTrip);
// Appends a field, quoted if it holds a comma, a quotation mark or a line break.
void append_field(std::string& text, std::string_view field);

class CsvWriter {
 public:
  CsvWriter(std::filesystem::path path, std::string_view header) : file_(std::move(path)) {
    file_.write(header);
    file_.write("\n");
  }
  CsvWriter& text(std::string_view field);
  CsvWriter& number(double value, int digits = kRoundTrip);
  CsvWriter& number(const std::optional<double>& value) { return value ? number(*value) : text(""); }
  void end_row();
  void close() { file_.close(); }  // throws as OutputFile::close

 private:
  void separate();

  OutputFile file_;
  std::string row_;
  bool first_ = true;
};

}  // namespace limpid
