#include "io/verdict_table.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "io/results_assessment.hpp"
#include "io/tables.hpp"

namespace limpid {

namespace {

// "氨氮(1.30)、总磷(0.60)", as bulletins write it.
std::string pollutants_text(const Standard& standard, const SectionVerdict& v, Lang lang) {
  std::string text;
  for (const Pollutant& p : v.main_pollutants) {
    const StandardItem* item = standard.find(p.indicator);
    const std::string name = lang == Lang::zh && item ? item->name_zh : p.indicator;
    text += (text.empty() ? "" : lang == Lang::zh ? "、" : ", ") + name;
    if (p.multiple) text += fmt::format("({:.2f})", *p.multiple);
    if (v.find(p.indicator)->carried) text += lang == Lang::zh ? "[沿用实测]" : "[carried]";
  }
  return text;
}

std::string verdict_line(const Standard& standard, const Section& section, const SectionVerdict& v,
                         Lang lang) {
  const bool zh = lang == Lang::zh;
  const std::string place = fmt::format("{}  {}  ", display_name(section), period_text(v.year, v.month));
  if (v.missing || !v.water_class) return place + (zh ? "缺测\n" : "missing\n");
  std::string line = place + (zh ? class_text_zh(*v.water_class) : class_text(*v.water_class)) + "  " +
                     (zh ? quality_zh(*v.water_class) : quality_en(*v.water_class));
  if (section.target) {
    const char* word = zh ? (v.attained == Attained::yes ? "达标" : "不达标")
                          : (v.attained == Attained::yes ? "attained" : "not attained");
    line += fmt::format("  {} {} {}", zh ? "目标" : "target",
                        zh ? class_text_zh(*section.target) : class_text(*section.target), word);
  }
  const std::string pollutants = pollutants_text(standard, v, lang);
  return line + (pollutants.empty() ? "" : "  " + pollutants) + "\n";
}

nlohmann::ordered_json verdict_object(const Section& section, const SectionVerdict& v) {
  nlohmann::ordered_json object{{"section_id", section.id}, {"period", period_text(v.year, v.month)}};
  object["class"] = v.water_class && !v.missing ? nlohmann::ordered_json(class_text(*v.water_class))
                                                : nlohmann::ordered_json();
  object["attained"] = attained_text(v.attained);
  object["items"] = nlohmann::ordered_json::array();
  for (const IndicatorVerdict& item : v.indicators) {
    nlohmann::ordered_json one{{"indicator", item.indicator}};
    one["value"] = std::isfinite(item.value) && !item.missing ? nlohmann::ordered_json(item.value)
                                                              : nlohmann::ordered_json();
    one["class"] = item.water_class && !item.missing ? nlohmann::ordered_json(class_text(*item.water_class))
                                                     : nlohmann::ordered_json();
    if (item.carried) one["carried"] = true;
    object["items"].push_back(std::move(one));
  }
  object["main_pollutants"] = nlohmann::ordered_json::array();
  for (const Pollutant& p : v.main_pollutants)
    object["main_pollutants"].push_back(
        {{"indicator", p.indicator},
         {"multiple", p.multiple ? nlohmann::ordered_json(*p.multiple) : nlohmann::ordered_json()}});
  return object;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// "Class of the 8 items given (observed and carried: pH, Cu); absent: ..."
std::string items_line(const Standard& standard, const Assessment& assessment, Lang lang) {
  if (assessment.absent_items.empty() && assessment.carried_items.empty()) return "";
  const bool zh = lang == Lang::zh;
  std::size_t counted = 0;
  for (const StandardItem& item : standard.items) counted += item.in_class_river;
  std::string line = fmt::format(fmt::runtime(zh ? "按所给 {} 项评价类别" : "Class of the {} items given"),
                                 counted - assessment.absent_items.size());
  if (!assessment.carried_items.empty())
    line += fmt::format(fmt::runtime(zh ? "（其中沿用实测值：{}）" : " (observed and carried: {})"),
                        joined(assessment.carried_items));
  if (!assessment.absent_items.empty())
    line += fmt::format(fmt::runtime(zh ? "；缺少：{}" : "; absent: {}"), joined(assessment.absent_items));
  return line + "\n";
}

}  // namespace

std::string rules_line(const AssessmentRules& rules, const std::string& forcing_years, Lang lang) {
  const bool zh = lang == Lang::zh;
  std::string line = fmt::format(
      fmt::runtime(zh ? "月值统计：{}；当地时间：UTC{}" : "Monthly values: {}; local time: UTC{}"),
      statistic_word(rules.statistic), offset_text(rules.offset));
  if (!forcing_years.empty()) line += (zh ? "；水文年：" : "; record years: ") + forcing_years;
  return line + "\n";
}

std::string verdict_table(const Standard& standard, const std::vector<Section>& sections,
                          const Assessment& assessment, Lang lang) {
  std::string text;
  for (const auto* list : {&assessment.monthly, &assessment.annual})
    for (const SectionVerdict& v : *list)
      text += verdict_line(standard, sections[static_cast<std::size_t>(v.section)], v, lang);
  return text + items_line(standard, assessment, lang);
}

std::string verdict_json(const std::vector<Section>& sections, const Assessment& assessment,
                         const Overview& overview, const AssessmentRules& rules,
                         const std::string& forcing_years) {
  nlohmann::ordered_json root{{"utc_offset", offset_text(rules.offset)},
                              {"statistic", statistic_word(rules.statistic)},
                              {"forcing_years", forcing_years},
                              {"sections", nlohmann::ordered_json::array()}};
  for (const auto* list : {&assessment.monthly, &assessment.annual})
    for (const SectionVerdict& v : *list)
      root["sections"].push_back(verdict_object(sections[static_cast<std::size_t>(v.section)], v));
  root["absent_items"] = assessment.absent_items;
  if (!assessment.carried_items.empty()) root["carried_items"] = assessment.carried_items;
  root.update(nlohmann::ordered_json::parse(overview_json(sections, overview, rules.offset)));
  return root.dump();
}

}  // namespace limpid
