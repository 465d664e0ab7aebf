#include "io/case.hpp"

#include <algorithm>

#include "io/case_reading.hpp"
#include "io/text.hpp"

namespace limpid {

namespace fs = std::filesystem;

namespace {

constexpr const char* kCaseFile = "case.toml";

void read_header(CaseReading& reading) {
  const KeyTable keys = reading.table("case");
  keys.refuse_unknown();
  Basin& basin = reading.result.basin;
  basin.id = keys.text("id");
  basin.name_zh = keys.text("name_zh");
  basin.name_en = keys.text("name_en");
  keys.text("description");
}

// The tables at the root: the first parts of all declared tables.
void refuse_unknown_tables(CaseReading& reading) {
  std::vector<std::string> allowed;
  for (const Key& key : case_keys()) {
    const std::string name(
        key.table, std::min(std::string_view(key.table).find('.'), std::string_view(key.table).size()));
    if (std::find(allowed.begin(), allowed.end(), name) == allowed.end()) allowed.push_back(name);
  }
  for (const TomlEntry& entry : reading.toml.root.entries) {
    if (std::find(allowed.begin(), allowed.end(), entry.key) == allowed.end())
      reading.problems.add(Code::E1102, entry.place,
                           {entry.key, reading.result.file, nearest_of(entry.key, allowed), listed(allowed)});
    else if (entry.value.kind != TomlKind::table)
      fits(entry.value, entry.key, KeyType::years, reading.problems);
  }
}

void read_tables(CaseReading& reading) {
  refuse_unknown_tables(reading);
  read_header(reading);
  read_times(reading);
  read_constituents(reading);
  read_derived(reading);
  read_initial(reading);
  read_initial_concentrations(reading);
  read_output(reading);
  read_schemes(reading);
  read_climates(reading);
  read_patterns(reading);
  read_network(reading);
  read_lakes(reading);
  read_outlets(reading);
  read_structures(reading);
  read_hydropower(reading);
  read_sources(reading);
  place_sources(reading);
  read_processes(reading);
  check_layers(reading);
  read_assessment(reading);
  read_sections(reading);
  read_carried(reading);
  read_observations(reading);
  read_tags(reading);
  read_initial_state(reading);
  if (reading.network_built) check_outlets(reading);
  if (reading.network_built) check_structures(reading);
  if (reading.network_built) check_lakes(reading);
  if (reading.network_built) check_slopes(reading);
  if (reading.network_built) check_mixing(reading);
  if (reading.network_built) check_dispersion_formulas(reading);
}

}  // namespace

KeyTable CaseReading::table(const TomlValue* value, const std::string& shown,
                            std::string_view declared_as) const {
  if (value && value->kind != TomlKind::table) value = nullptr;
  return {value, result.file, shown, declared_as, {&case_keys(), &problems, offset, toml.damaged}};
}

const Table* CaseReading::csv(const KeyTable& keys, std::string_view key) {
  const std::string file = keys.text(key);
  return file.empty() ? nullptr : files.table(file, keys.place(key), problems);
}

Case read_case(const fs::path& path, Problems& problems, bool allow_path) {
  Case result;
  const bool folder = fs::is_directory(path);
  result.folder = folder ? path : path.parent_path();
  if (result.folder.empty()) result.folder = ".";
  result.file = folder ? kCaseFile : path.filename().string();
  CaseFiles files(result.folder, allow_path);
  const auto text = files.text(result.file, {}, problems);
  if (!text) return result;
  const TomlFile toml = parse_toml(*text, result.file, problems);
  CaseReading reading(result, toml, files, problems);
  read_tables(reading);
  result.files = files.names();
  return result;
}

}  // namespace limpid
