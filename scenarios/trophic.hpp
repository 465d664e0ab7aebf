// Trophic state of lakes and reservoirs: the comprehensive index 综合营养状态指数 TLI(Σ).
//
// Source: 湖泊(水库)富营养化评价方法及分级技术规定 (中国环境监测总站, 总站生字[2001]090号), as quoted by
// several copies; correlations with chlorophyll a from 26 Chinese lakes (金相灿等, 《中国湖泊环境》).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/assessment.hpp"

namespace limpid {

enum class TrophicItem : std::uint8_t { chla, TP, TN, transparency, COD_Mn };
inline constexpr std::array<const char*, 5> kTrophicItems{"chla", "TP", "TN", "transparency", "COD_Mn"};

// By TrophicItem: chlorophyll a [mg/m3], TP, TN [mg/L], transparency (Secchi depth) [m], COD_Mn [mg/L].
// nullopt: not known.
using TrophicValues = std::array<std::optional<double>, 5>;

// Oligotrophic below 30, mesotrophic from 30 to 50, then light to 60, medium to 70, hyper beyond.
enum class TrophicState : std::uint8_t { oligo, meso, light_eutro, medium_eutro, hyper_eutro };
TrophicState trophic_state(double index);
const char* trophic_zh(TrophicState state);
const char* trophic_en(TrophicState state);

// TLI of one item; nullopt for a value that is not positive, which has no logarithm.
std::optional<double> trophic_index(TrophicItem item, double value);
// Sum of W_j TLI_j over the items given, W_j = r_j^2 / sum r^2 of these; nullopt without chlorophyll a, which
// all correlations refer to.
std::optional<double> trophic_index(const TrophicValues& values);

// A lake in one period: each item is the mean over its points; a year's the mean of its months, where
// AssessmentRules::min_months have one.
struct TrophicVerdict {
  std::string lake;
  int year = 0, month = 0;  // month 0: the year
  TrophicValues values;
  double index = 0;
  TrophicState state = TrophicState::oligo;
};

// chla and transparency as items without limits, for the readers of series and of observations.
Standard trophic_items();
// Months, then years, of every lake (sections with `lake`, those of one `river` name together, else each its
// own). TP, TN and COD_Mn are those of the assessment; extra: series of trophic_items(), in their units.
// Periods without an index are left out.
std::vector<TrophicVerdict> trophic_verdicts(const std::vector<Section>& sections,
                                             const Assessment& assessment,
                                             const std::vector<IndicatorSeries>& extra,
                                             const AssessmentRules& rules);

}  // namespace limpid
