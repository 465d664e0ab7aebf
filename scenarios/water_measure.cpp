#include "scenarios/water_measure.hpp"

#include <algorithm>

#include "scenarios/batch.hpp"

namespace limpid {

bool is_flow(ActionKind kind) {
  return kind == ActionKind::scale_flow || kind == ActionKind::add_flow || kind == ActionKind::cap_flow;
}

bool moves_water(const Source& source, const Measure& measure) {
  return is_flow(measure.action) && !source.is_return() &&
         (source.carries_water || measure.type == kTransferType);
}

bool restores_channels(const Measure& measure) {
  return measure.action == ActionKind::scale_width || measure.action == ActionKind::set_roughness;
}

std::vector<int> restored_reaches(const Basin& basin, const Measure& measure) {
  std::vector<int> list;
  if (!restores_channels(measure) || measure.at.empty()) return list;
  for (const int r : measure_reaches(basin, measure))
    if (basin.network.reaches[static_cast<std::size_t>(r)].lake < 0) list.push_back(r);
  return list;
}

void restore(const Reach& reach, const Measure& measure, double strength, ChannelInput& channel) {
  if (strength == 0) return;
  const double value = measure.effects.front().value;
  if (measure.action == ActionKind::scale_width) {
    channel.width_factor *= 1 + strength * (value - 1);
    return;
  }
  const double now = channel.manning_n > 0 ? channel.manning_n : reach.manning_n;
  channel.manning_n = (1 - strength) * now + strength * value;
}

bool sets_openings(const Measure& measure) {
  return measure.action == ActionKind::set_opening || measure.action == ActionKind::open_by_level;
}

std::vector<int> measure_structures(const Basin& basin, const Measure& measure) {
  std::vector<int> list;
  if (!sets_openings(measure) || measure.at.empty()) return list;
  const std::vector<Structure>& structures = basin.network.structures;
  for (std::size_t s = 0; s < structures.size(); ++s)
    if (std::all_of(measure.at.begin(), measure.at.end(), [&](const Target& target) {
          return target.kind == "structure" && target.id == structures[s].id;
        }))
      list.push_back(static_cast<int>(s));
  return list;
}

double monthly_effect(const Measure& measure, double t0, double t1, std::chrono::seconds offset) {
  const auto& values = measure.effects;
  if (values.size() < 12) return values.front().value;
  double sum = 0;
  for (double t = t0; t < t1;) {
    const Month month = Month::of(Time(std::chrono::seconds(static_cast<std::int64_t>(t))), offset);
    const double next = std::min(t1, seconds_of(month.end(offset)));
    sum += (next - t) * values[static_cast<std::size_t>(month.month() - 1)].value;
    t = next;
  }
  return sum / (t1 - t0);
}

}  // namespace limpid
