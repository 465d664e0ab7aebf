// Judges sections against a standard, month by month and year by year: a pure function of values and rules.
//
// Rules: GB 3838-2002 Table 1 with 环办[2011]22号 (single-factor class, 21 items, quality word and colour,
// main pollutants and exceedance multiples). docs/assessment.md states every definition.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/section.hpp"
#include "model/standard.hpp"

namespace limpid {

// How a month's value is made of a section's values.
//   time_mean: mean of all values in the calendar month; sample_day: mean of the values of one day of the
//   month (AssessmentRules::sample_day, the last day where the month is shorter); station: values to day
//   means to the month's mean of days.
enum class MonthlyStatistic : std::uint8_t { time_mean, sample_day, station };
// none: values are compared as they are; standard: rounded half to even (GB/T 8170) to the limit's decimals.
enum class Rounding : std::uint8_t { none, standard };

// An item that is not simulated: its observed values stand for every assessed year unchanged.
struct CarriedItem {
  int section = 0;
  std::string indicator;          // item id of the standard
  std::array<double, 12> months;  // January first, in the item's unit; NaN = no value
};

// What an assessment needs beside the values, so that it can be repeated.
struct AssessmentRules {
  MonthlyStatistic statistic = MonthlyStatistic::time_mean;
  Rounding rounding = Rounding::none;
  int sample_day = 10;
  int min_months = 12;  // monthly values that a year needs; 8 where ice prevents sampling
  std::chrono::seconds offset = kChinaOffset;
  std::vector<CarriedItem> carried;   // each section and item once, none that has a series
  std::vector<std::string> criteria;  // judged beside the classes: "US-EPA-DO-1986:warmwater_other"
};

// Values of one indicator at one section. Regular or not; NaN = no value. `times` [s since 1970] ascend; a
// value belongs to the month that holds its time. `interval` is the expected spacing [s], by which a month's
// coverage is counted: less than half of the expected values = 缺测.
struct IndicatorSeries {
  int section = 0;
  std::string indicator;  // item id of the standard
  std::vector<double> times, values;
  double interval = 3600;
};

enum class Attained : std::uint8_t { no, yes, missing };

// One indicator of one section in one period (a month, or a year when month == 0).
struct IndicatorVerdict {
  std::string indicator;
  double value = 0;  // NaN when missing
  bool missing = false;
  std::optional<WaterClass> water_class;
  Attained attained = Attained::missing;  // of the section's target; missing without value, target or limit
  std::optional<double>
      exceedance_multiple;  // (C - S)/S against the target's limit S, where exceeded, stated
  bool carried = false;     // observed and carried unchanged (AssessmentRules::carried)
};

struct Pollutant {
  std::string indicator;
  std::optional<double> multiple;  // against class III; none for pH, DO
};

struct SectionVerdict {
  int section = 0;
  int year = 0, month = 0;
  std::vector<IndicatorVerdict> indicators;  // items judged, order of the standard
  bool missing = true;                       // 缺测: an asked indicator has no value, or no item has
  // The record begins or ends inside this period and covers less than half of it (of a year: fewer than
  // min_months): listed, not counted in deadlines.
  bool partial = false;
  std::optional<WaterClass> water_class;  // worst item present that counts
  // All asked indicators attain: no if one fails, else missing if one is.
  Attained attained = Attained::missing;
  std::vector<Pollutant> main_pollutants;  // only when worse than III; at most 3

  // nullptr if the indicator was not judged.
  const IndicatorVerdict* find(const std::string& indicator) const;
};

// Class of one value, the better class where two share a limit; nullopt if the value is NaN or the standard
// gives no class limits for it.
std::optional<WaterClass> item_class(const StandardItem& item, double value, bool lake,
                                     Rounding rounding = Rounding::none);
// Whether a value meets the limit of a class; nullopt as for item_class.
std::optional<bool> meets(const StandardItem& item, double value, WaterClass c, bool lake,
                          Rounding rounding = Rounding::none);
// GB/T 8170: the nearest multiple of 10^-decimals, ties to even. decimals in [0, 15].
double round_half_even(double value, int decimals);
// (limit - value)/limit, reversed for at_least items, the smaller side for range items; nullopt as for
// item_class.
std::optional<double> limit_margin(const StandardItem& item, double value, WaterClass c, bool lake);

// Quality (水质状况) of a section or river, with its word and colour.
enum class Quality : std::uint8_t { excellent, good, light, moderate, heavy };
Quality quality_of(WaterClass c);   // I-II, III, IV, V, worse than V
const char* quality_zh(Quality q);  // 优 良好 轻度污染 中度污染 重度污染
const char* quality_en(Quality q);
const char* colour_zh(Quality q);  // 蓝色 绿色 黄色 橙色 红色
const char* colour_en(Quality q);
inline const char* quality_zh(WaterClass c) {
  return quality_zh(quality_of(c));
}
inline const char* quality_en(WaterClass c) {
  return quality_en(quality_of(c));
}
inline const char* colour_zh(WaterClass c) {
  return colour_zh(quality_of(c));
}

// One set of values (item id -> value) judged by the single-factor rule. Items judged: those of the standard
// among the values, and the section's asked indicators (missing where no value is given).
SectionVerdict judge(const Standard& standard, const Section& section,
                     const std::map<std::string, double>& values, const AssessmentRules& rules);
// What the section's target is asked of: its own list, or every item judged that counts in its class.
std::vector<std::string> asked_indicators(const Standard& standard, const Section& section,
                                          const SectionVerdict& verdict);
// Items that count in the section's class but have no value in this verdict ("class of the N items given").
std::vector<std::string> absent_items(const Standard& standard, const Section& section,
                                      const SectionVerdict& verdict);

struct Assessment {
  std::vector<SectionVerdict> monthly;    // by section, then month
  std::vector<SectionVerdict> annual;     // by section, then year: mean of the months; needs rules.min_months
  std::vector<std::string> absent_items;  // items of the class that no series gave and none carried
  std::vector<std::string> carried_items;  // carried at some section, order of the standard
};
// Months run from the first to the last value of a section (NaN counts as a place in time, not as a value).
Assessment assess(const Standard& standard, const std::vector<Section>& sections,
                  const std::vector<IndicatorSeries>& series, const AssessmentRules& rules);

// When a section's indicator meets its target, and whether it stays met.
enum class JudgingRule : std::uint8_t { monthly, annual };
enum class Held : std::uint8_t { no, yes, unproven };
struct DeadlineAnswer {
  std::string indicator;  // "section" = all asked indicators together
  JudgingRule rule = JudgingRule::monthly;
  std::optional<Month> first_attained;  // monthly: the month; annual: December of the year
  std::optional<Month> held_from;       // likewise
  Held held = Held::no;
  std::optional<bool> attained_on_limit_date;  // nullopt: no limit date, or missing then
  std::optional<double> margin;  // limit_margin then; "section": the smallest of the asked indicators
  bool carried = false;          // the indicator is observed and carried, no plan changes it
};
// One assessed period of what has a target: a month, or a year under its December.
struct PeriodStatus {
  Month month;
  Attained attained;
};
// first_attained, held_from and held of periods in order of time; limit: the period in which it is due, the
// last one if there is none.
DeadlineAnswer deadline_answer(const std::vector<PeriodStatus>& periods, const std::optional<Month>& limit);
// The month holding the limit date; annual: the December of the last year that is complete at its end.
std::optional<Month> limit_period(const Section& section, JudgingRule rule, const AssessmentRules& rules);
// The asked indicators in the order of the standard, then "section", each monthly and annual; empty without a
// target.
std::vector<DeadlineAnswer> deadline_answers(const Standard& standard, const Section& section,
                                             int section_index, const Assessment& assessment,
                                             const AssessmentRules& rules);

}  // namespace limpid
