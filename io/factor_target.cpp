#include "io/factor_target.hpp"

#include <algorithm>
#include <cmath>

#include "io/constituent_columns.hpp"
#include "io/element_check.hpp"
#include "io/sweep_keys.hpp"
#include "io/units.hpp"
#include "model/dispersion_formula.hpp"
#include "scenarios/water_measure.hpp"

namespace limpid {

namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr double kMostWarming = 30;  // degC
constexpr const char* kTargetKeys[] = {"measure", "key", "process", "parameter", "sector"};

struct KindKeys {
  const char* kind;
  const char* needed;    // keys, separated by blanks
  const char* optional;  // likewise
};
constexpr KindKeys kKinds[] = {{"years", "", ""},
                               {"flow", "", ""},
                               {"temperature", "", ""},
                               {"plan", "", ""},
                               {"start", "measure", ""},
                               {"ramp", "measure", ""},
                               {"effect", "measure", ""},
                               {"level", "measure key", ""},
                               {"parameter", "process parameter", ""},
                               {"load", "", "sector"}};

bool holds(const std::vector<std::string>& words, const char* word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class TargetReading {
 public:
  TargetReading(const KeyTable& keys, const Case& c, const Sweep& sweep, ReadFactor& out, Problems& problems)
      : keys_(keys), c_(c), sweep_(sweep), out_(out), problems_(problems) {}

  bool read() {
    if (!has_its_keys()) return false;
    switch (out_.factor.kind) {
      case FactorKind::flow:
        return between(std::nextafter(0.0, 1.0), kInfinite, "> 0");
      case FactorKind::temperature:
        out_.expected = unit::degree_celsius;
        return between(-kMostWarming, kMostWarming, "-30 .. 30 degC");
      case FactorKind::start:
        out_.expected = unit::second;
        return named_measure();
      case FactorKind::ramp:
        out_.expected = unit::second;
        return named_measure() && between(0, kInfinite, ">= 0");
      case FactorKind::effect:
        return named_measure() && between(0, kInfinite, ">= 0");
      case FactorKind::level:
        return named_measure() && named_effect();
      case FactorKind::parameter:
        return named_parameter();
      case FactorKind::load:
        return named_sector() && between(0, kInfinite, ">= 0");
      default:
        return true;
    }
  }

 private:
  const KindKeys& kind() const { return kKinds[static_cast<int>(out_.factor.kind)]; }

  bool has_its_keys() {
    const std::string is = std::string("kind = \"") + kind().kind + "\"";
    bool good = true;
    for (const char* key : kTargetKeys) {
      const bool needed = holds(split_words(kind().needed), key),
                 taken = needed || holds(split_words(kind().optional), key);
      if (keys_.has(key) && !taken) {
        problems_.add(Code::E1822, keys_.place(key), {key, is});
        good = false;
      } else if (needed && !keys_.has(key)) {
        const Key& declaration = declared(sweep_keys(), "factor", key);
        problems_.add(Code::E1111, keys_.place(""), {key, is, declaration.en, declaration.zh});
        good = false;
      }
    }
    return good;
  }

  bool between(double least, double most, const std::string& range) {
    out_.least = least;
    out_.most = most;
    out_.range = range;
    return true;
  }

  bool unknown(const char* key, const std::string& name, const std::vector<std::string>& names) {
    problems_.add(Code::E1803, keys_.place(key), {out_.factor.id, key, name, nearest_of(name, names)});
    return false;
  }

  bool named_measure() {
    const std::string id = out_.factor.measure = keys_.text("measure");
    std::vector<std::string> names;
    for (const Plan& plan : sweep_.plans)
      for (const std::string& name : measure_ids(plan)) names.push_back(name);
    return holds(names, id.c_str()) || unknown("measure", id, names);
  }

  // The first effect of that key among the plans says the unit.
  bool named_effect() {
    const std::string key = out_.factor.key = keys_.text("key");
    std::vector<std::string> names;
    for (const Plan& plan : sweep_.plans)
      for (const Measure& m : plan.measures)
        for (const Effect& effect : m.effects) {
          if (m.id != out_.factor.measure || m.action == ActionKind::stop_diversion ||
              m.action == ActionKind::open_by_level)
            continue;
          const bool removal = m.action == ActionKind::remove_fraction;
          names.push_back(key_of(m, effect));
          if (names.back() == key || (removal && key == "all")) return level_of(m, effect);
        }
    return unknown("key", key, names);
  }

  std::string key_of(const Measure& m, const Effect& effect) const {
    if (effect.constituent >= 0)
      return c_.basin.constituents[static_cast<std::size_t>(effect.constituent)].id;
    if (m.action == ActionKind::raise_release) return "release";
    if (m.action == ActionKind::raise_release_share) return "inflow_share";
    if (m.action == ActionKind::cap_flow) return "at_most";
    if (m.action == ActionKind::scale_width) return "width_factor";
    if (m.action == ActionKind::set_roughness) return "manning_n";
    if (m.action == ActionKind::set_opening) return "opening";
    return m.action == ActionKind::set_parameter ? "value" : "flow";
  }

  bool level_of(const Measure& m, const Effect& effect) {
    const Constituent* constituent =
        effect.constituent < 0 ? nullptr
                               : &c_.basin.constituents[static_cast<std::size_t>(effect.constituent)];
    if (constituent) out_.species = species_of(*constituent);
    switch (m.action) {
      case ActionKind::remove_fraction:
      case ActionKind::raise_release_share:
        return between(0, 1, "0 .. 1");
      case ActionKind::cap_concentration:
        out_.expected = concentration_unit(*constituent);
        return between(0, kInfinite, ">= 0");
      case ActionKind::set_load:
        out_.expected = load_unit(*constituent);
        return between(0, kInfinite, ">= 0");
      case ActionKind::scale_flow:
        return between(-1, kInfinite, ">= -1");
      case ActionKind::add_flow:
        out_.expected = constituent ? concentration_unit(*constituent) : unit::cubic_metre_per_second;
        return constituent ? between(0, kInfinite, ">= 0") : true;
      case ActionKind::scale_width:
        return between(kLeastWidthFactor, kMostWidthFactor, "0.1 .. 10");
      case ActionKind::set_roughness:
        return between(kLeastRoughness, kMostRoughness, "0.005 .. 1");
      case ActionKind::set_opening:
        out_.expected = unit::metre;
        return between(0, kInfinite, ">= 0");
      case ActionKind::cap_flow:
      case ActionKind::raise_release:
        out_.expected = unit::cubic_metre_per_second;
        return between(0, kInfinite, ">= 0");
      default:
        return parameter_level(m);
    }
  }

  bool parameter_level(const Measure& m) {
    const auto within = [&](const Parameter& p) {
      out_.expected = p.unit;
      return between(p.low * p.unit.unit.factor, p.high * p.unit.unit.factor, range_of(p));
    };
    if (sets_dispersion(m))
      for (const Parameter& p : dispersion_parameters())
        if (m.parameter == p.id) return within(p);
    for (const ProcessUse& use : c_.basin.processes)
      if (use.id == m.process)
        for (const Parameter& p : use.process->info().parameters)
          if (m.parameter == p.id) return within(p);
    return false;
  }

  static std::string range_of(const Parameter& p) {
    return std::string(p.id) + " " + number_text(p.low) + " .. " + number_text(p.high) + " " + p.unit.text;
  }

  const ProcessUse* named_process() {
    const std::string id = out_.factor.process = keys_.text("process");
    std::vector<std::string> names;
    for (const ProcessUse& use : c_.basin.processes) {
      if (use.id == id) return &use;
      names.push_back(use.id);
    }
    problems_.add(Code::E1203, keys_.place("process"), {id, nearest_of(id, names), listed(names)});
    return nullptr;
  }

  bool named_parameter() {
    const ProcessUse* use = named_process();
    const std::string id = out_.factor.parameter = keys_.text("parameter");
    if (!use) return false;
    std::vector<std::string> names;
    const auto parameters = use->process->info().parameters;
    for (std::size_t k = 0; k < parameters.size(); ++k) {
      if (id == parameters[k].id) {
        if (is_yield(use->process->info(), k)) check_scaled(*use, k);
        return factor_of(parameters[k], use->parameters[k]);
      }
      names.emplace_back(parameters[k].id);
    }
    problems_.add(Code::E1215, keys_.place("parameter"),
                  {out_.factor.process, id, nearest_of(id, names), listed(names)});
    return false;
  }

  // A stoichiometric number that matter hangs on cannot be unsure.
  void check_scaled(ProcessUse use, std::size_t parameter) {
    use.parameters[parameter].value *= 1.1;
    check_elements(use, c_.basin.constituents, out_.factor.parameter + " x 1.1", keys_.place("parameter"),
                   problems_);
  }

  // The factor may not lead out of the parameter's plausible range, at no stretch; a value of the case that
  // lies outside of it already may stay.
  bool factor_of(const Parameter& p, const ParameterValue& now) {
    const double low = p.low * p.unit.unit.factor, high = p.high * p.unit.unit.factor;
    double least = 0, most = kInfinite;
    const auto meet = [&](double value) {
      if (!(value > 0)) return;
      least = std::max(least, std::min(low, value) / value);
      most = std::min(most, std::max(high, value) / value);
    };
    meet(now.value);
    for (const auto& own : now.stretches) meet(own.value);
    return between(least, most, rounded(least) + " .. " + rounded(most) + " (" + range_of(p) + ")");
  }

  static std::string rounded(double value) {
    const double scale =
        value > 0 && std::isfinite(value) ? std::pow(10, 3 - std::floor(std::log10(value))) : 1;
    return number_text(std::round(value * scale) / scale);
  }

  bool named_sector() {
    const std::string sector = out_.factor.sector = keys_.text("sector");
    std::vector<std::string> names;
    for (const Source& source : c_.basin.sources)
      if (!source.sector.empty() && !holds(names, source.sector.c_str())) names.push_back(source.sector);
    if (sector.empty() || holds(names, sector.c_str())) return true;
    problems_.add(Code::E1209, keys_.place("sector"), {sector, nearest_of(sector, names), listed(names)});
    return false;
  }

  const KeyTable& keys_;
  const Case& c_;
  const Sweep& sweep_;
  ReadFactor& out_;
  Problems& problems_;
};

}  // namespace

bool read_target_of(const KeyTable& keys, const Case& c, const Sweep& sweep, ReadFactor& out,
                    Problems& problems) {
  return TargetReading(keys, c, sweep, out, problems).read();
}

}  // namespace limpid
