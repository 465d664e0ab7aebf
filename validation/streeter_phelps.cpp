#include "validation/streeter_phelps.hpp"

#include <algorithm>
#include <cmath>

#include "validation/single_run.hpp"
#include "validation/uniform_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kCourant = 0.5, kDay = 86400;

double optional(const Reference& reference, const char* name) {
  return reference.parameters.count(name) ? reference.parameter(name) : 0;
}

}  // namespace

Basin sag_basin(const Reference& reference, double depth, int cells) {
  const double speed = reference.parameter("U_km_d") * 1000 / kDay, area = 20;
  Basin basin = uniform_basin({{reference.parameter("L_km") * 1000, area, speed * area, 0, depth, cells}});
  add_constituents(basin, {"DO", "CBOD_fast", "NBOD"});
  set_temperature(basin, 20);
  Source& head = add_boundary(basin, 0, speed * area);
  set_concentration(basin, head, "DO", Series::constant(reference.at(0, "DO_mgL")));
  set_concentration(basin, head, "CBOD_fast", Series::constant(reference.at(0, "CBOD_mgL")));
  set_concentration(basin, head, "NBOD", Series::constant(reference.at(0, "NBOD_mgL")));
  add_process(basin, "reaeration", {}, {{"k_a_given", reference.parameter("ka")}});
  const double k_d = reference.parameter("kd"), k_s = reference.parameter("kr") - k_d;
  add_process(basin, "cbod_oxidation", {}, {{"k_d", k_d}, {"k_o", 0}});
  if (k_s > 0) add_process(basin, "settling", {{"constituent", "CBOD_fast"}}, {{"v_s", k_s * depth}});
  if (const double k_n = optional(reference, "kn"); k_n > 0)
    add_process(basin, "cbod_oxidation", {{"cbod", "NBOD"}}, {{"k_d", k_n}, {"k_o", 0}});
  if (const double s = optional(reference, "S"); s > 0)
    add_process(basin, "sediment_oxygen_demand", {}, {{"sod", s * depth}, {"k_o", 0}});
  return basin;
}

namespace {

// Largest error along the river, relative to the column's largest value.
double column_error(const SingleRun& run, int constituent, const Reference& reference, const char* column) {
  double error = 0, largest = 0;
  for (std::size_t row = 0; row < reference.rows.size(); ++row) {
    const double exact = reference.at(row, column);
    error = std::max(error, std::fabs(run.at(constituent, 0, 1000 * reference.at(row, "x_km")) - exact));
    largest = std::max(largest, exact);
  }
  return largest > 0 ? error / largest : error;
}

}  // namespace

void streeter_phelps(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  const Basin basin = sag_basin(reference, 1.5);
  const double speed = reference.parameter("U_km_d") * 1000 / kDay;
  const double step = kCourant * basin.network.cell_length[0] / speed;
  const RunOptions options = plain_options(step, static_cast<int>(3 * kSagCells / kCourant));
  SingleRun run(basin, options);
  run.to_end();
  report.add(folder, "DO", column_error(run, 0, reference, "DO_mgL"));
  report.add(folder, "CBOD", column_error(run, 1, reference, "CBOD_mgL"));
  report.add(folder, "NBOD", column_error(run, 2, reference, "NBOD_mgL"));
  double lowest = 1e300;
  for (int i = 0; i < kSagCells; ++i) lowest = std::min(lowest, run.concentration(0, i));
  report.add(folder, "lowest DO", std::fabs(lowest / reference.parameter("DO_min") - 1));
  report.add(folder, "mass balance",
             std::max(std::fabs(run.simulation().closure(0, 0)), std::fabs(run.simulation().closure(1, 0))));
}

}  // namespace limpid::validation
