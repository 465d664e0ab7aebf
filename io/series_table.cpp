#include "io/series_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "io/units.hpp"

namespace limpid {
namespace {

constexpr double kUnread = -1e300;  // no time here; its row is left out

// The times of all rows; false if any is missing, unreadable or not after the one before it.
bool read_times(const Table& table, std::size_t column, std::chrono::seconds offset,
                std::vector<double>& times, Problems& problems) {
  bool good = true;
  std::optional<Time> last;
  int last_line = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::optional<Time> time;
    if (table.empty(row, column))
      problems.add(Code::E1320, table.place(row, column));
    else
      time = table.time(row, column, problems, offset);
    times.push_back(time ? seconds_of(*time) : kUnread);
    good = good && time.has_value();
    if (!time) continue;
    if (last && *time <= *last) {
      problems.add(Code::E1321, table.place(row, column),
                   {format_time(*time, offset), format_time(*last, offset), std::to_string(last_line)});
      good = false;
    }
    last = time;
    last_line = table.field(row, column).line;
  }
  return good;
}

std::string duration_text(double seconds) {
  if (seconds >= 86400.0) return number_text(seconds / 86400.0) + " d";
  return seconds >= 3600.0 ? number_text(seconds / 3600.0) + " h" : number_text(seconds) + " s";
}

Time time_of(double seconds) {
  return Time{std::chrono::seconds{static_cast<std::int64_t>(seconds)}};
}

// A series is regular when three quarters of its steps lie within 15 % of the median one; then steps over 1.5
// times the median are holes. Calendar months (28 to 31 days) are regular, samples taken now and then are
// not.
void warn_of_missing_rows(const Table& table, std::size_t column, std::chrono::seconds offset,
                          const std::vector<double>& times, Problems& problems) {
  if (times.size() < 4) return;
  std::vector<double> steps;
  for (std::size_t i = 1; i < times.size(); ++i) steps.push_back(times[i] - times[i - 1]);
  std::vector<double> sorted = steps;
  std::sort(sorted.begin(), sorted.end());
  const double usual = sorted[sorted.size() / 2];
  const auto is_hole = [&](double step) { return step > 1.5 * usual; };
  const auto holes = std::count_if(steps.begin(), steps.end(), is_hole);
  const auto regular = std::count_if(steps.begin(), steps.end(),
                                     [&](double step) { return std::abs(step - usual) <= 0.15 * usual; });
  if (holes == 0 || 4 * regular < 3 * static_cast<std::ptrdiff_t>(steps.size())) return;
  const auto row =
      static_cast<std::size_t>(std::find_if(steps.begin(), steps.end(), is_hole) - steps.begin());
  problems.add(Code::W1324, table.place(row, column),
               {std::to_string(holes), duration_text(usual), format_time(time_of(times[row]), offset)});
}

// Collects one column; a run of empty cells is one warning.
class ColumnReader {
 public:
  ColumnReader(const Table& table, std::size_t column, const Unit& unit, std::chrono::seconds offset,
               Problems& problems)
      : table_(table), column_(column), unit_(unit), offset_(offset), problems_(problems) {}

  std::optional<SeriesValues> read(const std::vector<double>& times) {
    bool good = true;
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      if (table_.empty(row, column_)) {
        ++empty_;
        continue;
      }
      close_gap(row);
      const auto value = table_.number(row, column_, problems_);
      good = good && value.has_value();
      last_ = times[row];
      if (!value || times[row] == kUnread) continue;
      read_.times.push_back(times[row]);
      read_.values.push_back(unit_.to_inside(*value));
    }
    close_gap(table_.rows());
    if (good && read_.values.empty()) {
      problems_.add(Code::E1323, table_.columns()[column_].place, {table_.columns()[column_].name});
      return std::nullopt;
    }
    return good ? std::optional(std::move(read_)) : std::nullopt;
  }

 private:
  void close_gap(std::size_t row) {
    const std::size_t count = std::exchange(empty_, 0);
    if (count == 0 || count == table_.rows()) return;
    const std::string after = last_ == kUnread ? "-" : format_time(time_of(last_), offset_);
    problems_.add(Code::W1322, table_.place(row - count, column_),
                  {table_.columns()[column_].name, std::to_string(count), after});
  }

  const Table& table_;
  std::size_t column_;
  Unit unit_;
  std::chrono::seconds offset_;
  Problems& problems_;
  SeriesValues read_;
  std::size_t empty_ = 0;
  double last_ = kUnread;
};

}  // namespace

std::optional<Unit> header_unit(const Column& column, const NamedUnit& expected, Problems& problems,
                                std::string_view species) {
  if (!column.unit.empty())
    return parse_unit(column.unit, expected, column.place, column.name, problems, species);
  if (expected.unit.same_dimension(unit::none.unit)) return expected.unit;
  problems.add(Code::E1317, column.place, {column.name, expected.text});
  return std::nullopt;
}

std::optional<std::vector<SeriesValues>> read_series(const Table& table, std::string_view time_column,
                                                     const std::vector<SeriesColumn>& columns,
                                                     Problems& problems, std::chrono::seconds offset) {
  const auto time = table.require(time_column, problems);
  std::vector<double> times;
  bool good = time && read_times(table, *time, offset, times, problems);
  if (good) warn_of_missing_rows(table, *time, offset, times, problems);
  times.resize(table.rows(), kUnread);
  std::vector<SeriesValues> all;
  for (const SeriesColumn& wanted : columns) {
    const auto column = table.require(wanted.name, problems);
    const auto unit =
        column ? header_unit(table.columns()[*column], wanted.unit, problems, wanted.species) : std::nullopt;
    auto values = unit ? ColumnReader(table, *column, *unit, offset, problems).read(times) : std::nullopt;
    good = good && values.has_value();
    if (values) all.push_back(std::move(*values));
  }
  return good ? std::optional(std::move(all)) : std::nullopt;
}

}  // namespace limpid
