// Measures of the library's types: each becomes the primitive actions that its form says.
#include <algorithm>
#include <cmath>

#include "io/constituent_columns.hpp"
#include "io/plan_reading.hpp"
#include "io/units.hpp"
#include "model/elementary.hpp"
#include "scenarios/batch.hpp"
#include "scenarios/measure_library.hpp"
#include "scenarios/water_measure.hpp"

namespace limpid {

namespace {

constexpr NamedUnit kAreaRate{"m/a", unit::dims(1, -1, 0, 1.0 / (365.25 * unit::kDay))};
constexpr double kFieldFactor = 0.5;  // of clean water, at 4 mg/L DO and 20 degC
constexpr double kRangeSlack = 1e-9;

// Mean flow [m3/s] and load [g/s] of every source over the run, without any plan.
struct SourceMeans {
  std::vector<double> flow;
  std::vector<std::vector<double>> load;  // [source][constituent]
};

SourceMeans source_means(const Case& c) {
  const Plan none;
  Batch batch(c.basin, c.run, {&none});
  const Rows rows(static_cast<int>(c.basin.constituents.size()), 1);
  const std::size_t sources = c.basin.sources.size(), constituents = c.basin.constituents.size();
  SourceMeans means{std::vector<double>(sources, 0.0),
                    std::vector<std::vector<double>>(sources, std::vector<double>(constituents, 0.0))};
  const double begin = seconds_of(c.run.grid.begin), end = seconds_of(c.run.grid.end), day = 86400;
  WaterInput water;
  std::vector<double> load;
  for (double t = begin; t < end; t += day) {
    const double to = std::min(end, t + day);
    batch.water(t, to, water);
    batch.loads(t, to, rows, load);
    for (std::size_t s = 0; s < sources; ++s) {
      means.flow[s] += water.volume[s] / (end - begin);
      for (std::size_t k = 0; k < constituents; ++k)
        means.load[s][k] += load[rows.at(static_cast<int>(s)) + k] / (end - begin);
    }
  }
  return means;
}

class LibraryReading {
 public:
  LibraryReading(PlanReading& reading, const KeyTable& keys, const Measure& common, const MeasureType& type)
      : reading_(reading), basin_(reading.c.basin), keys_(keys), common_(common), type_(type) {}

  std::vector<Measure> read(bool whole) {
    const bool sound_before = !reading_.problems.has_errors();
    require_keys();
    read_coverage();
    switch (type_.form) {
      case MeasureForm::removal:
        read_removal();
        break;
      case MeasureForm::spread:
        read_spread();
        break;
      case MeasureForm::cut:
        read_cut();
        break;
      case MeasureForm::limits:
        read_limits();
        break;
      case MeasureForm::wetland:
        if (sound_before) read_wetland();
        break;
      case MeasureForm::bed:
        read_bed();
        break;
      case MeasureForm::oxygen:
        read_oxygen();
        break;
      case MeasureForm::flow:
        read_transfer();
        break;
      case MeasureForm::release:
        read_release();
        break;
      case MeasureForm::removed:
        add(ActionKind::stop_diversion, {{-1, 1.0}});
        break;
      case MeasureForm::saving:
        if (const auto less = fraction("reduction")) add_flow(ActionKind::scale_flow, -*less);
        if (keys_.has("at_most"))
          if (const auto most = not_negative("at_most", keys_.quantity("at_most")))
            add(ActionKind::cap_flow, {{-1, *most}});
        break;
      case MeasureForm::restoration:
        read_restoration();
        break;
      case MeasureForm::gate:
        read_gate();
        break;
      case MeasureForm::closing:
        close();
        break;
      case MeasureForm::moving:
        close();
        if (sound_before) move();
        break;
    }
    if (parts_.empty()) {
      if (whole && sound_before && !reading_.problems.has_errors())
        reading_.problems.add(Code::E1508, common_.place, {common_.id, type_.id, type_.wanted});
      parts_.push_back(common_);
    }
    pay_once();
    return std::move(parts_);
  }

 private:
  void require_keys() {
    for (const std::string& key : split_words(type_.required))
      if (!keys_.has(key)) {
        const Key& declaration = declared(plan_keys(), "measure", key);
        reading_.problems.add(
            Code::E1103, common_.place,
            {key, keys_.shown() + " type = \"" + type_.id + "\"", declaration.en, declaration.zh});
      }
  }

  // A share of 0 to 1 that stands under a key.
  std::optional<double> fraction(const char* key) {
    const auto value = keys_.has(key) ? keys_.quantity(key) : std::nullopt;
    if (!value || (*value >= 0 && *value <= 1)) return value;
    reading_.problems.add(Code::E1330, keys_.place(key), {key, keys_.find(key)->text, "0 .. 1", "0 .. 1"});
    return std::nullopt;
  }

  void read_coverage() {
    if (type_.form == MeasureForm::spread) return;
    common_.coverage = fraction("coverage").value_or(1);
  }

  // What the constituents' keys and `all` say, in [0, 1] (E1502).
  std::vector<Effect> fractions() {
    std::vector<Effect> list;
    const auto put = [&](std::size_t c, const std::string& key) {
      const TomlValue& value = *keys_.find(key);
      if (!fits(value, "[[measure]] " + key, KeyType::quantity, reading_.problems)) return;
      const auto share = parse_quantity(value.text, unit::none, value.place, key, reading_.problems);
      if (share && (*share < 0 || *share > 1))
        reading_.problems.add(Code::E1502, value.place, {common_.id, key, value.text});
      else if (share)
        list.push_back({static_cast<int>(c), *share});
    };
    for (std::size_t c = 0; c < basin_.constituents.size(); ++c) {
      const Constituent& constituent = basin_.constituents[c];
      if (constituent.is_tag()) continue;
      if (keys_.has(constituent.id))
        put(c, constituent.id);
      else if (keys_.has("all") && is_removable(constituent))
        put(c, "all");
    }
    return list;
  }

  const RemovalRange* published(int constituent) const {
    const std::string& id = basin_.constituents[static_cast<std::size_t>(constituent)].id;
    const auto at = std::find_if(type_.ranges.begin(), type_.ranges.end(),
                                 [&](const RemovalRange& r) { return id == r.constituent; });
    return at == type_.ranges.end() ? nullptr : &*at;
  }

  // Warns of a removal outside of what is published, and takes the range as that of the effect where the plan
  // gives none.
  void look_up(const std::vector<Effect>& removals) {
    double low = 0, high = 1e30;
    for (const Effect& e : removals) {
      const RemovalRange* range = published(e.constituent);
      if (!range || e.value <= 0) continue;
      const std::string& id = basin_.constituents[static_cast<std::size_t>(e.constituent)].id;
      if (e.value < range->low - kRangeSlack || e.value > range->high + kRangeSlack)
        reading_.problems.add(Code::W1526, keys_.place(keys_.has(id) ? id : "type"),
                              {common_.id, id, number_text(e.value), type_.id,
                               number_text(range->low) + " .. " + number_text(range->high), range->source});
      low = std::max(low, range->low / e.value);
      high = std::min(high, range->high / e.value);
    }
    if (high > 1e29 || keys_.has("effect_low") || keys_.has("effect_high")) return;
    common_.effect_low = std::min(1.0, low);
    common_.effect_high = std::max(1.0, high);
  }

  void add(ActionKind action, std::vector<Effect> effects) { add(action, std::move(effects), common_.at); }
  void add(ActionKind action, std::vector<Effect> effects, const std::vector<Target>& at) {
    if (effects.empty()) return;
    Measure part = common_;
    part.action = action;
    part.effects = std::move(effects);
    part.at = at;
    parts_.push_back(std::move(part));
  }
  void add_flow(ActionKind action, std::optional<double> flow) {
    if (flow) add(action, {{-1, *flow}});
  }

  void read_removal() {
    std::vector<Effect> removals = fractions();
    if (removals.empty() && std::string(type_.id) == "interception")
      for (std::size_t c = 0; c < basin_.constituents.size(); ++c)
        if (is_removable(basin_.constituents[c])) removals.push_back({static_cast<int>(c), 1.0});
    look_up(removals);
    add(ActionKind::remove_fraction, std::move(removals));
  }

  void read_spread() {
    const double before = fraction("coverage_before").value_or(0);
    const auto after = fraction("coverage");
    if (!after) return;
    if (*after < before && !keys_.boolean("coverage_falls").value_or(false))
      reading_.problems.add(Code::E1515, keys_.place("coverage"),
                            {common_.id, number_text(before), number_text(*after)});
    std::vector<Effect> removals = fractions();
    look_up(removals);
    for (Effect& e : removals) e.value = before * e.value < 1 ? spread_removal(e.value, before, *after) : 0;
    add(ActionKind::remove_fraction, std::move(removals));
  }

  void read_cut() {
    const double response = keys_.number("response").value_or(1);
    if (response < 0)
      reading_.problems.add(Code::E1330, keys_.place("response"),
                            {"response", number_text(response), ">= 0", ">= 0"});
    std::vector<Effect> cuts = fractions();
    look_up(cuts);
    for (Effect& e : cuts) e.value = std::clamp(response * e.value, 0.0, 1.0);
    add(ActionKind::remove_fraction, std::move(cuts));
  }

  void read_limits() {
    std::vector<Effect> limits;
    for (std::size_t c = 0; c < basin_.constituents.size(); ++c) {
      const Constituent& constituent = basin_.constituents[c];
      if (constituent.is_tag() || !keys_.has(constituent.id)) continue;
      const auto limit =
          keys_.quantity_of(constituent.id, concentration_unit(constituent), species_of(constituent));
      if (limit && *limit < 0)
        reading_.problems.add(Code::E1330, keys_.place(constituent.id),
                              {constituent.id, keys_.find(constituent.id)->text, ">= 0", ">= 0"});
      else if (limit)
        limits.push_back({static_cast<int>(c), *limit});
    }
    add(ActionKind::cap_concentration, std::move(limits));
    if (keys_.has("flow"))
      add_flow(ActionKind::add_flow, keys_.quantity_of("flow", unit::cubic_metre_per_second));
  }

  std::vector<int> sources() const { return measure_sources(basin_, common_); }

  void read_wetland() {
    const double area = keys_.quantity("area").value_or(0);
    const int tanks = keys_.integer("tanks", 1, 100).value_or(3);
    const double temperature = keys_.quantity("temperature").value_or(15);
    if (!(area > 0)) return;
    const SourceMeans means = source_means(reading_.c);
    std::vector<int> of = sources();
    double whole_flow = 0;
    for (const int s : of) whole_flow += means.flow[static_cast<std::size_t>(s)];
    for (const int s : of) {
      const auto i = static_cast<std::size_t>(s);
      const double flow = means.flow[i];
      if (!(flow > 0)) {
        reading_.problems.add(Code::E1522, common_.place, {common_.id, type_.id, basin_.sources[i].id});
        continue;
      }
      // The area is shared by the sources as their flows are: one loading rate q for all.
      std::vector<Effect> removals;
      for (std::size_t c = 0; c < basin_.constituents.size(); ++c)
        if (const auto removal = removal_of(c, means.load[i][c] / flow, common_.coverage * whole_flow / area,
                                            tanks, temperature))
          removals.push_back({static_cast<int>(c), *removal});
      look_up(removals);
      add(ActionKind::remove_fraction, std::move(removals), {{"source", basin_.sources[i].id}});
    }
  }

  // By the library's rate or the plan's own; nothing for a constituent that has neither.
  std::optional<double> removal_of(std::size_t c, double inflow, double q, int tanks, double temperature) {
    const Constituent& constituent = basin_.constituents[c];
    if (constituent.is_tag()) return std::nullopt;
    const auto rates = wetland_rates();
    const auto known = std::find_if(rates.begin(), rates.end(),
                                    [&](const WetlandRate& r) { return constituent.id == r.constituent; });
    std::optional<double> k;
    if (keys_.has(constituent.id))
      k = keys_.quantity_of(constituent.id, kAreaRate);
    else if (known != rates.end())
      k = kAreaRate.unit.to_inside(known->k20);
    if (!k) return std::nullopt;
    const double theta = known != rates.end() ? known->theta : 1;
    const double background = known != rates.end() ? known->background + known->background_per * inflow : 0;
    return wetland_removal(inflow, background, *k * elementary::pow(theta, temperature - 20), q, tanks);
  }

  void read_bed() {
    const auto reduction = fraction("reduction");
    if (!reduction) return;
    if (common_.at.size() != 1 || common_.at.front().kind != "stretch") {
      reading_.problems.add(Code::E1330, keys_.place("at"),
                            {"at", type_.id, "\"stretch:...\"", "\"stretch:...\""});
      return;
    }
    bool any = false;
    for (const ProcessUse& use : basin_.processes)
      for (std::size_t k = 0; k < use.parameters.size(); ++k) {
        const std::string type = use.process->info().id, parameter = use.process->info().parameters[k].id;
        const bool bed = (type == "sediment_oxygen_demand" && parameter == "sod") ||
                         (type == "internal_release" && parameter == "flux");
        if (!bed) continue;
        any = true;
        double now = use.parameters[k].value;
        for (const auto& own : use.parameters[k].stretches)
          if (own.stretch == common_.at.front().id) now = own.value;
        common_.process = use.id;
        common_.parameter = parameter;
        add(ActionKind::set_parameter, {{-1, (1 - *reduction) * now}});
      }
    if (!any) reading_.problems.add(Code::E1523, common_.place, {common_.id});
  }

  void read_oxygen() {
    const int oxygen = basin_.constituent("DO");
    const auto power = keys_.quantity("power");
    const double efficiency = keys_.quantity("efficiency").value_or(0);
    const double factor = keys_.number("field_factor").value_or(kFieldFactor);
    if (oxygen < 0) {
      std::vector<std::string> ids;
      for (const Constituent& c : basin_.constituents) ids.push_back(c.id);
      reading_.problems.add(Code::E1202, common_.place, {"DO", nearest_of("DO", ids), listed(ids)});
    }
    if (oxygen < 0 || !power) return;
    if (!keys_.has("energy")) common_.energy = *power;
    add(ActionKind::set_load, {{oxygen, *power * efficiency * factor}});
  }

  // At stations what they leave first; at a source more water. A release that is not said is no release.
  void read_release() {
    if (keys_.has("release"))
      add(ActionKind::raise_release, monthly("release", unit::cubic_metre_per_second));
    if (const auto share = fraction("inflow_share"))
      if (*share > 0) add(ActionKind::raise_release_share, {{-1, *share}});
    if (keys_.has("flow"))
      add_flow(ActionKind::add_flow, keys_.quantity_of("flow", unit::cubic_metre_per_second));
  }

  // One value or twelve, by calendar month; nothing if any of them is not good.
  std::vector<Effect> monthly(const char* key, const NamedUnit& unit) {
    const TomlValue& value = *keys_.find(key);
    const bool list = value.kind == TomlKind::list;
    const std::span<const TomlValue> items =
        list ? std::span<const TomlValue>(value.items) : std::span<const TomlValue>(&value, 1);
    std::vector<Effect> effects;
    for (const TomlValue& item : items) {
      if (!fits(item, std::string("[[measure]] ") + key, KeyType::quantity, reading_.problems)) return {};
      const auto one = parse_quantity(item.text, unit, item.place, key, reading_.problems);
      if (one && *one >= 0) effects.push_back({-1, *one});
      if (one && *one < 0) reading_.problems.add(Code::E1330, item.place, {key, item.text, ">= 0", ">= 0"});
    }
    if (list && items.size() != 12)
      reading_.problems.add(Code::E1330, value.place, {key, std::to_string(items.size()), "1, 12", "1, 12"});
    return effects.size() == (list ? 12 : 1) ? effects : std::vector<Effect>{};
  }

  std::optional<double> not_negative(const std::string& key, std::optional<double> value) {
    if (!value || *value >= 0) return value;
    reading_.problems.add(Code::E1330, keys_.place(key), {key, keys_.find(key)->text, ">= 0", ">= 0"});
    return std::nullopt;
  }

  // The flow, and what of the water's quality the plan gives.
  void read_transfer() {
    const auto flow = keys_.quantity_of("flow", unit::cubic_metre_per_second);
    if (!flow) return;
    std::vector<Effect> effects{{-1, *flow}};
    for (std::size_t c = 0; c < basin_.constituents.size(); ++c) {
      const Constituent& constituent = basin_.constituents[c];
      if (constituent.is_tag() || !keys_.has(constituent.id) || constituent.id == "temperature") continue;
      auto value =
          keys_.quantity_of(constituent.id, concentration_unit(constituent), species_of(constituent));
      if (constituent.non_negative) value = not_negative(constituent.id, value);
      if (value) effects.push_back({static_cast<int>(c), *value});
    }
    const int heat = basin_.constituent("temperature");
    if (heat >= 0 && keys_.has("temperature"))
      if (const auto value = keys_.quantity("temperature")) effects.push_back({heat, *value});
    check_quality(effects);
    add(ActionKind::add_flow, std::move(effects));
  }

  // What is taken from the river is as the river is. What comes to a source without water of its own needs a
  // temperature and oxygen, or it would come without any.
  void check_quality(const std::vector<Effect>& effects) {
    const auto given = [&](int constituent) {
      return std::any_of(effects.begin(), effects.end(),
                         [&](const Effect& e) { return e.constituent == constituent; });
    };
    for (const int s : sources()) {
      const Source& source = basin_.sources[static_cast<std::size_t>(s)];
      const bool taken = source.kind == SourceKind::abstraction;
      for (const Effect& e : effects)
        if (taken && e.constituent >= 0)
          reading_.problems.add(
              Code::E1531, common_.place,
              {common_.id, basin_.constituents[static_cast<std::size_t>(e.constituent)].id, source.id});
      for (const char* id : {"temperature", "DO"}) {
        const int c = basin_.constituent(id);
        if (taken || source.is_return() || c < 0 || given(c) || !source.flow.is_zero()) continue;
        reading_.problems.add(Code::E1103, common_.place,
                              {id, keys_.shown() + " type = \"" + type_.id + "\"",
                               "of the transferred water: source \"" + source.id + "\" has none of its own",
                               "调入水的取值：源 \"" + source.id + "\" 自身无水"});
      }
    }
  }

  void read_gate() {
    if (!keys_.has("opening")) return;
    std::vector<Effect> openings = monthly("opening", unit::metre);
    if (!keys_.has("from_level") && !keys_.has("full_level"))
      return add(ActionKind::set_opening, std::move(openings));
    for (const char* key : {"from_level", "full_level"}) {
      if (keys_.has(key)) continue;
      const Key& declaration = declared(plan_keys(), "measure", key);
      reading_.problems.add(Code::E1103, common_.place, {key, keys_.shown(), declaration.en, declaration.zh});
    }
    const auto from = keys_.quantity("from_level"), full = keys_.quantity("full_level");
    if (!from || !full || openings.empty()) return;
    if (openings.size() > 1)
      reading_.problems.add(Code::E1330, keys_.place("opening"), {"opening", "12", "1", "1"});
    if (*full <= *from)
      reading_.problems.add(Code::E1330, keys_.place("full_level"),
                            {"full_level", keys_.find("full_level")->text, "> from_level", "> from_level"});
    else if (openings.size() == 1)
      add(ActionKind::open_by_level, {openings.front(), {-1, *from}, {-1, *full}});
  }

  void read_restoration() {
    for (const Target& target : common_.at)
      if (target.kind != "reach" && target.kind != "stretch")
        reading_.problems.add(Code::E1513, keys_.place("at"),
                              {common_.id, target.kind + ":" + target.id, "\"reach:ID\", \"stretch:NAME\""});
    const auto within = [&](const char* key, double low, double high) -> std::optional<double> {
      const auto value = keys_.has(key) ? keys_.number(key) : std::nullopt;
      if (!value || (*value >= low && *value <= high)) return value;
      const std::string range = number_text(low) + " .. " + number_text(high);
      reading_.problems.add(Code::E1330, keys_.place(key), {key, number_text(*value), range, range});
      return std::nullopt;
    };
    if (const auto factor = within("width_factor", kLeastWidthFactor, kMostWidthFactor))
      add(ActionKind::scale_width, {{-1, *factor}});
    if (const auto roughness = within("manning_n", kLeastRoughness, kMostRoughness))
      add(ActionKind::set_roughness, {{-1, *roughness}});
  }

  void close() {
    std::vector<Effect> all;
    for (std::size_t c = 0; c < basin_.constituents.size(); ++c)
      if (!basin_.constituents[c].is_tag() && basin_.constituents[c].phase != Phase::attached)
        all.push_back({static_cast<int>(c), 1.0});
    bool flows = false;
    for (const int s : sources())
      flows = flows || !basin_.sources[static_cast<std::size_t>(s)].flow.is_zero();
    add(ActionKind::remove_fraction, std::move(all));
    if (flows) add_flow(ActionKind::scale_flow, -1.0);
  }

  void move() {
    const auto to = read_target(basin_, keys_.text("to"), keys_.place("to"), reading_.problems);
    if (!to || to->kind != "source") {
      if (to)
        reading_.problems.add(Code::E1330, keys_.place("to"),
                              {"to", to->kind + ":" + to->id, "\"source:...\"", "\"source:...\""});
      return;
    }
    const SourceMeans means = source_means(reading_.c);
    double flow = 0;
    std::vector<Effect> loads;
    for (std::size_t c = 0; c < basin_.constituents.size(); ++c) {
      double load = 0;
      for (const int s : sources()) load += means.load[static_cast<std::size_t>(s)][c];
      if (load > 0 && !basin_.constituents[c].is_tag()) loads.push_back({static_cast<int>(c), load});
    }
    for (const int s : sources()) flow += means.flow[static_cast<std::size_t>(s)];
    add(ActionKind::set_load, std::move(loads), {*to});
    if (flow > 0) add(ActionKind::add_flow, {{-1, flow}}, {*to});
  }

  // Cost and energy stand with the first action.
  void pay_once() {
    for (std::size_t i = 1; i < parts_.size(); ++i) parts_[i].capex = parts_[i].opex = parts_[i].energy = 0;
  }

  PlanReading& reading_;
  const Basin& basin_;
  const KeyTable& keys_;
  Measure common_;
  const MeasureType& type_;
  std::vector<Measure> parts_;
};

}  // namespace

std::vector<Measure> read_library_measure(PlanReading& reading, const KeyTable& keys, const Measure& common,
                                          const MeasureType& type, bool whole) {
  refuse_other_effects(reading, keys, {type.id, type.constituents, type.keys, type.wanted});
  return LibraryReading(reading, keys, common, type).read(whole);
}

}  // namespace limpid
