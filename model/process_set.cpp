#include "model/process_set.hpp"

#include <algorithm>
#include <string>

namespace limpid {
namespace {

constexpr const char* kDecay = "first_order_decay";

SetMember decay(const char* id, const char* constituent, double k, double theta, const char* source) {
  return {id, kDecay, {{"constituent", constituent}}, {{"k", k, theta, source}}};
}
SetMember sinking(const char* id, const char* constituent, double v_s, const char* source,
                  When when = When::there) {
  return {id, "settling", {{"constituent", constituent}}, {{"v_s", v_s, 1.024, source}}, when};
}

constexpr const char* kAlgaeSink = "ClearWater-modules 0.15, SWAT+ 1.0; theta SWAT+";
constexpr const char* kOrganicSink =
    "as algae (ClearWater-modules 0.15), to be verified for organic matter; theta SWAT+";
constexpr const char* kSolidsSink = "to be verified: of the grain; theta SWAT+";
constexpr const char* kPathogenSink =
    "to be verified: what clings to fine particles sinks with them, as organic matter; theta SWAT+";

ProcessSet screening() {
  return {"screening",
          "筛查：各指标一级降解（随水温）与沉降（常用一维水质模型）",
          "screening: first-order decay with temperature and settling, each indicator for itself",
          {decay("decay_COD_Mn", "COD_Mn", 0.2, 1.047, "to be verified: 0.1 to 0.3 in Chinese practice"),
           decay("decay_COD_Cr", "COD_Cr", 0.2, 1.047, "to be verified: 0.1 to 0.3 in Chinese practice"),
           decay("decay_BOD5", "BOD5", 0.23, 1.047, "as CBOD: conventional 0.1 1/d to base 10"),
           decay("decay_NH3_N", "NH3_N", 0.1, 1.083, "as nitrification: ClearWater-modules, DELWAQ"),
           decay("decay_TN", "TN", 0.05, 1.047, "to be verified"),
           decay("decay_TP", "TP", 0.05, 1.047, "to be verified"),
           decay("decay_petroleum", "petroleum", 0.1, 1.047, "to be verified"),
           decay("decay_phenol", "phenol", 0.3, 1.047, "to be verified"),
           decay("decay_fecal_coliform", "fecal_coliform", 0.8, 1.07, "ClearWater-modules, DELWAQ (E. coli)"),
           sinking("settling_TSS", "TSS", 0.5, kSolidsSink)}};
}

ProcessSet river() {
  return {"river",
          "河流：碳、氧、氮、磷、藻类、pH、病原指示菌与底泥的耦合水质",
          "river: coupled carbon, oxygen, nitrogen, phosphorus, plants, pH, pathogens and the bed",
          {{"underwater_light", "underwater_light"},
           {"carbonate_system", "carbonate_system"},
           {"reaeration", "reaeration"},
           {"wind_reaeration", "wind_reaeration", {}, {}, When::windy},
           {"weir_reaeration", "weir_reaeration", {}, {}, When::asked},
           {"co2_exchange", "co2_exchange"},
           {"ammonia_exchange", "ammonia_exchange", {}, {}, When::windy, {"DO", "DIC", "alkalinity"}},
           {"cbod_hydrolysis", "cbod_hydrolysis"},
           {"cbod_fast_oxidation", "cbod_oxidation"},
           {"cbod_slow_oxidation",
            "cbod_oxidation",
            {{"cbod", "CBOD_slow"}},
            {{"k_d", 0.01, 1.047, "slow pool 0.001 to 0.01 (Hydrolitica docs); theta ClearWater-modules"}}},
           {"detritus_dissolution", "detritus_dissolution"},
           {"organic_nitrogen_hydrolysis", "organic_nitrogen_hydrolysis"},
           {"organic_phosphorus_hydrolysis", "organic_phosphorus_hydrolysis"},
           {"nitritation", "nitritation"},
           {"nitratation", "nitratation"},
           {"denitrification", "denitrification"},
           {"phytoplankton", "phytoplankton"},
           {"bottom_algae", "bottom_algae"},
           {"pathogen_decay", "pathogen_decay"},
           sinking("settling_phytoplankton", "phytoplankton", 0.15, kAlgaeSink, When::settles),
           sinking("settling_detritus", "detritus", 0.15, kOrganicSink, When::settles),
           sinking("settling_ORGN", "ORGN", 0.15, kOrganicSink, When::settles),
           sinking("settling_ORGP", "ORGP", 0.15, kOrganicSink, When::settles),
           sinking("settling_fecal_coliform", "fecal_coliform", 0.15, kPathogenSink),
           sinking("settling_ISS", "ISS", 0.5, kSolidsSink),
           {"sediment_oxygen_demand", "sediment_oxygen_demand", {}, {}, When::asked},
           {"sediment_flux", "sediment_flux", {}, {}, When::asked},
           {"sediment_diagenesis", "sediment_diagenesis", {}, {}, When::stored, {"detritus", "bed_POC_G1"}}}};
}

bool is_named(const SetCase& in, std::string_view id) {
  return std::ranges::any_of(in.named, [&](const SetCase::Named& n) { return n.id == id; });
}
bool names_bed(const SetCase& in) {
  return std::ranges::any_of(in.named, [](const SetCase::Named& n) { return is_of_bed(n.type); });
}
bool has_all(const SetCase& in, const std::vector<const char*>& constituents) {
  return std::ranges::all_of(constituents, [&](const char* id) { return in.has(id); });
}

// Whether the set's own process of the bed acts.
bool brings_bed(const ProcessSet& set, const SetCase& in) {
  return std::ranges::any_of(set.members, [&](const SetMember& member) {
    return member.when == When::stored && std::ranges::count(in.left_out, member.id) == 0 &&
           has_all(in, member.with);
  });
}

}  // namespace

const std::vector<ProcessSet>& process_sets() {
  static const std::vector<ProcessSet> sets = {screening(), river()};
  return sets;
}

const ProcessSet* find_process_set(std::string_view id) {
  for (const ProcessSet& set : process_sets())
    if (id == set.id) return &set;
  return nullptr;
}

const SetMember::Value* set_value(const SetMember& member, std::string_view parameter) {
  const auto found = std::find_if(member.values.begin(), member.values.end(),
                                  [&](const SetMember::Value& v) { return parameter == v.parameter; });
  return found == member.values.end() ? nullptr : &*found;
}

std::string set_constituent(const SetMember& member, const Role& role) {
  for (const SetMember::Bound& bound : member.roles)
    if (std::string_view(role.id) == bound.role) return bound.constituent;
  return role.default_id();
}

bool is_of_bed(std::string_view type) {
  return type == "sediment_flux" || type == "sediment_diagenesis";
}

bool acts(const ProcessSet& set, const SetMember& member, const SetCase& in) {
  if (std::ranges::count(in.left_out, member.id) > 0) return false;
  if (is_named(in, member.id)) return true;
  if (!has_all(in, member.with)) return false;
  switch (member.when) {
    case When::there:
      return true;
    case When::windy:
      return in.windy;
    case When::asked:
      return false;
    case When::settles:
      return !names_bed(in) && !brings_bed(set, in);
    case When::stored:
      return !names_bed(in);
  }
  return true;
}

}  // namespace limpid
