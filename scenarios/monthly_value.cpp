#include "scenarios/monthly_value.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/mean.hpp"

namespace limpid {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kDay = 86400;

struct Window {
  double begin, end;
};

Window window(Month month, const AssessmentRules& rules) {
  const Window whole{seconds_of(month.begin(rules.offset)), seconds_of(month.end(rules.offset))};
  if (rules.statistic != MonthlyStatistic::sample_day) return whole;
  const double day = std::min(whole.begin + (rules.sample_day - 1) * kDay, whole.end - kDay);
  return {day, day + kDay};
}

Mean mean_of_values(const IndicatorSeries& series, std::size_t first, std::size_t last) {
  Mean mean;
  for (std::size_t i = first; i < last; ++i)
    if (!std::isnan(series.values[i])) mean.add(series.values[i]);
  return mean;
}

// There is at least one value.
Mean mean_of_days(const IndicatorSeries& series, std::size_t first, std::size_t last, double month_begin) {
  Mean days, day;
  double day_number = -1;
  for (std::size_t i = first; i < last; ++i) {
    if (std::isnan(series.values[i])) continue;
    const double number = std::floor((series.times[i] - month_begin) / kDay);
    if (number != day_number && day.count()) {
      days.add(day.value());
      day = {};
    }
    day_number = number;
    day.add(series.values[i]);
  }
  days.add(day.value());
  return days;
}

std::size_t place(const IndicatorSeries& series, double time) {
  return static_cast<std::size_t>(std::ranges::lower_bound(series.times, time) - series.times.begin());
}

}  // namespace

MonthlyValue monthly_value(const IndicatorSeries& series, Month month, const AssessmentRules& rules) {
  const Window w = window(month, rules);
  const std::size_t first = place(series, w.begin), last = place(series, w.end);
  const double half = 0.5 * (w.end - w.begin) / series.interval;
  const Mean values = mean_of_values(series, first, last);
  MonthlyValue result{kNone, static_cast<double>(last - first) >= half};
  if (static_cast<double>(values.count()) < half) return result;
  result.value = rules.statistic == MonthlyStatistic::station
                     ? mean_of_days(series, first, last, w.begin).value()
                     : values.value();
  return result;
}

std::optional<MonthRange> month_range(const std::vector<const IndicatorSeries*>& series,
                                      const AssessmentRules& rules) {
  double begin = std::numeric_limits<double>::infinity(), end = -begin;
  for (const IndicatorSeries* s : series) {
    if (s->times.empty()) continue;
    begin = std::min(begin, s->times.front());
    end = std::max(end, s->times.back());
  }
  if (begin > end) return std::nullopt;
  const auto month_of = [&rules](double t) {
    return Month::of(Time(std::chrono::seconds(static_cast<std::int64_t>(std::floor(t)))), rules.offset);
  };
  MonthRange range{month_of(begin), month_of(end)};
  const bool at_start = end == seconds_of(range.last.begin(rules.offset)) && range.first < range.last;
  const auto covered = [&](const IndicatorSeries* s) {
    return monthly_value(*s, range.last, rules).half_span;
  };
  if (at_start && std::ranges::none_of(series, covered)) --range.last.index;
  return range;
}

}  // namespace limpid
