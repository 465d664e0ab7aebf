#include "solvers/recorder.hpp"

#include <cmath>
#include <limits>

#include "solvers/checkpoint.hpp"

#include "solvers/simulation.hpp"

namespace limpid {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

// Whether `time` is a whole number of `interval`s after `begin` (both exact in whole seconds).
bool is_due(double time, double begin, double interval) {
  return interval > 0 && std::fmod(time - begin, interval) == 0.0;
}

bool failed(const Simulation& simulation, int lane) {
  for (const LaneFailure& failure : simulation.failures())
    if (failure.lane == lane) return true;
  return false;
}

}  // namespace

std::vector<RecordedQuantity> recorded_quantities(const Basin& basin) {
  std::vector<RecordedQuantity> list;
  for (const Constituent& c : basin.constituents)
    list.push_back({c.id, c.name_zh, c.name_en, c.concentration_unit(), c.cf_name});
  for (const DerivedUse& use : basin.derived)
    list.push_back({use.derived->id, use.derived->name_zh, use.derived->name_en, use.derived->unit.text, ""});
  const bool has_temperature = basin.constituent("temperature") >= 0;
  if (!has_temperature) list.push_back({"temperature", "水温", "water temperature", "degC", ""});
  list.push_back({"discharge", "流量", "discharge", "m3 s-1", "water_volume_transport_in_river_channel"});
  list.push_back({"depth", "平均水深", "mean hydraulic depth", "m", ""});
  list.push_back({"velocity", "流速", "flow velocity", "m s-1", ""});
  if (!basin.network.lakes.empty()) list.push_back({"lake_level", "湖库水位", "level of the lake", "m", ""});
  if (basin.has_storage())
    for (int c = 0; c < basin.carried_count(); ++c) {
      const Constituent& of = basin.constituents[static_cast<std::size_t>(c)];
      list.push_back({of.id + "_storage", of.name_zh + "（储存区）", of.name_en + " in dead zones",
                      of.concentration_unit(), ""});
    }
  return list;
}

Recorder::Recorder(const Basin& basin, const RunOptions& options, int lanes)
    : basin_(basin), options_(options) {
  Record empty;
  empty.quantities = recorded_quantities(basin);
  empty.sections = static_cast<int>(basin.sections.size());
  empty.cells = basin.network.cell_count();
  records_.assign(static_cast<std::size_t>(lanes), empty);
}

void Recorder::observe(const Simulation& simulation, double time) {
  const double begin = options_.grid.time(0);
  const bool sections = is_due(time, begin, options_.section_interval);
  const bool map = is_due(time, begin, options_.map_interval);
  for (int lane = 0; lane < static_cast<int>(records_.size()); ++lane) {
    Record& record = records_[static_cast<std::size_t>(lane)];
    if (sections) {
      record.section_times.push_back(time);
      record_sections(simulation, lane, record);
    }
    if (map) {
      record.map_times.push_back(time);
      record_map(simulation, lane, record);
    }
  }
}

void Recorder::cell_values(const Simulation& simulation, int cell, int lane, double* out) const {
  const auto i = static_cast<std::size_t>(cell);
  const double volume = simulation.water().volume1[i];
  const bool defined = volume > kDryVolume && !failed(simulation, lane);
  const Environment& environment = simulation.environment();
  std::size_t q = 0;
  for (std::size_t c = 0; c < basin_.constituents.size(); ++c) {
    const bool attached = basin_.constituents[c].phase == Phase::attached;
    const double per = attached ? simulation.plan_area(cell) : volume;
    out[q++] = defined ? simulation.stores().amount(cell, static_cast<int>(c), lane) / per : kUndefined;
  }
  for (const DerivedUse& use : basin_.derived) {
    double inputs[16];
    for (std::size_t k = 0; k < use.constituents.size(); ++k) {
      const int from = use.constituents[k];
      inputs[k] = from >= 0 ? out[static_cast<std::size_t>(from)]
                            : (from == -2   ? environment[Env::temperature][i]
                               : from == -3 ? environment[Env::elevation][i]
                                            : 0.0);
    }
    out[q++] = use.derived->value(inputs);
  }
  if (basin_.constituent("temperature") < 0) out[q++] = environment[Env::temperature][i];
  out[q++] = simulation.water().discharge[i];
  out[q++] = simulation.water().depth[i];
  out[q++] = simulation.water().velocity[i];
  if (!basin_.network.lakes.empty()) {
    const Lake* lake = basin_.network.lake_of(basin_.network.cell_chain[i]);
    out[q++] = lake ? simulation.lake_level(*lake) : kUndefined;
  }
  const State& storage = simulation.stores().storage;
  if (storage.cells() == 0) return;
  const double dead = simulation.storage_volume(cell);
  for (int c = 0; c < storage.rows.constituents; ++c)
    out[q++] = dead > kDryVolume && !failed(simulation, lane)
                   ? concentration(storage.row(cell)[storage.rows.index(c, lane)], dead)
                   : kUndefined;
}

void Recorder::record_sections(const Simulation& simulation, int lane, Record& record) const {
  const std::size_t n = record.quantities.size();
  std::vector<double> a(n), b(n);
  for (const Section& section : basin_.sections) {
    cell_values(simulation, section.location.cell_a, lane, a.data());
    cell_values(simulation, section.location.cell_b, lane, b.data());
    const double w = section.location.weight_b;
    for (std::size_t q = 0; q < n; ++q) record.section_values.push_back((1 - w) * a[q] + w * b[q]);
  }
}

void Recorder::record_map(const Simulation& simulation, int lane, Record& record) const {
  const std::size_t n = record.quantities.size();
  const std::size_t at = record.map_values.size();
  record.map_values.resize(at + n * static_cast<std::size_t>(record.cells));
  for (int cell = 0; cell < record.cells; ++cell)
    cell_values(simulation, cell, lane, record.map_values.data() + at + n * static_cast<std::size_t>(cell));
}

void Recorder::restore(std::vector<Record> records) {
  if (records.size() != records_.size()) throw CheckpointError("its record is of other lanes");
  records_ = std::move(records);
}

void Recorder::checkpoint(Checkpoint& file) {
  for (Record& record : records_) {
    const std::uint64_t here[2] = {record.section_times.size(), record.map_times.size()};
    std::uint64_t times[2] = {here[0], here[1]};
    file.item("times recorded", times);
    if (times[0] != here[0] || times[1] != here[1])
      throw CheckpointError("its record has " + std::to_string(here[0]) + " times, not " +
                            std::to_string(times[0]));
  }
}

}  // namespace limpid
