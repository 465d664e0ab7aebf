// [constituents], [derived], [initial.concentration].
#include <algorithm>

#include "io/case_reading.hpp"
#include "io/constituent_columns.hpp"
#include "io/ph_input.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

// What to offer for a name that is no id: the constituent it is a spelling of, else the nearest id.
std::string offered(const std::string& name, const std::vector<std::string>& ids) {
  const LibraryConstituent* meant = constituent_library().find_by_synonym(name);
  return meant ? meant->constituent.id : nearest_of(name, ids);
}

Composition read_composition(const KeyTable& keys) {
  return {keys.number("nitrogen").value_or(0), keys.number("phosphorus").value_or(0),
          keys.number("carbon").value_or(0)};
}

Constituent defined(const CaseReading& reading, const std::string& id, const TomlValue& value) {
  const KeyTable keys = reading.table(&value, "[constituents.define." + id + "]", "constituents.define.*");
  keys.refuse_unknown();
  constexpr AmountBasis kBases[] = {AmountBasis::gram, AmountBasis::count, AmountBasis::mole};
  Constituent constituent;
  constituent.id = id;
  constituent.name_zh = keys.text("name_zh");
  constituent.name_en = keys.text("name_en");
  constituent.basis = kBases[keys.choice("basis").value_or(0)];
  constituent.phase = static_cast<Phase>(keys.choice("phase").value_or(0));
  constituent.composition = read_composition(keys);
  constituent.non_negative = keys.boolean("non_negative").value_or(true);
  constituent.cf_name = keys.text("cf_name");
  constituent.synonyms = keys.texts("synonyms");
  return constituent;
}

std::vector<Constituent> read_definitions(CaseReading& reading, const KeyTable& keys) {
  std::vector<Constituent> list;
  const TomlValue* definitions = keys.sub_table("define");
  if (!definitions) return list;
  for (const TomlEntry& entry : definitions->entries) {
    if (entry.value.kind != TomlKind::table) {
      fits(entry.value, entry.key, KeyType::years, reading.problems);
      continue;
    }
    if (constituent_library().find(entry.key)) reading.problems.add(Code::E1224, entry.place, {entry.key});
    list.push_back(defined(reading, entry.key, entry.value));
  }
  return list;
}

void use_constituent(CaseReading& reading, const std::string& id, const Place& place,
                     const std::vector<Constituent>& definitions) {
  const auto own =
      std::find_if(definitions.begin(), definitions.end(), [&](const Constituent& c) { return c.id == id; });
  const LibraryConstituent* known = constituent_library().find(id);
  if (known && !known->transported) {
    reading.problems.add(Code::E1231, place, {id});
    reading.constituents_whole = false;
  } else if (own != definitions.end() || known) {
    if (reading.constituents.enter(id, place, reading.problems))
      reading.result.basin.constituents.push_back(own != definitions.end() ? *own : known->constituent);
  } else {
    std::vector<std::string> ids = constituent_library().ids();
    for (const Constituent& c : definitions) ids.push_back(c.id);
    reading.meant.push_back(offered(id, ids));
    reading.problems.add(Code::E1202, place, {id, reading.meant.back(), listed(ids)});
    reading.constituents_whole = false;
  }
}

bool is_attached(const std::string& id, const std::vector<Constituent>& definitions) {
  for (const Constituent& own : definitions)
    if (own.id == id) return own.phase == Phase::attached;
  const LibraryConstituent* known = constituent_library().find(id);
  return known && known->constituent.phase == Phase::attached;
}

// The place of item i of a list key, or of the key itself.
Place item_place(const KeyTable& keys, std::string_view id, std::size_t i) {
  const TomlValue* value = keys.find(id);
  return value && value->kind == TomlKind::list ? value->items[i].place : keys.place(id);
}

int input_of(const CaseReading& reading, const std::string& name) {
  if (const auto number = reading.constituents.find(name)) return *number;
  if (name == "temperature") return -2;
  return name == "elevation" ? -3 : -1;
}

void use_derived(CaseReading& reading, const Derived& derived, const Place& place) {
  DerivedUse use{&derived, {}};
  std::string first_missing;
  bool any = false, good = true;
  for (const std::string& input : derived.inputs) {
    const bool optional = input.ends_with('?');
    const std::string name = optional ? input.substr(0, input.size() - 1) : input;
    use.constituents.push_back(input_of(reading, name));
    any = any || use.constituents.back() != -1;
    if (use.constituents.back() != -1) continue;
    if (first_missing.empty()) first_missing = name;
    if (!optional) reading.problems.add(Code::E1222, place, {derived.id, name});
    good = good && optional;
  }
  if (good && !any) reading.problems.add(Code::E1222, place, {derived.id, first_missing});
  if (reading.constituents.contains(derived.id)) reading.problems.add(Code::E1223, place, {derived.id});
  reading.result.basin.derived.push_back(std::move(use));
}

}  // namespace

void read_constituents(CaseReading& reading) {
  const KeyTable keys = reading.table("constituents");
  keys.refuse_unknown({"define"});
  const std::vector<Constituent> definitions = read_definitions(reading, keys);
  const std::vector<std::string> used = keys.texts("use");
  for (const bool attached : {false, true})  // what the water carries first, as Basin has it
    for (std::size_t i = 0; i < used.size(); ++i)
      if (is_attached(used[i], definitions) == attached)
        use_constituent(reading, used[i], item_place(keys, "use", i), definitions);
  if (used.empty()) reading.constituents_whole = false;
}

void read_derived(CaseReading& reading) {
  const KeyTable keys = reading.table("derived");
  keys.refuse_unknown();
  IdTable seen(Code::E1216);
  std::vector<std::string> known;
  for (const Derived& derived : derived_quantities()) known.emplace_back(derived.id);
  const std::vector<std::string> used = keys.texts("use");
  for (std::size_t i = 0; i < used.size(); ++i) {
    const Place place = item_place(keys, "use", i);
    const Derived* derived = find_derived(used[i]);
    if (!derived)
      reading.problems.add(Code::E1216, place, {used[i], nearest_of(used[i], known), listed(known)});
    else if (seen.enter(used[i], place, reading.problems))
      use_derived(reading, *derived, place);
  }
}

namespace {

// pH in place of inorganic carbon, at the alkalinity beside it (0 if there is none) and the temperature of
// the beginning where the case simulates it, else 20 degC.
void set_initial_carbon(CaseReading& reading, const TomlEntry& entry) {
  const Basin& basin = reading.result.basin;
  const std::string what = "[initial.concentration] " + entry.key;
  if (!fits(entry.value, what, KeyType::number, reading.problems) ||
      !check_ph(entry.value.number, what, entry.value.text, entry.value.place, reading.problems))
    return;
  auto& values = reading.result.run.initial_concentration;
  const auto of = [&](const char* id, double otherwise) {
    const int c = basin.constituent(id);
    return c < 0 ? otherwise : values[static_cast<std::size_t>(c)];
  };
  const double carbon = inorganic_carbon_of(entry.value.number, of("alkalinity", 0), of("temperature", 20));
  if (carbon < 0)
    reading.problems.add(Code::E1339, entry.value.place, {what, entry.value.text});
  else
    values[static_cast<std::size_t>(basin.constituent("DIC"))] = carbon;
}

}  // namespace

void read_initial_concentrations(CaseReading& reading) {
  const auto& constituents = reading.result.basin.constituents;
  reading.result.run.initial_concentration.assign(constituents.size(), 0.0);
  const KeyTable initial = reading.table("initial");
  const KeyTable keys =
      reading.table(initial.sub_table("concentration"), "[initial.concentration]", "initial.concentration");
  const TomlEntry* ph = nullptr;
  for (const TomlEntry& entry : keys.entries()) {
    if (is_ph(entry.key) && reading.result.basin.constituent("DIC") >= 0) {
      ph = &entry;
      continue;
    }
    const auto number = reading.require_constituent(entry.key, entry.place);
    if (!number ||
        !fits(entry.value, "[initial.concentration] " + entry.key, KeyType::quantity, reading.problems))
      continue;
    const Constituent& constituent = reading.constituent(*number);
    const auto value = parse_quantity(entry.value.text, concentration_unit(constituent), entry.value.place,
                                      entry.key, reading.problems, species_of(constituent));
    if (!value) continue;
    if (*value < 0 && constituent.non_negative)
      reading.problems.add(Code::E1330, entry.value.place, {entry.key, entry.value.text, ">= 0", ">= 0"});
    reading.result.run.initial_concentration[static_cast<std::size_t>(*number)] = *value;
  }
  if (ph) set_initial_carbon(reading, *ph);
}

}  // namespace limpid
