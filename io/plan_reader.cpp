// Plans: [plan] and its [[measure]]s.
#include <algorithm>
#include <cmath>

#include "io/case.hpp"
#include "io/constituent_columns.hpp"
#include "io/id_table.hpp"
#include "io/plan_reading.hpp"
#include "io/text.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

// Words by which a plan would move the goal; they belong to the case.
bool names_a_goal(const std::string& key) {
  constexpr const char* kWords[] = {"target", "limit", "deadline", "目标", "期限", "限期", "达标"};
  const std::string lower = lower_ascii(key);
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](const char* word) { return lower.find(word) != std::string::npos; });
}

// Goals get their own code; the names of the rest are returned as to be left alone.
std::vector<std::string> refuse_goals(PlanReading& reading, const std::vector<TomlEntry>& entries) {
  std::vector<std::string> goals;
  for (const TomlEntry& entry : entries) {
    if (!names_a_goal(entry.key)) continue;
    reading.problems.add(Code::E1505, entry.place, {entry.key});
    goals.push_back(entry.key);
  }
  return goals;
}

// It must step like the case's own, and meet the times at which sections are recorded.
void check_screening_step(PlanReading& reading, const KeyTable& keys) {
  const double step = reading.plan.screening_step;
  const double hours = step / 3600, parts = 3600 / step, records = reading.c.run.section_interval / step;
  if (!(step > 0) || (hours != std::floor(hours) && parts != std::floor(parts)))
    reading.problems.add(Code::E1332, keys.place("screening_step"), {number_text(step)});
  else if (records != std::floor(records) && 1 / records != std::floor(1 / records))
    reading.problems.add(
        Code::E1333, keys.place("screening_step"),
        {"section_interval", number_text(reading.c.run.section_interval), number_text(step)});
}

void read_head(PlanReading& reading) {
  const TomlValue* value = reading.toml.root.find("plan");
  if (value && value->kind != TomlKind::table) {
    fits(*value, "plan", KeyType::years, reading.problems);
    value = nullptr;
  }
  const KeyTable keys(value, reading.toml.root.place.file, "[plan]", "plan", reading.context());
  keys.refuse_unknown(refuse_goals(reading, keys.entries()));
  Plan& plan = reading.plan;
  plan.place = keys.place("");
  plan.id = keys.text("id");
  plan.name_zh = keys.text("name_zh");
  plan.name_en = keys.text("name_en");
  plan.cap_policy = keys.choice("cap_policy").value_or(0) == 1 ? CapPolicy::lowest : CapPolicy::error;
  plan.screening_step = keys.interval("screening_step").value_or(0);
  if (keys.has("screening_step")) check_screening_step(reading, keys);
}

void read_dates(PlanReading& reading, const KeyTable& keys, Measure& measure) {
  const auto start = keys.time("start");
  reading.dated.push_back(start.has_value());
  measure.start = start.value_or(reading.c.run.grid.begin);
  measure.lag = keys.period("lag").value_or(Period{});
  measure.ramp = keys.period("ramp").value_or(Period{});
  measure.end = keys.time("end");
  measure.season = keys.season("season");
  const auto offset = reading.c.run.grid.offset;
  if (start && measure.end && *measure.end <= measure.start)
    reading.problems.add(Code::E1509, keys.place("end"),
                         {measure.id, format_date(measure.start, offset), format_date(*measure.end, offset)});
}

// From a start on: calendar months have no length of their own.
double length_of(const KeyTable& keys, const char* key, Time start, std::chrono::seconds offset) {
  const auto period = keys.period(key);
  return period ? seconds_of(add(start, *period, offset)) - seconds_of(start) : 0;
}

// How the effect comes and goes beside its dates, and how sure it is.
void read_course(PlanReading& reading, const KeyTable& keys, Measure& measure) {
  const auto offset = reading.c.run.grid.offset;
  measure.half_life = length_of(keys, "half_life", measure.start, offset);
  measure.relapse = length_of(keys, "relapse", measure.start, offset);
  if (measure.half_life > 0 && measure.relapse > 0)
    reading.problems.add(Code::E1516, keys.place("relapse"), {measure.id});
  measure.slip = keys.period("slip").value_or(Period{});
  measure.effect_low = keys.number("effect_low").value_or(1);
  measure.effect_high = keys.number("effect_high").value_or(1);
  if (measure.effect_low < 0 || measure.effect_low > 1)
    reading.problems.add(Code::E1330, keys.place("effect_low"),
                         {"effect_low", number_text(measure.effect_low), "0 .. 1", "0 .. 1"});
  if (measure.effect_high < 1)
    reading.problems.add(Code::E1330, keys.place("effect_high"),
                         {"effect_high", number_text(measure.effect_high), ">= 1", ">= 1"});
}

void read_costs(PlanReading& reading, const KeyTable& keys, Measure& measure) {
  measure.capex = keys.quantity("capex").value_or(0);
  measure.opex = keys.quantity("opex").value_or(0);
  measure.energy = keys.quantity("energy").value_or(0);
  measure.evidence = keys.text("evidence");
  if (measure.evidence.empty()) reading.problems.add(Code::W1514, measure.place, {measure.id});
}

// Constituents that the case lacks get their own code. Returns whether every key is known.
bool refuse_unknown_keys(PlanReading& reading, const KeyTable& keys) {
  std::vector<std::string> also = refuse_goals(reading, keys.entries()), ids;
  for (const Constituent& constituent : reading.c.basin.constituents)
    if (!constituent.is_tag()) ids.push_back(constituent.id);
  also.insert(also.end(), ids.begin(), ids.end());
  bool whole = true;
  for (const TomlEntry& entry : keys.entries()) {
    const LibraryConstituent* known = constituent_library().find_by_synonym(entry.key);
    const std::vector<std::string> declared_keys = declared_ids(plan_keys(), "measure");
    const bool declared_key =
        std::find(declared_keys.begin(), declared_keys.end(), entry.key) != declared_keys.end();
    const bool mine = std::find(also.begin(), also.end(), entry.key) != also.end();
    whole = whole && (declared_key || mine);
    if (!known || declared_key || mine) continue;
    also.push_back(entry.key);
    if (!ids.empty())
      reading.problems.add(Code::E1202, entry.place, {entry.key, known->constituent.id, listed(ids)});
  }
  keys.refuse_unknown(also);
  return whole;
}

void read_measure(PlanReading& reading, const TomlValue& value, IdTable& ids) {
  const KeyTable keys(&value, value.place.file, "[[measure]]", "measure", reading.context());
  Measure measure;
  measure.place = value.place;
  measure.id = keys.text("id");
  measure.name_zh = keys.text("name_zh");
  measure.name_en = keys.text("name_en");
  const auto action = keys.choice("type");
  measure.type = keys.has("type") ? keys.find("type")->text : "";
  const MeasureType* type = action ? find_measure_type(measure.type) : nullptr;
  if (!type) measure.action = static_cast<ActionKind>(action.value_or(0));
  measure.at = read_targets(reading, keys);
  read_dates(reading, keys, measure);
  read_course(reading, keys, measure);
  read_costs(reading, keys, measure);
  const bool whole = refuse_unknown_keys(reading, keys);
  if (!measure.id.empty()) ids.enter(measure.id, keys.place("id"), reading.problems);
  if (type) {
    for (Measure& part : read_library_measure(reading, keys, measure, *type, whole))
      reading.plan.measures.push_back(std::move(part));
    reading.dated.resize(reading.plan.measures.size(), reading.dated.back());
    return;
  }
  if (action) read_effects(reading, keys, measure, whole);
  reading.plan.measures.push_back(std::move(measure));
}

void read_measures(PlanReading& reading) {
  const TomlValue* list = reading.toml.root.find("measure");
  if (!list) return;
  IdTable ids(Code::E1201);
  for (const TomlValue& item : list->items)
    if (item.kind == TomlKind::table) read_measure(reading, item, ids);
  if (list->kind != TomlKind::list)
    reading.problems.add(Code::E1104, list->place,
                         {"measure", toml_kind_text(list->kind), "array of tables", "[[measure]]"});
}

void refuse_unknown_tables(PlanReading& reading) {
  const std::vector<std::string> allowed{"plan", "measure"};
  const std::vector<std::string> goals = refuse_goals(reading, reading.toml.root.entries);
  for (const TomlEntry& entry : reading.toml.root.entries)
    if (entry.key != "plan" && entry.key != "measure" &&
        std::find(goals.begin(), goals.end(), entry.key) == goals.end())
      reading.problems.add(Code::E1102, entry.place,
                           {entry.key, entry.place.file, nearest_of(entry.key, allowed), listed(allowed)});
}

// As messages name it: relative to the case's folder if it lies there.
std::string shown_name(const std::filesystem::path& path, const std::filesystem::path& folder) {
  const std::filesystem::path inside = path.lexically_relative(folder);
  const bool beside = inside.empty() || *inside.begin() == "..";
  const std::u8string name = (beside ? path : inside).generic_u8string();
  return {name.begin(), name.end()};
}

}  // namespace

KeyContext PlanReading::context() const {
  return {&plan_keys(), &problems, c.run.grid.offset, toml.damaged};
}

Plan read_plan(const std::filesystem::path& path, const Case& c, Problems& problems) {
  const std::string name = shown_name(path, c.folder);
  const auto text = read_text_file(path, name, problems);
  if (!text) return {};
  const TomlFile toml = parse_toml(text->text, name, problems);
  PlanReading reading{c, toml, problems, {}, {}};
  refuse_unknown_tables(reading);
  read_head(reading);
  read_measures(reading);
  check_plan(reading);
  return std::move(reading.plan);
}

}  // namespace limpid
