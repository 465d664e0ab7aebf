#include "scenarios/trophic.hpp"

#include <cmath>
#include <map>
#include <utility>

#include "model/elementary.hpp"
#include "scenarios/mean.hpp"
#include "scenarios/monthly_value.hpp"

namespace limpid {
namespace {

// TLI = 10 (a + b ln value), r: correlation with chlorophyll a.
struct Correlation {
  double a, b, r;
};
constexpr std::array<Correlation, 5> kCorrelations{{{2.5, 1.086, 1.0},
                                                    {9.436, 1.624, 0.84},
                                                    {5.453, 1.694, 0.82},
                                                    {5.118, -1.94, -0.83},
                                                    {0.109, 2.661, 0.83}}};

constexpr std::array<const char*, 5> kZh{"贫营养", "中营养", "轻度富营养", "中度富营养", "重度富营养"};
constexpr std::array<const char*, 5> kEn{"oligotrophic", "mesotrophic", "lightly eutrophic",
                                         "moderately eutrophic", "hypereutrophic"};

using Means = std::array<Mean, 5>;

void add(Means& means, std::size_t item, double value) {
  if (!std::isnan(value)) means[item].add(value);
}

// Means of at least so many values.
TrophicValues values_of(const Means& means, int at_least) {
  TrophicValues values;
  for (std::size_t i = 0; i < means.size(); ++i)
    if (std::cmp_greater_equal(means[i].count(), at_least)) values[i] = means[i].value();
  return values;
}

using PeriodKey = std::pair<int, int>;  // year, month
using Months = std::map<PeriodKey, Means>;

const std::string& lake_name(const Section& section) {
  return section.river.empty() ? section.id : section.river;
}

void add_assessed(const SectionVerdict& verdict, Means& means) {
  for (std::size_t i = 0; i < kTrophicItems.size(); ++i)
    if (const IndicatorVerdict* v = verdict.find(kTrophicItems[i]); v && !v->missing) add(means, i, v->value);
}

void add_extra(const std::vector<IndicatorSeries>& extra, const SectionVerdict& verdict,
               const AssessmentRules& rules, Means& means) {
  const Month month{12 * verdict.year + verdict.month - 1};
  for (const IndicatorSeries& series : extra)
    for (std::size_t i = 0; i < kTrophicItems.size(); ++i)
      if (series.section == verdict.section && series.indicator == kTrophicItems[i])
        add(means, i, monthly_value(series, month, rules).value);
}

void append(std::vector<TrophicVerdict>& all, const std::string& lake, const PeriodKey& period,
            const TrophicValues& values) {
  const auto index = trophic_index(values);
  if (index) all.push_back({lake, period.first, period.second, values, *index, trophic_state(*index)});
}

void judge_lake(const std::string& lake, const Months& months, int min_months,
                std::vector<TrophicVerdict>& all) {
  std::map<int, Means> years;
  for (const auto& [period, means] : months) {
    const TrophicValues values = values_of(means, 1);
    append(all, lake, period, values);
    for (std::size_t i = 0; i < values.size(); ++i)
      if (values[i]) add(years[period.first], i, *values[i]);
  }
  for (const auto& [year, means] : years) append(all, lake, {year, 0}, values_of(means, min_months));
}

}  // namespace

TrophicState trophic_state(double index) {
  if (index < 30) return TrophicState::oligo;
  if (index <= 50) return TrophicState::meso;
  if (index <= 60) return TrophicState::light_eutro;
  return index <= 70 ? TrophicState::medium_eutro : TrophicState::hyper_eutro;
}

const char* trophic_zh(TrophicState state) {
  return kZh[static_cast<std::size_t>(state)];
}
const char* trophic_en(TrophicState state) {
  return kEn[static_cast<std::size_t>(state)];
}

std::optional<double> trophic_index(TrophicItem item, double value) {
  if (!(value > 0)) return std::nullopt;
  const Correlation& c = kCorrelations[static_cast<std::size_t>(item)];
  return 10 * (c.a + c.b * elementary::log(value));
}

std::optional<double> trophic_index(const TrophicValues& values) {
  double sum = 0, weights = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto item = static_cast<TrophicItem>(i);
    const auto index = values[i] ? trophic_index(item, *values[i]) : std::nullopt;
    if (!index && item == TrophicItem::chla) return std::nullopt;
    if (!index) continue;
    const double weight = kCorrelations[i].r * kCorrelations[i].r;
    sum += weight * *index;
    weights += weight;
  }
  return sum / weights;
}

Standard trophic_items() {
  Standard items;
  StandardItem chla, transparency;
  chla.id = kTrophicItems[0];
  chla.name_zh = "叶绿素a";
  chla.name_en = "chlorophyll a";
  chla.unit = "mg/m3";
  transparency.id = kTrophicItems[3];
  transparency.name_zh = "透明度";
  transparency.name_en = "Secchi depth";
  transparency.unit = "m";
  items.items.push_back(std::move(chla));
  items.items.push_back(std::move(transparency));
  return items;
}

std::vector<TrophicVerdict> trophic_verdicts(const std::vector<Section>& sections,
                                             const Assessment& assessment,
                                             const std::vector<IndicatorSeries>& extra,
                                             const AssessmentRules& rules) {
  std::map<std::string, Months> lakes;
  for (const SectionVerdict& verdict : assessment.monthly) {
    const Section& section = sections[static_cast<std::size_t>(verdict.section)];
    if (!section.lake) continue;
    Means& means = lakes[lake_name(section)][{verdict.year, verdict.month}];
    add_assessed(verdict, means);
    add_extra(extra, verdict, rules, means);
  }
  std::vector<TrophicVerdict> all;
  for (const auto& [lake, months] : lakes) judge_lake(lake, months, rules.min_months, all);
  return all;
}

}  // namespace limpid
