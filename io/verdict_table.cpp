#include "io/verdict_table.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "io/tables.hpp"

namespace limpid {

namespace {

std::string period_text(const SectionVerdict& v) {
  return v.month > 0 ? fmt::format("{:04}-{:02}", v.year, v.month) : fmt::format("{:04}", v.year);
}

// "氨氮(1.30)、总磷(0.60)", as bulletins write it.
std::string pollutants_text(const Standard& standard, const SectionVerdict& v, Lang lang) {
  std::string text;
  for (const Pollutant& p : v.main_pollutants) {
    const StandardItem* item = standard.find(p.indicator);
    const std::string name = lang == Lang::zh && item ? item->name_zh : p.indicator;
    text += (text.empty() ? "" : lang == Lang::zh ? "、" : ", ") + name;
    if (p.multiple) text += fmt::format("({:.2f})", *p.multiple);
  }
  return text;
}

std::string verdict_line(const Standard& standard, const Section& section, const SectionVerdict& v,
                         Lang lang) {
  const bool zh = lang == Lang::zh;
  const std::string place = fmt::format("{}  {}  ", display_name(section), period_text(v));
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
  nlohmann::ordered_json object{{"section_id", section.id}, {"period", period_text(v)}};
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
    object["items"].push_back(std::move(one));
  }
  object["main_pollutants"] = nlohmann::ordered_json::array();
  for (const Pollutant& p : v.main_pollutants)
    object["main_pollutants"].push_back(
        {{"indicator", p.indicator},
         {"multiple", p.multiple ? nlohmann::ordered_json(*p.multiple) : nlohmann::ordered_json()}});
  return object;
}

}  // namespace

std::string verdict_table(const Standard& standard, const std::vector<Section>& sections,
                          const Assessment& assessment, Lang lang) {
  std::string text;
  for (const auto* list : {&assessment.monthly, &assessment.annual})
    for (const SectionVerdict& v : *list)
      text += verdict_line(standard, sections[static_cast<std::size_t>(v.section)], v, lang);
  std::string absent;
  for (const std::string& item : assessment.absent_items) absent += (absent.empty() ? "" : ", ") + item;
  std::size_t counted = 0;
  for (const StandardItem& item : standard.items) counted += item.in_class_river;
  if (absent.empty()) return text;
  return text + fmt::format(fmt::runtime(lang == Lang::zh ? "按所给 {} 项评价类别；缺少：{}\n"
                                                          : "Class of the {} items given; absent: {}\n"),
                            counted - assessment.absent_items.size(), absent);
}

std::string verdict_json(const std::vector<Section>& sections, const Assessment& assessment) {
  nlohmann::ordered_json root{{"sections", nlohmann::ordered_json::array()}};
  for (const auto* list : {&assessment.monthly, &assessment.annual})
    for (const SectionVerdict& v : *list)
      root["sections"].push_back(verdict_object(sections[static_cast<std::size_t>(v.section)], v));
  root["absent_items"] = assessment.absent_items;
  return root.dump();
}

}  // namespace limpid
