#include "validation/uvas_creek.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <filesystem>
#include <stdexcept>

#include "validation/constant_area.hpp"
#include "validation/first_type_inlet.hpp"

namespace limpid::validation {

namespace {

constexpr double kHour = 3600, kDay = 86400;
constexpr double kStep = 6, kCell = 0.5;  // s, m: Courant number at most 0.5, dispersive Fourier number 5
constexpr double kPartLength = 20;        // m, longest part of a stretch with lateral inflow
// OTIS prints the concentration of the segment that ends at a site: its middle lies half a segment above.
constexpr double kPrintOffset = 0.5;  // m

struct Site {
  double place;  // m
  const char *column, *name;
  std::size_t stretch;  // that ends there, or in which it lies
};
constexpr Site kSites[] = {{38, "C38", "38 m", 0},
                           {105, "C105", "105 m", 1},
                           {281, "C281", "281 m", 2},
                           {433, "C433", "433 m", 3},
                           {619, "C619", "619 m", 4}};

// Concentration at one place after every step, straight between steps.
class Curve {
 public:
  Curve(double begin, double first) : begin_(begin), values_{first} {}
  void push(double value) { values_.push_back(value); }
  double at(double time) const {
    const double n = std::max(0.0, (time - begin_) / kStep);
    const auto k = std::min(static_cast<std::size_t>(n), values_.size() - 2);
    const double weight = n - static_cast<double>(k);
    return (1 - weight) * values_[k] + weight * values_[k + 1];
  }

 private:
  double begin_;
  std::vector<double> values_;
};

struct SiteCurves {
  Curve site, printed;  // at the site; where OTIS prints
};

constexpr const char* kSolute = "solute";
constexpr const char* kSorbed = "solute_sorbed";

struct River {
  std::vector<StraightReach> stretches;
  std::vector<double> begins;  // m
};

River river_of(const Reference& table) {
  River river;
  double discharge = table.parameter("discharge_m3_s");
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    StraightReach stretch;
    const double begin = table.at(row, "x_begin_m");
    stretch.length = table.at(row, "x_end_m") - begin;
    stretch.area = table.at(row, "area_m2");
    stretch.dispersion = table.at(row, "dispersion_m2_s");
    stretch.lateral = table.at(row, "lateral_m2_s");
    stretch.discharge = discharge;
    if (stretch.lateral > 0) stretch.parts = static_cast<int>(std::ceil(stretch.length / kPartLength));
    stretch.cells = stretch.parts * static_cast<int>(std::lround(stretch.length / stretch.parts / kCell));
    stretch.from = static_cast<int>(row), stretch.to = static_cast<int>(row) + 1;
    discharge += stretch.lateral * stretch.length;
    river.stretches.push_back(stretch);
    river.begins.push_back(begin);
  }
  return river;
}

bool sorbs(const Reference& table) {
  return table.parameters.count("Kd_m3_g") > 0;
}

// For a unit concentration prescribed at the head; sorption there takes some from the start.
std::vector<double> head_flux(const Reference& table, const StraightReach& first, int steps) {
  const double speed = first.discharge / first.area;
  if (!sorbs(table)) return first_type_flux({speed, first.dispersion, 0}, kStep, steps);
  const double lambda = table.parameter("sorption_per_s");
  const double uptake = lambda * table.at(0, "sediment_g_m3") * table.parameter("Kd_m3_g");
  return first_type_flux(
      speed, first.dispersion, [&](std::complex<double> s) { return s + uptake * s / (s + lambda); }, kStep,
      steps);
}

// The concentration at the head is prescribed (first-type): what then enters with advection and dispersion.
Series head_load(const Reference& table, const StraightReach& first, int steps) {
  const double start = table.parameter("start_h"), background = table.parameter("background_mgL");
  const auto step_of = [&](const char* hour) {
    return static_cast<std::size_t>(std::lround((table.parameter(hour) - start) * kHour / kStep));
  };
  const std::size_t on = step_of("release_on_h"), off = step_of("release_off_h");
  const auto flux = head_flux(table, first, steps);
  const double added = first.area * (table.parameter("release_mgL") - background);
  std::vector<double> times, load;
  for (std::size_t n = 0; n < flux.size(); ++n) {
    times.push_back(static_cast<double>(n) * kStep);
    const double rising = n >= on ? flux[n - on] : 0, falling = n >= off ? flux[n - off] : 0;
    load.push_back(first.discharge * background + added * (rising - falling));
  }
  times.push_back(static_cast<double>(flux.size()) * kStep);
  load.push_back(load.back());  // so that round-off in the last step's end stays inside the series
  return Series(times, load, Interpolation::step_mean);
}

std::vector<Reach*> reaches_of(Basin& basin, const ConstantAreaNetwork& network, std::size_t stretch) {
  std::vector<Reach*> reaches;
  for (const auto& part : network.parts_of(stretch))
    reaches.push_back(&basin.network.reaches[static_cast<std::size_t>(part.reach)]);
  return reaches;
}

// Where nothing is exchanged, the table's storage area means nothing.
void add_dead_zones(Basin& basin, const ConstantAreaNetwork& network, const Reference& table) {
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    for (Reach* reach : reaches_of(basin, network, row)) {
      reach->storage_exchange = table.at(row, "storage_rate_per_s");
      reach->storage_area = reach->storage_exchange > 0 ? table.at(row, "storage_area_m2") : 0;
    }
}

// To the bed of the channel at a finite rate, in dead zones towards the background.
void add_sorption(Basin& basin, const ConstantAreaNetwork& network, const Reference& table) {
  ProcessUse& use = add_process(basin, "kinetic_sorption", {{"dissolved", kSolute}, {"sorbed", kSorbed}},
                                {{"lambda", table.parameter("sorption_per_s") * kDay},
                                 {"rho", table.at(0, "sediment_g_m3")},
                                 {"K_d", table.parameter("Kd_m3_g")}});
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string name = "stretch " + std::to_string(row + 1);
    for (Reach* reach : reaches_of(basin, network, row)) reach->stretch = name;
    use.parameters[1].stretches.push_back({name, table.at(row, "sediment_g_m3")});
  }
  add_process(basin, "bed_equilibration", {{"constituent", kSolute}},
              {{"lambda", table.parameter("storage_sorption_per_s") * kDay},
               {"c_eq", table.parameter("background_mgL")}})
      .where = Compartment::storage;
}

void add_solute(Basin& basin, const Reference& table) {
  add_constituents(basin, {kSolute});
  if (!sorbs(table)) return;
  add_constituents(basin, {kSorbed});
  basin.constituents.back().phase = Phase::attached;
}

Basin basin_of(const Reference& table, const River& river, const ConstantAreaNetwork& network, int steps) {
  Basin basin = uniform_basin(network.parts());
  add_solute(basin, table);
  add_dead_zones(basin, network, table);
  if (sorbs(table)) add_sorption(basin, network, table);
  set_load(basin, add_boundary(basin, 0, river.stretches[0].discharge), kSolute,
           head_load(table, river.stretches[0], steps));
  for (std::size_t r = 0; r < river.stretches.size(); ++r)
    if (river.stretches[r].lateral > 0)
      network.add_lateral(basin, r, river.stretches[r].lateral, kSolute, table.parameter("background_mgL"));
  return basin;
}

// The background everywhere, what is sorbed in equilibrium with it (the river is 1 m deep: per m2 as per m3).
std::vector<std::vector<double>> background_of(const Basin& basin, const ConstantAreaNetwork& network,
                                               const Reference& table) {
  const double c = table.parameter("background_mgL");
  const auto cells = static_cast<std::size_t>(basin.network.cell_count());
  std::vector<std::vector<double>> start{std::vector<double>(cells, c)};
  if (!sorbs(table)) return start;
  std::vector<double> of_reach(basin.network.reaches.size());
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    for (const auto& part : network.parts_of(row))
      of_reach[static_cast<std::size_t>(part.reach)] =
          table.at(row, "sediment_g_m3") * table.parameter("Kd_m3_g") * c;
  for (const int reach : basin.network.cell_reach)
    start.resize(2), start[1].push_back(of_reach[static_cast<std::size_t>(reach)]);
  return start;
}

std::vector<SiteCurves> run_river(const Reference& table) {
  const River river = river_of(table);
  const double background = table.parameter("background_mgL"), start = table.parameter("start_h") * kHour;
  const int steps = static_cast<int>(std::lround((table.parameter("end_h") * kHour - start) / kStep));
  const ConstantAreaNetwork network(river.stretches, static_cast<int>(river.stretches.size()) + 1);
  const Basin basin = basin_of(table, river, network, steps);
  const RunOptions options = plain_options(kStep, steps);
  SingleRun run(basin, options);
  run.start_from(background_of(basin, network, table));
  std::vector<SiteCurves> curves(std::size(kSites), {{start, background}, {start, background}});
  run.each_step([&](double) {
    for (std::size_t s = 0; s < curves.size(); ++s) {
      const std::size_t stretch = kSites[s].stretch;
      const double x = kSites[s].place - river.begins[stretch];
      curves[s].site.push(network.at(run, 0, stretch, x));
      curves[s].printed.push(network.at(run, 0, stretch, x - kPrintOffset));
    }
  });
  return curves;
}

// Time at which a curve first passes the middle between background and plateau, of OTIS's rows.
template <class Value>
double front_time(const Reference& otis, double level, const Value& value) {
  for (std::size_t row = 0; row + 1 < otis.rows.size(); ++row) {
    const double a = value(row), b = value(row + 1);
    if (a < level && b >= level)
      return otis.at(row, "t_h") + (otis.at(row + 1, "t_h") - otis.at(row, "t_h")) * (level - a) / (b - a);
  }
  return std::nan("");
}

struct Misfit {
  double any_time = 0, peak = 0, front = 0;  // of the plateau; of the peak; h
};

// `later`: by how much OTIS's boundary acts later than it is written, h.
Misfit misfit(const Reference& otis, const char* column, const Curve& curve, double plateau, double later) {
  Misfit m;
  double peak = 0, peak_otis = 0;
  const auto model = [&](std::size_t row) { return curve.at((otis.at(row, "t_h") - later) * kHour); };
  const auto printed = [&](std::size_t row) { return otis.at(row, column); };
  for (std::size_t row = 0; row < otis.rows.size(); ++row) {
    m.any_time = std::max(m.any_time, std::fabs(model(row) - printed(row)) / plateau);
    peak = std::max(peak, model(row));
    peak_otis = std::max(peak_otis, printed(row));
  }
  m.peak = std::fabs(peak / peak_otis - 1);
  const double level = 0.5 * (otis.at(0, column) + peak_otis);
  m.front = std::fabs(front_time(otis, level, model) - front_time(otis, level, printed));
  return m;
}

// 1 - Nash-Sutcliffe efficiency against the samples of one site.
double inefficiency(const Reference& observed, const Site& site, const Curve& curve, double later) {
  double squares = 0, sum = 0, sum_of_squares = 0, n = 0;
  for (std::size_t row = 0; row < observed.rows.size(); ++row) {
    if (observed.at(row, "x_m") != site.place) continue;
    const double c = observed.rows[row].back(),
                 error = curve.at((observed.at(row, "t_h") - later) * kHour) - c;
    squares += error * error, sum += c, sum_of_squares += c * c, n += 1;
  }
  if (n == 0) throw std::runtime_error(std::string("no observations at ") + site.name);
  return squares / (sum_of_squares - sum * sum / n);
}

}  // namespace

// OTIS lets a change at its boundary act half a step late, so its curves (and the efficiency that they reach)
// are compared with ours read half a step earlier; the time of the front as it is.
void uvas_creek(const CaseFolder& folder, Report& report) {
  const Reference table = folder.reference("stretches.csv"), otis = folder.reference("otis.csv"),
                  exact = folder.reference("independent.csv"), observed = folder.reference("observed.csv");
  const double plateau = table.parameter("release_mgL"), half_step = 0.5 * table.parameter("otis_step_h");
  const bool has_fine = std::filesystem::exists(folder.file("otis_fine_step.csv"));
  const auto curves = run_river(table);
  for (std::size_t s = 0; s < curves.size(); ++s) {
    const Site& site = kSites[s];
    const std::string at = std::string(" at ") + site.name;
    const Misfit coarse = misfit(otis, site.column, curves[s].printed, plateau, half_step);
    report.add(folder, "OTIS, any time" + at, coarse.any_time);
    report.add(folder, "OTIS, peak" + at, coarse.peak);
    report.add(folder, "OTIS, front" + at, misfit(otis, site.column, curves[s].printed, plateau, 0).front);
    if (has_fine)
      report.add(folder, "OTIS at 0.002 h, any time" + at,
                 misfit(folder.reference("otis_fine_step.csv"), site.column, curves[s].printed, plateau,
                        0.5 * table.parameter("otis_fine_step_h"))
                     .any_time);
    report.add(folder, "lines, any time" + at,
               misfit(exact, site.column, curves[s].site, plateau, 0).any_time);
    report.add(folder, "1 - NSE, observed" + at, inefficiency(observed, site, curves[s].site, half_step));
  }
}

}  // namespace limpid::validation
