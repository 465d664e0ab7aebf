#include "io/case_series.hpp"

#include <algorithm>

#include "io/series_table.hpp"
#include "io/text.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

constexpr std::string_view kMark = ".csv:";

std::string date_text(const CaseReading& reading, double seconds) {
  return format_time(Time(std::chrono::seconds(static_cast<std::int64_t>(seconds))), reading.offset);
}

void check_coverage(CaseReading& reading, const Series& series, const SeriesCell& cell) {
  for (const RecordSpan& span : reading.spans) {
    if (series.covers(span.begin, span.end)) continue;
    reading.problems.add(Code::E1334, cell.place,
                         {std::string(cell.text), date_text(reading, series.begin_time()),
                          date_text(reading, series.end_time()), date_text(reading, span.begin),
                          date_text(reading, span.end)});
    return;
  }
}

// Declared by the time column's head: "time [linear]", "time [step_mean]".
Interpolation interpolation_of(CaseReading& reading, const Table& table) {
  const auto time = table.find("time");
  if (!time || table.columns()[*time].unit.empty()) return Interpolation::step_mean;
  const Column& column = table.columns()[*time];
  return read_choice({column.unit, column.place, "time"}, "step_mean linear", reading.problems).value_or(0) ==
                 1
             ? Interpolation::linear
             : Interpolation::step_mean;
}

bool has_column(CaseReading& reading, const Table& table, const std::string& name, const SeriesCell& cell) {
  if (table.find(name)) return true;
  std::vector<std::string> names;
  for (const Column& column : table.columns())
    if (column.name != "time") names.push_back(column.name);
  reading.problems.add(Code::E1219, cell.place, {table.file(), name, nearest_of(name, names), listed(names)});
  return false;
}

std::optional<Series> from_file(CaseReading& reading, const SeriesCell& cell) {
  const std::size_t mark = cell.text.find(kMark) + kMark.size();
  const std::string file(cell.text.substr(0, mark - 1)), name(trimmed(cell.text.substr(mark)));
  const Table* table = reading.files.table(file, cell.place, reading.problems);
  if (!table || !has_column(reading, *table, name, cell)) return std::nullopt;
  const Interpolation interpolation = interpolation_of(reading, *table);
  const auto read =
      read_series(*table, "time", {{name, cell.unit, cell.species}}, reading.problems, reading.offset);
  if (!read) return std::nullopt;
  Series series = read->front().series(interpolation);
  check_coverage(reading, series, cell);
  return series;
}

}  // namespace

bool names_series(std::string_view text) {
  return text.find(kMark) != std::string_view::npos;
}

std::optional<Series> read_series_cell(CaseReading& reading, const SeriesCell& cell) {
  if (names_series(cell.text)) return from_file(reading, cell);
  const NumberReading number = read_number(cell.text);
  if (number.form == NumberForm::number && cell.head)
    return Series::constant(cell.head->to_inside(number.value));
  const auto value =
      number.form == NumberForm::not_finite
          ? number_in(cell.text, cell.what, cell.place, reading.problems)
          : parse_quantity(cell.text, cell.unit, cell.place, cell.what, reading.problems, cell.species);
  return value ? std::optional<Series>(Series::constant(*value)) : std::nullopt;
}

double mean_of(const CaseReading& reading, const Series& series) {
  if (series.is_constant()) return series.at(0);
  double integral = 0, length = 0;
  for (const RecordSpan& span :
       reading.spans) {  // what the series covers of it: it may be short, which is told
    const double begin = std::max(span.begin, series.begin_time()),
                 end = std::min(span.end, series.end_time());
    if (begin >= end) continue;
    integral += series.integral(begin, end);
    length += end - begin;
  }
  return length > 0 ? integral / length : series.at(series.begin_time());
}

}  // namespace limpid
