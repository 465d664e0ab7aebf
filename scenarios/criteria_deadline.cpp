// When criteria are met, and whether they stay met.
#include <algorithm>
#include <cmath>
#include <map>

#include "scenarios/compliance.hpp"

namespace limpid {
namespace {

using Years = std::map<int, Attained>;

std::vector<PeriodStatus> periods_of(const Years& years) {
  std::vector<PeriodStatus> periods;
  for (const auto& [year, attained] : years) periods.push_back({Month{12 * year + 11}, attained});
  return periods;
}

// A failure settles a year; else one that could not be judged leaves it open.
Attained together(Attained a, Attained b) {
  if (a == Attained::no || b == Attained::no) return Attained::no;
  return a == Attained::missing ? a : b;
}

// How far the worst of the year is from the limit, as a share of it; negative: beyond.
std::optional<double> margin(const Criterion& c, double worst) {
  if (std::isnan(worst) || c.limit == 0) return std::nullopt;
  const double below = (c.limit - worst) / c.limit;
  if (c.side == LimitSide::at_least) return -below;
  if (c.side == LimitSide::at_most) return below;
  return c.low == 0 ? below : std::min(below, (worst - c.low) / c.low);
}

CriterionDeadline deadline(const Section& section, int index, std::optional<std::size_t> criterion,
                           const std::string& indicator, const Years& years, const AssessmentRules& rules) {
  const auto limit = limit_period(section, JudgingRule::annual, rules);
  CriterionDeadline d{index, criterion, deadline_answer(periods_of(years), limit)};
  d.answer.indicator = indicator;
  d.answer.rule = JudgingRule::annual;
  const auto then = limit ? years.find(limit->year()) : years.end();
  if (then != years.end() && then->second != Attained::missing)
    d.answer.attained_on_limit_date = then->second == Attained::yes;
  return d;
}

using VerdictsOf = std::map<std::size_t, std::vector<const CriterionVerdict*>>;  // by criterion

void decide(const std::vector<Criterion>& criteria, const Section& section, int index,
            const VerdictsOf& verdicts, const AssessmentRules& rules, std::vector<CriterionDeadline>& all) {
  const auto limit = limit_period(section, JudgingRule::annual, rules);
  Years every;
  std::optional<double> smallest;
  bool whole = true;  // every criterion has a margin
  for (const auto& [criterion, list] : verdicts) {
    Years years;
    std::optional<double> own;
    for (const CriterionVerdict* v : list) {
      years[v->year] = v->attained;
      const auto [at, is_new] = every.try_emplace(v->year, v->attained);
      if (!is_new) at->second = together(at->second, v->attained);
      if (limit && v->year == limit->year()) own = margin(criteria[criterion], v->worst);
    }
    all.push_back(deadline(section, index, criterion, criteria[criterion].item, years, rules));
    all.back().answer.margin = own;
    whole = whole && own;
    if (own) smallest = smallest ? std::min(*smallest, *own) : *own;
  }
  if (verdicts.empty()) return;
  all.push_back(deadline(section, index, std::nullopt, "section", every, rules));
  if (whole) all.back().answer.margin = smallest;
}

}  // namespace

std::vector<CriterionDeadline> criteria_deadlines(const std::vector<Criterion>& criteria,
                                                  const std::vector<Section>& sections,
                                                  const std::vector<CriterionVerdict>& verdicts,
                                                  const AssessmentRules& rules) {
  std::vector<CriterionDeadline> all;
  for (std::size_t s = 0; s < sections.size(); ++s) {
    VerdictsOf own;
    for (const CriterionVerdict& v : verdicts)
      if (v.section == static_cast<int>(s)) own[v.criterion].push_back(&v);
    decide(criteria, sections[s], static_cast<int>(s), own, rules, all);
  }
  return all;
}

}  // namespace limpid
