#include <algorithm>
#include <cmath>
#include <numeric>

#include "io/id_table.hpp"
#include "io/plan_reading.hpp"
#include "io/shut_gates.hpp"
#include "io/units.hpp"
#include "scenarios/batch.hpp"
#include "scenarios/influence.hpp"
#include "scenarios/station_measure.hpp"
#include "scenarios/water_measure.hpp"

namespace limpid {

namespace {

// Limit dates by which a measure is wanted: of the sections below it, or of all if none below has one.
struct Wanted {
  std::optional<Time> last;
  std::string sections;
};

Wanted last_limit_date(const std::vector<Section>& sections, const std::vector<int>& of) {
  Wanted wanted;
  for (const int s : of) {
    const Section& section = sections[static_cast<std::size_t>(s)];
    if (!section.limit_date) continue;
    if (!wanted.last || *section.limit_date > *wanted.last) wanted.last = section.limit_date;
    wanted.sections += (wanted.sections.empty() ? "" : ", ") + section.id;
  }
  return wanted;
}

Wanted last_limit_date(const Basin& basin, const Measure& measure) {
  const Wanted below = last_limit_date(basin.sections, sections_below(basin, measure));
  if (below.last) return below;
  std::vector<int> all(basin.sections.size());
  std::iota(all.begin(), all.end(), 0);
  return last_limit_date(basin.sections, all);
}

bool flows(const Source& source) {
  return !source.flow.is_zero() || source.is_return();
}

bool gives(const Source& source, int constituent) {
  const auto c = static_cast<std::size_t>(constituent);
  if (source.is_return()) return true;  // what was taken
  return c < source.loads.size() && source.loads[c].kind != SourceLoad::Kind::none &&
         !source.loads[c].series.is_zero();
}

// Whether the measure changes anything at this source.
bool touches(const Measure& measure, const Source& source) {
  switch (measure.action) {
    case ActionKind::scale_flow:
    case ActionKind::cap_flow:
      return flows(source);
    case ActionKind::add_flow:
      return true;
    case ActionKind::set_load:
      return source.kind != SourceKind::abstraction;
    default:
      return source.kind != SourceKind::abstraction &&
             std::any_of(measure.effects.begin(), measure.effects.end(),
                         [&](const Effect& effect) { return gives(source, effect.constituent); });
  }
}

void check_reach(PlanReading& reading, const Measure& measure) {
  if (measure.action == ActionKind::set_parameter || measure.at.empty() || measure.effects.empty()) return;
  const std::vector<int> sources = measure_sources(reading.c.basin, measure);
  if (acts_on_station(measure) && !measure_stations(reading.c.basin, measure).empty()) return;
  if (!restored_reaches(reading.c.basin, measure).empty()) return;
  if (!measure_structures(reading.c.basin, measure).empty()) return;
  std::string conditions;
  for (const Target& target : measure.at)
    conditions += (conditions.empty() ? "" : ", ") + target.kind + ":" + target.id;
  for (const int s : sources)
    if (touches(measure, reading.c.basin.sources[static_cast<std::size_t>(s)])) return;
  reading.problems.add(Code::E1506, measure.place, {measure.id, conditions});
}

// A return has the flow that its abstraction gets.
void check_returns(PlanReading& reading, const Measure& measure) {
  if (!is_flow(measure.action)) return;
  const std::vector<Source>& sources = reading.c.basin.sources;
  for (const int s : measure_sources(reading.c.basin, measure)) {
    const Source& source = sources[static_cast<std::size_t>(s)];
    const bool named = std::any_of(measure.at.begin(), measure.at.end(),
                                   [](const Target& target) { return target.kind == "source"; });
    if (source.is_return() && named)
      reading.problems.add(Code::E1529, measure.place,
                           {measure.id, source.id, sources[static_cast<std::size_t>(source.return_of)].id});
  }
}

// The most that a release asks, and the least that a station leaves as it is.
void check_releases(PlanReading& reading, const Measure& measure) {
  const bool share = measure.action == ActionKind::raise_release_share;
  if (measure.effects.empty() || (!share && measure.action != ActionKind::raise_release)) return;
  const auto most = std::max_element(measure.effects.begin(), measure.effects.end(),
                                     [](const Effect& a, const Effect& b) { return a.value < b.value; });
  for (const int s : measure_stations(reading.c.basin, measure)) {
    const Hydropower& station = reading.c.basin.stations[static_cast<std::size_t>(s)];
    const double now = share ? station.inflow_share : station.release.minimum();
    if (most->value > now) continue;
    const std::string unit = share ? "" : " m3/s";
    reading.problems.add(Code::E1527, measure.place,
                         {measure.id, station.id, number_text(most->value) + unit, number_text(now) + unit});
  }
}

void check_openings(PlanReading& reading, const Measure& measure) {
  if (!sets_openings(measure) || measure.effects.empty()) return;
  const auto least =
      measure.action == ActionKind::open_by_level
          ? measure.effects.begin()  // the others are levels
          : std::min_element(measure.effects.begin(), measure.effects.end(),
                             [](const Effect& a, const Effect& b) { return a.value < b.value; });
  const Basin& basin = reading.c.basin;
  for (const int s : measure_structures(basin, measure))
    check_shut(basin, basin.network.structures[static_cast<std::size_t>(s)], least->value, measure.place,
               reading.problems);
}

void check_caps_without_flow(PlanReading& reading, const Measure& measure) {
  if (measure.action != ActionKind::cap_concentration) return;
  for (const int s : measure_sources(reading.c.basin, measure)) {
    const Source& source = reading.c.basin.sources[static_cast<std::size_t>(s)];
    for (const Effect& effect : measure.effects)
      if (!flows(source) && gives(source, effect.constituent))
        reading.problems.add(
            Code::E1510, measure.place,
            {measure.id, reading.c.basin.constituents[static_cast<std::size_t>(effect.constituent)].id,
             source.id});
  }
}

Time time_at(double seconds) {
  return Time(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

void check_dates(PlanReading& reading, const Measure& measure) {
  const TimeGrid& grid = reading.c.run.grid;
  if (measure.end && *measure.end <= measure.start) return;  // E1509
  const double begin = measure.acts_from(seconds_of(measure.start), grid.offset);
  const Wanted wanted = last_limit_date(reading.c.basin, measure);
  if (wanted.last && begin > seconds_of(*wanted.last) && std::isfinite(begin))
    reading.problems.add(Code::W1511, measure.place,
                         {measure.id, format_date(time_at(begin), grid.offset),
                          format_date(*wanted.last, grid.offset), wanted.sections});
  if (grid.end > grid.begin && measure.acts_from(seconds_of(grid.begin), grid.offset) >= seconds_of(grid.end))
    reading.problems.add(
        Code::W1512, measure.place,
        {measure.id, format_date(grid.begin, grid.offset), format_date(grid.end, grid.offset)});
}

// What no run can tell: a target whose date it does not hold. A plan is what asks for it.
void check_limit_dates(PlanReading& reading) {
  const TimeGrid& grid = reading.c.run.grid;
  for (const Section& section : reading.c.basin.sections) {
    if (!section.limit_date || !section.target || grid.end <= grid.begin) continue;
    if (*section.limit_date >= grid.begin && *section.limit_date < grid.end) continue;
    reading.problems.add(Code::W1518, section.place,
                         {format_date(*section.limit_date, grid.offset), section.id,
                          format_date(grid.begin, grid.offset), format_date(grid.end, grid.offset)});
  }
}

// The constituent that both measures act on, or -1.
int shared_constituent(const Measure& a, const Measure& b) {
  for (const Effect& x : a.effects)
    for (const Effect& y : b.effects)
      if (x.constituent == y.constituent) return x.constituent;
  return -1;
}

int shared_source(const Basin& basin, const Measure& a, const Measure& b) {
  const std::vector<int> of_a = measure_sources(basin, a), of_b = measure_sources(basin, b);
  for (const int s : of_a)
    if (std::find(of_b.begin(), of_b.end(), s) != of_b.end()) return s;
  return -1;
}

void check_pair(PlanReading& reading, const Measure& a, const Measure& b) {
  const bool caps = a.action == ActionKind::cap_concentration;
  if (a.action != b.action || (!caps && a.action != ActionKind::set_load)) return;
  if (caps && reading.plan.cap_policy == CapPolicy::lowest) return;
  if (!act_together(a, b, reading.c.run.grid.offset)) return;
  const int constituent = shared_constituent(a, b);
  const int source = constituent < 0 ? -1 : shared_source(reading.c.basin, a, b);
  if (source < 0) return;
  reading.problems.add(
      caps ? Code::E1504 : Code::E1503, b.place,
      {a.id, b.id, reading.c.basin.sources[static_cast<std::size_t>(source)].id,
       reading.c.basin.constituents[static_cast<std::size_t>(constituent)].id, place_text(a.place)});
}

}  // namespace

void check_plan(PlanReading& reading) {
  check_limit_dates(reading);
  const std::vector<Measure>& measures = reading.plan.measures;
  for (std::size_t i = 0; i < measures.size(); ++i) {
    check_reach(reading, measures[i]);
    check_caps_without_flow(reading, measures[i]);
    check_releases(reading, measures[i]);
    check_openings(reading, measures[i]);
    check_returns(reading, measures[i]);
    if (!reading.dated[i]) continue;
    check_dates(reading, measures[i]);
    for (std::size_t j = 0; j < i; ++j)
      if (reading.dated[j]) check_pair(reading, measures[j], measures[i]);
  }
}

}  // namespace limpid
