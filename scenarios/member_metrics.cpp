#include "scenarios/member_metrics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "scenarios/mean.hpp"
#include "solvers/recorder.hpp"

namespace limpid {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kYear = 365.0 * 86400;
constexpr const char* kWhole = "section";

const char* rule_word(JudgingRule rule) {
  return rule == JudgingRule::monthly ? "monthly" : "annual";
}

// Items of the standard that the record of this basin will hold, in the standard's order.
std::vector<const StandardItem*> recorded_items(const Basin& basin) {
  std::vector<const StandardItem*> items;
  const std::vector<RecordedQuantity> quantities = recorded_quantities(basin);
  for (const StandardItem& item : basin.standard.items)
    if (std::ranges::find(quantities, item.id, &RecordedQuantity::id) != quantities.end())
      items.push_back(&item);
  return items;
}

// What the target of a section is asked of; "section" last.
std::vector<std::string> asked_of(const Basin& basin, const AssessmentRules& rules, int section) {
  std::map<std::string, double> present;  // that they are there counts, not what they are
  for (const StandardItem* item : recorded_items(basin)) present[item->id] = 1;
  for (const CarriedItem& item : rules.carried)
    if (item.section == section) present[item.indicator] = 1;
  const Section& s = basin.sections[static_cast<std::size_t>(section)];
  auto asked = asked_indicators(basin.standard, s, judge(basin.standard, s, present, rules));
  asked.emplace_back(kWhole);
  return asked;
}

MetricTable answer_table(const Basin& basin, const AssessmentRules& rules) {
  MetricTable table{"answer",
                    {},
                    {{"met", "target attained on the limit date", "1"},
                     {"met_from", "months from the run's first month to the first that attains", "1"},
                     {"held", "whether the target stays attained", "1"},
                     {"held_from", "months from the run's first month to the one from which all attain", "1"},
                     {"margin", "margin to the limit on the limit date, relative to the limit", "1"}}};
  for (int s = 0; s < static_cast<int>(basin.sections.size()); ++s) {
    if (!basin.sections[static_cast<std::size_t>(s)].target) continue;
    for (const std::string& indicator : asked_of(basin, rules, s))
      for (const JudgingRule rule : {JudgingRule::monthly, JudgingRule::annual})
        table.points.push_back({s, indicator, rule_word(rule), ""});
  }
  return table;
}

MetricTable item_table(const Basin& basin) {
  MetricTable table{"item",
                    {},
                    {{"mean", "mean of the values at the section", ""},
                     {"minimum", "smallest value at the section", ""},
                     {"maximum", "largest value at the section", ""},
                     {"p10", "10th percentile of the values at the section", ""},
                     {"p90", "90th percentile of the values at the section", ""},
                     {"last_year_mean", "mean of the last 365 days of the run", ""},
                     {"attained_share", "share of the judged months that attain the target", "1"},
                     {"attained_months", "number of months that attain the target", "1"}}};
  for (int s = 0; s < static_cast<int>(basin.sections.size()); ++s)
    for (const StandardItem* item : recorded_items(basin))
      table.points.push_back({s, item->id, "", item->unit});
  return table;
}

}  // namespace

MetricLayout metrics_of(const Basin& basin, const AssessmentRules& rules) {
  MetricLayout layout;
  for (MetricTable& table : std::vector{answer_table(basin, rules), item_table(basin)})
    if (!table.points.empty()) layout.tables.push_back(std::move(table));
  return layout;
}

std::size_t MetricLayout::size() const {
  std::size_t size = 0;
  for (const MetricTable& table : tables) size += table.size();
  return size;
}

std::vector<std::string> MetricLayout::names(const std::vector<Section>& sections) const {
  std::vector<std::string> names;
  for (const MetricTable& table : tables)
    for (const MetricQuantity& quantity : table.quantities)
      for (const MetricPoint& point : table.points)
        names.push_back(quantity.id + "/" + sections[static_cast<std::size_t>(point.section)].id + "/" +
                        point.indicator + (point.rule.empty() ? "" : "/" + point.rule));
  return names;
}

namespace {

// Linear between order statistics (R. J. Hyndman, Y. Fan, Am. Stat. 50, 361 (1996), definition 7); `values`
// are reordered.
double percentile(std::vector<double>& values, double p) {
  const double at = p * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::ptrdiff_t>(std::floor(at));
  std::nth_element(values.begin(), values.begin() + low, values.end());
  const double below = values[static_cast<std::size_t>(low)];
  const double part = at - static_cast<double>(low);
  if (part == 0) return below;
  return below + part * (*std::min_element(values.begin() + low + 1, values.end()) - below);
}

struct Months {
  double attained = 0, judged = 0;
};

Months months_of(const Assessment& assessment, const MetricPoint& point) {
  Months months;
  for (const SectionVerdict& v : assessment.monthly) {
    if (v.section != point.section || v.partial) continue;
    const IndicatorVerdict* own = v.find(point.indicator);
    if (!own || own->attained == Attained::missing) continue;
    months.judged += 1;
    months.attained += own->attained == Attained::yes ? 1 : 0;
  }
  return months;
}

// The numbers of an item's point, in the order of item_table's quantities.
std::vector<double> item_values(const MetricPoint& point, const std::vector<IndicatorSeries>& series,
                                const Assessment& assessment) {
  std::vector<double> numbers(8, kNone);
  const auto own = std::ranges::find_if(series, [&](const IndicatorSeries& s) {
    return s.section == point.section && s.indicator == point.indicator;
  });
  if (own == series.end()) return numbers;
  Mean mean, last_year;
  std::vector<double> values;
  for (std::size_t t = 0; t < own->values.size(); ++t) {
    if (!std::isfinite(own->values[t])) continue;
    values.push_back(own->values[t]);
    mean.add(own->values[t]);
    if (own->times[t] > own->times.back() - kYear) last_year.add(own->values[t]);
  }
  if (values.empty()) return numbers;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  numbers = {mean.value(), *low,  *high, percentile(values, 0.1), percentile(values, 0.9),
             kNone,        kNone, kNone};
  if (last_year.count() > 0) numbers[5] = last_year.value();
  if (const Months months = months_of(assessment, point); months.judged > 0) {
    numbers[6] = months.attained / months.judged;
    numbers[7] = months.attained;
  }
  return numbers;
}

double months_after(const std::optional<Month>& month, Month first) {
  return month ? month->index - first.index : kNone;
}

// The numbers of an answer's point, in the order of answer_table's quantities.
std::vector<double> answer_values(const MetricPoint& point, const ScenarioResult& result, Month first) {
  const auto& answers = result.answers[static_cast<std::size_t>(point.section)];
  const auto own = std::ranges::find_if(answers, [&](const DeadlineAnswer& a) {
    return a.indicator == point.indicator && rule_word(a.rule) == point.rule;
  });
  if (own == answers.end()) return std::vector<double>(5, kNone);
  return {own->attained_on_limit_date ? (*own->attained_on_limit_date ? 1.0 : 0.0) : kNone,
          months_after(own->first_attained, first), static_cast<double>(static_cast<int>(own->held)),
          months_after(own->held_from, first), own->margin.value_or(kNone)};
}

}  // namespace

std::vector<double> metric_values(const MetricLayout& layout, const Basin& basin, const RunOptions& options,
                                  const ScenarioResult& result) {
  const std::vector<IndicatorSeries> series = indicator_series(basin.standard, result.record);
  const Month first = Month::of(options.grid.begin, options.grid.offset);
  std::vector<double> values;
  for (const MetricTable& table : layout.tables) {
    const std::size_t begin = values.size(), points = table.points.size();
    values.resize(begin + table.size(), kNone);
    for (std::size_t p = 0; p < points; ++p) {
      const std::vector<double> own = table.dimension == "answer"
                                          ? answer_values(table.points[p], result, first)
                                          : item_values(table.points[p], series, result.assessment);
      for (std::size_t q = 0; q < own.size(); ++q) values[begin + q * points + p] = own[q];
    }
  }
  return values;
}

}  // namespace limpid
