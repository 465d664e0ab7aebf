#include "io/how_sure_reader.hpp"

#include <algorithm>
#include <cmath>

#include "io/fit_rows.hpp"
#include "io/forcing_years.hpp"
#include "io/id_table.hpp"
#include "io/key_table.hpp"
#include "io/text.hpp"
#include "io/units.hpp"

namespace limpid {

namespace {

class HowSureReading {
 public:
  HowSureReading(const Case& c, const TomlFile& toml, Problems& problems)
      : c_(c), toml_(toml), problems_(problems) {}

  HowSure read() {
    refuse_unknown_tables();
    read_head();
    for_each_table("years", [&](const TomlEntry& e) { read_years_choice(e); });
    for_each_table("parameters", [&](const TomlEntry& e) { read_parameters(e); });
    read_model_errors();
    return std::move(result_);
  }

 private:
  KeyTable table(const TomlValue* value, const std::string& shown, const char* declared_as) const {
    return {value,
            toml_.root.place.file,
            shown,
            declared_as,
            {&how_sure_keys(), &problems_, c_.run.grid.offset, toml_.damaged}};
  }

  void refuse_unknown_tables() {
    const std::vector<std::string> allowed{"how_sure", "years", "parameters", "model_error"};
    for (const TomlEntry& entry : toml_.root.entries)
      if (std::find(allowed.begin(), allowed.end(), entry.key) == allowed.end())
        problems_.add(Code::E1102, entry.place,
                      {entry.key, entry.place.file, nearest_of(entry.key, allowed), listed(allowed)});
  }

  void read_head() {
    const KeyTable keys = table(toml_.root.find("how_sure"), "[how_sure]", "how_sure");
    keys.refuse_unknown();
    result_.uncertainty.members = keys.integer("members", 2, 100000).value_or(100);
    result_.uncertainty.seed = static_cast<std::uint64_t>(keys.integer("seed", 0, 2147483647).value_or(1));
    result_.fit = keys.boolean("fit").value_or(true);
  }

  template <typename Read>
  void for_each_table(const char* name, const Read& read) {
    const TomlValue* value = toml_.root.find(name);
    if (!value) return;
    for (const TomlEntry& entry : value->entries)
      if (entry.value.kind == TomlKind::table)
        read(entry);
      else
        fits(entry.value, std::string("[") + name + "] " + entry.key, KeyType::years, problems_);
  }

  void read_years_choice(const TomlEntry& entry) {
    const KeyTable keys = table(&entry.value, "[years." + entry.key + "]", "years.*");
    if (auto choice = read_choice_of_years(keys, entry.key, c_, problems_))
      result_.uncertainty.years.push_back(std::move(*choice));
  }

  void read_parameters(const TomlEntry& entry) {
    std::vector<std::string> processes;
    const ProcessUse* use = nullptr;
    for (const ProcessUse& u : c_.basin.processes) {
      processes.push_back(u.id);
      if (u.id == entry.key) use = &u;
    }
    if (!use) {
      problems_.add(Code::E1203, entry.place,
                    {entry.key, nearest_of(entry.key, processes), listed(processes)});
      return;
    }
    const KeyTable keys = table(&entry.value, "[parameters." + entry.key + "]", "parameters.*");
    std::vector<std::string> parameters;
    for (const Parameter& p : use->process->info().parameters) parameters.emplace_back(p.id);
    for (const TomlEntry& one : entry.value.entries) {
      if (std::find(parameters.begin(), parameters.end(), one.key) == parameters.end()) {
        problems_.add(Code::E1215, one.place,
                      {entry.key, one.key, nearest_of(one.key, parameters), listed(parameters)});
        continue;
      }
      const auto deviation = keys.quantity_of(one.key, unit::none);
      if (deviation && (*deviation < 0 || *deviation > 3))
        problems_.add(Code::E1330, one.place, {one.key, number_text(*deviation), "0 .. 3", "0 .. 3"});
      else if (deviation)
        result_.uncertainty.parameters.push_back({entry.key, one.key, *deviation});
    }
  }

  void read_model_errors() {
    const TomlValue* value = toml_.root.find("model_error");
    if (!value) return;
    const KeyTable keys = table(value, "[model_error]", "model_error");
    std::vector<std::string> items;
    for (const StandardItem& item : c_.basin.standard.items) items.push_back(item.id);
    for (const TomlEntry& one : value->entries) {
      const StandardItem* item = c_.basin.standard.find(one.key);
      if (!item) {
        problems_.add(Code::E1202, one.place, {one.key, nearest_of(one.key, items), listed(items)});
        continue;
      }
      const bool litre = item->unit == "mg/L";
      const auto deviation = keys.quantity_of(one.key, litre ? unit::mg_per_litre : unit::none);
      if (deviation && *deviation < 0)
        problems_.add(Code::E1330, one.place, {one.key, number_text(*deviation), ">= 0", ">= 0"});
      else if (deviation)
        result_.uncertainty.model_errors.push_back({-1, one.key, *deviation});
    }
  }

  const Case& c_;
  const TomlFile& toml_;
  Problems& problems_;
  HowSure result_;
};

}  // namespace

HowSure read_how_sure(const std::filesystem::path& path, const Case& c, Problems& problems) {
  const std::string name = path.string();
  const auto text = read_text_file(path, name, problems);
  if (!text) return {};
  const TomlFile toml = parse_toml(text->text, name, problems);
  return HowSureReading(c, toml, problems).read();
}

void add_fit_errors(const Case& c, const Record& baseline, Uncertainty& uncertainty) {
  if (!c.observations) return;
  const std::vector<ModelError> own = uncertainty.model_errors;
  for (const FitRow& row : fit_rows(c, baseline)) {
    const bool given = std::any_of(own.begin(), own.end(),
                                   [&](const ModelError& e) { return e.indicator == row.indicator; });
    if (given || !row.fit.rmse) continue;
    for (std::size_t s = 0; s < c.basin.sections.size(); ++s)
      if (c.basin.sections[s].id == row.section_id)
        uncertainty.model_errors.push_back({static_cast<int>(s), row.indicator, *row.fit.rmse});
  }
}

}  // namespace limpid
