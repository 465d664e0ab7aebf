#include "scenarios/measure_library.hpp"

#include <algorithm>
#include <cmath>

#include "model/elementary.hpp"

namespace limpid {

namespace {

constexpr const char* kBufferPhosphorus =
    "mean of a meta-analysis of 36 articles 54.5 %, 95 % interval 46.1 to 61.6 %, Bayesian 19.6 to 71.2 % "
    "(Frontiers in Water 2022, 882560)";
constexpr const char* kBufferNitrogen =
    "2 % slope grass strip 36 % (Water Sci. Technol. 82, 351) to forest strip of 15 m 65 % (Water Supply 21, "
    "3541)";
constexpr const char* kBufferAmmonia =
    "2 % slope grass strip 34 % (Water Sci. Technol. 82, 351) to forest strip of 15 m 68 % (Water Supply 21, "
    "3541)";
constexpr RemovalRange kBuffer[] = {
    {"TP", 0.196, 0.712, kBufferPhosphorus, Status::one_source},
    {"TN", 0.36, 0.65, kBufferNitrogen, Status::one_source},
    {"NH3_N", 0.34, 0.68, kBufferAmmonia, Status::one_source},
    {"TSS", 0.50, 0.98, "filter strips 2.5 to 20 m wide (fact sheet, second hand)", Status::one_source},
};

constexpr const char* kErhai =
    "up to the mean of more than 10 years of an estuarine wetland at Erhai (Water 17, 352), which declined "
    "with age; the upper bound is not published";
constexpr RemovalRange kWetland[] = {
    {"TN", 0.0, 0.362, kErhai, Status::one_source},
    {"TP", 0.0, 0.267, kErhai, Status::one_source},
    {"COD_Mn", 0.0, 0.307, kErhai, Status::one_source},
};

constexpr const char* kFertiliser =
    "loss falls by 0.8 to 1.2 times the cut, of at most all; domain knowledge, no source read";
constexpr RemovalRange kFertiliserCut[] = {
    {"TN", 0.0, 0.9, kFertiliser, Status::unverified},
    {"NO3_N", 0.0, 0.9, kFertiliser, Status::unverified},
    {"TP", 0.0, 0.9, "10 to 90 % less P was tried for its yield (Agronomy 13, 2436)", Status::one_source},
};

constexpr const char* kRural =
    "2 and 12 of 30 rural works met class 1A and 1B (Water 16, 1901): removal below 1; the bounds are domain "
    "knowledge";
constexpr RemovalRange kVillages[] = {
    {"NH3_N", 0.3, 0.95, kRural, Status::unverified},
    {"TP", 0.2, 0.9, kRural, Status::unverified},
    {"TN", 0.2, 0.8, kRural, Status::unverified},
};

constexpr WetlandRate kRates[] = {
    // Kadlec & Knight 1996, free water surface, from memory: unverified
    {"BOD5", 34, 3.5, 0.053, 1.00},
    {"CBOD_fast", 34, 3.5, 0.053, 1.00},
    {"TSS", 1000, 5.1, 0.16, 1.00},
    {"ORGN", 17, 1.5, 0, 1.05},
    {"NH3_N", 18, 0, 0, 1.04},
    {"NO3_N", 35, 0, 0, 1.09},
    {"TN", 22, 1.5, 0, 1.05},
    {"TP", 12, 0.02, 0, 1.00},
    {"fecal_coliform", 75, 3e6, 0, 1.00},  // C* 300 in 100 mL, in 1/m3
};

const std::vector<MeasureType> kTypes = {
    {"works_built", MeasureForm::limits, "sewage works built", "新建污水处理厂",
     "the outfalls of the place keep to the effluent limits for the share `coverage` of their water "
     "(cap_concentration); `flow` adds water",
     "该处排口中 coverage 所占水量执行出水限值（cap_concentration）；flow 为新增水量", true, "coverage flow",
     "", "NH3_N = \"1.5 mg/L\", coverage = 0.9"},
    {"works_upgrade", MeasureForm::limits, "sewage works upgraded", "污水处理厂提标",
     "as works_built, at the outfall of works that stand", "同 works_built，用于现有污水处理厂", true,
     "coverage flow", "", "NH3_N = \"1.5 mg/L\", TP = \"0.3 mg/L\""},
    {"interception", MeasureForm::removal, "interception of outfalls", "截污",
     "the share `coverage` of the load leaves the place, of the constituents given or of all "
     "(remove_fraction); what the works that take it in let out is a measure at the works",
     "coverage 所占负荷离开该处（所列组分，或全部；remove_fraction）；接纳它的污水厂之排放须另列措施", true,
     "coverage all", "coverage", "coverage = 0.85"},
    {"village_sewage", MeasureForm::spread, "village sewage treated", "农村生活污水治理",
     "coverage grows from coverage_before, which the inventory's load has in it, to coverage; removal by "
     "constituent where it is collected (remove_fraction r (after - before)/(1 - before r))",
     "覆盖率由 coverage_before（清单负荷已含）增至 coverage；按组分给出收集后的去除率（remove_fraction "
     "r(后-前)/(1-前·r)）",
     true, "coverage_before coverage coverage_falls all", "coverage",
     "coverage_before = 0.2, coverage = 0.8, NH3_N = 0.6", kVillages},
    {"livestock_manure", MeasureForm::spread, "livestock manure used", "畜禽粪污资源化利用",
     "as village_sewage: coverage is the share of the animals whose manure is kept from the water",
     "同 village_sewage：coverage 为粪污得到利用的养殖量所占比例", true,
     "coverage_before coverage coverage_falls all", "coverage",
     "coverage_before = 0.4, coverage = 0.85, all = 0.9"},
    {"fertiliser_cut", MeasureForm::cut, "less fertiliser", "化肥减量",
     "the constituents' use is cut; the load falls by `response` times that (remove_fraction), behind a soil "
     "store with the half-life half_life",
     "按组分给出用量削减比例；负荷按 response 倍下降（remove_fraction），经土壤存量以 half_life "
     "为半衰期滞后",
     true, "response", "half_life", "TP = 0.2, NO3_N = 0.2, half_life = \"P4Y\"", kFertiliserCut},
    {"pesticide_cut", MeasureForm::cut, "less pesticide", "农药减量", "as fertiliser_cut",
     "同 fertiliser_cut", true, "response", "half_life", "atrazine = 0.3, half_life = \"P1Y\""},
    {"wetland", MeasureForm::wetland, "treatment wetland", "人工湿地",
     "at each source of the place the P-k-C* model gives a removal from its mean flow and concentration over "
     "the run, for the share `coverage` of the water (remove_fraction); a constituent's own key gives k20 in "
     "place of the library's",
     "按各源的计算期平均流量与浓度，用 P-k-C* 模型求去除率，作用于 coverage "
     "所占水量（remove_fraction）；组分键可给出 k20 取代库值",
     true, "area tanks temperature coverage", "area", "area = \"3 万m2\", NH3_N = \"18 m/a\"", kWetland},
    {"buffer", MeasureForm::removal, "riparian buffer", "河岸缓冲带",
     "removal by constituent on the share `coverage` of the bank (remove_fraction)",
     "按组分给出去除率，作用于 coverage 所占岸线（remove_fraction）", true, "coverage", "",
     "TP = 0.5, coverage = 0.6", kBuffer},
    {"dredging", MeasureForm::bed, "dredging", "清淤",
     "oxygen demand and release of the bed on a stretch fall by `reduction` (set_parameter of "
     "sediment_oxygen_demand and internal_release); relapse is the half-life by which they come back",
     "河区底泥耗氧与释放按 reduction 下降（对 sediment_oxygen_demand、internal_release 作 "
     "set_parameter）；relapse 为回退半衰期",
     false, "reduction", "reduction relapse", "at = \"stretch:M\", reduction = 0.6, relapse = \"P3Y\""},
    {"aeration", MeasureForm::oxygen, "aeration", "曝气",
     "oxygen = power x efficiency x field_factor goes in at the source (set_load of DO)",
     "于该源投入氧量 = 功率 × 动力效率 × 现场系数（DO 的 set_load）", false, "power efficiency field_factor",
     "power", "power = \"30 kW\", efficiency = \"1.5 kg/kWh\""},
    {"ecological_release", MeasureForm::release, "ecological release", "生态流量下泄",
     "at hydropower stations (station:, or those of a county): what they leave below their intake before any "
     "water is diverted rises to `release`, one flow or twelve by month, and to `inflow_share` of what "
     "arrives, the larger of both (raise_release, raise_release_share). At a source: `flow` is added, at the "
     "concentrations it has (add_flow)",
     "作用于水电站（station:，或某县各站）：取水前优先下泄的流量提高到 "
     "release（一个流量，或逐月十二个）与来水的 "
     "inflow_share 比例，两者取大（raise_release、raise_release_share）。作用于源：增加水量 "
     "flow，浓度不变（add_flow）",
     false, "release inflow_share flow", "",
     "release = \"0.3 m3/s\" or inflow_share = 0.1 at station:ID, flow = \"0.85 m3/s\" at source:ID"},
    {"station_removed", MeasureForm::removed, "hydropower station removed", "小水电站退出",
     "nothing is diverted any more: all water stays in the bypassed stretch (stop_diversion)",
     "不再引水，全部来水留在减脱水河段（stop_diversion）", false, "", "", "at = \"station:ID\""},
    {"water_transfer", MeasureForm::flow, "water transfer", "引调水",
     "water is added at the source, as a rule with flow 0 in the inventory, with the concentrations that the "
     "measure gives; of what it does not give the source's own (add_flow). From another place of the basin: "
     "at "
     "an abstraction, with flow 0 in the inventory, whose return (kind = return) lets it in elsewhere as the "
     "river is where it was taken. Always changes the river's water",
     "于该源增加水量（add_flow），该源在清单中流量通常为 "
     "0；措施给出的浓度即调入水质，未给出的取该源自身浓度。由本流域他处"
     "调水：作用于清单中流量为 0 的取水，其退水（kind 为 "
     "return）在他处汇入，水质为取水处河水。始终改变河道水量",
     true, "flow temperature", "flow", "flow = \"2 m3/s\", NH3_N = \"0.2 mg/L\", DO = \"9 mg/L\""},
    {"water_saving", MeasureForm::saving, "less abstraction", "节水",
     "an abstraction falls by `reduction` (scale_flow), or does not pass `at_most` (cap_flow); what it gives "
     "back falls with it",
     "取水量按 reduction 下降（scale_flow），或不超过 at_most（cap_flow）；其退水随之减少", false,
     "reduction at_most", "", "reduction = 0.2 or at_most = \"0.5 m3/s\""},
    {"outfall_closed", MeasureForm::closing, "outfall closed", "排口关闭",
     "all load and all water go (remove_fraction 1, scale_flow -1)",
     "负荷与水量全部取消（remove_fraction 1、scale_flow -1）", false, "", "", "start"},
    {"production_stop", MeasureForm::closing, "production stopped in a season", "季节性停产",
     "as outfall_closed, in a season", "同 outfall_closed，仅在 season 内", false, "", "season",
     "season = \"11-01/04-30\""},
    {"outfall_moved", MeasureForm::moving, "outfall moved", "排口迁移",
     "closed at its place; its mean flow and loads over the run enter at the source `to`, which stands in "
     "the "
     "inventory without water and load of its own (add_flow, set_load)",
     "原处关闭；其计算期平均流量与负荷由清单中的源 to（自身无水量与负荷）进入（add_flow、set_load）", false,
     "to", "to", "to = \"source:new_outfall\""},
    {"tailings_closed", MeasureForm::removal, "tailings pond closed and covered", "尾矿库闭库治理",
     "seepage falls by the fractions given (remove_fraction); half_life is that of what still drains",
     "渗滤负荷按所给比例下降（remove_fraction）；half_life 为余水排尽的半衰期", true, "coverage all", "",
     "Cd = 0.8, half_life = \"P2Y\""},
    {"channel_restoration", MeasureForm::restoration, "channel restored", "河道整治",
     "all widths of the channels of reaches (reach:, stretch:) are multiplied by `width_factor` "
     "(scale_width) and "
     "their roughness becomes `manning_n` (set_roughness); while a ramp goes on part of the way. The water "
     "keeps "
     "its volume when the channel changes",
     "河段（reach:、stretch:）断面各宽度乘以 width_factor（scale_width），糙率变为 "
     "manning_n（set_roughness）；渐增期内按比例。断面改变时水量不变",
     false, "width_factor manning_n", "", "at = \"stretch:M\", width_factor = 1.4, manning_n = 0.04"},
    {"gate_rule", MeasureForm::gate, "gate rule", "闸门调度",
     "a gate or orifice (structure:) opens to `opening`, one height or twelve by month (set_opening); or "
     "more and "
     "more towards it as the level above rises from `from_level` to `full_level` (open_by_level); schemes "
     "dynamic and steady",
     "闸门或孔口（structure:）开启至 opening（一个高度，或逐月十二个）（set_opening）；或随上游水位由 "
     "from_level 升至 "
     "full_level 逐渐开启至 opening（open_by_level）；dynamic 与 steady 方法",
     false, "opening from_level full_level", "opening",
     "at = \"structure:ID\", opening = \"0.4 m\", from_level = \"31.2 m\", full_level = \"31.6 m\""},
};

const char* status_text(Status status, bool zh) {
  switch (status) {
    case Status::verified:
      return zh ? "多源一致" : "verified";
    case Status::one_source:
      return zh ? "单一来源" : "one source";
    case Status::computed:
      return zh ? "计算所得" : "computed";
    default:
      return zh ? "未核实" : "unverified";
  }
}

std::string percent(double share) {
  std::string text =
      std::to_string(std::lround(1000 * share) / 10) + "." + std::to_string(std::lround(1000 * share) % 10);
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

std::string number(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string describe_type(const MeasureType& type, bool zh) {
  std::string text = "\n## `" + std::string(type.id) + "`\n\n" + (zh ? type.name_zh : type.name_en) +
                     (zh ? "：" : ": ") + (zh ? type.expands_zh : type.expands_en) + ".\n\n";
  if (type.constituents) text += zh ? "* 按组分给出效果\n" : "* effects by constituent\n";
  if (*type.keys) text += std::string(zh ? "* 键：" : "* keys: ") + "`" + type.keys + "`\n";
  if (*type.required) text += std::string(zh ? "* 必填：" : "* needs: ") + "`" + type.required + "`\n";
  text += std::string(zh ? "* 例：" : "* example: ") + "`" + type.wanted + "`\n";
  if (type.ranges.empty()) return text;
  text += zh ? "\n| 组分 | 去除率 % | 来源 | 状态 |\n|---|---|---|---|\n"
             : "\n| constituent | removal % | source | status |\n|---|---|---|---|\n";
  for (const RemovalRange& r : type.ranges)
    text += std::string("| ") + r.constituent + " | " + percent(r.low) + " - " + percent(r.high) + " | " +
            r.source + " | " + status_text(r.status, zh) + " |\n";
  return text;
}

std::string describe_rates(bool zh) {
  std::string text =
      zh ? "\n## 湿地参数（P-k-C*）\n\nKadlec & Knight 1996，表流湿地；凭记忆，未核实。\n\n| 组分 | k20 "
           "[m/a] | "
           "C* [mg/L] | theta |\n|---|---|---|---|\n"
         : "\n## Rates of wetlands (P-k-C*)\n\nKadlec & Knight 1996, free water surface; from memory, "
           "unverified.\n\n| constituent | k20 [m/a] | C* [mg/L] | theta |\n|---|---|---|---|\n";
  for (const WetlandRate& r : kRates)
    text += std::string("| ") + r.constituent + " | " + number(r.k20) + " | " + number(r.background) +
            (r.background_per > 0 ? " + " + number(r.background_per) + " Ci" : "") + " | " + number(r.theta) +
            " |\n";
  return text;
}

}  // namespace

const std::vector<MeasureType>& measure_types() {
  return kTypes;
}

const MeasureType* find_measure_type(const std::string& id) {
  const auto at =
      std::find_if(kTypes.begin(), kTypes.end(), [&](const MeasureType& t) { return id == t.id; });
  return at == kTypes.end() ? nullptr : &*at;
}

std::span<const WetlandRate> wetland_rates() {
  return kRates;
}

double wetland_removal(double inflow, double background, double k, double q, double tanks) {
  if (!(inflow > background) || !(q > 0)) return 0;
  return (1 - background / inflow) * (1 - elementary::pow(1 + k / (tanks * q), -tanks));
}

double spread_removal(double removal, double before, double after) {
  return removal * (after - before) / (1 - before * removal);
}

std::string describe_measures(Lang lang) {
  const bool zh = lang == Lang::zh;
  std::string text;
  for (const MeasureType& type : kTypes) text += describe_type(type, zh);
  return text + describe_rates(zh);
}

}  // namespace limpid
