#include <algorithm>

#include "io/id_table.hpp"
#include "io/plan_reading.hpp"
#include "io/text.hpp"

namespace limpid {

namespace {

void gather(std::vector<std::string>& names, const std::string& name) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

// Every id that a kind of condition can name in this case.
std::vector<std::string> names_of(const Basin& basin, const std::string& kind) {
  std::vector<std::string> names;
  for (const Source& source : basin.sources) {
    if (kind == "source") names.push_back(source.id);
    if (kind == "sector") gather(names, source.sector);
    if (kind == "county") gather(names, source.county);
    if (kind == "permit") gather(names, source.permit);
  }
  for (const Reach& reach : basin.network.reaches) {
    if (kind == "reach") names.push_back(reach.id);
    if (kind == "stretch") gather(names, reach.stretch);
  }
  if (kind == "station")
    for (const Hydropower& station : basin.stations) names.push_back(station.id);
  if (kind == "structure")
    for (const Structure& structure : basin.network.structures) names.push_back(structure.id);
  return names;
}

struct Kind {
  const char* name;
  Code unknown;
};
constexpr Kind kKinds[] = {{"source", Code::E1212},  {"sector", Code::E1209},   {"county", Code::E1210},
                           {"permit", Code::E1211},  {"reach", Code::E1205},    {"stretch", Code::E1208},
                           {"station", Code::E1528}, {"structure", Code::E1530}};

}  // namespace

std::optional<Target> read_target(const Basin& basin, const std::string& text, const Place& place,
                                  Problems& problems) {
  std::size_t colon = text.find(':');
  std::size_t width = 1;
  if (colon == std::string::npos) colon = text.find("："), width = 3;
  const std::string kind = text.substr(0, colon);
  const auto known =
      std::find_if(std::begin(kKinds), std::end(kKinds), [&](const Kind& k) { return kind == k.name; });
  if (colon == std::string::npos || known == std::end(kKinds)) {
    std::vector<std::string> kinds;
    for (const Kind& k : kKinds) kinds.emplace_back(k.name);
    problems.add(Code::E1501, place, {text, nearest_of(kind, kinds)});
    return std::nullopt;
  }
  const std::string id(trimmed(std::string_view(text).substr(colon + width)));
  const std::vector<std::string> names = names_of(basin, kind);
  // A case without stations or structures knows of none; where it has no sources or reaches, that is told
  // elsewhere.
  const bool known_names = !names.empty() || kind == "station" || kind == "structure";
  if (known_names && std::find(names.begin(), names.end(), id) == names.end()) {
    problems.add(known->unknown, place, {id, nearest_of(id, names), listed(names)});
    return std::nullopt;
  }
  return Target{kind, id};
}

std::vector<Target> read_targets(PlanReading& reading, const KeyTable& keys) {
  std::vector<Target> targets;
  const TomlValue* at = keys.find("at");
  const std::vector<std::string> texts = keys.texts("at");
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Place place = at->kind == TomlKind::list ? at->items[i].place : at->place;
    if (auto target = read_target(reading.c.basin, texts[i], place, reading.problems))
      targets.push_back(std::move(*target));
  }
  return targets;
}

}  // namespace limpid
