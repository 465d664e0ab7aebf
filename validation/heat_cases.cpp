#include "validation/heat_cases.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "validation/long_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kHour = 3600, kDay = 86400;

Basin warm_river(const Reference& reference, double speed, double cell, int cells, double inflow) {
  const double depth = reference.parameter("H_m");
  UniformReach reach;
  reach.length = cells * cell, reach.cells = cells;
  reach.area = 10 * depth, reach.depth = depth;
  reach.discharge = speed * reach.area;
  Basin basin = uniform_basin({reach});
  add_constituents(basin, {"temperature"});
  basin.constituents[0].basis = AmountBasis::heat;
  set_concentration(basin, add_boundary(basin, 0, reach.discharge), "temperature", Series::constant(inflow));
  add_process(basin, "equilibrium_heat", {}, {{"K", reference.parameter("K_W_m2_C")}});
  return basin;
}

}  // namespace

void equilibrium_temperature_steady(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  constexpr double kCell = 100, kStep = 200;  // m, s: Courant number 0.8
  const double speed = reference.parameter("U_m_s"), length = largest(reference, "x_m") + 1000;
  Basin basin = warm_river(reference, speed, kCell, static_cast<int>(std::lround(length / kCell)),
                           reference.parameter("T0"));
  basin.climates[0].equilibrium_temperature = Series::constant(reference.parameter("Te_mean"));
  const RunOptions options = plain_options(kStep, static_cast<int>(1.5 * length / speed / kStep));
  SingleRun run(basin, options);
  run.to_end();
  double error = 0;
  for (std::size_t row = 0; row < reference.rows.size(); ++row)
    error = std::max(error, std::fabs(run.at(0, 0, reference.at(row, "x_m")) - reference.at(row, "T_C")));
  report.add(folder, "temperature", error);
}

namespace {

// a sin(wt) + b cos(wt) of 24 values, one an hour.
struct Harmonic {
  double sine = 0, cosine = 0;
  void add(double hour, double value) {
    const double angle = 2 * std::numbers::pi * hour / 24;
    sine += value * std::sin(angle) / 12, cosine += value * std::cos(angle) / 12;
  }
  double amplitude() const { return std::hypot(sine, cosine); }
  double peak_hour() const { return std::atan2(sine, cosine) * 12 / std::numbers::pi; }
};

Series daily_wave(const Reference& reference, int days) {
  std::vector<double> times, values;
  for (int n = 0; n <= 288 * days; ++n) {  // straight over 5 min
    times.push_back(300 * n);
    values.push_back(reference.parameter("Te_mean") +
                     reference.parameter("Te_amp") * std::sin(2 * std::numbers::pi * n / 288));
  }
  return Series(times, values, Interpolation::linear);
}

}  // namespace

// Far downstream: cells that the head's water does not reach within the run. It begins at the mean of the
// equilibrium temperature and has forgotten that after 20 days (ten times the response time).
void equilibrium_temperature_diel(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  constexpr int kDays = 21;
  constexpr double kStep = 600;
  const double mean = reference.parameter("Te_mean");
  Basin basin = warm_river(reference, 0.01, 1e4, 10, mean);
  basin.climates[0].equilibrium_temperature = daily_wave(reference, kDays);
  const RunOptions options = plain_options(kStep, static_cast<int>(kDays * kDay / kStep));
  SingleRun run(basin, options);
  run.start_from({std::vector<double>(10, mean)});
  Harmonic model, exact;
  double error = 0;
  run.each_hour([&](double time) {
    const double hour = (time - (kDays - 1) * kDay) / kHour;
    for (std::size_t row = 0; row < reference.rows.size(); ++row) {
      if (std::fabs(reference.at(row, "t_h") - hour) > 1e-6) continue;
      const double value = run.concentration(0, 9), wanted = reference.at(row, "T_C");
      error = std::max(error, std::fabs(value - wanted));
      if (hour < 23.5) model.add(hour, value), exact.add(hour, wanted);
    }
  });
  report.add(folder, "temperature", error / exact.amplitude());
  report.add(folder, "amplitude", std::fabs(model.amplitude() / exact.amplitude() - 1));
  report.add(folder, "phase", 60 * std::fabs(model.peak_hour() - exact.peak_hour()));
}

}  // namespace limpid::validation
