#include "validation/storage_cases.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <map>

#include "validation/long_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kDay = 86400;
using Complex = std::complex<double>;

struct StoredRiver {
  double flow, area, storage_area, dispersion, exchange, decay, storage_decay;
  double speed() const { return flow / area; }
};

StoredRiver river_of(const Reference& r) {
  const auto optional = [&](const char* name) { return r.parameters.count(name) ? r.parameter(name) : 0; };
  return {r.parameter("Q_m3_s"),     r.parameter("A_m2"),        r.parameter("As_m2"),
          r.parameter("D_m2_s"),     r.parameter("alpha_per_s"), optional("lambda_per_s"),
          optional("lambda_s_per_s")};
}

// What dead zones and decay take per concentration, in Laplace's terms.
Complex held_back(const StoredRiver& r, Complex s) {
  const double kappa = r.exchange * r.area / r.storage_area;
  return s + r.decay + r.exchange * (s + r.storage_decay) / (s + kappa + r.storage_decay);
}

Series head_load(const Reference& reference, const StoredRiver& r, double step, int steps) {
  const auto flux = first_type_flux(
      r.speed(), r.dispersion, [&](Complex s) { return held_back(r, s); }, step, steps);
  const auto off = static_cast<std::size_t>(std::lround(reference.parameter("pulse_s") / step));
  std::vector<double> times, load;
  for (std::size_t n = 0; n <= flux.size(); ++n) {
    const std::size_t m = std::min(n, flux.size() - 1);  // round-off in the last step's end stays inside
    times.push_back(static_cast<double>(n) * step);
    load.push_back(reference.parameter("C0") * r.area * (flux[m] - (m >= off ? flux[m - off] : 0)));
  }
  return Series(times, load, Interpolation::step_mean);
}

struct PulseGrid {
  double cell, step, margin;  // m, s, m below the table's last place
};

Basin basin_of(const Reference& reference, const StoredRiver& r, const PulseGrid& grid, int steps) {
  const int cells = static_cast<int>(std::lround((largest(reference, "x_m") + grid.margin) / grid.cell));
  Basin basin = uniform_basin({{cells * grid.cell, r.area, r.flow, r.dispersion, 1.0, cells}});
  add_constituents(basin, {"tracer"});
  basin.network.reaches[0].storage_area = r.storage_area;
  basin.network.reaches[0].storage_exchange = r.exchange;
  set_load(basin, add_boundary(basin, 0, r.flow), "tracer", head_load(reference, r, grid.step, steps));
  if (r.decay > 0)
    add_process(basin, "first_order_decay", {{"constituent", "tracer"}}, {{"k", r.decay * kDay}});
  if (r.storage_decay > 0)
    add_process(basin, "first_order_decay", {{"constituent", "tracer"}}, {{"k", r.storage_decay * kDay}})
        .where = Compartment::storage;
  return basin;
}

// Sums of C, t C and t^2 C at one place.
struct Moments {
  double sum = 0, first = 0, second = 0;
  void add(double t, double c) { sum += c, first += t * c, second += t * t * c; }
  double mean() const { return first / sum; }
  double variance() const { return second / sum - mean() * mean(); }
};

struct StoredRun {
  double worst = 0;  // of C0, over the table
  std::map<double, Moments> moments;
};

StoredRun run_pulse(const Reference& reference, const PulseGrid& grid, double duration,
                    const std::vector<double>& places) {
  const StoredRiver river = river_of(reference);
  const int steps = static_cast<int>(std::lround(duration / grid.step));
  const Basin basin = basin_of(reference, river, grid, steps);
  const RunOptions options = plain_options(grid.step, steps);
  SingleRun run(basin, options);
  TableErrors errors(reference, {"C"});
  StoredRun result;
  run.each_step([&](double time) {
    errors.look(run, time);
    for (const double x : places) result.moments[x].add(time, run.at(0, 0, x));
  });
  errors.require_all();
  result.worst = errors.worst(0) / reference.parameter("C0");
  return result;
}

}  // namespace

// The moments are those of an impulse; a pulse of length p adds p/2 to the mean and p^2/12 to the variance.
// The run is long enough (30 residence times of the dead zones) for the whole tail.
void transient_storage_conservative(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference(), moments = folder.reference("moments.csv");
  std::vector<double> places;
  for (std::size_t row = 0; row < moments.rows.size(); ++row) places.push_back(moments.at(row, "x_m"));
  const StoredRun run = run_pulse(reference, {2, 30, 100}, 1e6, places);
  report.add(folder, "concentration", run.worst);
  const double pulse = reference.parameter("pulse_s");
  double mean = 0, variance = 0;
  for (std::size_t row = 0; row < moments.rows.size(); ++row) {
    const Moments& m = run.moments.at(places[row]);
    mean = std::max(mean, std::fabs((m.mean() - pulse / 2) / moments.at(row, "mean_travel_time_s") - 1));
    variance = std::max(variance,
                        std::fabs((m.variance() - pulse * pulse / 12) / moments.at(row, "variance_s2") - 1));
  }
  report.add(folder, "mean travel time", mean);
  report.add(folder, "variance", variance);
}

void transient_storage_decay(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  const StoredRun run = run_pulse(reference, {5, 10, 150}, largest(reference, "t_s"), {});
  report.add(folder, "concentration", run.worst);
}

}  // namespace limpid::validation
