// [sections], [assessment], [observations]: where the river is judged, by what, and what was measured there.
#include <algorithm>

#include "io/case_reading.hpp"
#include "io/criteria_reader.hpp"
#include "io/standard_reader.hpp"
#include "io/station_export.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

bool is_section(const CaseReading& reading, const std::string& name) {
  const auto& list = reading.result.basin.sections;
  return reading.sections.contains(name) ||
         std::any_of(list.begin(), list.end(), [&](const Section& section) {
           return section.name_zh == name || section.name_en == name;
         });
}

class SectionReading {
 public:
  SectionReading(CaseReading& reading, const DeclaredTable& rows) : reading_(reading), rows_(rows) {
    for (const StandardItem& item : reading.result.basin.standard.items) items_.push_back(item.id);
  }

  void read(std::size_t row) {
    row_ = row;
    Section section;
    section.id = rows_.text(row, "id");
    section.name_zh = rows_.text(row, "name_zh");
    section.name_en = rows_.text(row, "name_en");
    section.level = rows_.text(row, "level");
    section.county = rows_.text(row, "county");
    section.river = rows_.text(row, "river");
    section.lake = rows_.boolean(row, "lake").value_or(false);
    section.limit_date = rows_.time(row, "limit_date");
    section.place = rows_.place(row, "id");
    read_target(section);
    read_indicators(section);
    const bool placed = read_place(section);
    if (!reading_.sections.enter(section.id, section.place, reading_.problems)) return;
    if (placed && reading_.network_built)
      section.location = reading_.result.basin.network.locate(section.reach, section.chainage, section.layer);
    reading_.result.basin.sections.push_back(std::move(section));
  }

 private:
  void read_target(Section& section) {
    const std::string text = rows_.text(row_, "target");
    if (text.empty()) return;
    section.target = parse_class(text);
    if (!section.target || *section.target == WaterClass::worse_than_V)
      reading_.problems.add(Code::E1105, rows_.place(row_, "target"),
                            {"target", text, "-", "I, II, III, IV, V"});
  }

  void read_indicators(Section& section) {
    for (const std::string& indicator : rows_.texts(row_, "indicators")) {
      const Place place = rows_.place(row_, "indicators");
      if (!items_.empty() && std::find(items_.begin(), items_.end(), indicator) == items_.end())
        reading_.problems.add(Code::E1218, place,
                              {indicator, reading_.result.basin.standard.id, nearest_of(indicator, items_)});
      else if (reading_.constituents_whole && !reading_.simulates(indicator))
        reading_.not_simulated.push_back({section.id, indicator, place});
      section.indicators.push_back(indicator);
    }
  }

  bool read_place(Section& section) {
    const auto chainage = rows_.quantity(row_, "chainage");
    const std::string name = rows_.text(row_, "reach");
    if (name.empty() || reading_.reaches.size() == 0) return false;
    const auto reach = reading_.reaches.require(name, rows_.place(row_, "reach"), reading_.problems);
    if (!reach || !chainage) return false;
    section.reach = *reach;
    section.chainage = *chainage;
    read_layer(section);
    const double length = reading_.raw_reaches[static_cast<std::size_t>(*reach)].length;
    if (*chainage >= 0 && *chainage <= length) return true;
    if (length > 0)
      reading_.problems.add(Code::E1226, rows_.place(row_, "chainage"),
                            {section.id, number_text(*chainage), name, number_text(length)});
    return false;
  }

  void read_layer(Section& section) {
    const auto layer = rows_.number(row_, "layer");
    if (!layer) return;
    const Reach& reach = reading_.raw_reaches[static_cast<std::size_t>(section.reach)];
    const int layers = reach.lake < 0 ? 1 : reading_.raw_lakes[static_cast<std::size_t>(reach.lake)].layers();
    section.layer = static_cast<int>(*layer) - 1;
    if (*layer >= 1 && *layer <= layers && *layer == section.layer + 1) return;
    reading_.problems.add(Code::E1467, rows_.place(row_, "layer"),
                          {reach.id, "layer", rows_.text(row_, "layer"), std::to_string(layers)});
    section.layer = 0;
  }

  CaseReading& reading_;
  const DeclaredTable& rows_;
  std::size_t row_ = 0;
  std::vector<std::string> items_;
};

// What a criterion is judged from.
std::vector<std::string> needed(const Criterion& criterion) {
  if (criterion.formula == LimitFormula::none) return {criterion.item};
  return {criterion.item, "pH", "temperature"};
}

// Criteria of which not one can be judged.
void warn_of_nothing(CaseReading& reading, const ChosenCriteria& chosen, const Place& place) {
  if (!reading.constituents_whole) return;
  std::vector<std::string> items;
  for (const Criterion& criterion : chosen.criteria) {
    const auto needs = needed(criterion);
    if (std::ranges::all_of(needs, [&](const std::string& item) { return reading.simulates(item); })) return;
    for (const std::string& item : needs)
      if (std::ranges::find(items, item) == items.end()) items.push_back(item);
  }
  reading.problems.add(Code::W1612, place, {chosen.chosen, listed(items)});
}

}  // namespace

bool CaseReading::simulates(const std::string& item) const {
  const auto& derived = result.basin.derived;
  return item == "temperature" || constituents.contains(item) ||
         std::any_of(derived.begin(), derived.end(),
                     [&](const DerivedUse& use) { return use.derived->id == item; });
}

void read_assessment(CaseReading& reading) {
  const KeyTable keys = reading.table("assessment");
  keys.refuse_unknown();
  AssessmentRules& rules = reading.result.assessment;
  rules.offset = reading.offset;
  rules.statistic = static_cast<MonthlyStatistic>(keys.choice("statistic").value_or(0));
  rules.rounding = static_cast<Rounding>(keys.choice("rounding").value_or(0));
  rules.sample_day = keys.integer("sample_day", 1, 28).value_or(rules.sample_day);
  rules.min_months = keys.integer("min_months", 8, 12).value_or(rules.min_months);
  const std::string id = keys.text("standard");
  if (const auto standard = built_in_standard(id)) {
    reading.result.basin.standard = *standard;
  } else {
    const Problem problem = unknown_standard(id, keys.place("standard"));
    reading.problems.add(problem.code, problem.place, problem.args);
  }
  rules.criteria = keys.texts("criteria");
  for (const ChosenCriteria& chosen :
       choose_criteria(rules.criteria, keys.place("criteria"), reading.problems))
    warn_of_nothing(reading, chosen, keys.place("criteria"));
}

void read_sections(CaseReading& reading) {
  const KeyTable keys = reading.table("sections");
  keys.refuse_unknown();
  if (const Table* table = reading.csv(keys, "file")) {
    const DeclaredTable rows(*table, "sections.csv", reading.offset, reading.problems);
    SectionReading section(reading, rows);
    for (std::size_t row = 0; row < rows.rows(); ++row) section.read(row);
  }
}

void read_observations(CaseReading& reading) {
  const KeyTable keys = reading.table("observations");
  keys.refuse_unknown();
  if (!keys.has("file")) return;
  reading.result.observations = keys.text("file");
  const Table* table = reading.csv(keys, "file");
  if (!table) return;
  const Basin& basin = reading.result.basin;
  const ObservedSections observed = observed_sections(
      *table, basin.standard, {std::nullopt, reading.offset, basin.constituents}, reading.problems);
  for (const Section& section : observed.sections)
    if (!is_section(reading, section.id))
      reading.sections.require(section.id, section.place, reading.problems);
}

}  // namespace limpid
