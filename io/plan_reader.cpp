// Plans: [plan] and its [[measure]]s.
#include <algorithm>

#include "io/case.hpp"
#include "io/constituent_columns.hpp"
#include "io/id_table.hpp"
#include "io/plan_reading.hpp"
#include "io/text.hpp"

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

void read_costs(const KeyTable& keys, Measure& measure) {
  measure.capex = keys.quantity("capex").value_or(0);
  measure.opex = keys.quantity("opex").value_or(0);
  measure.evidence = keys.text("evidence");
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
  measure.action = static_cast<ActionKind>(action.value_or(0));
  measure.at = read_targets(reading, keys);
  read_dates(reading, keys, measure);
  read_costs(keys, measure);
  const bool whole = refuse_unknown_keys(reading, keys);
  if (action) read_effects(reading, keys, measure, whole);
  if (!measure.id.empty()) ids.enter(measure.id, keys.place("id"), reading.problems);
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
