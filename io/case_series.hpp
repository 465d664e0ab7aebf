// Cells that hold a constant or name a series: "0.35", "12000 m3/d", "flows.csv:西溪".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "io/case_reading.hpp"
#include "model/series.hpp"
#include "model/unit.hpp"

namespace limpid {

struct SeriesCell {
  std::string_view text;
  Place place;
  std::string what;            // as messages name it
  NamedUnit unit;              // the dimension asked for
  std::optional<Unit> head;    // unit of a bare number, when the column's head gives one
  std::string_view species{};  // what the mass is counted as: N, P, C, O2
};

bool names_series(std::string_view text);

// The constant, or the series in inside units. Errors: as parse_quantity and read_series; E1219 no such
// column; E1334 the series is shorter than the run (on the record years that the run reads).
std::optional<Series> read_series_cell(CaseReading& reading, const SeriesCell& cell);

// Mean over the record time that the run reads; of a constant, its value.
double mean_of(const CaseReading& reading, const Series& series);

}  // namespace limpid
