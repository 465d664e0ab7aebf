#include "io/overview.hpp"

#include <fmt/format.h>

#include <array>

#include "io/csv_writer.hpp"
#include "io/tables.hpp"
#include "scenarios/scenario.hpp"

namespace limpid {
namespace {

std::string named_items(const std::vector<GroupPollutant>& items) {
  std::string text;
  for (const GroupPollutant& p : items)
    text += fmt::format("{}{}:{}", text.empty() ? "" : "|", p.indicator, p.sections);
  return text;
}

std::optional<double> percent(int count, int of) {
  return of > 0 ? std::optional(100.0 * count / of) : std::nullopt;
}

void write_groups(const std::filesystem::path& path, const std::vector<GroupVerdict>& groups) {
  CsvWriter table(path,
                  "kind,name,period,sections,missing,class,quality,percent_I_to_III,percent_worse_than_V,"
                  "with_target,attaining,main_pollutants,change");
  for (const GroupVerdict& g : groups) {
    const RiverVerdict& v = g.verdict;
    table.text(group_kind_text(g.kind)).text(g.name).text(period_text(g.year, g.month));
    table.text(std::to_string(v.sections)).text(std::to_string(g.missing));
    table.text(v.water_class ? class_text(*v.water_class) : "").text(v.quality ? quality_en(*v.quality) : "");
    table.number(percent(v.I_to_III(), v.sections)).number(percent(v.worse_than_V(), v.sections));
    table.text(std::to_string(g.with_target)).text(std::to_string(g.attaining));
    table.text(named_items(v.main_pollutants)).text(g.change ? change_en(*g.change) : "");
    table.end_row();
  }
  table.close();
}

void write_trends(const std::filesystem::path& path, const std::vector<Section>& sections,
                  const std::vector<SectionTrend>& trends) {
  static constexpr std::array<const char*, 3> kDirections{"down", "none", "up"};
  CsvWriter table(path,
                  "section_id,section_name,indicator,first_year,last_year,years,rs,direction,significant");
  for (const SectionTrend& t : trends) {
    const Section& section = sections[static_cast<std::size_t>(t.section)];
    table.text(section.id).text(display_name(section)).text(t.indicator);
    table.text(std::to_string(t.first_year)).text(std::to_string(t.last_year)).text(std::to_string(t.years));
    table.number(t.trend.rs).text(kDirections[static_cast<std::size_t>(t.trend.direction)]);
    table.text(t.trend.significant_01 ? "0.01" : t.trend.significant_05 ? "0.05" : "no");
    table.end_row();
  }
  table.close();
}

void write_lakes(const std::filesystem::path& path, const std::vector<TrophicVerdict>& lakes) {
  CsvWriter table(path, "lake,period,chla,TP,TN,transparency,COD_Mn,TLI,state");
  for (const TrophicVerdict& lake : lakes) {
    table.text(lake.lake).text(period_text(lake.year, lake.month));
    for (const std::optional<double>& value : lake.values) table.number(value);
    table.number(lake.index).text(trophic_en(lake.state));
    table.end_row();
  }
  table.close();
}

void write_criteria(const std::filesystem::path& path, const std::vector<Section>& sections,
                    const std::vector<JudgedCriteria>& judged, std::chrono::seconds offset) {
  CsvWriter table(
      path,
      "section_id,section_name,criteria,indicator,statistic,low,limit,year,judged,exceeding,events,"
      "worst,worst_time,attained,status");
  for (const JudgedCriteria& set : judged)
    for (const CriterionVerdict& v : set.verdicts) {
      const Criterion& c = set.chosen.criteria[v.criterion];
      const Section& section = sections[static_cast<std::size_t>(v.section)];
      table.text(section.id).text(display_name(section)).text(set.chosen.chosen).text(c.item);
      table.text(criterion_text(c));
      table.number(c.side == LimitSide::range ? std::optional(c.low) : std::nullopt);
      table.number(c.limit).text(std::to_string(v.year)).text(std::to_string(v.judged));
      table.text(std::to_string(v.exceeding)).text(std::to_string(v.events)).number(v.worst);
      table.text(
          v.judged ? format_time(Time(std::chrono::seconds(static_cast<std::int64_t>(v.worst_time))), offset)
                   : "");
      table.text(attained_text(v.attained)).text(c.verified ? "verified" : "unverified");
      table.end_row();
    }
  table.close();
}

void write_deadlines(const std::filesystem::path& path, const std::vector<Section>& sections,
                     const std::vector<JudgedCriteria>& judged, std::chrono::seconds offset) {
  CsvWriter table(path,
                  "section_id,section_name,criteria,indicator,statistic,limit_date,first_attained_year,"
                  "held_from_year,held,attained_on_limit_date,margin");
  const auto year = [](const std::optional<Month>& month) {
    return month ? std::to_string(month->year()) : std::string();
  };
  for (const JudgedCriteria& set : judged)
    for (const CriterionDeadline& d : set.deadlines) {
      const Section& section = sections[static_cast<std::size_t>(d.section)];
      const DeadlineAnswer& a = d.answer;
      table.text(section.id).text(display_name(section)).text(set.chosen.chosen).text(a.indicator);
      table.text(d.criterion ? criterion_text(set.chosen.criteria[*d.criterion]) : "");
      table.text(section.limit_date ? format_date(*section.limit_date, offset) : "");
      table.text(year(a.first_attained)).text(year(a.held_from)).text(held_text(a.held));
      table.text(!a.attained_on_limit_date ? "" : *a.attained_on_limit_date ? "true" : "false");
      table.number(a.margin).end_row();
    }
  table.close();
}

}  // namespace

const char* held_text(Held held) {
  return held == Held::yes ? "true" : held == Held::no ? "false" : "unproven";
}

const char* group_kind_text(GroupKind kind) {
  static constexpr std::array<const char*, 4> kKinds{"river", "lake", "basin", "county"};
  return kKinds[static_cast<std::size_t>(kind)];
}

std::string period_text(int year, int month) {
  return month > 0 ? fmt::format("{:04}-{:02}", year, month) : fmt::format("{:04}", year);
}

std::string criterion_text(const Criterion& criterion) {
  std::string text = statistic_text(criterion.statistic);
  if (criterion.span > 0) text += ":" + std::to_string(criterion.span);
  if (criterion.formula == LimitFormula::none) return text;
  return text + (criterion.factor == 1 ? " / " : fmt::format(" / {} ", criterion.factor)) +
         formula_text(criterion.formula);
}

OverviewSeries overview_series(const std::vector<ChosenCriteria>& chosen, const Record& record) {
  OverviewSeries series{indicator_series(trophic_items(), record), {}};
  if (!chosen.empty()) series.criteria = indicator_series(items_of(chosen), record);
  return series;
}

Standard items_of(const std::vector<ChosenCriteria>& chosen) {
  std::vector<Criterion> all;
  for (const ChosenCriteria& c : chosen) all.insert(all.end(), c.criteria.begin(), c.criteria.end());
  return criterion_items(all);
}

Overview overview_of(const Standard& standard, const std::vector<Section>& sections,
                     const Assessment& assessment, const AssessmentRules& rules,
                     const std::vector<ChosenCriteria>& chosen, const OverviewSeries& series) {
  const int count = static_cast<int>(sections.size());
  Overview overview{roll_up(standard, sections, assessment, rules),
                    section_trends(standard, assessment, count),
                    trophic_verdicts(sections, assessment, series.trophic, rules),
                    {}};
  for (const ChosenCriteria& c : chosen) {
    JudgedCriteria judged{c, comply(c.criteria, count, series.criteria, rules), {}};
    judged.deadlines = criteria_deadlines(c.criteria, sections, judged.verdicts, rules);
    overview.criteria.push_back(std::move(judged));
  }
  return overview;
}

Overview overview_of_run(const Standard& standard, const std::vector<Section>& sections,
                         const Assessment& assessment, const AssessmentRules& rules, const Record& record) {
  const auto chosen = chosen_or_failure(rules.criteria);
  return overview_of(standard, sections, assessment, rules, chosen, overview_series(chosen, record));
}

void write_overview(const std::filesystem::path& folder, const std::vector<Section>& sections,
                    const Overview& overview, std::chrono::seconds offset) {
  write_groups(folder / "rollup.csv", overview.groups);
  if (!overview.trends.empty()) write_trends(folder / "trend.csv", sections, overview.trends);
  if (!overview.lakes.empty()) write_lakes(folder / "trophic.csv", overview.lakes);
  if (overview.criteria.empty()) return;
  write_criteria(folder / "criteria.csv", sections, overview.criteria, offset);
  write_deadlines(folder / "criteria_deadline.csv", sections, overview.criteria, offset);
}

}  // namespace limpid
