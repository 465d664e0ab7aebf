#include "scenarios/interim.hpp"

namespace limpid {

namespace {

// The verdict's values judged against another class.
SectionVerdict judged_anew(const Standard& standard, Section section, const SectionVerdict& verdict,
                           const AssessmentRules& rules, WaterClass target) {
  section.target = target;
  std::map<std::string, double> values;
  for (const IndicatorVerdict& v : verdict.indicators)
    values[v.indicator] = v.missing ? ClassLimits::kNone : v.value;
  return judge(standard, section, values, rules);
}

}  // namespace

std::vector<InterimAnswer> interim_answers(const Standard& standard, const std::vector<Section>& sections,
                                           const Assessment& assessment, const AssessmentRules& rules,
                                           const std::vector<InterimTarget>& targets) {
  std::vector<InterimAnswer> answers;
  for (const InterimTarget& target : targets) {
    InterimAnswer answer;
    answer.asked = target;
    const Section& section = sections[static_cast<std::size_t>(target.section)];
    for (const SectionVerdict& v : assessment.monthly) {
      if (v.section != target.section || v.year != target.year || v.partial) continue;
      ++answer.months;
      answer.months_attained +=
          judged_anew(standard, section, v, rules, target.target).attained == Attained::yes;
    }
    for (const SectionVerdict& v : assessment.annual) {
      if (v.section != target.section || v.year != target.year) continue;
      const SectionVerdict anew = judged_anew(standard, section, v, rules, target.target);
      answer.attained = anew.attained;
      for (const std::string& asked : asked_indicators(standard, section, anew))
        if (anew.find(asked)->attained == Attained::no) answer.missed.push_back(asked);
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace limpid
