// Cells of station exports: values in HTML, placeholders for no value, results below detection, dates without
// year.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/problem.hpp"
#include "model/time.hpp"

namespace limpid {

// Without HTML tags and with the common entities replaced; a "<" before a digit stays.
std::string without_markup(std::string_view cell);

// NaN for no value, also for "not detected" without a stated limit; half the limit for a result below
// detection
// ("<0.025", "0.025L": 环办监测函〔2020〕82号 item 7); else the number. nullopt with E1301, E1302 or E1304
// for other text.
std::optional<double> observed_value(std::string_view cell, const std::string& column, const Place& place,
                                     Problems& problems);

// A time with or without year; single digits and "/" as separators are accepted beside ISO 8601.
struct CellTime {
  std::optional<Time> time;  // nullopt: no time, or needs_year
  bool needs_year = false;   // "MM-DD HH:MM" and no year given
};
CellTime observed_time(std::string_view cell, std::optional<int> year, std::chrono::seconds offset);

}  // namespace limpid
