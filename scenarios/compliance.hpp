// Judges section series against criteria (model/criterion.hpp), year by year.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/criterion.hpp"
#include "scenarios/assessment.hpp"

namespace limpid {

// One criterion at one section in one calendar year. A statistic over days belongs to the year of its last
// day; it needs half of the expected values of each day, half of the days of its window, half of those of its
// year, and a window lies inside the record.
struct CriterionVerdict {
  int section = 0;
  std::size_t criterion = 0;  // into the list that was judged
  int year = 0;
  int judged = 0, exceeding = 0;  // values, days, windows or years that the limit was put on
  int events = 0;                 // runs of consecutive ones that exceed, by the year of their begin
  double worst = 0;       // the worst of them; with a formula the ratio to the limit; NaN: none judged
  double worst_time = 0;  // its end, seconds since 1970
  // No when the year and those before it together have more events than the criterion allows in its years;
  // missing when nothing could be judged.
  Attained attained = Attained::missing;
};

// By section, then criterion, then year. Series of one section and item stand once; pH and temperature [degC]
// are looked up at the times of the item. A criterion whose item no section has gives nothing.
std::vector<CriterionVerdict> comply(const std::vector<Criterion>& criteria, int sections,
                                     const std::vector<IndicatorSeries>& series,
                                     const AssessmentRules& rules);

// When a section meets criteria, and whether it keeps them: the deadline's annual rule over the years of the
// record, each as `comply` judged it.
struct CriterionDeadline {
  int section = 0;
  std::optional<std::size_t> criterion;  // none: all that were judged at the section together
  DeadlineAnswer answer;  // indicator: the criterion's item, or "section"; margin: by the worst of the year
};
// By section: its criteria, then all together. Sections without a target have their criteria all the same,
// without a limit date they are due in the record's last year.
std::vector<CriterionDeadline> criteria_deadlines(const std::vector<Criterion>& criteria,
                                                  const std::vector<Section>& sections,
                                                  const std::vector<CriterionVerdict>& verdicts,
                                                  const AssessmentRules& rules);

// The items of the criteria, pH and temperature, without class limits: for the readers of series and of
// observations. In mg/L, pH and degC.
Standard criterion_items(const std::vector<Criterion>& criteria);

}  // namespace limpid
