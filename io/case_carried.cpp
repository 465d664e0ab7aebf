// [assessment] carried: observed items that the case does not simulate, carried unchanged into its
// assessment.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>

#include "io/case_reading.hpp"
#include "io/item_name.hpp"
#include "io/ph_input.hpp"
#include "io/station_cell.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

class CarriedReading {
 public:
  CarriedReading(CaseReading& reading, const DeclaredTable& rows)
      : reading_(reading), rows_(rows), names_(reading.result.basin.standard, {}) {}

  void read(std::size_t row) {
    row_ = row;
    const auto section = section_index();
    const StandardItem* item = read_item();
    const auto value = item ? read_value(*item) : std::nullopt;
    const auto months = read_months();
    if (!section || !value || !months) return;
    for (int month = months->first; month <= months->second; ++month) set(*section, *item, month, *value);
  }

 private:
  // By id, or by name as in observations.
  std::optional<int> section_index() {
    const std::string name = rows_.text(row_, "section_id");
    const auto& list = reading_.result.basin.sections;
    const auto named = std::find_if(list.begin(), list.end(), [&](const Section& s) {
      return s.id == name || s.name_zh == name || s.name_en == name;
    });
    if (name.empty()) return std::nullopt;
    if (named != list.end()) return static_cast<int>(named - list.begin());
    reading_.sections.require(name, rows_.place(row_, "section_id"), reading_.problems);
    return std::nullopt;
  }

  // nullptr with E1218 or E1620.
  const StandardItem* read_item() {
    const Standard& standard = reading_.result.basin.standard;
    const std::string name = rows_.text(row_, "constituent");
    const StandardItem* item = names_.find(name);
    if (name.empty() || standard.items.empty()) return nullptr;
    const Place place = rows_.place(row_, "constituent");
    if (!item) {
      std::vector<std::string> ids;
      for (const StandardItem& known : standard.items) ids.push_back(known.id);
      reading_.problems.add(Code::E1218, place, {name, standard.id, nearest_of(name, ids)});
    } else if (reading_.simulates(item->id)) {
      reading_.problems.add(Code::E1620, place, {item->id});
      item = nullptr;
    }
    return item;
  }

  std::optional<double> read_value(const StandardItem& item) {
    const std::string text = rows_.text(row_, "value"), unit = rows_.text(row_, "unit");
    if (text.empty()) return std::nullopt;
    const auto value = observed_value(text, "value", rows_.place(row_, "value"), reading_.problems);
    if (value && item.id == "pH" && !std::isnan(*value) &&
        !check_ph(*value, item.id, text, rows_.place(row_, "value"), reading_.problems))
      return std::nullopt;
    if (value && unit.empty() && item.unit != "-") {
      reading_.problems.add(Code::E1312, rows_.place(row_, "unit"), {item.id, text, item.unit});
      return std::nullopt;
    }
    const auto factor = factor_to_item_unit(unit, item, rows_.place(row_, "unit"), reading_.problems);
    return value && factor ? std::optional(*value * *factor) : std::nullopt;
  }

  // First and last month that the row stands for.
  std::optional<std::pair<int, int>> read_months() {
    if (rows_.empty(row_, "month")) return std::pair{1, 12};
    const auto month = rows_.number(row_, "month");
    if (!month) return std::nullopt;
    if (*month == std::floor(*month) && *month >= 1 && *month <= 12)
      return std::pair{static_cast<int>(*month), static_cast<int>(*month)};
    reading_.problems.add(Code::E1330, rows_.place(row_, "month"),
                          {"month", rows_.text(row_, "month"), "1 .. 12", "1 .. 12"});
    return std::nullopt;
  }

  void set(int section, const StandardItem& item, int month, double value) {
    const auto [first, fresh] = lines_.try_emplace({section, item.id, month}, rows_.row_place(row_).line);
    if (!fresh)
      return reading_.problems.add(
          Code::E1621, rows_.row_place(row_),
          {item.id, reading_.result.basin.sections[static_cast<std::size_t>(section)].id,
           std::to_string(month), std::to_string(first->second)});
    auto& list = reading_.result.assessment.carried;
    auto entry = std::find_if(list.begin(), list.end(), [&](const CarriedItem& c) {
      return c.section == section && c.indicator == item.id;
    });
    if (entry == list.end()) {
      entry = list.insert(list.end(), {section, item.id, {}});
      entry->months.fill(kNone);
    }
    entry->months[static_cast<std::size_t>(month - 1)] = value;
  }

  CaseReading& reading_;
  const DeclaredTable& rows_;
  std::size_t row_ = 0;
  ItemNames names_;
  std::map<std::tuple<int, std::string, int>, int> lines_;  // section, item, month: where it was given
};

bool carries(const CaseReading& reading, const std::string& section, const std::string& indicator) {
  const auto& list = reading.result.assessment.carried;
  return std::any_of(list.begin(), list.end(), [&](const CarriedItem& item) {
    return item.indicator == indicator &&
           reading.result.basin.sections[static_cast<std::size_t>(item.section)].id == section;
  });
}

// The class of a section is over the items given there: where a carried item is lacking, classes do not
// compare.
void check_every_section(CaseReading& reading, const std::string& file) {
  std::vector<std::string> items;
  for (const CarriedItem& item : reading.result.assessment.carried)
    if (std::find(items.begin(), items.end(), item.indicator) == items.end()) items.push_back(item.indicator);
  for (const std::string& item : items)
    for (const Section& section : reading.result.basin.sections)
      if (!carries(reading, section.id, item))
        reading.problems.add(Code::W1622, {file, 0, 0}, {item, section.id});
}

}  // namespace

void read_carried(CaseReading& reading) {
  const KeyTable keys = reading.table("assessment");
  if (const Table* table = reading.csv(keys, "carried")) {
    const DeclaredTable rows(*table, "carried.csv", reading.offset, reading.problems);
    CarriedReading carried(reading, rows);
    for (std::size_t row = 0; row < rows.rows(); ++row) carried.read(row);
    check_every_section(reading, table->file());
  }
  for (const AskedItem& asked : reading.not_simulated)
    if (!carries(reading, asked.section, asked.indicator))
      reading.problems.add(Code::W1229, asked.place, {asked.section, asked.indicator});
}

}  // namespace limpid
