#include "io/fit_rows.hpp"

#include <cmath>
#include <limits>

#include "io/station_export.hpp"

namespace limpid {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

const Section* find_section(const Case& c, const Section& observed) {
  for (const Section& section : c.basin.sections)
    if (section.id == observed.id) return &section;
  for (const Section& section : c.basin.sections)
    if (section.name_zh == observed.id || section.name_en == observed.id) return &section;
  return nullptr;
}

double value_at(const IndicatorSeries& series, double time) {
  if (series.times.empty() || time < series.times.front() || time > series.times.back()) return kNone;
  const double position = (time - series.times.front()) / series.interval;
  const auto below = static_cast<std::size_t>(position);
  if (below + 1 >= series.values.size()) return series.values.back();
  const double share = position - static_cast<double>(below);
  return share == 0 ? series.values[below]
                    : (1 - share) * series.values[below] + share * series.values[below + 1];
}

}  // namespace

std::vector<FitRow> fit_rows(const Case& c, const Record& record) {
  Problems problems;
  const auto table = Table::read(c.folder / *c.observations, *c.observations, problems);
  if (!table) throw Failure(problems.sorted().front());
  const ObservedSections observed = observed_sections(
      *table, c.basin.standard, {std::nullopt, c.run.grid.offset, c.basin.constituents}, problems);
  const std::vector<IndicatorSeries> simulated = indicator_series(c.basin.standard, record);
  std::vector<FitRow> rows;
  for (const IndicatorSeries& series : observed.series) {
    const Section* section = find_section(c, observed.sections[static_cast<std::size_t>(series.section)]);
    if (!section) continue;
    const auto index = static_cast<int>(section - c.basin.sections.data());
    for (const IndicatorSeries& model : simulated) {
      if (model.section != index || model.indicator != series.indicator) continue;
      std::vector<double> values;
      for (double time : series.times) values.push_back(value_at(model, time));
      rows.push_back({section->id, series.indicator,
                      fit_of(series.values, values, c.basin.standard.find(series.indicator), section->lake)});
    }
  }
  return rows;
}

}  // namespace limpid
