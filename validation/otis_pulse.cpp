#include "validation/otis_pulse.hpp"

#include <algorithm>
#include <cmath>

#include "validation/long_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kHour = 3600, kDay = 86400;
constexpr double kStep = 3.6, kCell = 5, kLength = 2800;  // s, m, m: far enough for the outlet not to be felt
constexpr double kPlaces[] = {100, 2000};

Series head_load(const Reference& reference, const Inlet& inlet, int steps) {
  const auto step_of = [&](const char* name) {
    return static_cast<std::size_t>(std::lround(reference.parameter(name) * kHour / kStep));
  };
  const std::size_t on = step_of("on_h"), off = step_of("off_h");
  const std::vector<double> flux = first_type_flux(inlet, kStep, steps);
  const auto after = [&](std::size_t n, std::size_t begin) { return n >= begin ? flux[n - begin] : 0; };
  std::vector<double> times, load;
  for (std::size_t n = 0; n <= flux.size(); ++n) {
    const std::size_t m = std::min(n, flux.size() - 1);  // round-off in the last step's end stays inside
    times.push_back(static_cast<double>(n) * kStep);
    load.push_back(reference.parameter("C0") * kRiverArea * (after(m, on) - after(m, off)));
  }
  return Series(times, load, Interpolation::step_mean);
}

// Concentration at the two places after every step.
std::vector<std::vector<double>> run_pulse(const Reference& reference) {
  const Inlet inlet{reference.parameter("u_m_s"), reference.parameter("D_m2_s"),
                    reference.parameter("k_per_s")};
  const int steps = static_cast<int>(std::lround(largest(reference, "t_h") * kHour / kStep));
  Basin basin = long_river(inlet, kLength, kCell, {"solute"});
  set_load(basin, basin.sources[0], "solute", head_load(reference, inlet, steps));
  add_process(basin, "first_order_decay", {{"constituent", "solute"}}, {{"k", inlet.decay * kDay}});
  const RunOptions options = plain_options(kStep, steps);
  SingleRun run(basin, options);
  std::vector<std::vector<double>> curves(2, {0.0});
  run.each_step([&](double) {
    for (std::size_t p = 0; p < 2; ++p) curves[p].push_back(run.at(0, 0, kPlaces[p]));
  });
  return curves;
}

struct Misfit {
  double any_time = 0, peak = 0;  // of the largest concentration at the head; of the peak
};

Misfit misfit(const Reference& table, const char* column, const std::vector<double>& curve, double later,
              double scale) {
  double worst = 0, peak = 0, most = 0;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const double n = std::max(0.0, (table.at(row, "t_h") - later) * kHour / kStep);
    const double model = curve.at(static_cast<std::size_t>(std::lround(n)));
    worst = std::max(worst, std::fabs(model - table.at(row, column)) / scale);
    peak = std::max(peak, table.at(row, column)), most = std::max(most, model);
  }
  return {worst, std::fabs(most / peak - 1)};
}

}  // namespace

// OTIS lets a change at its boundary act half a step late: its curve is compared with ours so much earlier.
void otis_decaying_pulse(const CaseFolder& folder, Report& report) {
  const Reference exact = folder.reference(), otis = folder.reference("otis.csv");
  const double c0 = exact.parameter("C0"), half_step = 0.5 * exact.parameter("otis_step_h");
  const auto curves = run_pulse(exact);
  constexpr const char* kColumns[] = {"C100", "C2000"};
  for (std::size_t p = 0; p < 2; ++p) {
    const std::string at = p == 0 ? " at 100 m" : " at 2000 m";
    const Misfit m = misfit(exact, kColumns[p], curves[p], 0, c0);
    report.add(folder, "peak" + at, m.peak);
    report.add(folder, "any time" + at, m.any_time);
    report.add(folder, "OTIS, any time" + at, misfit(otis, kColumns[p], curves[p], half_step, c0).any_time);
  }
}

}  // namespace limpid::validation
