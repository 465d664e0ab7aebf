#include "scenarios/plan_difference.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace limpid {

namespace {

constexpr double kYear = 365.25 * 86400, kKgPerDay = 86.4, kJoulesPerKwh = 3.6e6;

std::string number(double value) {
  char text[40];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::general, 10).ptr;
  return {text, end};
}

std::string period_text(const Period& p) {
  std::string text = "P";
  if (p.months) text += std::to_string(p.months) + "M";
  if (p.seconds % 86400 == 0)
    text += p.seconds || !p.months ? std::to_string(p.seconds / 86400) + "D" : "";
  else
    text += "T" + std::to_string(p.seconds) + "S";
  return text;
}

const char* action_name(ActionKind kind) {
  constexpr const char* kNames[] = {
      "remove_fraction", "cap_concentration", "set_load",      "scale_flow",
      "add_flow",        "set_parameter",     "raise_release", "raise_release_share",
      "stop_diversion",  "cap_flow",          "scale_width",   "set_roughness",
      "set_opening",     "open_by_level"};
  return kNames[static_cast<int>(kind)];
}

std::string effect_of(const Basin& basin, const Measure& m) {
  std::string text = action_name(m.action);
  if (m.action == ActionKind::set_parameter) text += " " + m.process + "." + m.parameter;
  for (const Effect& e : m.effects) {
    const bool load = m.action == ActionKind::set_load;
    text += " ";
    if (e.constituent >= 0) text += basin.constituents[static_cast<std::size_t>(e.constituent)].id + "=";
    text += number(load ? e.value * kKgPerDay : e.value);
    if (load) text += " kg/d";
    const bool flow = m.action == ActionKind::add_flow || m.action == ActionKind::cap_flow ||
                      m.action == ActionKind::raise_release;
    if (flow && e.constituent < 0) text += " m3/s";
    if (m.action == ActionKind::set_opening || m.action == ActionKind::open_by_level) text += " m";
    if (m.action == ActionKind::cap_concentration || (m.action == ActionKind::add_flow && e.constituent >= 0))
      text +=
          std::string(" ") + basin.constituents[static_cast<std::size_t>(e.constituent)].concentration_unit();
  }
  return m.coverage == 1 ? text : text + " on " + number(m.coverage);
}

std::string at_of(const Measure& m) {
  std::vector<std::string> places;
  for (const Target& t : m.at) places.push_back(t.kind + ":" + t.id);
  std::sort(places.begin(), places.end());
  std::string text;
  for (const std::string& place : places) text += (text.empty() ? "" : " ") + place;
  return text;
}

std::string course_of(const Measure& m) {
  std::string text;
  if (m.half_life > 0) text += "half_life " + number(m.half_life / 86400) + " d";
  if (m.relapse > 0) text += "relapse " + number(m.relapse / 86400) + " d";
  return text;
}

using Parts = std::vector<const Measure*>;

Parts parts_of(const Plan& plan, const std::string& id) {
  Parts parts;
  for (const Measure& m : plan.measures)
    if (m.id == id) parts.push_back(&m);
  return parts;
}

// What every action says, told once each.
template <typename Text>
std::string joined(const Parts& parts, const Text& text) {
  std::vector<std::string> all;
  for (const Measure* m : parts)
    if (const std::string one = text(*m); std::find(all.begin(), all.end(), one) == all.end())
      all.push_back(one);
  std::string line;
  for (const std::string& one : all) line += (line.empty() ? "" : "; ") + one;
  return line;
}

using Fields = std::vector<std::pair<std::string, std::string>>;

Fields fields_of(const Basin& basin, const Parts& parts, std::chrono::seconds offset) {
  const Measure& first = *parts.front();
  return {{"at", joined(parts, at_of)},
          {"effect", joined(parts, [&](const Measure& m) { return effect_of(basin, m); })},
          {"start", format_date(first.start, offset)},
          {"end", first.end ? format_date(*first.end, offset) : ""},
          {"lag", period_text(first.lag)},
          {"ramp", period_text(first.ramp)},
          {"season", first.season ? first.season->text() : ""},
          {"course", course_of(first)},
          {"capex", number(first.capex)},
          {"opex", number(first.opex * kYear)},
          {"energy", number(first.energy * kYear / kJoulesPerKwh)}};
}

}  // namespace

std::vector<MeasureDifference> differences(const Basin& basin, const Plan& first, const Plan& second,
                                           std::chrono::seconds offset) {
  std::vector<MeasureDifference> list;
  for (const std::string& id : measure_ids(first)) {
    const Parts other = parts_of(second, id);
    if (other.empty()) {
      list.push_back({id, "measure", "present", "absent"});
      continue;
    }
    const Fields a = fields_of(basin, parts_of(first, id), offset), b = fields_of(basin, other, offset);
    for (std::size_t f = 0; f < a.size(); ++f)
      if (a[f].second != b[f].second) list.push_back({id, a[f].first, a[f].second, b[f].second});
  }
  for (const std::string& id : measure_ids(second))
    if (parts_of(first, id).empty()) list.push_back({id, "measure", "absent", "present"});
  return list;
}

}  // namespace limpid
