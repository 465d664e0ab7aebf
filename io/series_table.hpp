// Time series in a table: a time column and one column a quantity, with the checks that a run relies on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/csv.hpp"
#include "model/series.hpp"
#include "model/unit.hpp"

namespace limpid {

struct SeriesColumn {
  std::string name;
  NamedUnit unit;  // expected; the header's unit is converted, its absence is E1317 unless dimensionless
  std::string_view species{};  // stripped from the header's unit: N, P, C, O2
};

// Values of one column in inside units at the times [s since 1970] at which it has one; strictly increasing.
struct SeriesValues {
  std::vector<double> times, values;
  Series series(Interpolation interpolation) const { return {times, values, interpolation}; }
};

// One entry a wanted column, in their order; nullopt if any has an error. Errors: E1025 missing column, unit
// errors, E1320 no time, E1306 unreadable time, E1321 time not after the one before, E1301..E1304 values,
// E1323 column without any value. Warnings: W1322 a run of empty cells, W1324 rows missing from an otherwise
// regular series; in both the neighbours bridge the gap (the value before holds on, or a straight line, as
// the series' interpolation says).
std::optional<std::vector<SeriesValues>> read_series(const Table& table, std::string_view time_column,
                                                     const std::vector<SeriesColumn>& columns,
                                                     Problems& problems,
                                                     std::chrono::seconds offset = kChinaOffset);

// The unit that a column's header gives, checked against `expected`; `expected` itself if it is dimensionless
// and the header gives none. nullopt and a problem otherwise.
std::optional<Unit> header_unit(const Column& column, const NamedUnit& expected, Problems& problems,
                                std::string_view species = {});

}  // namespace limpid
