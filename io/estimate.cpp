#include "io/estimate.hpp"

#include <fmt/format.h>

#include <cmath>

#include "solvers/recorder.hpp"

namespace limpid {

namespace {

// Measured on the demo basin (261 cells, 6 constituents, 1 to 8 lanes): the state with its copies in
// transport, dispersion and kinetics takes 6.5 times the state, water and environment 1300 bytes a cell;
// results.nc comes out at 0.75 of its doubles.
constexpr double kStateCopies = 7, kCellBytes = 1500, kCompression = 0.75;
constexpr double kFixedResultBytes = 65536;  // header, mesh names, and the growth step of an image in memory

double series_bytes(const Series& series) {
  return 8.0 * static_cast<double>(series.times().size() + series.values().size());
}

double input_bytes(const Basin& basin) {
  double bytes = 0;
  for (const Source& source : basin.sources) {
    bytes += series_bytes(source.flow);
    for (const SourceLoad& load : source.loads) bytes += series_bytes(load.series);
  }
  for (const Climate& climate : basin.climates)
    for (const Series* series :
         {&climate.water_temperature, &climate.wind, &climate.air_temperature, &climate.relative_humidity,
          &climate.cloud, &climate.equilibrium_temperature, &climate.solar})
      bytes += series_bytes(*series);
  return bytes;
}

double spin_up_steps(const RunOptions& options) {
  if (options.initial == InitialKind::file) return 0;
  const TimeGrid& grid = options.grid;
  const double length = seconds_of(add(grid.begin, options.spin_up, grid.offset)) - seconds_of(grid.begin);
  const auto steps = static_cast<double>(grid.steps());
  return options.initial == InitialKind::steady ? length / grid.step : std::fmin(length / grid.step, steps);
}

double record_times(const RunOptions& options, double interval) {
  const double length = seconds_of(options.grid.end) - seconds_of(options.grid.begin);
  return interval > 0 ? std::floor(length / interval) + 1 : 0;
}

// Mean bytes of a row of sections.csv: time, number (12 characters are usual for 10 digits), separators and
// the names.
double row_bytes(const Basin& basin, const std::vector<RecordedQuantity>& quantities) {
  double sections = 0, names = 0;
  for (const Section& section : basin.sections) sections += static_cast<double>(section.id.size());
  for (const RecordedQuantity& quantity : quantities)
    names += static_cast<double>(quantity.id.size() + quantity.unit.size());
  const double mean_section =
      basin.sections.empty() ? 0 : sections / static_cast<double>(basin.sections.size());
  return 25 + 12 + 5 + mean_section + names / static_cast<double>(quantities.size());
}

std::string bytes_text(double bytes) {
  const char* const units[] = {"B", "kB", "MB", "GB", "TB", "PB"};
  int u = 0;
  for (; bytes >= 1000 && u < 5; ++u) bytes /= 1000;
  return fmt::format("{:.3g} {}", bytes, units[u]);
}

}  // namespace

Estimate estimate_run(const Basin& basin, const RunOptions& options, int lanes, double rate) {
  const std::vector<RecordedQuantity> quantities = recorded_quantities(basin);
  Estimate e;
  e.cells = basin.network.cell_count();
  e.constituents = static_cast<double>(basin.constituents.size());
  e.lanes = lanes;
  e.steps = static_cast<double>(options.grid.steps()) + spin_up_steps(options);
  const double section_values = record_times(options, options.section_interval) *
                                static_cast<double>(basin.sections.size() * quantities.size());
  const double map_values =
      record_times(options, options.map_interval) * e.cells * static_cast<double>(quantities.size());
  const double record = 8 * (section_values + map_values);
  e.results_most = e.lanes * (record + kFixedResultBytes + 64 * e.cells);
  e.results_typical = e.lanes * (kCompression * record + kFixedResultBytes + 64 * e.cells);
  e.sections_csv = e.lanes * section_values * row_bytes(basin, quantities);
  const double state = e.cells * (kCellBytes + kStateCopies * 8 * e.constituents * e.lanes);
  e.memory = state + e.lanes * record + e.results_typical / e.lanes + input_bytes(basin);
  e.seconds = e.steps * e.cells * e.constituents * e.lanes / rate;
  return e;
}

std::string duration_text(double seconds) {
  if (seconds < 120) return fmt::format("{:.2g} s", seconds);
  if (seconds < 7200) return fmt::format("{:.0f} min", seconds / 60);
  if (seconds < 172800) return fmt::format("{:.1f} h", seconds / 3600);
  return fmt::format("{:.4g} d", seconds / 86400);
}

std::string estimate_text(const Estimate& e, Lang lang) {
  const bool zh = lang == Lang::zh;
  std::string text = fmt::format(
      fmt::runtime(zh ? "计算单元 {:.0f}，组分 {:.0f}，方案 {:.0f}，步数 {:.0f}（含预热）\n"
                      : "cells {:.0f}, constituents {:.0f}, scenarios {:.0f}, steps {:.0f} (with spin-up)\n"),
      e.cells, e.constituents, e.lanes, e.steps);
  text += fmt::format(fmt::runtime(zh ? "内存约 {}\n" : "memory about {}\n"), bytes_text(e.memory));
  text += fmt::format(fmt::runtime(zh ? "磁盘：results.nc 通常 {}（至多 {}），sections.csv {}\n"
                                      : "disk: results.nc usually {} (at most {}), sections.csv {}\n"),
                      bytes_text(e.results_typical), bytes_text(e.results_most), bytes_text(e.sections_csv));
  text += fmt::format(fmt::runtime(zh ? "时间约 {}\n" : "time about {}\n"), duration_text(e.seconds));
  return text;
}

}  // namespace limpid
