#include "io/forcing_years.hpp"

#include <charconv>

namespace limpid {

namespace {

std::optional<int> year_in(const std::string& text) {
  int year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  const bool good = error == std::errc() && end == text.data() + text.size() && year >= 1 && year <= 9999;
  return good ? std::optional<int>(year) : std::nullopt;
}

}  // namespace

std::optional<ForcingYears> read_years(const TomlValue& table, std::chrono::seconds offset,
                                       Problems& problems) {
  bool whole = true;
  std::map<int, int> years;
  std::optional<int> otherwise;
  for (const TomlEntry& entry : table.entries) {
    const auto model = year_in(entry.key), record = year_in(entry.value.text);
    if (record && entry.key == "default")
      otherwise = record;
    else if (record && model)
      years[*model] = *record;
    else
      whole = false;
    if (!record || !(model || entry.key == "default"))
      problems.add(Code::E1110, entry.place, {entry.key, entry.value.text});
  }
  return whole ? std::optional(ForcingYears(std::move(years), otherwise, offset)) : std::nullopt;
}

}  // namespace limpid
