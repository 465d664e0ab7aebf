// Judges sections against a standard, month by month and year by year: a pure function of values and rules.
//
// Rules: GB 3838-2002 Table 1 with 环办[2011]22号 (single-factor class, 21 items for rivers, quality word and colour, main
// pollutants and exceedance multiples). docs/assessment.md states every definition.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/section.hpp"
#include "model/standard.hpp"

namespace limpid {

// How a month's value is made of a section's values.
//   time_mean: mean of all values in the calendar month; sample_day: mean of the values of one day of the month
//   (AssessmentRules::sample_day); station: 4-h values to day means to the month's mean of days.
enum class MonthlyStatistic : std::uint8_t { time_mean, sample_day, station };
enum class Rounding : std::uint8_t { none, standard };

struct AssessmentRules {
  MonthlyStatistic statistic = MonthlyStatistic::time_mean;
  Rounding rounding = Rounding::none;
  int sample_day = 10;
  std::chrono::seconds offset = kChinaOffset;
};

// Values of one indicator at one section. Regular or not; NaN = no value. `interval` is the expected spacing [s], by
// which a month's coverage is counted: less than half of the expected values = 缺测.
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
  Attained attained = Attained::missing;         // against the section's target
  std::optional<double> exceedance_multiple;     // (C - S)/S against the target's limit, where > 0 and stated
};

struct Pollutant {
  std::string indicator;
  std::optional<double> multiple;  // against class III; none for pH, DO
};

struct SectionVerdict {
  int section = 0;
  int year = 0, month = 0;
  std::vector<IndicatorVerdict> indicators;       // items judged, order of the standard
  bool missing = true;                            // 缺测
  std::optional<WaterClass> water_class;          // worst item present that counts
  Attained attained = Attained::missing;          // all asked indicators attain
  std::vector<Pollutant> main_pollutants;         // only when worse than III; at most 3
};

// Class of one value; nullopt if the item is unknown or the value is NaN.
std::optional<WaterClass> item_class(const StandardItem& item, double value, bool lake);
const char* quality_zh(WaterClass c);  // 优 良好 轻度污染 中度污染 重度污染
const char* quality_en(WaterClass c);
const char* colour_zh(WaterClass c);   // 蓝色 绿色 黄色 橙色 红色

// One set of values (item id -> value) judged by the single-factor rule.
SectionVerdict judge(const Standard& standard, const Section& section, const std::map<std::string, double>& values,
                     const AssessmentRules& rules);

struct Assessment {
  std::vector<SectionVerdict> monthly;  // by section, then month
  std::vector<SectionVerdict> annual;   // by section, then year: mean of the months; needs 12 (8 where rules allow)
  std::vector<std::string> absent_items;  // items of the class that no series gave
};
Assessment assess(const Standard& standard, const std::vector<Section>& sections,
                  const std::vector<IndicatorSeries>& series, const AssessmentRules& rules);

// When a section's indicator meets its target, and whether it stays met.
enum class JudgingRule : std::uint8_t { monthly, annual };
enum class Held : std::uint8_t { no, yes, unproven };
struct DeadlineAnswer {
  std::string indicator;  // "section" = all asked indicators together
  JudgingRule rule = JudgingRule::monthly;
  std::optional<Month> first_attained;  // monthly: the month; annual: December of the year
  std::optional<Month> held_from;
  Held held = Held::no;
  std::optional<bool> attained_on_limit_date;
  std::optional<double> margin;  // (limit - value)/limit then; reversed for DO; the smaller side for pH
};
std::vector<DeadlineAnswer> deadline_answers(const Standard& standard, const Section& section, int section_index,
                                             const Assessment& assessment, const AssessmentRules& rules);

}  // namespace limpid
