// [processes.<id>]: which processes run, on which constituents, with what parameters.
#include <algorithm>

#include "io/case_reading.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

class ProcessReading {
 public:
  ProcessReading(CaseReading& reading, std::string id, const TomlValue& value)
      : reading_(reading),
        id_(std::move(id)),
        keys_(reading.table(&value, "[processes." + id_ + "]", "processes.*")) {}

  void read() {
    const std::string type = keys_.has("type") ? keys_.text("type") : id_;
    const Process* process = find_process(type);
    if (!process) return unknown(type);
    info_ = &process->info();
    use_.id = id_;
    use_.process = process;
    for (const Role& role : info_->roles) use_.constituents.push_back(role_of(role));
    for (const Parameter& parameter : info_->parameters) use_.parameters.push_back(parameter_of(parameter));
    read_where();
    read_stretches();
    refuse_unknown(keys_.entries(), true);
    check_environment();
    reading_.result.basin.processes.push_back(std::move(use_));
  }

 private:
  void unknown(const std::string& type) {
    std::vector<std::string> names;
    for (const Process* process : processes()) names.emplace_back(process->info().id);
    reading_.problems.add(Code::E1203, keys_.place("type"), {type, nearest_of(type, names), listed(names)});
  }

  int role_of(const Role& role) {
    const TomlValue* value = keys_.find(role.id);
    if (!value && role.constituent) {
      const auto number = reading_.constituents.find(role.constituent);
      const auto& meant = reading_.meant;
      const bool told = std::find(meant.begin(), meant.end(), role.constituent) != meant.end();
      if (!number && !told && reading_.constituents.size() > 0)
        reading_.problems.add(Code::E1220, keys_.place(""), {id_, role.id, role.constituent});
      return number.value_or(-1);
    }
    if (!value) {
      reading_.problems.add(Code::E1221, keys_.place(""),
                            {id_, role.id, listed(reading_.constituents.names())});
      return -1;
    }
    if (!fits(*value, keys_.shown() + " " + role.id, KeyType::text, reading_.problems)) return -1;
    return reading_.require_constituent(value->text, value->place).value_or(-1);
  }

  // A parameter stands as `k = "0.2 1/d"`, or as `k.value` and `k.theta`, or with "k.theta" beside it in
  // quotes.
  ParameterValue parameter_of(const Parameter& parameter) {
    ParameterValue result{parameter.unit.unit.to_inside(parameter.value), parameter.theta, {}};
    const std::string theta = std::string(parameter.id) + ".theta";
    const TomlValue* value = keys_.find(parameter.id);
    const TomlValue* factor = keys_.find(theta);
    if (value && value->kind == TomlKind::table) {
      factor = value->find("theta");
      refuse_parts(*value, parameter.id);
      value = value->find("value");
    }
    if (value)
      result.value = quantity(*value, parameter).value_or(result.value);
    else if (parameter.required())
      reading_.problems.add(Code::E1103, keys_.place(""),
                            {parameter.id, keys_.shown(), parameter.meaning, parameter.meaning});
    if (factor) result.theta = theta_of(*factor, theta).value_or(result.theta);
    return result;
  }

  void refuse_parts(const TomlValue& table, const std::string& parameter) {
    const std::vector<std::string> allowed{"value", "theta"};
    for (const TomlEntry& entry : table.entries)
      if (entry.key != "value" && entry.key != "theta")
        reading_.problems.add(
            Code::E1102, entry.place,
            {entry.key, keys_.shown() + " " + parameter, nearest_of(entry.key, allowed), listed(allowed)});
  }

  std::optional<double> theta_of(const TomlValue& value, const std::string& name) {
    if (!fits(value, keys_.shown() + " " + name, KeyType::number, reading_.problems)) return std::nullopt;
    if (value.number >= 0.8 && value.number <= 1.3) return value.number;
    reading_.problems.add(Code::E1330, value.place, {name, value.text, "0.8 .. 1.3", "0.8 .. 1.3"});
    return std::nullopt;
  }

  std::optional<double> quantity(const TomlValue& value, const Parameter& parameter) {
    const std::string what = keys_.shown() + " " + parameter.id;
    if (!fits(value, what, KeyType::quantity, reading_.problems)) return std::nullopt;
    const auto inside = parse_quantity(value.text, parameter.unit, value.place, what, reading_.problems);
    if (inside)
      check_plausible(*inside, value.text, parameter.unit, parameter.low, parameter.high, value.place, what,
                      reading_.problems);
    return inside;
  }

  void read_where() {
    use_.where = static_cast<Compartment>(keys_.choice("where").value_or(0));
    if (use_.where == Compartment::channel) return;
    if (!reading_.result.basin.has_storage()) reading_.problems.add(Code::E1234, keys_.place("where"), {id_});
    for (const int c : use_.constituents)
      if (c >= 0 && reading_.constituent(c).phase == Phase::attached)
        reading_.problems.add(Code::E1235, keys_.place("where"), {id_, reading_.constituent(c).id});
  }

  void read_stretches() {
    const TomlValue* stretches = keys_.sub_table("stretch");
    if (!stretches) return;
    for (const TomlEntry& entry : stretches->entries) {
      if (reading_.reaches.size() > 0) reading_.stretches.require(entry.key, entry.place, reading_.problems);
      if (!fits(entry.value, entry.key, KeyType::years, reading_.problems)) continue;
      refuse_unknown(entry.value.entries, false);
      for (std::size_t p = 0; p < info_->parameters.size(); ++p)
        if (const TomlValue* value = entry.value.find(info_->parameters[p].id))
          if (const auto inside = quantity(*value, info_->parameters[p]))
            use_.parameters[p].stretches.push_back({entry.key, *inside});
    }
  }

  void refuse_unknown(const std::vector<TomlEntry>& entries, bool whole) {
    std::vector<std::string> allowed;
    for (const Parameter& parameter : info_->parameters) allowed.emplace_back(parameter.id);
    std::vector<std::string> silent = allowed;
    if (whole) {
      for (const Role& role : info_->roles) allowed.emplace_back(role.id);
      silent = allowed;
      for (const Parameter& parameter : info_->parameters)
        silent.push_back(std::string(parameter.id) + ".theta");
      silent.insert(silent.end(), {"type", "where", "stretch"});
    }
    for (const TomlEntry& entry : entries)
      if (std::find(silent.begin(), silent.end(), entry.key) == silent.end())
        reading_.problems.add(Code::E1215, entry.place,
                              {id_, entry.key, nearest_of(entry.key, silent), listed(allowed)});
  }

  bool reads(Env wanted) const {
    return std::find(info_->environment.begin(), info_->environment.end(), wanted) !=
           info_->environment.end();
  }

  void check_environment() {
    if (reading_.constituents.contains("temperature")) return check_weather();
    bool warm = reads(Env::temperature);
    for (const ParameterValue& parameter : use_.parameters) warm = warm || parameter.theta != 1;
    if (!reading_.climate_given && warm) reading_.problems.add(Code::W1228, keys_.place(""), {id_});
    check_weather();
  }

  void check_weather() {
    for (const CaseReading::MissingWeather& missing : reading_.missing_weather)
      if (reads(missing.what))
        reading_.problems.add(Code::E1227, keys_.place(""), {id_, missing.keys, missing.climate});
  }

  CaseReading& reading_;
  std::string id_;
  KeyTable keys_;
  const ProcessInfo* info_ = nullptr;
  ProcessUse use_;
};

}  // namespace

void read_processes(CaseReading& reading) {
  const KeyTable all = reading.table("processes");
  for (const TomlEntry& entry : all.entries())
    if (const TomlValue* value = all.sub_table(entry.key)) ProcessReading(reading, entry.key, *value).read();
}

void read_schemes(CaseReading& reading) {
  Schemes& schemes = reading.result.basin.schemes;
  const KeyTable hydraulics = reading.table("hydraulics"), transport = reading.table("transport"),
                 kinetics = reading.table("kinetics");
  for (const KeyTable* keys : {&hydraulics, &transport, &kinetics}) keys->refuse_unknown();
  schemes.hydraulics = static_cast<HydraulicScheme>(hydraulics.choice("scheme").value_or(1));
  schemes.transport = static_cast<TransportScheme>(transport.choice("scheme").value_or(0));
  schemes.dispersion = transport.boolean("dispersion").value_or(true);
  schemes.kinetics_sub_steps = kinetics.integer("sub_steps", 0, 1000).value_or(0);
}

}  // namespace limpid
