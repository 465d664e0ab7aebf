// When a target is met, whether it stays met, and how it stands on the limit date.
#include <algorithm>
#include <cmath>

#include "scenarios/assessment.hpp"

namespace limpid {
namespace {

constexpr int kProofMonths = 12;  // a full year, dry season included, must follow held_from
constexpr const char* kSection = "section";

// One assessed month, or one assessed year under its December.
struct Judged {
  Month month;
  const SectionVerdict* verdict;
};

std::vector<Judged> judged_periods(const Assessment& assessment, int section, JudgingRule rule) {
  std::vector<Judged> periods;
  const bool monthly = rule == JudgingRule::monthly;
  for (const SectionVerdict& v : monthly ? assessment.monthly : assessment.annual)
    if (v.section == section) periods.push_back({Month{12 * v.year + (monthly ? v.month : 12) - 1}, &v});
  return periods;
}

Attained attained(const SectionVerdict& verdict, const std::string& indicator) {
  if (indicator == kSection) return verdict.attained;
  const IndicatorVerdict* v = verdict.find(indicator);
  return v ? v->attained : Attained::missing;
}

std::optional<Month> first_attained(const std::vector<PeriodStatus>& statuses) {
  const auto it = std::ranges::find(statuses, Attained::yes, &PeriodStatus::attained);
  return it == statuses.end() ? std::nullopt : std::optional(it->month);
}

std::optional<Month> held_from(const std::vector<PeriodStatus>& statuses) {
  std::optional<Month> from;
  for (auto it = statuses.rbegin(); it != statuses.rend() && it->attained == Attained::yes; ++it)
    from = it->month;
  return from;
}

// A failure at or after the limit settles it; else the proof needs a record that reaches the limit.
Held held(const std::vector<PeriodStatus>& statuses, const std::optional<Month>& from,
          const std::optional<Month>& limit) {
  if (statuses.empty()) return Held::unproven;
  const Month last = statuses.back().month;
  const Month by = limit.value_or(last);
  const auto fails = [by](const PeriodStatus& s) { return s.month >= by && s.attained == Attained::no; };
  if (std::ranges::any_of(statuses, fails)) return Held::no;
  const bool proven = from && *from <= by && by <= last && last.index - from->index >= kProofMonths;
  return proven ? Held::yes : Held::unproven;
}

std::optional<double> indicator_margin(const Standard& standard, const Section& section,
                                       const SectionVerdict& verdict, const std::string& indicator) {
  const StandardItem* item = standard.find(indicator);
  const IndicatorVerdict* v = verdict.find(indicator);
  return item && v ? limit_margin(*item, v->value, *section.target, section.lake) : std::nullopt;
}

std::optional<double> margin(const Standard& standard, const Section& section, const SectionVerdict& verdict,
                             const std::string& indicator) {
  if (indicator != kSection) return indicator_margin(standard, section, verdict, indicator);
  std::optional<double> smallest;
  for (const std::string& asked : asked_indicators(standard, section, verdict)) {
    const auto own = indicator_margin(standard, section, verdict, asked);
    if (!own) return std::nullopt;
    smallest = smallest ? std::min(*smallest, *own) : *own;
  }
  return smallest;
}

DeadlineAnswer answer(const Standard& standard, const Section& section, const std::vector<Judged>& periods,
                      const std::string& indicator, JudgingRule rule, const std::optional<Month>& limit) {
  std::vector<PeriodStatus> statuses;
  for (const Judged& p : periods)
    if (!p.verdict->partial) statuses.push_back({p.month, attained(*p.verdict, indicator)});
  DeadlineAnswer a = deadline_answer(statuses, limit);
  a.indicator = indicator;
  a.rule = rule;
  const IndicatorVerdict* one = periods.empty() ? nullptr : periods.front().verdict->find(indicator);
  a.carried = one && one->carried;
  const auto then = std::ranges::find_if(periods, [&limit](const Judged& p) { return p.month == limit; });
  if (then == periods.end()) return a;
  const Attained result = attained(*then->verdict, indicator);
  if (result != Attained::missing) a.attained_on_limit_date = result == Attained::yes;
  a.margin = margin(standard, section, *then->verdict, indicator);
  return a;
}

}  // namespace

std::optional<Month> limit_period(const Section& section, JudgingRule rule, const AssessmentRules& rules) {
  if (!section.limit_date) return std::nullopt;
  if (rule == JudgingRule::monthly) return Month::of(*section.limit_date, rules.offset);
  const Month next_day = Month::of(*section.limit_date + std::chrono::days(1), rules.offset);
  return Month{12 * next_day.year() - 1};
}

DeadlineAnswer deadline_answer(const std::vector<PeriodStatus>& periods, const std::optional<Month>& limit) {
  DeadlineAnswer a;
  a.first_attained = first_attained(periods);
  a.held_from = held_from(periods);
  a.held = held(periods, a.held_from, limit);
  return a;
}

std::vector<DeadlineAnswer> deadline_answers(const Standard& standard, const Section& section,
                                             int section_index, const Assessment& assessment,
                                             const AssessmentRules& rules) {
  std::vector<DeadlineAnswer> answers;
  if (!section.target) return answers;
  const auto months = judged_periods(assessment, section_index, JudgingRule::monthly);
  const SectionVerdict nothing = judge(standard, section, {}, rules);
  auto indicators = asked_indicators(standard, section, months.empty() ? nothing : *months.front().verdict);
  indicators.push_back(kSection);
  for (const std::string& indicator : indicators)
    for (const JudgingRule rule : {JudgingRule::monthly, JudgingRule::annual})
      answers.push_back(answer(standard, section, judged_periods(assessment, section_index, rule), indicator,
                               rule, limit_period(section, rule, rules)));
  return answers;
}

}  // namespace limpid
