#include "io/station_export.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <map>
#include <utility>

#include "io/item_name.hpp"
#include "io/ph_input.hpp"
#include "io/station_cell.hpp"

namespace limpid {
namespace {

constexpr double kStationInterval = 4 * 3600.0;
constexpr double kLongestInterval = 31 * 86400.0;

struct Point {
  double time, value;
};

// Values of one item at one section in time order; at equal times the first number stands.
struct Merged {
  std::vector<double> times, values;
  int conflicts = 0;
};

Merged merge(std::vector<Point> points) {
  std::ranges::stable_sort(points, {}, &Point::time);
  Merged merged;
  for (const Point& p : points) {
    if (merged.times.empty() || merged.times.back() != p.time) {
      merged.times.push_back(p.time);
      merged.values.push_back(p.value);
      continue;
    }
    double& stands = merged.values.back();
    if (std::isnan(stands))
      stands = p.value;
    else if (!std::isnan(p.value) && stands != p.value)
      ++merged.conflicts;
  }
  return merged;
}

// Of two middle gaps the shorter, which asks for more values.
double median_spacing(const std::vector<double>& times) {
  if (times.size() < 2) return kLongestInterval;
  std::vector<double> gaps;
  for (std::size_t i = 1; i < times.size(); ++i) gaps.push_back(times[i] - times[i - 1]);
  const auto middle = gaps.begin() + (std::ssize(gaps) - 1) / 2;
  std::ranges::nth_element(gaps, middle);
  return std::min(*middle, kLongestInterval);
}

class Collector {
 public:
  Collector(const Table& table, const Standard& standard, const ObservationRules& rules, Problems& problems)
      : table_(table),
        standard_(standard),
        rules_(rules),
        problems_(problems),
        names_(standard, rules.known) {}

  ObservedSections collect() {
    const bool station = table_.find("断面名称").has_value();
    if (!(station ? read_station() : read_long())) return {};
    for (auto& [key, points] : points_) add_series(key, std::move(points), station);
    return std::move(result_);
  }

 private:
  using Key = std::pair<int, std::size_t>;  // section, item of the standard

  bool read_station() {
    struct ItemColumn {
      std::size_t column;
      const StandardItem* item;
      double factor;
    };
    const auto time = table_.require("监测时间", problems_);
    const std::size_t name = *table_.find("断面名称");
    std::vector<ItemColumn> columns;
    for (std::size_t c = 0; c < table_.columns().size(); ++c) {
      const Column& head = table_.columns()[c];
      const StandardItem* item = names_.find(head.name);
      const auto factor = item ? factor_to_item_unit(head.unit, *item, head.place, problems_) : std::nullopt;
      if (factor) columns.push_back({c, item, *factor});
    }
    if (!time || no_item(columns.empty())) return false;
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      const auto t = time_of(row, *time);
      const int section = section_of(row, name);
      for (const ItemColumn& c : columns) add_point(row, c.column, {section, index_of(*c.item)}, t, c.factor);
    }
    return true;
  }

  bool read_long() {
    std::map<std::string_view, std::size_t> at;
    for (const char* name : {"time", "section_id", "constituent", "value", "unit"})
      if (const auto column = table_.require(name, problems_)) at[name] = *column;
    if (at.size() < 5) return false;
    bool any = false;
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      const StandardItem* item = names_.find(table_.field(row, at["constituent"]).text);
      if (!item) continue;
      any = true;
      const std::string unit(table_.field(row, at["unit"]).text);
      const auto factor = factor_to_item_unit(unit, *item, table_.place(row, at["unit"]), problems_);
      const Key key{section_of(row, at["section_id"]), index_of(*item)};
      if (factor) add_point(row, at["value"], key, time_of(row, at["time"]), *factor);
    }
    return !no_item(!any);
  }

  bool no_item(bool none) {
    if (!none) return false;
    std::string heads;
    for (const Column& c : table_.columns()) heads += (heads.empty() ? "" : ", ") + c.head;
    problems_.add(Code::E1605, {table_.file()}, {heads});
    return true;
  }

  std::size_t index_of(const StandardItem& item) const {
    return static_cast<std::size_t>(&item - standard_.items.data());
  }

  std::optional<Time> time_of(std::size_t row, std::size_t column) {
    const std::string text(table_.field(row, column).text);
    const CellTime read = observed_time(text, rules_.year, rules_.offset);
    if (read.time) return read.time;
    if (!read.needs_year)
      problems_.add(Code::E1306, table_.place(row, column), {text, table_.columns()[column].name});
    else if (!std::exchange(year_asked_, true))
      problems_.add(Code::E1604, table_.place(row, column), {text});
    return std::nullopt;
  }

  std::string optional_text(std::size_t row, std::string_view column) const {
    const auto c = table_.find(column);
    return c ? without_markup(table_.field(row, *c).text) : "";
  }

  // Of the first column that says something.
  std::string first_text(std::size_t row, std::initializer_list<std::string_view> columns) const {
    std::string text;
    for (auto column = columns.begin(); column != columns.end() && text.empty(); ++column)
      text = optional_text(row, *column);
    return text;
  }

  // 断面类型 of the national list: HL 河流, HK 湖库.
  static bool is_lake(const std::string& kind) {
    return kind == "HK" || kind == "hk" || kind.find("湖") != kind.npos || kind.find("库") != kind.npos;
  }

  // Two sections of one name in two provinces are told apart by the province. -1 with E1303: no name.
  int section_of(std::size_t row, std::size_t column) {
    const std::string name = without_markup(table_.text(row, column, problems_).value_or(""));
    if (name.empty()) return -1;
    const std::string province = optional_text(row, "省份");
    const auto [it, is_new] =
        sections_.emplace(std::pair{province, name}, static_cast<int>(sections_.size()));
    if (!is_new) return it->second;
    Section section;
    const bool taken = std::ranges::find(result_.sections, name, &Section::id) != result_.sections.end();
    section.id = taken ? province + "/" + name : name;
    section.name_zh = name;
    section.river = first_text(row, {"所在河流", "流域"});
    section.county = first_text(row, {"所在县", "所在市", "省份"});
    section.lake = is_lake(optional_text(row, "断面类型"));
    section.place = table_.place(row, column);
    result_.sections.push_back(std::move(section));
    return it->second;
  }

  void add_point(std::size_t row, std::size_t column, const Key& key, const std::optional<Time>& time,
                 double factor) {
    const auto value = observed_value(table_.field(row, column).text, table_.columns()[column].name,
                                      table_.place(row, column), problems_);
    if (value && standard_.items[key.second].id == "pH" && !std::isnan(*value) &&
        !check_ph(*value, "pH", std::string(table_.field(row, column).text), table_.place(row, column),
                  problems_))
      return;
    if (time && value && key.first >= 0) points_[key].push_back({seconds_of(*time), *value * factor});
  }

  void add_series(const Key& key, std::vector<Point> points, bool station) {
    Merged merged = merge(std::move(points));
    const std::string& item = standard_.items[key.second].id;
    const std::string& section = result_.sections[static_cast<std::size_t>(key.first)].id;
    if (merged.conflicts)
      problems_.add(Code::W1607, {table_.file()}, {item, section, std::to_string(merged.conflicts)});
    const double interval = station ? kStationInterval : median_spacing(merged.times);
    result_.series.push_back({key.first, item, std::move(merged.times), std::move(merged.values), interval});
  }

  const Table& table_;
  const Standard& standard_;
  const ObservationRules& rules_;
  Problems& problems_;
  ItemNames names_;
  std::map<std::pair<std::string, std::string>, int> sections_;
  std::map<Key, std::vector<Point>> points_;
  ObservedSections result_;
  bool year_asked_ = false;
};

}  // namespace

ObservedSections observed_sections(const Table& table, const Standard& standard,
                                   const ObservationRules& rules, Problems& problems) {
  return Collector(table, standard, rules, problems).collect();
}

}  // namespace limpid
