#include "validation/dispersion_cases.hpp"

#include <algorithm>
#include <cmath>

#include "validation/long_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kDay = 86400, kOrder = 1.9;

enum class Head { first_type, flux };

Inlet inlet_of(const Reference& reference) {
  const double k = reference.parameters.count("k_per_d") ? reference.parameter("k_per_d") / kDay : 0;
  return {reference.parameter("u_m_s"), reference.parameter("D_m2_s"), k};
}

double last_time(const Reference& reference) {
  return largest(reference, "t_s");
}

// Far enough that the outlet is not felt at the table's places.
double river_length(const Reference& reference, const Inlet& inlet) {
  const double t = last_time(reference), front = inlet.speed * t + 6 * std::sqrt(2 * inlet.dispersion * t);
  return std::min(front, largest(reference, "x_m") + 40 * inlet.dispersion / inlet.speed);
}

Series head_load(const Reference& reference, const Inlet& inlet, Head head, const Grid& grid, int steps) {
  const double c0 = reference.parameter("C0");
  if (head == Head::flux) return Series::constant(c0 * inlet.speed * kRiverArea);
  std::vector<double> load = first_type_flux(inlet, grid.step(), steps), times;
  if (reference.parameters.count("pulse_s")) {
    const auto off = static_cast<std::size_t>(std::lround(reference.parameter("pulse_s") / grid.step()));
    for (std::size_t n = load.size(); n-- > off;) load[n] -= load[n - off];
  }
  load.push_back(load.back());  // so that round-off in the last step's end stays inside the series
  for (std::size_t n = 0; n < load.size(); ++n) {
    times.push_back(static_cast<double>(n) * grid.step());
    load[n] *= c0 * kRiverArea;
  }
  return Series(times, load, Interpolation::step_mean);
}

struct Errors {
  double mean = 0, worst = 0;  // of C0
};

Errors inlet_errors(const Reference& reference, Head head, const Grid& grid) {
  const Inlet inlet = inlet_of(reference);
  Basin basin = long_river(inlet, river_length(reference, inlet), grid.cell, {"tracer"});
  const int steps = static_cast<int>(std::lround(last_time(reference) / grid.step()));
  set_load(basin, basin.sources[0], "tracer", head_load(reference, inlet, head, grid, steps));
  if (inlet.decay > 0)
    add_process(basin, "first_order_decay", {{"constituent", "tracer"}},
                {{"k", reference.parameter("k_per_d")}});
  const RunOptions options = plain_options(grid.step(), steps);
  SingleRun run(basin, options);
  TableErrors errors(reference, {"C"});
  run.each_hour([&](double time) { errors.look(run, time); });
  errors.require_all();
  const double c0 = reference.parameter("C0");
  return {errors.mean(0) / c0, errors.worst(0) / c0};
}

// Errors on three grids from cell Peclet number 1 on.
std::vector<double> means_on_grids(const Reference& reference, Head head, double courant) {
  const Inlet inlet = inlet_of(reference);
  Grid grid = grid_of(inlet.dispersion / inlet.speed, courant, inlet.speed);
  std::vector<double> means;
  for (int n = 0; n < 3; ++n, grid = grid.finer()) means.push_back(inlet_errors(reference, head, grid).mean);
  return means;
}

// At Courant 0.8 splitting tells, at 0.1 hardly.
void three_grids(const CaseFolder& folder, Head head, Report& report) {
  const Reference reference = folder.reference();
  const std::vector<double> means = means_on_grids(reference, head, 0.8);
  report.add(folder, "L1", means.front());
  report.add(folder, "order deficit", std::max(0.0, kOrder - order_of(means)));
  report.add(folder, "order deficit at Courant 0.1",
             std::max(0.0, kOrder - order_of(means_on_grids(reference, head, 0.1))));
}

}  // namespace

void ogata_banks(const CaseFolder& folder, Report& report) {
  three_grids(folder, Head::first_type, report);
}
void decaying_pulse(const CaseFolder& folder, Report& report) {
  three_grids(folder, Head::first_type, report);
}
void decaying_flux_inlet(const CaseFolder& folder, Report& report) {
  three_grids(folder, Head::flux, report);
}

namespace {

// Distance over which a falling profile goes from 84 to 16 % of c0 (two standard deviations), straight
// between points.
double front_width(const std::vector<double>& x, const std::vector<double>& c, double c0) {
  const auto passes = [&](double level) {
    for (std::size_t i = 0; i + 1 < x.size(); ++i)
      if (c[i] >= level && c[i + 1] < level)
        return x[i] + (x[i + 1] - x[i]) * (c[i] - level) / (c[i] - c[i + 1]);
    return std::nan("");
  };
  return passes(0.16 * c0) - passes(0.84 * c0);
}

double width_error(const SingleRun& run, const Reference& reference, double time, double c0) {
  std::vector<double> x, exact, model;
  for (std::size_t row = 0; row < reference.rows.size(); ++row) {
    if (reference.at(row, "t_s") != time) continue;
    x.push_back(reference.at(row, "x_m"));
    exact.push_back(reference.at(row, "C"));
    model.push_back(run.at(0, 0, x.back()));
  }
  return std::fabs(front_width(x, model, c0) - front_width(x, exact, c0));
}

}  // namespace

// Cell Peclet number 25.
void ogata_banks_high_peclet(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  const Inlet inlet = inlet_of(reference);
  const Grid grid = grid_of(25, 0.8, inlet.speed);
  const double c0 = reference.parameter("C0");
  Basin basin = long_river(inlet, 12000, grid.cell, {"tracer"});
  const int steps = static_cast<int>(std::lround(last_time(reference) / grid.step()));
  set_load(basin, basin.sources[0], "tracer", head_load(reference, inlet, Head::first_type, grid, steps));
  const RunOptions options = plain_options(grid.step(), steps);
  SingleRun run(basin, options);
  TableErrors errors(reference, {"C"});
  double beyond = 0, width = 0;
  run.each_hour([&](double time) {
    errors.look(run, time);
    for (int i = 0; i < basin.network.cell_count(); ++i)
      beyond = std::max({beyond, run.concentration(0, i) - c0, -run.concentration(0, i)});
    const double w = width_error(run, reference, time, c0);
    if (!std::isnan(w)) width = std::max(width, w);
  });
  errors.require_all();
  report.add(folder, "over- or undershoot", beyond / c0);
  report.add(folder, "front width", width / grid.cell);
  report.add(folder, "L1", errors.mean(0) / c0);
}

namespace {

constexpr double kOrigin = 2400, kStart = 3600;  // chainage of the spill, m; time of the first profile, s

// Exact mean of the cell [a, b] (x from the spill).
double cell_mean(const Reference& r, double a, double b, double t) {
  const double scale = 2 * std::sqrt(r.parameter("D_m2_s") * t), centre = r.parameter("u_m_s") * t;
  const double mass = r.parameter("M_g") * std::exp(-r.parameter("k_per_d") / kDay * t) / r.parameter("A_m2");
  return 0.5 * mass * (std::erf((b - centre) / scale) - std::erf((a - centre) / scale)) / (b - a);
}

Errors spill_errors(const Reference& reference, const Grid& grid) {
  const Inlet inlet = inlet_of(reference);
  Basin basin = long_river(inlet, kOrigin + largest(reference, "x_m") + 10000, grid.cell, {"tracer"});
  add_process(basin, "first_order_decay", {{"constituent", "tracer"}},
              {{"k", reference.parameter("k_per_d")}});
  const int steps = static_cast<int>(std::lround((last_time(reference) - kStart) / grid.step()));
  const RunOptions options = plain_options(grid.step(), steps);
  SingleRun run(basin, options);
  std::vector<double> profile;
  for (double x : basin.network.cell_chainage)
    profile.push_back(cell_mean(reference, x - kOrigin - grid.cell / 2, x - kOrigin + grid.cell / 2, kStart));
  run.start_from({profile});
  TableErrors errors(reference, {"C"});
  run.each_hour([&](double time) {
    if (time > 0) errors.look(run, time + kStart, kOrigin);
  });
  double exact = 0, rows = 0;  // of the rows looked at
  for (std::size_t row = 0; row < reference.rows.size(); ++row)
    if (reference.at(row, "t_s") > kStart) exact += reference.at(row, "C"), ++rows;
  return {errors.mean(0) * rows / exact, errors.worst(0)};
}

}  // namespace

// The table's own rows are the errors' measure; from its first time the river starts with the exact profile.
void gaussian_spill(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  const double speed = reference.parameter("u_m_s");
  for (const auto& [courant, name] : {std::pair{0.4, "0.4"}, {1.0, "1"}, {4.0, "4"}}) {
    Grid grid = grid_of(60, courant, speed);
    std::vector<double> means;
    for (int n = 0; n < 3; ++n, grid = grid.finer()) means.push_back(spill_errors(reference, grid).mean);
    report.add(folder, std::string("L1 at Courant ") + name, means.front());
    report.add(folder, std::string("order deficit at Courant ") + name,
               std::max(0.0, kOrder - order_of(means)));
  }
}

}  // namespace limpid::validation
