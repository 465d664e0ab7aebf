#include "scenarios/compliance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "scenarios/mean.hpp"

namespace limpid {
namespace {

constexpr double kDay = 86400;

// What the limit is put on: one value, day, window or year, with its end.
struct Point {
  double end, value;
};
using Points = std::vector<Point>;

struct Day {
  int number;  // since 1970, local
  double mean, minimum;
};

bool exceeds(const Criterion& c, double value) {
  switch (c.side) {
    case LimitSide::at_least:
      return value < c.limit;
    case LimitSide::range:
      return value < c.low || value > c.limit;
    default:
      return value > c.limit;
  }
}

// How far beyond the limit; larger is worse.
double badness(const Criterion& c, double value) {
  switch (c.side) {
    case LimitSide::at_least:
      return -value;
    case LimitSide::range:
      return std::max(value - c.limit, c.low - value);
    default:
      return value;
  }
}

class SeriesJudge {
 public:
  SeriesJudge(const Criterion& criterion, const IndicatorSeries& series, std::chrono::seconds offset)
      : criterion_(criterion), series_(series), offset_(static_cast<double>(offset.count())) {}

  Points points() const {
    switch (criterion_.statistic) {
      case CriterionStatistic::value:
        return all_values();
      case CriterionStatistic::annual_mean:
      case CriterionStatistic::annual_percentile:
        return of_years();
      default:
        return of_days();
    }
  }

  int year_of(double time) const {
    return Month::of(Time(std::chrono::seconds(static_cast<std::int64_t>(time))),
                     std::chrono::seconds(static_cast<std::int64_t>(offset_)))
        .year();
  }

 private:
  Points all_values() const {
    Points points;
    for (std::size_t i = 0; i < series_.times.size(); ++i)
      if (!std::isnan(series_.values[i])) points.push_back({series_.times[i], series_.values[i]});
    return points;
  }

  int day_number(double time) const { return static_cast<int>(std::floor((time + offset_) / kDay)); }
  // The last second of a local day.
  double day_end(int number) const { return (number + 1) * kDay - offset_ - 1; }

  // Days with at least half of their values.
  std::vector<Day> days() const {
    std::vector<Day> days;
    const double half = 0.5 * kDay / series_.interval;
    for (std::size_t i = 0, end; i < series_.times.size(); i = end) {
      const int number = day_number(series_.times[i]);
      Mean mean;
      double minimum = std::numeric_limits<double>::infinity();
      for (end = i; end < series_.times.size() && day_number(series_.times[end]) == number; ++end) {
        if (std::isnan(series_.values[end])) continue;
        mean.add(series_.values[end]);
        minimum = std::min(minimum, series_.values[end]);
      }
      if (mean.count() > 0 && static_cast<double>(mean.count()) >= half)
        days.push_back({number, mean.value(), minimum});
    }
    return days;
  }

  double of_day(const Day& day) const {
    const bool minimum = criterion_.statistic == CriterionStatistic::daily_minimum ||
                         criterion_.statistic == CriterionStatistic::mean_of_minima;
    return minimum ? day.minimum : day.mean;
  }

  // A window ends on every day of the record from its span on.
  Points of_days() const {
    Points points;
    const std::vector<Day> list = days();
    if (list.empty()) return points;
    const int span = std::max(criterion_.span, 1);
    std::size_t first = 0, next = 0;
    for (int last = list.front().number + span - 1; last <= list.back().number; ++last) {
      while (next < list.size() && list[next].number <= last) ++next;
      while (first < next && list[first].number <= last - span) ++first;
      if (2 * (next - first) < static_cast<std::size_t>(span)) continue;
      Mean mean;
      for (std::size_t i = first; i < next; ++i) mean.add(of_day(list[i]));
      points.push_back({day_end(last), mean.value()});
    }
    return points;
  }

  Points of_years() const {
    std::map<int, std::vector<double>> years;
    std::map<int, double> ends;
    for (const Day& day : days()) {
      const int year = year_of(day_end(day.number));
      years[year].push_back(day.mean);
      ends[year] = day_end(day.number);
    }
    Points points;
    for (auto& [year, means] : years) {
      if (2 * means.size() < 365) continue;
      points.push_back({ends[year], of_year(means)});
    }
    return points;
  }

  double of_year(std::vector<double>& means) const {
    if (criterion_.statistic == CriterionStatistic::annual_mean) {
      Mean year;
      for (const double mean : means) year.add(mean);
      return year.value();
    }
    std::ranges::sort(means);
    const std::size_t rank = (means.size() * static_cast<std::size_t>(criterion_.span) + 99) / 100;
    return means[std::max<std::size_t>(rank, 1) - 1];
  }

  const Criterion& criterion_;
  const IndicatorSeries& series_;
  double offset_;
};

const IndicatorSeries* find_series(const std::vector<IndicatorSeries>& series, int section,
                                   const std::string& item) {
  for (const IndicatorSeries& s : series)
    if (s.section == section && s.indicator == item) return &s;
  return nullptr;
}

double value_at(const IndicatorSeries* series, double time) {
  if (!series) return ClassLimits::kNone;
  const auto it = std::ranges::lower_bound(series->times, time);
  return it != series->times.end() && *it == time
             ? series->values[static_cast<std::size_t>(it - series->times.begin())]
             : ClassLimits::kNone;
}

// Values become ratios to a limit that moves with pH and temperature.
void make_ratios(const Criterion& criterion, const std::vector<IndicatorSeries>& all,
                 IndicatorSeries& series) {
  const IndicatorSeries* pH = find_series(all, series.section, "pH");
  const IndicatorSeries* temperature = find_series(all, series.section, "temperature");
  for (std::size_t i = 0; i < series.times.size(); ++i) {
    const double t = series.times[i];
    series.values[i] /=
        criterion.factor * formula_limit(criterion.formula, value_at(pH, t), value_at(temperature, t));
  }
}

// Consecutive points stand at most this far apart [s].
double longest_gap(const Criterion& criterion, const IndicatorSeries& series) {
  return 1.5 * (criterion.statistic == CriterionStatistic::value ? series.interval : kDay);
}

struct Years {
  std::map<int, CriterionVerdict> verdicts;

  void add(const Criterion& c, int year, const Point& point, bool begins_event) {
    const auto [it, is_new] = verdicts.try_emplace(year);
    CriterionVerdict& v = it->second;
    ++v.judged;
    if (is_new || badness(c, point.value) > badness(c, v.worst)) {
      v.worst = point.value;
      v.worst_time = point.end;
    }
    if (exceeds(c, point.value)) ++v.exceeding;
    if (begins_event) ++v.events;
  }
};

Years judge_points(const Criterion& criterion, const IndicatorSeries& series, const SeriesJudge& judge) {
  Years years;
  const double gap = longest_gap(criterion, series);
  double last_exceeding = -std::numeric_limits<double>::infinity();
  for (const Point& point : judge.points()) {
    const bool over = exceeds(criterion, point.value);
    years.add(criterion, judge.year_of(point.end), point, over && point.end - last_exceeding > gap);
    if (over) last_exceeding = point.end;
  }
  return years;
}

// Events of the criterion's years up to each year; an exceedance that goes on from the year before counts
// there.
void decide(const Criterion& criterion, Years& years) {
  for (auto& [year, verdict] : years.verdicts) {
    int events = criterion.events == 0 && verdict.exceeding > 0 ? 1 : 0;
    for (const auto& [earlier, other] : years.verdicts)
      if (earlier <= year && earlier > year - criterion.years) events += other.events;
    verdict.attained = events > criterion.events ? Attained::no : Attained::yes;
  }
}

// A year in which the record has the item but nothing could be judged.
CriterionVerdict nothing_judged(int year) {
  CriterionVerdict verdict;
  verdict.year = year;
  verdict.worst = ClassLimits::kNone;
  return verdict;
}

void append(std::vector<CriterionVerdict>& all, const Years& years, const SeriesJudge& judge,
            const IndicatorSeries& series, int section, std::size_t criterion) {
  const int last = judge.year_of(series.times.back() - 1);
  for (int year = judge.year_of(series.times.front()); year <= last; ++year) {
    const auto found = years.verdicts.find(year);
    CriterionVerdict verdict = found == years.verdicts.end() ? nothing_judged(year) : found->second;
    verdict.section = section;
    verdict.criterion = criterion;
    verdict.year = year;
    all.push_back(verdict);
  }
}

void judge_series(const Criterion& criterion, std::size_t index, const IndicatorSeries& series,
                  const std::vector<IndicatorSeries>& all_series, const AssessmentRules& rules,
                  std::vector<CriterionVerdict>& all) {
  if (series.times.empty()) return;
  IndicatorSeries judged = series;
  if (criterion.formula != LimitFormula::none) make_ratios(criterion, all_series, judged);
  const SeriesJudge judge(criterion, judged, rules.offset);
  Years years = judge_points(criterion, judged, judge);
  decide(criterion, years);
  append(all, years, judge, judged, series.section, index);
}

}  // namespace

std::vector<CriterionVerdict> comply(const std::vector<Criterion>& criteria, int sections,
                                     const std::vector<IndicatorSeries>& series,
                                     const AssessmentRules& rules) {
  std::vector<CriterionVerdict> all;
  for (int s = 0; s < sections; ++s)
    for (std::size_t c = 0; c < criteria.size(); ++c)
      if (const IndicatorSeries* own = find_series(series, s, criteria[c].item))
        judge_series(criteria[c], c, *own, series, rules, all);
  return all;
}

Standard criterion_items(const std::vector<Criterion>& criteria) {
  Standard items;
  const auto add = [&items](const std::string& id, const std::string& zh, const std::string& en,
                            const char* unit) {
    if (items.find(id)) return;
    StandardItem item;
    item.id = id;
    item.name_zh = zh;
    item.name_en = en;
    item.unit = unit;
    items.items.push_back(std::move(item));
  };
  add("pH", "pH值", "pH", "-");
  add("temperature", "水温", "water temperature", "degC");
  for (const Criterion& c : criteria) add(c.item, c.name_zh, c.name_en, "mg/L");
  return items;
}

}  // namespace limpid
