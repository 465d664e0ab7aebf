// [network] hydropower: small stations on diversion canals.
#include <algorithm>
#include <charconv>

#include "io/case_reading.hpp"
#include "io/case_series.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

// "18:00" as seconds since midnight; "24:00" is the day's end.
std::optional<double> time_of_day(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  int hour = -1, minute = -1;
  const char *begin = text.data(), *middle = begin + colon, *end = begin + text.size();
  const auto h = std::from_chars(begin, middle, hour), m = std::from_chars(middle + 1, end, minute);
  if (h.ec != std::errc{} || h.ptr != middle || m.ec != std::errc{} || m.ptr != end) return std::nullopt;
  if (hour < 0 || minute < 0 || minute > 59 || 60 * hour + minute > 24 * 60) return std::nullopt;
  return 3600.0 * hour + 60.0 * minute;
}

class StationReading {
 public:
  StationReading(CaseReading& reading, const DeclaredTable& rows) : reading_(reading), rows_(rows) {}

  void read(std::size_t row) {
    row_ = row;
    station_ = {};
    station_.id = rows_.text(row, "id");
    station_.name_zh = rows_.text(row, "name_zh");
    station_.name_en = rows_.text(row, "name_en");
    station_.place = rows_.place(row, "id");
    read_canal();
    read_flows();
    station_.opens = time("opens");
    station_.closes = time("closes");
    station_.removed = rows_.time(row, "removed");
    if (!reading_.stations.enter(station_.id, station_.place, reading_.problems)) return;
    if (canal_) canal_->split.station = static_cast<int>(reading_.result.basin.stations.size());
    reading_.result.basin.stations.push_back(std::move(station_));
  }

 private:
  void read_canal() {
    canal_ = nullptr;
    const std::string id = rows_.text(row_, "canal");
    if (id.empty() || reading_.reaches.size() == 0) return;
    const auto reach = reading_.reaches.require(id, rows_.place(row_, "canal"), reading_.problems);
    if (!reach) {
      reading_.tables_whole = false;
      return;
    }
    station_.canal = *reach;
    Reach& canal = reading_.raw_reaches[static_cast<std::size_t>(*reach)];
    if (canal.split.kind != SplitKind::diversion)
      return reading_.problems.add(Code::E1470, rows_.place(row_, "canal"), {station_.id, id});
    if (canal.split.station >= 0) {
      const auto& other = reading_.result.basin.stations[static_cast<std::size_t>(canal.split.station)];
      return reading_.problems.add(Code::E1471, rows_.place(row_, "canal"), {station_.id, other.id, id});
    }
    canal_ = &canal;
  }

  // What the cell says, times the row's monthly factors; `otherwise` if it is empty.
  Series flow(const char* id, const Series& otherwise) {
    if (rows_.empty(row_, id)) return otherwise;
    const std::size_t column = *rows_.table().find(id);
    const Place place = rows_.place(row_, id);
    auto series = read_series_cell(reading_, {rows_.table().field(row_, column).text, place, id,
                                              unit::cubic_metre_per_second, rows_.head_unit(id)});
    if (!series) return otherwise;
    if (series->minimum() < 0)
      reading_.problems.add(Code::E1330, place, {id, number_text(series->minimum()), ">= 0", ">= 0"});
    if (!factors_) return *series;
    if (series->is_constant()) return monthly(reading_, series->at(0), *factors_);
    reading_.problems.add(Code::E1335, place, {station_.id, rows_.text(row_, "pattern"), id});
    return *series;
  }

  void read_flows() {
    factors_ = nullptr;
    if (!rows_.empty(row_, "pattern")) {
      const auto pattern = reading_.patterns.require(rows_.text(row_, "pattern"),
                                                     rows_.place(row_, "pattern"), reading_.problems);
      if (pattern) factors_ = &reading_.pattern_factors[static_cast<std::size_t>(*pattern)];
    }
    const double reserve = canal_ ? canal_->split.reserve : 0;
    if (reserve > 0 && !rows_.empty(row_, "release"))
      reading_.problems.add(Code::E1472, rows_.place(row_, "release"),
                            {station_.id, rows_.text(row_, "canal"), number_text(reserve)});
    station_.release = flow("release", Series::constant(reserve));
    station_.inflow_share = rows_.quantity(row_, "inflow_share").value_or(0);
    if (station_.inflow_share < 0 || station_.inflow_share > 1)
      reading_.problems.add(Code::E1330, rows_.place(row_, "inflow_share"),
                            {"inflow_share", number_text(station_.inflow_share), "0 .. 1", "0 .. 1"});
    station_.required = flow("required", station_.release);
  }

  double time(const char* id) {
    if (rows_.empty(row_, id)) return 0;
    const std::string text = rows_.text(row_, id);
    const auto seconds = time_of_day(text);
    if (!seconds) reading_.problems.add(Code::E1473, rows_.place(row_, id), {station_.id, id, text});
    return seconds.value_or(0);
  }

  CaseReading& reading_;
  const DeclaredTable& rows_;
  std::size_t row_ = 0;
  Hydropower station_;
  Reach* canal_ = nullptr;
  const std::vector<double>* factors_ = nullptr;
};

}  // namespace

void read_hydropower(CaseReading& reading) {
  const KeyTable keys = reading.table("network");
  const Table* table = reading.csv(keys, "hydropower");
  if (!table) return;
  const DeclaredTable rows(*table, "hydropower.csv", reading.offset, reading.problems);
  StationReading station(reading, rows);
  for (std::size_t row = 0; row < rows.rows(); ++row) station.read(row);
}

}  // namespace limpid
