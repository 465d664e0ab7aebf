#include <algorithm>
#include <span>

#include "io/constituent_columns.hpp"
#include "io/element_check.hpp"
#include "io/parameter_range.hpp"
#include "io/plan_reading.hpp"
#include "io/units.hpp"
#include "model/dispersion_formula.hpp"
#include "scenarios/batch.hpp"

namespace limpid {

namespace {

constexpr EffectKeys kForms[] = {
    {"remove_fraction", true, "all", "NH3_N = 0.4, all = \"40 %\""},
    {"cap_concentration", true, "", "NH3_N = \"1.5 mg/L\""},
    {"set_load", true, "", "NH3_N = \"12 kg/d\""},
    {"scale_flow", false, "flow", "flow = -0.2"},
    {"add_flow", false, "flow", "flow = \"0.3 m3/s\""},
    {"set_parameter", false, "process parameter value", "process, parameter, value"},
};
// Every key by which some type says its effect.
constexpr const char* kEffectKeys[] = {"all",       "flow",         "process",         "parameter",
                                       "value",     "coverage",     "coverage_before", "coverage_falls",
                                       "response",  "area",         "tanks",           "temperature",
                                       "reduction", "power",        "efficiency",      "field_factor",
                                       "to",        "release",      "inflow_share",    "at_most",
                                       "opening",   "width_factor", "manning_n",       "from_level",
                                       "full_level"};

class EffectReading {
 public:
  EffectReading(PlanReading& reading, const KeyTable& keys, Measure& measure)
      : reading_(reading), keys_(keys), measure_(measure), form_(kForms[static_cast<int>(measure.action)]) {}

  void read(bool whole) {
    refuse_other_effects(reading_, keys_, form_);
    if (form_.constituents) read_constituents();
    if (measure_.action == ActionKind::remove_fraction && keys_.has("all")) read_all();
    if (measure_.action == ActionKind::scale_flow || measure_.action == ActionKind::add_flow) read_flow();
    if (measure_.action == ActionKind::set_parameter) read_parameter();
    if (!found_ && whole)
      reading_.problems.add(Code::E1508, measure_.place, {measure_.id, form_.type, form_.wanted});
  }

 private:
  std::optional<double> value_in(const TomlValue& value, const std::string& key, const NamedUnit& unit,
                                 std::string_view species = {}) {
    found_ = true;
    if (!fits(value, "[[measure]] " + key, KeyType::quantity, reading_.problems)) return std::nullopt;
    return parse_quantity(value.text, unit, value.place, key, reading_.problems, species);
  }

  void out_of_range(const TomlValue& value, const std::string& key, const char* range) {
    reading_.problems.add(Code::E1330, value.place, {key, value.text, range, range});
  }

  void read_constituents() {
    const auto& list = reading_.c.basin.constituents;
    for (std::size_t c = 0; c < list.size(); ++c) {
      const TomlValue* value = keys_.find(list[c].id);
      if (!value || list[c].is_tag()) continue;
      if (measure_.action == ActionKind::remove_fraction) {
        if (const auto removed = fraction(*value, list[c].id))
          measure_.effects.push_back({static_cast<int>(c), *removed});
        continue;
      }
      const bool cap = measure_.action == ActionKind::cap_concentration;
      const auto inside = value_in(*value, list[c].id, cap ? concentration_unit(list[c]) : load_unit(list[c]),
                                   species_of(list[c]));
      if (inside && *inside < 0) out_of_range(*value, list[c].id, ">= 0");
      if (inside) measure_.effects.push_back({static_cast<int>(c), *inside});
    }
  }

  std::optional<double> fraction(const TomlValue& value, const std::string& key) {
    const auto removed = value_in(value, key, unit::none);
    if (!removed || (*removed >= 0 && *removed <= 1)) return removed;
    reading_.problems.add(Code::E1502, value.place, {measure_.id, key, value.text});
    return std::nullopt;
  }

  // A constituent that is named as well keeps its own fraction.
  void read_all() {
    const auto removed = fraction(*keys_.find("all"), "all");
    const auto& list = reading_.c.basin.constituents;
    for (std::size_t c = 0; removed && c < list.size(); ++c)
      if (is_removable(list[c]) && !keys_.has(list[c].id))
        measure_.effects.push_back({static_cast<int>(c), *removed});
  }

  void read_flow() {
    const TomlValue* value = keys_.find("flow");
    if (!value) return;
    const bool scale = measure_.action == ActionKind::scale_flow;
    const auto flow = value_in(*value, "flow", scale ? unit::none : unit::cubic_metre_per_second);
    if (!flow) return;
    if (scale && *flow < -1) return out_of_range(*value, "flow", ">= -1");
    measure_.effects.push_back({-1, *flow});
  }

  const ProcessUse* named_process() {
    const std::string id = keys_.text("process");
    std::vector<std::string> names{kTransportProcess};
    for (const ProcessUse& use : reading_.c.basin.processes) {
      if (use.id == id) return &use;
      names.push_back(use.id);
    }
    if (!id.empty())
      reading_.problems.add(Code::E1203, keys_.place("process"), {id, nearest_of(id, names), listed(names)});
    return nullptr;
  }

  void read_parameter() {
    for (const char* key : {"process", "parameter", "value"})
      if (!keys_.has(key)) {
        const Key& declaration = declared(plan_keys(), "measure", key);
        reading_.problems.add(Code::E1103, measure_.place,
                              {key, keys_.shown(), declaration.en, declaration.zh});
      }
    found_ = true;
    measure_.process = keys_.text("process");
    measure_.parameter = keys_.text("parameter");
    check_reaches();
    const bool transport = measure_.process == kTransportProcess;
    const ProcessUse* use = transport ? nullptr : named_process();
    if ((!use && !transport) || measure_.parameter.empty()) return;
    const std::span<const Parameter> parameters =
        use ? use->process->info().parameters : std::span<const Parameter>(dispersion_parameters());
    std::vector<std::string> names;
    for (std::size_t p = 0; p < parameters.size(); ++p) {
      if (measure_.parameter == parameters[p].id) {
        read_value(parameters[p]);
        if (use && is_yield(use->process->info(), p)) check_balance(*use, p);
        return;
      }
      names.emplace_back(parameters[p].id);
    }
    reading_.problems.add(
        Code::E1215, keys_.place("parameter"),
        {measure_.process, measure_.parameter, nearest_of(measure_.parameter, names), listed(names)});
  }

  // A process has its parameters by stretch, the transport by reach.
  void check_reaches() {
    const bool transport = measure_.process == kTransportProcess;
    for (const Target& target : measure_.at)
      if (target.kind != "stretch" && !(transport && target.kind == "reach"))
        reading_.problems.add(Code::E1513, keys_.place("at"),
                              {measure_.id, target.kind + ":" + target.id,
                               transport ? "\"reach:ID\", \"stretch:NAME\"" : "\"stretch:NAME\""});
  }

  void read_value(const Parameter& parameter) {
    const TomlValue* value = keys_.find("value");
    if (!value) return;
    const auto inside = value_in(*value, "value", parameter.unit);
    if (!inside) return;
    if (sets_dispersion(measure_) && !(*inside >= 0 && *inside <= kMostDispersion))
      return out_of_range(*value, parameter.id, "0 .. 1e5");
    check_parameter(*inside, value->text, parameter, parameter.id, value->place, reading_.problems);
    measure_.effects.push_back({-1, *inside});
  }

  // On each stretch that the measure reaches, with the stretch's own numbers beside the one it sets.
  void check_balance(const ProcessUse& use, std::size_t parameter) {
    if (measure_.effects.empty()) return;
    const auto& constituents = reading_.c.basin.constituents;
    const Place place = keys_.find("value")->place;
    const std::string sets = measure_.parameter + " = " + keys_.find("value")->text;
    const auto check = [&](ProcessUse changed, const std::string& where) {
      changed.parameters[parameter].value = measure_.effects.back().value;
      check_elements(changed, constituents, where, place, reading_.problems);
    };
    if (measure_.at.empty()) check(use, sets);
    for (const Target& target : measure_.at)
      if (target.kind == "stretch") check(on_stretch(use, target.id), "stretch " + target.id + ", " + sets);
  }

  PlanReading& reading_;
  const KeyTable& keys_;
  Measure& measure_;
  const EffectKeys& form_;
  bool found_ = false;
};

}  // namespace

bool is_removable(const Constituent& constituent) {
  return constituent.id != "DO" && constituent.phase != Phase::attached &&
         constituent.basis != AmountBasis::heat && constituent.basis != AmountBasis::age &&
         !constituent.is_tag();
}

void refuse_other_effects(PlanReading& reading, const KeyTable& keys, const EffectKeys& form) {
  const std::vector<std::string> allowed = split_words(form.keys);
  for (const TomlEntry& entry : keys.entries()) {
    const int index = reading.c.basin.constituent(entry.key);
    const bool constituent =
        index >= 0 && !reading.c.basin.constituents[static_cast<std::size_t>(index)].is_tag();
    const bool effect =
        std::find(std::begin(kEffectKeys), std::end(kEffectKeys), entry.key) != std::end(kEffectKeys);
    const bool named = std::find(allowed.begin(), allowed.end(), entry.key) != allowed.end();
    const bool taken = constituent ? form.constituents || named : named;
    if ((constituent || effect) && !taken)
      reading.problems.add(Code::E1507, entry.place, {entry.key, form.type, form.wanted});
  }
}

void read_effects(PlanReading& reading, const KeyTable& keys, Measure& measure, bool whole) {
  EffectReading(reading, keys, measure).read(whole);
}

}  // namespace limpid
