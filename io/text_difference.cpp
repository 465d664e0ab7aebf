#include <algorithm>
#include <fstream>
#include <vector>

#include "io/first_difference.hpp"
#include "model/problem.hpp"

namespace limpid {

namespace {

std::ifstream opened(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Failure(Code::E1001, {path.string(), 0, 0}, {path.string()});
  return in;
}

// RFC 4180, of one line.
std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"')
      fields.back() += line[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      fields.emplace_back();
    else
      fields.back() += c;
  }
  return fields;
}

bool names_a_quantity(const std::string& column) {
  return column == "constituent" || column == "indicator" || column == "item";
}

// Of a row: what it is about, else the column; and what stands before the difference.
Spot spot_in_row(const std::vector<std::string>& header, const std::vector<std::string>& a,
                 const std::vector<std::string>& b, std::size_t line) {
  const std::size_t columns = std::min({header.size(), a.size(), b.size()});
  std::size_t at = 0;
  while (at < columns && a[at] == b[at]) ++at;
  const std::string row = "line " + std::to_string(line);
  if (at == columns) return {"all columns", row, "", ""};
  Spot spot{header[at], "", a[at], b[at]};
  for (std::size_t c = 0; c < at; ++c) {
    if (names_a_quantity(header[c]))
      spot.variable = a[c] + (header[at] == "value" ? "" : " " + header[at]);
    else if (!a[c].empty() && header[c] != "value")
      spot.place += header[c] + " " + a[c] + ", ";
  }
  spot.place += row;
  return spot;
}

}  // namespace

std::optional<Spot> first_text_difference(const std::filesystem::path& a, const std::filesystem::path& b) {
  std::ifstream one = opened(a), other = opened(b);
  const bool table = a.extension() == ".csv";
  std::vector<std::string> header;
  std::string x, y;
  for (std::size_t line = 1;; ++line) {
    const bool here(std::getline(one, x)), there(std::getline(other, y));
    if (!here && !there) break;
    const std::string row = "line " + std::to_string(line);
    if (here != there) return Spot{"all columns", row, here ? x : "", there ? y : ""};
    if (x != y && (!table || line == 1)) return Spot{"all columns", row, x, y};
    if (x != y) return spot_in_row(header, fields_of(x), fields_of(y), line);
    if (line == 1) header = fields_of(x);
  }
  if (std::filesystem::file_size(a) != std::filesystem::file_size(b))
    return Spot{"all columns", "the end of the last line", "", ""};
  return std::nullopt;
}

std::optional<Spot> first_difference(const std::filesystem::path& a, const std::filesystem::path& b) {
  return a.extension() == ".nc" ? first_netcdf_difference(a, b) : first_text_difference(a, b);
}

}  // namespace limpid
