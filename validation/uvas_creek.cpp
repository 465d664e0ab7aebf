#include "validation/uvas_creek.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "validation/constant_area.hpp"
#include "validation/first_type_inlet.hpp"

namespace limpid::validation {

namespace {

constexpr double kHour = 3600;
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

// The concentration at the head is prescribed (first-type): what then enters with advection and dispersion.
Series head_load(const Reference& table, const StraightReach& first, int steps) {
  const double start = table.parameter("start_h"), background = table.parameter("background_mgL");
  const auto step_of = [&](const char* hour) {
    return static_cast<std::size_t>(std::lround((table.parameter(hour) - start) * kHour / kStep));
  };
  const std::size_t on = step_of("release_on_h"), off = step_of("release_off_h");
  const auto flux = first_type_flux({first.discharge / first.area, first.dispersion, 0}, kStep, steps);
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

std::vector<SiteCurves> run_river(const Reference& table) {
  const River river = river_of(table);
  const double background = table.parameter("background_mgL"), start = table.parameter("start_h") * kHour;
  const int steps = static_cast<int>(std::lround((table.parameter("end_h") * kHour - start) / kStep));
  const ConstantAreaNetwork network(river.stretches, static_cast<int>(river.stretches.size()) + 1);
  Basin basin = uniform_basin(network.parts());
  add_constituents(basin, {"chloride"});
  set_load(basin, add_boundary(basin, 0, river.stretches[0].discharge), "chloride",
           head_load(table, river.stretches[0], steps));
  for (std::size_t r = 0; r < river.stretches.size(); ++r)
    if (river.stretches[r].lateral > 0)
      network.add_lateral(basin, r, river.stretches[r].lateral, "chloride", background);
  const RunOptions options = plain_options(kStep, steps);
  SingleRun run(basin, options);
  run.start_from({std::vector<double>(static_cast<std::size_t>(basin.network.cell_count()), background)});
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
    const double c = observed.at(row, "Cl_mgL"),
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
                  fine = folder.reference("otis_fine_step.csv"), observed = folder.reference("observed.csv");
  const double plateau = table.parameter("release_mgL"), half_step = 0.5 * table.parameter("otis_step_h"),
               half_fine_step = 0.5 * table.parameter("otis_fine_step_h");
  const auto curves = run_river(table);
  for (std::size_t s = 0; s < curves.size(); ++s) {
    const Site& site = kSites[s];
    const std::string at = std::string(" at ") + site.name;
    const Misfit coarse = misfit(otis, site.column, curves[s].printed, plateau, half_step);
    report.add(folder, "OTIS, any time" + at, coarse.any_time);
    report.add(folder, "OTIS, peak" + at, coarse.peak);
    report.add(folder, "OTIS, front" + at, misfit(otis, site.column, curves[s].printed, plateau, 0).front);
    report.add(folder, "OTIS at 0.002 h, any time" + at,
               misfit(fine, site.column, curves[s].printed, plateau, half_fine_step).any_time);
    report.add(folder, "1 - NSE, observed" + at, inefficiency(observed, site, curves[s].site, half_step));
  }
}

}  // namespace limpid::validation
