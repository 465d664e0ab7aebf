#include "validation/kinetics_cases.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "validation/long_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kDay = 86400;

std::vector<double> numbers(const Reference& reference, const char* name) {
  return nlohmann::json::parse(reference.parameters.at(name)).get<std::vector<double>>();
}

std::vector<const char*> species(const Reference& reference) {
  std::vector<const char*> ids;
  for (std::size_t c = 2; c < reference.columns.size(); ++c) ids.push_back(reference.columns[c].c_str());
  return ids;
}

// Flux per area of each species through a head where all concentrations are prescribed. The sums
// a_i = c_i + sum_j prod_{l=j}^{i-1} y_l k_l / (k_l - k_i) c_j (Sun, Petersen & Clement 1999) decay each on
// its own, and fluxes are linear in the concentrations.
std::vector<std::vector<double>> head_fluxes(const Reference& reference, double step, int steps) {
  const auto k = numbers(reference, "k_per_d"), y = numbers(reference, "yield"),
             c0 = numbers(reference, "c0");
  std::vector<std::vector<double>> flux;
  for (std::size_t i = 0; i < k.size(); ++i) {
    std::vector<double> weight(i, 1);
    double a0 = c0[i];
    for (std::size_t j = 0; j < i; ++j) {
      for (std::size_t l = j; l < i; ++l) weight[j] *= y[l] * k[l] / (k[l] - k[i]);
      a0 += weight[j] * c0[j];
    }
    const Inlet inlet{reference.parameter("u_m_s"), reference.parameter("D_m2_s"), k[i] / kDay};
    std::vector<double> own = first_type_flux(inlet, step, steps);
    for (std::size_t n = 0; n < own.size(); ++n) {
      own[n] *= a0;
      for (std::size_t j = 0; j < i; ++j) own[n] -= weight[j] * flux[j][n];
    }
    flux.push_back(std::move(own));
  }
  return flux;
}

void add_chain(Basin& basin, const std::vector<const char*>& ids, const std::vector<double>& k) {
  for (std::size_t i = 0; i + 1 < ids.size(); ++i)
    add_process(basin, "transformation", {{"reactant", ids[i]}, {"product", ids[i + 1]}}, {{"k", k[i]}});
  if (k.back() > 0) add_process(basin, "first_order_decay", {{"constituent", ids.back()}}, {{"k", k.back()}});
}

void set_head_loads(Basin& basin, const Reference& reference, const Grid& grid, int steps) {
  const auto flux = head_fluxes(reference, grid.step(), steps);
  std::vector<double> times;
  for (int n = 0; n <= steps; ++n) times.push_back(n * grid.step());
  for (std::size_t c = 0; c < flux.size(); ++c) {
    std::vector<double> load = flux[c];
    load.push_back(load.back());  // so that round-off in the last step's end stays inside the series
    for (double& value : load) value *= kRiverArea;
    set_load(basin, basin.sources[0], basin.constituents[c].id.c_str(),
             Series(times, load, Interpolation::step_mean));
  }
}

}  // namespace

void nitrification_chain(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  const Inlet inlet{reference.parameter("u_m_s"), reference.parameter("D_m2_s"), 0};
  const Grid grid = grid_of(100, 0.8, inlet.speed);
  const std::vector<const char*> ids = species(reference);
  Basin basin = long_river(inlet, largest(reference, "x_m") + 5000, grid.cell, ids);
  const int steps = static_cast<int>(std::lround(largest(reference, "t_s") / grid.step()));
  set_head_loads(basin, reference, grid, steps);
  add_chain(basin, ids, numbers(reference, "k_per_d"));
  const RunOptions options = plain_options(grid.step(), steps);
  SingleRun run(basin, options);
  TableErrors errors(reference, {ids.begin(), ids.end()});
  run.each_hour([&](double time) { errors.look(run, time); });
  errors.require_all();
  for (std::size_t c = 0; c < ids.size(); ++c)
    report.add(folder, ids[c], errors.worst(c) / largest(reference, ids[c]));
}

namespace {

// Tank i is a constituent: what flows from tank to tank is a reaction of rate 1/K. `feed`: into the first
// tank, 1/K of its content per time (a unit step of inflow). The last of ten long cells is out of the
// inflow's reach.
Basin tank_basin(const Reference& reference, const std::vector<std::string>& names, bool feed) {
  std::vector<const char*> ids;
  for (const std::string& name : names) ids.push_back(name.c_str());
  const double per_day = 24 / reference.parameter("K_h");
  const double loss = reference.parameters.count("k_per_h") ? 24 * reference.parameter("k_per_h") : 0;
  Basin basin = long_river({0.01, 0, 0}, 1e5, 1e4, ids);
  add_chain(basin, ids, std::vector<double>(ids.size(), per_day));
  for (const char* id : ids)
    if (loss > 0) add_process(basin, "first_order_decay", {{"constituent", id}}, {{"k", loss}});
  if (feed) add_process(basin, "internal_release", {{"constituent", ids[0]}}, {{"flux", per_day}});
  basin.schemes.kinetics_sub_steps = 720;
  return basin;
}

// Largest error over the table's whole hours, relative to the column's largest value.
double tank_error(const Reference& reference, const char* column, bool feed) {
  std::vector<std::string> names;
  for (int i = 1; i <= static_cast<int>(reference.parameter("n")); ++i)
    names.push_back("tank" + std::to_string(i));
  const Basin basin = tank_basin(reference, names, feed);
  const int last = static_cast<int>(names.size()) - 1, cell = basin.network.cell_count() - 1;
  const double scale = feed ? 1 : 1 / reference.parameter("K_h");
  const RunOptions options = plain_options(3600.0, static_cast<int>(largest(reference, "t_h")));
  SingleRun run(basin, options);
  std::vector<std::vector<double>> start(names.size(), std::vector<double>(10, 0.0));
  if (!feed) start[0].assign(10, 1.0);
  run.start_from(start);
  double error = 0;
  run.each_hour([&](double time) {
    for (std::size_t row = 0; row < reference.rows.size(); ++row)
      if (std::fabs(3600 * reference.at(row, "t_h") - time) < 1)
        error = std::max(error, std::fabs(scale * run.concentration(last, cell) - reference.at(row, column)));
  });
  return error / largest(reference, column);
}

}  // namespace

void tanks_in_series(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  report.add(folder, "impulse response", tank_error(reference, "impulse_response_per_h", false));
  report.add(folder, "step response", tank_error(reference, "unit_step_response", true));
}

}  // namespace limpid::validation
