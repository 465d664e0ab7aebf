// Months and years of all sections.
#include "scenarios/assessment.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "scenarios/mean.hpp"
#include "scenarios/monthly_value.hpp"

namespace limpid {
namespace {

using SeriesOfSection = std::vector<const IndicatorSeries*>;

SeriesOfSection series_of(const Standard& standard, const std::vector<IndicatorSeries>& series, int section) {
  SeriesOfSection own;
  for (const IndicatorSeries& s : series)
    if (s.section == section && standard.find(s.indicator)) own.push_back(&s);
  return own;
}

using CarriedOfSection = std::vector<const CarriedItem*>;

CarriedOfSection carried_at(const AssessmentRules& rules, int section) {
  CarriedOfSection own;
  for (const CarriedItem& item : rules.carried)
    if (item.section == section) own.push_back(&item);
  return own;
}

void mark_carried(const CarriedOfSection& carried, SectionVerdict& verdict) {
  for (IndicatorVerdict& v : verdict.indicators)
    v.carried = std::ranges::find(carried, v.indicator, &CarriedItem::indicator) != carried.end();
}

std::vector<SectionVerdict> months_of_section(const Standard& standard, const Section& section,
                                              const SeriesOfSection& series, const CarriedOfSection& carried,
                                              const AssessmentRules& rules) {
  std::vector<SectionVerdict> verdicts;
  const auto range = month_range(series, rules);
  if (!range) return verdicts;
  for (Month month = range->first; month <= range->last; ++month.index) {
    std::map<std::string, double> values;
    bool half_span = false;
    for (const IndicatorSeries* s : series) {
      const MonthlyValue value = monthly_value(*s, month, rules);
      values[s->indicator] = value.value;
      half_span = half_span || value.half_span;
    }
    for (const CarriedItem* item : carried)
      values[item->indicator] = item->months[static_cast<std::size_t>(month.month() - 1)];
    verdicts.push_back(judge(standard, section, values, rules));
    mark_carried(carried, verdicts.back());
    verdicts.back().year = month.year();
    verdicts.back().month = month.month();
    verdicts.back().partial = !half_span && (month == range->first || month == range->last);
  }
  return verdicts;
}

// One calendar year from its months [first, last).
SectionVerdict year_of_section(const Standard& standard, const Section& section,
                               const CarriedOfSection& carried, const AssessmentRules& rules,
                               const SectionVerdict* first, const SectionVerdict* last) {
  std::map<std::string, Mean> means;
  int months = 0;
  for (const SectionVerdict* month = first; month != last; ++month) {
    if (!month->partial) ++months;
    for (const IndicatorVerdict& v : month->indicators) {
      Mean& mean = means[v.indicator];
      if (!v.missing) mean.add(v.value);
    }
  }
  std::map<std::string, double> values;
  for (const auto& [indicator, mean] : means)
    values[indicator] =
        std::cmp_greater_equal(mean.count(), rules.min_months) ? mean.value() : ClassLimits::kNone;
  SectionVerdict verdict = judge(standard, section, values, rules);
  mark_carried(carried, verdict);
  verdict.year = first->year;
  verdict.partial = months < rules.min_months;
  return verdict;
}

std::vector<SectionVerdict> years_of_section(const Standard& standard, const Section& section,
                                             const CarriedOfSection& carried, const AssessmentRules& rules,
                                             const std::vector<SectionVerdict>& months) {
  std::vector<SectionVerdict> years;
  for (std::size_t i = 0, end; i < months.size(); i = end) {
    for (end = i; end < months.size() && months[end].year == months[i].year;) ++end;
    years.push_back(
        year_of_section(standard, section, carried, rules, months.data() + i, months.data() + end));
  }
  return years;
}

void append(std::vector<SectionVerdict>& all, std::vector<SectionVerdict> own, int section) {
  for (SectionVerdict& verdict : own) {
    verdict.section = section;
    all.push_back(std::move(verdict));
  }
}

void list_items(const Standard& standard, const std::vector<Section>& sections,
                const std::vector<IndicatorSeries>& series, const AssessmentRules& rules,
                Assessment& assessment) {
  std::set<std::string> given, carried;
  for (const IndicatorSeries& s : series) given.insert(s.indicator);
  for (const CarriedItem& item : rules.carried) carried.insert(item.indicator);
  for (const StandardItem& item : standard.items) {
    const auto in_class = [&item](const Section& section) { return item.in_class(section.lake); };
    if (carried.contains(item.id))
      assessment.carried_items.push_back(item.id);
    else if (!given.contains(item.id) && std::ranges::any_of(sections, in_class))
      assessment.absent_items.push_back(item.id);
  }
}

}  // namespace

Assessment assess(const Standard& standard, const std::vector<Section>& sections,
                  const std::vector<IndicatorSeries>& series, const AssessmentRules& rules) {
  Assessment assessment;
  for (int i = 0; i < static_cast<int>(sections.size()); ++i) {
    const Section& section = sections[static_cast<std::size_t>(i)];
    const CarriedOfSection carried = carried_at(rules, i);
    auto months = months_of_section(standard, section, series_of(standard, series, i), carried, rules);
    append(assessment.annual, years_of_section(standard, section, carried, rules, months), i);
    append(assessment.monthly, std::move(months), i);
  }
  list_items(standard, sections, series, rules, assessment);
  return assessment;
}

}  // namespace limpid
