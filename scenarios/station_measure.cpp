#include "scenarios/station_measure.hpp"

#include <algorithm>

#include "scenarios/water_measure.hpp"

namespace limpid {

namespace {

bool holds(const Basin& basin, const Hydropower& station, const Target& target) {
  if (target.kind == "station") return station.id == target.id;
  if (station.canal < 0) return false;
  const Reach& canal = basin.network.reaches[static_cast<std::size_t>(station.canal)];
  if (target.kind == "county") return canal.county == target.id;
  if (target.kind == "reach") return canal.id == target.id;
  return target.kind == "stretch" && canal.stretch == target.id;
}

double raised(double now, double wanted, double strength) {
  return now + strength * std::max(0.0, wanted - now);
}

}  // namespace

bool acts_on_station(const Measure& measure) {
  return measure.action == ActionKind::raise_release || measure.action == ActionKind::raise_release_share ||
         measure.action == ActionKind::stop_diversion;
}

std::vector<int> measure_stations(const Basin& basin, const Measure& measure) {
  std::vector<int> list;
  if (!acts_on_station(measure) || measure.at.empty()) return list;
  for (std::size_t s = 0; s < basin.stations.size(); ++s)
    if (std::all_of(measure.at.begin(), measure.at.end(),
                    [&](const Target& target) { return holds(basin, basin.stations[s], target); }))
      list.push_back(static_cast<int>(s));
  return list;
}

void limit_diversion(const DiversionInput& own, const Measure& measure, double strength, double t0, double t1,
                     std::chrono::seconds offset, DiversionInput& out) {
  if (strength == 0) return;
  const double value = measure.effects.front().value;
  if (measure.action == ActionKind::raise_release)
    out.reserve =
        std::max(out.reserve, raised(own.reserve, monthly_effect(measure, t0, t1, offset), strength));
  else if (measure.action == ActionKind::raise_release_share)
    out.inflow_share = std::max(out.inflow_share, raised(own.inflow_share, value, strength));
  else
    out.capacity = std::min(out.capacity, own.capacity * (1 - strength * value));
}

}  // namespace limpid
