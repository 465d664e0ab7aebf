#include "io/verdict_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace limpid {

namespace {

// The answer for the whole section by the monthly rule; nullptr if it has none.
const DeadlineAnswer* whole_section(const std::vector<DeadlineAnswer>& answers) {
  for (const DeadlineAnswer& answer : answers)
    if (answer.indicator == "section" && answer.rule == JudgingRule::monthly) return &answer;
  return nullptr;
}

// The indicators that keep a section from being held.
std::string culprits(const std::vector<DeadlineAnswer>& answers, Lang lang) {
  std::string names;
  for (const DeadlineAnswer& answer : answers)
    if (answer.indicator != "section" && answer.rule == JudgingRule::monthly && answer.held != Held::yes)
      names += (names.empty() ? "" : ", ") + answer.indicator +
               (!answer.carried    ? ""
                : lang == Lang::zh ? "[沿用实测]"
                                   : "[carried]");
  return names;
}

std::string money(double yuan, Lang lang) {
  if (yuan <= 0) return "";
  return lang == Lang::zh ? fmt::format("；投资 {:.0f} 万元", yuan / 1e4)
                          : fmt::format("; {:.1f} million CNY", yuan / 1e6);
}

constexpr double kWorthPrinting = 5e-4;  // share of an improvement that shows in a tenth of a per cent

// "against the first plan: wwtp start 2025-11-01 -> 2027-03-01; ..."
std::string difference_line(const PlanVerdict& scenario, Lang lang) {
  if (scenario.differences.empty()) return "";
  std::string text;
  for (const MeasureDifference& d : scenario.differences)
    text += (text.empty() ? "" : "; ") + d.measure + " " + d.field + " " + d.first + " -> " + d.second;
  return (lang == Lang::zh ? "  与第一个方案不同：" : "  against the first plan: ") + text + "\n";
}

// How sure the whole section is, and to whom its improvement is due.
std::string section_lines(const Case& c, const PlanVerdict& scenario, std::size_t s, Lang lang) {
  const bool zh = lang == Lang::zh;
  const std::string& name =
      c.basin.sections[s].name_zh.empty() ? c.basin.sections[s].id : c.basin.sections[s].name_zh;
  std::string text;
  for (std::size_t a = 0; scenario.confidence && a < scenario.answers[s].size(); ++a) {
    const DeadlineAnswer& answer = scenario.answers[s][a];
    if (answer.indicator != "section" || answer.rule != JudgingRule::monthly ||
        s >= scenario.confidence->answers.size())
      continue;
    const Confidence& sure = scenario.confidence->answers[s][a];
    text += fmt::format(fmt::runtime(zh ? "  {}：按期达标并保持的概率 {:.2f} ± {:.2f}"
                                        : "  {}: met and held with probability {:.2f} +- {:.2f}"),
                        name, sure.met_and_held, sure.standard_error);
    if (sure.held_by_90)
      text += fmt::format(fmt::runtime(zh ? "；90 % 的成员自 {} 起保持" : "; 90 % hold from {}"),
                          sure.held_by_90->text());
    for (std::size_t b = 0; b < std::min<std::size_t>(3, sure.breaks.size()); ++b)
      text +=
          fmt::format("{}{} {} {:.2f} / {:.2f}",
                      b ? ", " : (zh ? "；影响最大（差 / 好）：" : "; breaks (worse / better): "),
                      sure.breaks[b].kind, sure.breaks[b].of, sure.breaks[b].worse, sure.breaks[b].better);
    text += "\n";
  }
  if (scenario.failing_flows)
    for (const FailingFlow& f : *scenario.failing_flows)
      if (f.section == static_cast<int>(s))
        text += fmt::format(
            fmt::runtime(zh ? "  {}：天然来水降至 {:.2f} 倍（断面 {:.3g} m3/s）以下时，限期不达标\n"
                            : "  {}: missed on the limit date below {:.2f} times the natural inflow ({:.3g} "
                              "m3/s here)\n"),
            name, f.factor, f.discharge);
  if (!scenario.attribution) return text;
  std::string shares;
  for (const Contribution& part : scenario.attribution->contributions)
    if (part.section == static_cast<int>(s) && part.indicator == "section" &&
        std::abs(part.share) >= kWorthPrinting)
      shares += fmt::format("{}{} {:.1f} %", shares.empty() ? "" : ", ", part.measure, 100 * part.share);
  if (!shares.empty())
    text += fmt::format(fmt::runtime(zh ? "  {}：改善归因：{}\n" : "  {}: improvement due to {}\n"), name,
                        shares);
  return text;
}

std::string scenario_line(const Case& c, const PlanVerdict& scenario, Lang lang) {
  const bool zh = lang == Lang::zh;
  int judged = 0, held = 0;
  std::string late, never;
  for (std::size_t s = 0; s < c.basin.sections.size(); ++s) {
    const Section& section = c.basin.sections[s];
    const DeadlineAnswer* answer = whole_section(scenario.answers[s]);
    if (!answer || !section.target) continue;
    ++judged;
    const std::string name = section.name_zh.empty() ? section.id : section.name_zh;
    if (answer->held == Held::yes) {
      ++held;
    } else if (answer->held_from) {
      late += fmt::format("{}{} ({} {}{})",
                          late.empty() ? ""
                          : zh         ? "、"
                                       : "; ",
                          name, zh ? "自" : "from", answer->held_from->text(), zh ? " 起" : "");
    } else {
      never += fmt::format("{}{} ({})",
                           never.empty() ? ""
                           : zh          ? "、"
                                         : "; ",
                           name, culprits(scenario.answers[s], lang));
    }
  }
  std::string line = zh ? fmt::format("{}：{} 个断面中 {} 个按期达标并保持", scenario.plan, judged, held)
                        : fmt::format("{}: {} of {} sections meet their target in time and hold it",
                                      scenario.plan, held, judged);
  if (!late.empty()) line += (zh ? "；迟于限期或尚不能证明保持：" : "; late or not yet proven: ") + late;
  if (!never.empty()) line += (zh ? "；始终未能保持：" : "; never held: ") + never;
  line += money(scenario.capex, lang) + "\n";
  line += difference_line(scenario, lang);
  for (std::size_t s = 0; s < c.basin.sections.size(); ++s) line += section_lines(c, scenario, s, lang);
  return line;
}

}  // namespace

std::string forcing_years_text(const RunOptions& run) {
  if (run.forcing_years.is_identity()) return "";
  std::string text;
  const int last = Month::of(run.grid.end - std::chrono::seconds(1), run.grid.offset).year();
  for (int year = Month::of(run.grid.begin, run.grid.offset).year(); year <= last; ++year)
    text += fmt::format("{}{} <- {}", text.empty() ? "" : ", ", year, run.forcing_years.record_year(year));
  return text;
}

std::string run_text(const Case& c, const std::vector<PlanVerdict>& scenarios, double wall_seconds,
                     const std::filesystem::path& out, Lang lang) {
  const bool zh = lang == Lang::zh;
  const std::string years = forcing_years_text(c.run);
  const std::string& name = zh && !c.basin.name_zh.empty() ? c.basin.name_zh
                            : c.basin.name_en.empty()      ? c.basin.id
                                                           : c.basin.name_en;
  std::string text =
      fmt::format(fmt::runtime(zh ? "{}：{} 个断面，{} 至 {}，步长 {:.0f} s，用时 {:.1f} s{}\n"
                                  : "{}: {} sections, {} to {}, steps of {:.0f} s, done in {:.1f} s{}\n"),
                  name, c.basin.sections.size(), format_date(c.run.grid.begin, c.run.grid.offset),
                  format_date(c.run.grid.end, c.run.grid.offset), c.run.grid.step, wall_seconds,
                  years.empty() ? "" : (zh ? "；水文年：" : "; record years: ") + years);
  for (const PlanVerdict& scenario : scenarios) text += scenario_line(c, scenario, lang);
  const std::string where = scenarios.size() > 1
                                ? (out / "comparison.csv").string() + ", " +
                                      (out / scenarios.back().plan / "assessment.csv").string()
                                : (out / "assessment.csv").string();
  return text + (zh ? "请看：" : "Look at: ") + where + ", results.nc, sections.csv, ledger.csv, run.json\n";
}

}  // namespace limpid
