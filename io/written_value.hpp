// The words a user wrote for one declared key or column, and their reading as what the key asks for.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/case_keys.hpp"
#include "model/problem.hpp"
#include "model/time.hpp"
#include "scenarios/season.hpp"

namespace limpid {

struct Written {
  std::string_view text;
  Place place;
  std::string what;  // the key or column, as messages name it
};

// What a key without `allowed` names, or a name that is not among them, is told: the nearest, and the list.
std::string nearest_of(std::string_view name, const std::vector<std::string>& candidates);
std::string listed(const std::vector<std::string>& names);  // "a, b, c"; at most 30, then "..."

// Each adds a problem and returns nullopt when the words cannot be read so.
std::optional<double> read_quantity(const Written& written, const NamedUnit& unit, Problems& problems);
std::optional<double> read_interval(const Written& written,
                                    Problems& problems);                        // s: "10 min", "PT10M", "P1D"
std::optional<Period> read_period(const Written& written, Problems& problems);  // "P30D", "P1Y", "30 d"
std::optional<Time> read_time(const Written& written, std::chrono::seconds offset, Problems& problems);
std::optional<Season> read_season(const Written& written, Problems& problems);  // "10-01/04-30"
std::optional<std::chrono::seconds> read_offset(const Written& written, Problems& problems);
std::optional<int> read_choice(const Written& written, const char* choices, Problems& problems);  // index
std::vector<std::string> read_words(std::string_view text);  // at blanks, | , ; and their Chinese forms

}  // namespace limpid
