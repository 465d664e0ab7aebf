// [processes] set, [processes.<id>]: which processes run, on which constituents, with what parameters.
#include <algorithm>
#include <map>

#include "io/case_reading.hpp"
#include "io/element_check.hpp"
#include "io/parameter_range.hpp"
#include "io/units.hpp"
#include "io/weir_length.hpp"
#include "model/bed_twice.hpp"
#include "model/process_set.hpp"

namespace limpid {

namespace {

class ProcessReading {
 public:
  // value: the case's own table, or nullptr; member: what the case's set says of this process, or nullptr.
  ProcessReading(CaseReading& reading, std::string id, const TomlValue* value, const SetMember* member)
      : reading_(reading),
        id_(std::move(id)),
        keys_(reading.table(value, "[processes." + id_ + "]", "processes.*")),
        member_(member) {}

  void read() {
    if (!keys_.boolean("use").value_or(true)) return;
    const std::string type = keys_.has("type") ? keys_.text("type") : (member_ ? member_->type : id_);
    const Process* process = find_process(type);
    if (!process) return unknown(type);
    info_ = &process->info();
    if (member_ && type != member_->type) member_ = nullptr;
    if (member_ && !has_its_first_constituent()) return;
    use_.id = id_;
    use_.process = process;
    for (const Role& role : info_->roles) use_.constituents.push_back(role_of(role));
    for (const Parameter& parameter : info_->parameters) use_.parameters.push_back(parameter_of(parameter));
    read_where();
    read_stretches();
    refuse_unknown(keys_.entries(), true);
    check_environment();
    check_balance();
    reading_.result.basin.processes.push_back(std::move(use_));
  }

 private:
  void unknown(const std::string& type) {
    std::vector<std::string> names;
    for (const Process* process : processes()) names.emplace_back(process->info().id);
    reading_.problems.add(Code::E1203, keys_.place("type"), {type, nearest_of(type, names), listed(names)});
  }

  std::string default_of(const Role& role) const {
    return member_ ? set_constituent(*member_, role) : role.default_id();
  }

  bool has_its_first_constituent() const {
    for (const Role& role : info_->roles)
      if (!role.optional())
        return keys_.has(role.id) || reading_.constituents.find(default_of(role)).has_value();
    return true;
  }

  int role_of(const Role& role) {
    const TomlValue* value = keys_.find(role.id);
    const std::string preset = default_of(role);
    if (!value && !preset.empty()) {
      const auto number = reading_.constituents.find(preset);
      const auto& meant = reading_.meant;
      const bool told = std::find(meant.begin(), meant.end(), preset) != meant.end();
      if (!number && !told && !role.optional() && reading_.constituents.size() > 0)
        reading_.problems.add(Code::E1220, keys_.place(""), {id_, role.id, preset});
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
    const SetMember::Value* of_set = member_ ? set_value(*member_, parameter.id) : nullptr;
    ParameterValue result{parameter.unit.unit.to_inside(of_set ? of_set->value : parameter.value),
                          of_set ? of_set->theta : parameter.theta,
                          {}};
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
    else if (parameter.required() && !of_set)
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
    if (inside) check_parameter(*inside, value.text, parameter, what, value.place, reading_.problems);
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
          if (const auto inside = quantity(*value, info_->parameters[p])) {
            use_.parameters[p].stretches.push_back({entry.key, *inside});
            if (is_yield(*info_, p)) yields_on_.emplace(entry.key, value->place);
          }
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
      silent.insert(silent.end(), {"type", "where", "stretch", "use"});
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

  // Where a stretch has stoichiometric numbers of its own, also with those.
  void check_balance() {
    const auto& constituents = reading_.result.basin.constituents;
    check_elements(use_, constituents, "", keys_.place(""), reading_.problems);
    for (const auto& [stretch, place] : yields_on_)
      check_elements(on_stretch(use_, stretch), constituents, "stretch " + stretch, place, reading_.problems);
  }

  CaseReading& reading_;
  std::string id_;
  KeyTable keys_;
  const SetMember* member_;
  const ProcessInfo* info_ = nullptr;
  ProcessUse use_;
  std::map<std::string, Place> yields_on_;  // stretches with stoichiometric numbers: where the first stands
};

}  // namespace

namespace {

const SetMember* member_of(const ProcessSet* set, const std::string& id) {
  if (!set) return nullptr;
  for (const SetMember& member : set->members)
    if (id == member.id) return &member;
  return nullptr;
}

// The process of the basin that provides a value in a compartment; nullptr if none does.
const ProcessUse* provider_of(const Basin& basin, const char* id, Compartment where) {
  for (const ProcessUse& use : basin.processes)
    if (use.where == where && provided_index(use.process->info(), id) >= 0) return &use;
  return nullptr;
}

// What of the case decides which processes of its set act.
SetCase set_case(const CaseReading& reading, const KeyTable& all) {
  const auto still = [](const CaseReading::MissingWeather& missing) { return missing.what == Env::wind; };
  SetCase in;
  in.has = [&](const std::string& id) { return reading.constituents.contains(id); };
  in.windy = std::ranges::none_of(reading.missing_weather, still);
  for (const TomlEntry& entry : all.entries()) {
    if (entry.value.kind != TomlKind::table) continue;
    const TomlValue *use = entry.value.find("use"), *type = entry.value.find("type");
    if (use && use->kind == TomlKind::boolean && !use->boolean)
      in.left_out.push_back(entry.key);
    else
      in.named.push_back({entry.key, type ? type->text : entry.key});
  }
  return in;
}

std::vector<SetMember> members_that_act(const CaseReading& reading, const ProcessSet& set,
                                        const KeyTable& all) {
  const SetCase in = set_case(reading, all);
  std::vector<SetMember> list;
  std::ranges::copy_if(set.members, std::back_inserter(list),
                       [&](const SetMember& member) { return acts(set, member, in); });
  return list;
}

// What the bed takes up is taken up once.
void check_bed(CaseReading& reading, const KeyTable& all) {
  const Basin& basin = reading.result.basin;
  for (const BedTwice& twice : bed_twice(basin)) {
    const auto id = [&](int use) { return basin.processes[static_cast<std::size_t>(use)].id; };
    reading.problems.add(Code::E1250, all.place(id(all.has(id(twice.second)) ? twice.second : twice.first)),
                         {id(twice.first), id(twice.second), reading.constituent(twice.constituent).id});
  }
}

// Each value that a process reads has one process that provides it.
void check_provision(CaseReading& reading, const KeyTable& all) {
  const Basin& basin = reading.result.basin;
  for (const ProcessUse& use : basin.processes) {
    for (const Reading& needed : use.process->info().readings)
      if (needed.required() && !provider_of(basin, needed.id, use.where))
        reading.problems.add(Code::E1246, all.place(use.id),
                             {use.id, needed.id, find_provider(needed.id)->info().id});
    for (const Provided& value : use.process->info().provides) {
      const ProcessUse* first = provider_of(basin, value.id, use.where);
      if (first != &use) reading.problems.add(Code::E1247, all.place(use.id), {first->id, use.id, value.id});
    }
  }
}

}  // namespace

void read_processes(CaseReading& reading) {
  const KeyTable all = reading.table("processes");
  const ProcessSet* set = nullptr;
  if (const auto choice = all.choice("set"); choice && *choice > 0)
    set = &process_sets()[static_cast<std::size_t>(*choice - 1)];
  if (set)
    for (const SetMember& member : members_that_act(reading, *set, all))
      ProcessReading(reading, member.id, all.has(member.id) ? all.sub_table(member.id) : nullptr, &member)
          .read();
  for (const TomlEntry& entry : all.entries())
    if (entry.key != "set" && !member_of(set, entry.key))
      if (const TomlValue* value = all.sub_table(entry.key))
        ProcessReading(reading, entry.key, value, nullptr).read();
  check_provision(reading, all);
  check_bed(reading, all);
  check_weir_lengths(reading, all);
}

void read_schemes(CaseReading& reading) {
  Schemes& schemes = reading.result.basin.schemes;
  const KeyTable hydraulics = reading.table("hydraulics"), transport = reading.table("transport"),
                 kinetics = reading.table("kinetics");
  for (const KeyTable* keys : {&hydraulics, &transport, &kinetics}) keys->refuse_unknown();
  schemes.hydraulics = static_cast<HydraulicScheme>(hydraulics.choice("scheme").value_or(1));
  schemes.transport = static_cast<TransportScheme>(transport.choice("scheme").value_or(0));
  schemes.dispersion = transport.boolean("dispersion").value_or(true);
  schemes.integrator = static_cast<KineticsIntegrator>(kinetics.choice("integrator").value_or(0));
  schemes.kinetics_sub_steps = kinetics.integer("sub_steps", 0, 1000).value_or(0);
}

}  // namespace limpid
