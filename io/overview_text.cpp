// The overview as text and as JSON.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "io/overview.hpp"
#include "io/tables.hpp"

namespace limpid {
namespace {

using Json = nlohmann::ordered_json;

const char* kind_word(GroupKind kind, bool zh) {
  if (!zh) return group_kind_text(kind);
  switch (kind) {
    case GroupKind::river:
      return "河流";
    case GroupKind::lake:
      return "湖库";
    case GroupKind::basin:
      return "全流域";
    default:
      return "行政区";
  }
}

std::string item_word(const Standard& standard, const std::string& id, bool zh) {
  const StandardItem* item = zh ? standard.find(id) : nullptr;
  return item ? item->name_zh : id;
}

std::string named_items(const Standard& standard, const RiverVerdict& v, bool zh) {
  if (v.main_pollutants.empty()) return "";
  std::string text;
  for (const GroupPollutant& p : v.main_pollutants)
    text += fmt::format("{}{}({}/{})",
                        text.empty() ? ""
                        : zh         ? "、"
                                     : ", ",
                        item_word(standard, p.indicator, zh), p.sections, v.sections);
  return (zh ? "；主要污染指标：" : "; main pollutants: ") + text;
}

// "良好 (Ⅲ)", or nothing.
std::string quality_words(const RiverVerdict& v, bool zh) {
  if (!v.quality) return "";
  std::string text = std::string("  ") + (zh ? quality_zh(*v.quality) : quality_en(*v.quality));
  if (v.water_class)
    text += fmt::format(" ({})", zh ? class_text_zh(*v.water_class) : class_text(*v.water_class));
  return text;
}

std::string group_line(const Standard& standard, const GroupVerdict& g, bool zh) {
  const RiverVerdict& v = g.verdict;
  std::string line = fmt::format("{}{}{}  {}", kind_word(g.kind, zh), g.name.empty() ? "" : " ", g.name,
                                 period_text(g.year, g.month));
  if (v.sections == 0) return line + (zh ? "  缺测\n" : "  missing\n");
  line += quality_words(v, zh);
  line += fmt::format(fmt::runtime(zh ? "  {} 个断面，Ⅰ—Ⅲ类 {:.1f} %，劣Ⅴ类 {:.1f} %"
                                      : "  {} sections, I-III {:.1f} %, worse than V {:.1f} %"),
                      v.sections, 100.0 * v.I_to_III() / v.sections, 100.0 * v.worse_than_V() / v.sections);
  if (g.missing) line += fmt::format(fmt::runtime(zh ? "，缺测 {}" : ", missing {}"), g.missing);
  if (g.with_target)
    line +=
        fmt::format(fmt::runtime(zh ? "，达标 {}/{}" : ", attaining {} of {}"), g.attaining, g.with_target);
  line += named_items(standard, v, zh);
  if (g.change)
    line += fmt::format("{}{}", zh ? "；较上年同期：" : "; against the year before: ",
                        zh ? change_zh(*g.change) : change_en(*g.change));
  return line + "\n";
}

std::string trend_line(const Standard& standard, const Section& section, const SectionTrend& t, bool zh) {
  const bool up = t.trend.direction == Direction::up;
  const char* word = !t.trend.significant_05 ? (zh ? "无显著趋势" : "no significant trend")
                     : up                    ? (zh ? "显著上升" : "significantly up")
                                             : (zh ? "显著下降" : "significantly down");
  return fmt::format(fmt::runtime(zh ? "{}  {}  {}—{} 年（{} 年）  秩相关系数 {:.3f}  {}\n"
                                     : "{}  {}  {}-{} ({} years)  rank correlation {:.3f}  {}\n"),
                     display_name(section), item_word(standard, t.indicator, zh), t.first_year, t.last_year,
                     t.years, t.trend.rs, word);
}

std::string lake_line(const TrophicVerdict& lake, bool zh) {
  std::string absent;
  for (std::size_t i = 0; i < lake.values.size(); ++i)
    if (!lake.values[i]) absent += (absent.empty() ? "" : ", ") + std::string(kTrophicItems[i]);
  std::string line = fmt::format("{}  {}  TLI {:.1f}  {}", lake.lake, period_text(lake.year, lake.month),
                                 lake.index, zh ? trophic_zh(lake.state) : trophic_en(lake.state));
  if (!absent.empty()) line += (zh ? "  缺少：" : "  without: ") + absent;
  return line + "\n";
}

std::string criterion_line(const ChosenCriteria& set, const Section& section, const CriterionVerdict& v,
                           bool zh) {
  const Criterion& c = set.criteria[v.criterion];
  const std::string place =
      fmt::format("{}  {}  {}  {} {}", display_name(section), v.year, set.chosen, c.item, criterion_text(c));
  const char* doubt = c.verified ? "" : zh ? "  [限值待核实]" : "  [limit unverified]";
  if (v.attained == Attained::missing) return place + (zh ? "  缺测" : "  missing") + doubt + "\n";
  const bool met = v.attained == Attained::yes;
  const std::string bound =
      c.side == LimitSide::range ? fmt::format("{:g}-{:g}", c.low, c.limit) : fmt::format("{:g}", c.limit);
  return place + fmt::format(fmt::runtime(zh ? "  最不利值 {:.4g}，限值 {}，超限 {}/{}  {}{}\n"
                                             : "  worst {:.4g}, limit {}, {} of {} beyond  {}{}\n"),
                             v.worst, bound, v.exceeding, v.judged,
                             zh ? (met ? "达标" : "不达标") : (met ? "attained" : "not attained"), doubt);
}

// All criteria of a set together.
std::string deadline_line(const ChosenCriteria& set, const Section& section, const CriterionDeadline& d,
                          bool zh) {
  const DeadlineAnswer& a = d.answer;
  std::string line = fmt::format("{}  {}  ", display_name(section), set.chosen);
  if (!a.held_from)
    line += zh ? "始终未能稳定达标" : "never held";
  else
    line += fmt::format(fmt::runtime(zh ? "自 {} 年起稳定达标" : "held from {} on"), a.held_from->year());
  if (a.held == Held::unproven) line += zh ? "（未证实）" : " (unproven)";
  if (a.held == Held::no && a.held_from) line += zh ? "（晚于限期）" : " (late)";
  return line + "\n";
}

Json or_null(const char* text) {
  return text ? Json(text) : Json();
}

Json group_object(const GroupVerdict& g) {
  const RiverVerdict& v = g.verdict;
  Json object{{"kind", group_kind_text(g.kind)},
              {"name", g.name},
              {"period", period_text(g.year, g.month)},
              {"sections", v.sections},
              {"missing", g.missing}};
  object["class"] = or_null(v.water_class ? class_text(*v.water_class) : nullptr);
  object["quality"] = or_null(v.quality ? quality_en(*v.quality) : nullptr);
  const auto percent = [&v](int count) { return v.sections ? Json(100.0 * count / v.sections) : Json(); };
  object["percent_I_to_III"] = percent(v.I_to_III());
  object["percent_worse_than_V"] = percent(v.worse_than_V());
  object["with_target"] = g.with_target;
  object["attaining"] = g.attaining;
  object["main_pollutants"] = Json::array();
  for (const GroupPollutant& p : v.main_pollutants)
    object["main_pollutants"].push_back({{"indicator", p.indicator}, {"sections", p.sections}});
  object["change"] = or_null(g.change ? change_en(*g.change) : nullptr);
  return object;
}

Json trend_object(const Section& section, const SectionTrend& t) {
  static constexpr const char* kDirections[] = {"down", "none", "up"};
  return {{"section_id", section.id},
          {"indicator", t.indicator},
          {"first_year", t.first_year},
          {"last_year", t.last_year},
          {"years", t.years},
          {"rs", t.trend.rs},
          {"direction", kDirections[static_cast<std::size_t>(t.trend.direction)]},
          {"significant", t.trend.significant_01   ? "0.01"
                          : t.trend.significant_05 ? "0.05"
                                                   : "no"}};
}

Json lake_object(const TrophicVerdict& lake) {
  Json object{{"lake", lake.lake}, {"period", period_text(lake.year, lake.month)}};
  for (std::size_t i = 0; i < lake.values.size(); ++i)
    object[kTrophicItems[i]] = lake.values[i] ? Json(*lake.values[i]) : Json();
  object["TLI"] = lake.index;
  object["state"] = trophic_en(lake.state);
  return object;
}

Json criterion_object(const ChosenCriteria& set, const Section& section, const CriterionVerdict& v,
                      std::chrono::seconds offset) {
  const Criterion& c = set.criteria[v.criterion];
  Json object{{"section_id", section.id}, {"criteria", set.chosen},
              {"indicator", c.item},      {"statistic", criterion_text(c)},
              {"limit", c.limit},         {"year", v.year},
              {"judged", v.judged},       {"exceeding", v.exceeding},
              {"events", v.events}};
  object["worst"] = std::isnan(v.worst) ? Json() : Json(v.worst);
  object["worst_time"] =
      v.judged
          ? Json(format_time(Time(std::chrono::seconds(static_cast<std::int64_t>(v.worst_time))), offset))
          : Json();
  object["attained"] = attained_text(v.attained);
  object["status"] = c.verified ? "verified" : "unverified";
  return object;
}

Json deadline_object(const ChosenCriteria& set, const Section& section, const CriterionDeadline& d) {
  const DeadlineAnswer& a = d.answer;
  Json object{{"section_id", section.id}, {"criteria", set.chosen}, {"indicator", a.indicator}};
  object["statistic"] = d.criterion ? Json(criterion_text(set.criteria[*d.criterion])) : Json();
  const auto year = [](const std::optional<Month>& m) { return m ? Json(m->year()) : Json(); };
  object["first_attained_year"] = year(a.first_attained);
  object["held_from_year"] = year(a.held_from);
  object["held"] = a.held == Held::unproven ? Json("unproven") : Json(a.held == Held::yes);
  object["attained_on_limit_date"] = a.attained_on_limit_date ? Json(*a.attained_on_limit_date) : Json();
  object["margin"] = a.margin ? Json(*a.margin) : Json();
  return object;
}

}  // namespace

std::string overview_text(const Standard& standard, const std::vector<Section>& sections,
                          const Overview& overview, Lang lang) {
  const bool zh = lang == Lang::zh;
  const auto section = [&sections](int s) -> const Section& { return sections[static_cast<std::size_t>(s)]; };
  std::string text;
  for (const GroupVerdict& g : overview.groups) text += group_line(standard, g, zh);
  for (const SectionTrend& t : overview.trends) text += trend_line(standard, section(t.section), t, zh);
  for (const TrophicVerdict& lake : overview.lakes) text += lake_line(lake, zh);
  for (const JudgedCriteria& judged : overview.criteria)
    for (const CriterionVerdict& v : judged.verdicts)
      text += criterion_line(judged.chosen, section(v.section), v, zh);
  for (const JudgedCriteria& judged : overview.criteria)
    for (const CriterionDeadline& d : judged.deadlines)
      if (!d.criterion) text += deadline_line(judged.chosen, section(d.section), d, zh);
  return text;
}

std::string last_year_text(const Standard& standard, const Overview& overview, Lang lang) {
  int last = 0;
  for (const GroupVerdict& g : overview.groups)
    if (g.month == 0 && g.verdict.sections > 0) last = std::max(last, g.year);
  std::string text;
  for (const GroupVerdict& g : overview.groups)
    if (g.month == 0 && g.year == last && (g.kind == GroupKind::basin || g.kind == GroupKind::county))
      text += group_line(standard, g, lang == Lang::zh);
  return last > 0 ? text : "";
}

std::string overview_json(const std::vector<Section>& sections, const Overview& overview,
                          std::chrono::seconds offset) {
  const auto section = [&sections](int s) -> const Section& { return sections[static_cast<std::size_t>(s)]; };
  Json root{{"groups", Json::array()},
            {"trends", Json::array()},
            {"lakes", Json::array()},
            {"criteria", Json::array()},
            {"criteria_deadlines", Json::array()}};
  for (const GroupVerdict& g : overview.groups) root["groups"].push_back(group_object(g));
  for (const SectionTrend& t : overview.trends) root["trends"].push_back(trend_object(section(t.section), t));
  for (const TrophicVerdict& lake : overview.lakes) root["lakes"].push_back(lake_object(lake));
  for (const JudgedCriteria& judged : overview.criteria)
    for (const CriterionVerdict& v : judged.verdicts)
      root["criteria"].push_back(criterion_object(judged.chosen, section(v.section), v, offset));
  for (const JudgedCriteria& judged : overview.criteria)
    for (const CriterionDeadline& d : judged.deadlines)
      root["criteria_deadlines"].push_back(deadline_object(judged.chosen, section(d.section), d));
  return root.dump();
}

}  // namespace limpid
