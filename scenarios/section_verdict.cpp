// The single-factor rule (单因子评价法) for one set of values.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "scenarios/assessment.hpp"

namespace limpid {
namespace {

constexpr std::size_t kMainPollutants = 3;

IndicatorVerdict judge_item(const StandardItem& item, double value, const Section& section,
                            const AssessmentRules& rules) {
  IndicatorVerdict verdict{item.id, value, std::isnan(value), {}, Attained::missing, {}};
  verdict.water_class = item_class(item, value, section.lake, rules.rounding);
  if (!section.target) return verdict;
  const auto met = meets(item, value, *section.target, section.lake, rules.rounding);
  if (!met) return verdict;
  verdict.attained = *met ? Attained::yes : Attained::no;
  if (!*met && item.multiple)
    verdict.exceedance_multiple = -*limit_margin(item, value, *section.target, section.lake);
  return verdict;
}

bool is_asked(const Section& section, const std::string& indicator) {
  return std::ranges::find(section.indicators, indicator) != section.indicators.end();
}

std::vector<IndicatorVerdict> judge_items(const Standard& standard, const Section& section,
                                          const std::map<std::string, double>& values,
                                          const AssessmentRules& rules) {
  std::vector<IndicatorVerdict> verdicts;
  for (const StandardItem& item : standard.items) {
    const auto value = values.find(item.id);
    if (value == values.end() && !is_asked(section, item.id)) continue;
    verdicts.push_back(
        judge_item(item, value == values.end() ? ClassLimits::kNone : value->second, section, rules));
  }
  for (const std::string& asked : section.indicators)
    if (!standard.find(asked))
      verdicts.push_back({asked, ClassLimits::kNone, true, {}, Attained::missing, {}});
  return verdicts;
}

bool counts(const Standard& standard, const Section& section, const std::string& indicator) {
  const StandardItem* item = standard.find(indicator);
  return item && item->in_class(section.lake);
}

std::optional<WaterClass> worst_class(const Standard& standard, const Section& section,
                                      const SectionVerdict& verdict) {
  std::optional<WaterClass> worst;
  for (const IndicatorVerdict& v : verdict.indicators)
    if (v.water_class && counts(standard, section, v.indicator)) worst = std::max(worst, v.water_class);
  return worst;
}

// No if one asked indicator fails, else missing if one is, else yes.
void judge_asked(const Standard& standard, const Section& section, SectionVerdict& verdict) {
  const auto asked = asked_indicators(standard, section, verdict);
  bool fails = false, unknown = asked.empty();
  for (const std::string& id : asked) {
    const IndicatorVerdict& v = *verdict.find(id);
    fails = fails || v.attained == Attained::no;
    unknown = unknown || !v.water_class;
  }
  verdict.missing = unknown;
  if (fails)
    verdict.attained = Attained::no;
  else
    verdict.attained = unknown || !section.target ? Attained::missing : Attained::yes;
}

struct Candidate {
  Pollutant pollutant;
  bool toxic;
  WaterClass water_class;
  // Multiples from decimal data tie exactly; their binary noise (1e-16) must not order them.
  double rank() const { return pollutant.multiple ? std::round(*pollutant.multiple * 1e9) : -1.0; }
  bool before(const Candidate& other) const {
    return std::tuple(toxic, water_class, rank()) > std::tuple(other.toxic, other.water_class, other.rank());
  }
};

std::vector<Pollutant> main_pollutants(const Standard& standard, const Section& section,
                                       const SectionVerdict& verdict) {
  std::vector<Candidate> candidates;
  for (const IndicatorVerdict& v : verdict.indicators) {
    if (!v.water_class || *v.water_class <= WaterClass::III || !counts(standard, section, v.indicator))
      continue;
    const StandardItem& item = *standard.find(v.indicator);
    std::optional<double> multiple;
    if (item.multiple) multiple = -*limit_margin(item, v.value, WaterClass::III, section.lake);
    candidates.push_back({{v.indicator, multiple}, item.toxic, *v.water_class});
  }
  // Stable: what still ties stays in the order of the standard.
  std::ranges::stable_sort(candidates, [](const Candidate& a, const Candidate& b) { return a.before(b); });
  std::vector<Pollutant> first;
  for (std::size_t i = 0; i < std::min(kMainPollutants, candidates.size()); ++i)
    first.push_back(candidates[i].pollutant);
  return first;
}

}  // namespace

const IndicatorVerdict* SectionVerdict::find(const std::string& indicator) const {
  const auto it = std::ranges::find(indicators, indicator, &IndicatorVerdict::indicator);
  return it == indicators.end() ? nullptr : &*it;
}

std::vector<std::string> asked_indicators(const Standard& standard, const Section& section,
                                          const SectionVerdict& verdict) {
  std::vector<std::string> asked;
  for (const IndicatorVerdict& v : verdict.indicators)
    if (section.indicators.empty() ? counts(standard, section, v.indicator) : is_asked(section, v.indicator))
      asked.push_back(v.indicator);
  return asked;
}

std::vector<std::string> absent_items(const Standard& standard, const Section& section,
                                      const SectionVerdict& verdict) {
  std::vector<std::string> absent;
  for (const StandardItem& item : standard.items) {
    const IndicatorVerdict* v = verdict.find(item.id);
    if (item.in_class(section.lake) && (!v || v->missing)) absent.push_back(item.id);
  }
  return absent;
}

SectionVerdict judge(const Standard& standard, const Section& section,
                     const std::map<std::string, double>& values, const AssessmentRules& rules) {
  SectionVerdict verdict;
  verdict.indicators = judge_items(standard, section, values, rules);
  verdict.water_class = worst_class(standard, section, verdict);
  judge_asked(standard, section, verdict);
  verdict.main_pollutants = main_pollutants(standard, section, verdict);
  return verdict;
}

}  // namespace limpid
