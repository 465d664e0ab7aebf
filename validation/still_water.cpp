#include "validation/still_water.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "model/oxygen.hpp"
#include "validation/long_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kDay = 86400, kHour = 3600;
constexpr int kCells = 10;

// Ten cells of 10 km, 1 m deep at 20 degC. In a fortnight the clean inflow comes 130 m far: the last cell is
// out of its reach.
Basin still_basin(const std::vector<const char*>& constituents) {
  Basin basin = long_river({1e-4, 0, 0}, 1e4 * kCells, 1e4, constituents);
  set_temperature(basin, 20);
  return basin;
}

// Per constituent the same in every cell; of what is attached, per m2.
void start(SingleRun& run, const std::vector<double>& values) {
  std::vector<std::vector<double>> cells;
  for (const double value : values) cells.emplace_back(kCells, value);
  run.start_from(cells);
}

// In the last cell; of what is attached, per m2.
double content(const SingleRun& run, const char* id) {
  const Simulation& simulation = run.simulation();
  const int c = simulation.basin().constituent(id), cell = kCells - 1;
  const bool attached = simulation.basin().constituents[static_cast<std::size_t>(c)].phase == Phase::attached;
  const double per = attached ? simulation.plan_area(cell) : simulation.water().volume1[kCells - 1];
  return simulation.stores().amount(cell, c, 0) / per;
}

// Largest error over the rows of a table in days, each relative to its value, in steps of an hour with these
// sub-steps.
double table_error(Basin basin, const Reference& reference, const char* id, const char* column,
                   const std::vector<double>& at_begin, int sub_steps) {
  basin.schemes.kinetics_sub_steps = sub_steps;
  const RunOptions options = plain_options(kHour, static_cast<int>(24 * largest(reference, "t_d")));
  SingleRun run(basin, options);
  start(run, at_begin);
  double error = 0;
  std::size_t met = 0;
  run.each_hour([&](double time) {
    for (std::size_t row = 0; row < reference.rows.size(); ++row) {
      if (std::fabs(kDay * reference.at(row, "t_d") - time) > 1) continue;
      error = std::max(error, std::fabs(content(run, id) / reference.at(row, column) - 1));
      ++met;
    }
  });
  if (met != reference.rows.size())
    throw std::runtime_error("rows of the reference lie outside the run's hours");
  return error;
}

// The error at sub-steps of a minute, and how far the order from 60 to 15 minutes is from 2.
void compare(const CaseFolder& folder, const Basin& basin, const char* id, const char* column,
             const std::vector<double>& at_begin, Report& report) {
  const Reference reference = folder.reference();
  const auto error = [&](int sub_steps) {
    return table_error(basin, reference, id, column, at_begin, sub_steps);
  };
  report.add(folder, column, error(60));
  report.add(folder, "order", std::fabs(order_of({error(1), error(2), error(4)}) - 2));
}

}  // namespace

void michaelis_menten(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  Basin basin = still_basin({"DO"});
  add_process(basin, "sediment_oxygen_demand", {},
              {{"sod", reference.parameter("Vmax_per_d")}, {"k_o", reference.parameter("Km")}});
  compare(folder, basin, "DO", "C", {reference.parameter("C0")}, report);
}

namespace {

// Bottom algae whose stores and carbon never limit, without losses and uptake; `k_light` W/m2 halve growth.
Basin algae_basin(double order, double k_light) {
  Basin basin = still_basin({"DO", "NH3_N", "NO3_N", "PO4_P", "ORGN", "ORGP", "detritus"});
  add_constituents(basin, {"bottom_algae", "bottom_algae_N", "bottom_algae_P"});
  for (Constituent& c : basin.constituents)
    if (c.id.starts_with("bottom_algae")) c.phase = Phase::attached;
  basin.sources[0].loads.resize(basin.constituents.size());
  add_process(basin, "underwater_light", {}, {{"k_eb", 0}, {"f_PAR", 0.5}});
  add_process(basin, "bottom_algae", {},
              {{"order", order},
               {"k_light", k_light},
               {"k_r1", 0},
               {"k_r2", 0},
               {"k_d", 0},
               {"k_ex", 0},
               {"q_0N", 1e-12},
               {"q_0P", 1e-12},
               {"v_N", 0},
               {"v_P", 0},
               {"r_od", 1}});
  return basin;
}

// Given light, under a sun that never rises (the pole in January): water reflects none of it.
void set_light(Basin& basin, Series solar) {
  basin.climates[0].latitude = 90;
  basin.climates[0].has_solar = true;
  basin.climates[0].solar = std::move(solar);
}

void set(Basin& basin, const char* parameter, double value) {
  ProcessUse& use = basin.processes.back();
  const auto& known = use.process->info().parameters;
  for (std::size_t p = 0; p < known.size(); ++p)
    if (known[p].id == std::string(parameter)) use.parameters[p].value = known[p].unit.unit.to_inside(value);
}

// Ammonium is there to be preferred, of nitrate there is none.
std::vector<double> algae_start(double oxygen, double algae) {
  return {oxygen, 1, 0, 1, 0, 0, 0, algae, 1, 1};
}

}  // namespace

void logistic_algae(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  Basin basin = algae_basin(1, 1e-12);
  set(basin, "k_g", reference.parameter("r_per_d"));
  set(basin, "a_max", reference.parameter("K"));
  set_light(basin, Series::constant(300));
  compare(folder, basin, "bottom_algae", "P", algae_start(8, reference.parameter("P0")), report);
}

namespace {

constexpr double kNoon = 1000, kFar = 1e9;  // W/m2; PAR of half saturation, so that growth goes with light

// Half sines by day from `sunrise` [s] on, before it as a day before.
Series half_sines(const Reference& reference, double sunrise, int days) {
  const double length = reference.parameter("f_day") * kDay;
  std::vector<double> times, values;
  for (double t = 0; t <= days * kDay + kHour; t += 60) {
    const double since = std::fmod(t - sunrise + kDay, kDay);
    times.push_back(t);
    values.push_back(since < length ? kNoon * std::sin(3.14159265358979323846 * since / length) : 0.0);
  }
  return Series(times, values, Interpolation::linear);
}

Basin diel_basin(const Reference& reference) {
  Basin basin = algae_basin(0, kFar);
  set(basin, "C_g", reference.parameter("Pmax") * kFar / (0.5 * kNoon));
  add_process(basin, "reaeration", {}, {{"k_a_given", reference.parameter("ka_per_d")}});
  add_process(basin, "sediment_oxygen_demand", {}, {{"sod", reference.parameter("R")}, {"k_o", 0}});
  return basin;
}

// Largest error of the deficit over the rows of the last of six days; `met` counts the rows. The table has
// rows every half hour, a run is looked at every hour.
double deficit_error(const Reference& reference, double step, double sunrise, std::size_t& met) {
  constexpr int kDays = 6;
  Basin basin = diel_basin(reference);
  set_light(basin, half_sines(reference, sunrise, kDays));
  const RunOptions options = plain_options(step, static_cast<int>(std::lround(kDays * kDay / step)));
  SingleRun run(basin, options);
  start(run, algae_start(8, 10));
  double error = 0;
  run.each_hour([&](double time) {
    const double since = time - sunrise - (kDays - 2) * kDay, hour = std::fmod(since, kDay) / kHour;
    if (time < (kDays - 1) * kDay) return;
    for (std::size_t row = 0; row < reference.rows.size(); ++row) {
      if (std::fabs(std::fmod(reference.at(row, "hour_after_sunrise"), 24) - hour) > 1e-6) continue;
      const double deficit = oxygen_saturation(20) - content(run, "DO"),
                   exact = reference.parameter("DOsat") - reference.at(row, "DO_mgL");
      error = std::max(error, std::fabs(deficit - exact));
      ++met;
    }
  });
  return error;
}

double deficit_error(const Reference& reference, double step) {
  std::size_t met = 0;
  const double whole = deficit_error(reference, step, 0, met);
  const double half = deficit_error(reference, step, 0.5 * kHour, met);
  if (met < reference.rows.size())
    throw std::runtime_error("rows of the reference lie outside the run's hours");
  return std::max(whole, half);
}

}  // namespace

void diel_oxygen(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  const double coarse = deficit_error(reference, 1800), middle = deficit_error(reference, 900),
               fine = deficit_error(reference, 450);
  report.add(folder, "DO, steps of 15 min", middle);
  report.add(folder, "order", std::fabs(order_of({coarse, middle, fine}) - 2));
}

}  // namespace limpid::validation
