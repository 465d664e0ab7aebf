#include "validation/metal_partition.hpp"

#include <algorithm>
#include <cmath>

#include "validation/long_river.hpp"

namespace limpid::validation {

namespace {

// The table's reach, and a little more, so that it does not end at the outlet.
constexpr int kCells = 2000, kBelow = 10;
constexpr double kCourant = 0.5, kMilligram = 1e-3;  // the table counts micrograms
enum { kMetal, kSolids };

Basin river_of(const Reference& reference) {
  const double depth = reference.parameter("H_m"), speed = reference.parameter("U_m_s"), area = 10 * depth;
  const double cell = 1000 * largest(reference, "x_km") / kCells;
  Basin basin = uniform_basin({{(kCells + kBelow) * cell, area, speed * area, 0, depth, kCells + kBelow}});
  add_constituents(basin, {"Cd", "TSS"});
  Source& head = add_boundary(basin, 0, speed * area);
  set_concentration(basin, head, "Cd", Series::constant(kMilligram * reference.parameter("C0_ug_L")));
  set_concentration(basin, head, "TSS", Series::constant(reference.parameter("SS_mg_L")));
  add_process(basin, "sorbed_settling", {{"constituent", "Cd"}},
              {{"K_d", reference.parameter("Kd_L_kg")}, {"v_s", reference.parameter("vs_m_d")}});
  return basin;
}

}  // namespace

// The solids do not settle themselves: the table holds them constant.
void metal_partition(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  const Basin basin = river_of(reference);
  const double step = kCourant * basin.network.cell_length[0] / reference.parameter("U_m_s");
  const RunOptions options = plain_options(step, static_cast<int>(1.5 * kCells / kCourant));
  SingleRun run(basin, options);
  run.to_end();
  const double k_d = 1e-6 * reference.parameter("Kd_L_kg");  // m3/g
  double total = 0, dissolved = 0;
  for (std::size_t row = 0; row < reference.rows.size(); ++row) {
    const double x = 1000 * reference.at(row, "x_km");
    const double metal = run.at(kMetal, 0, x) / kMilligram, solids = run.at(kSolids, 0, x);
    total = std::max(total, std::fabs(metal - reference.at(row, "C_total_ugL")));
    dissolved =
        std::max(dissolved, std::fabs(metal / (1 + k_d * solids) - reference.at(row, "C_dissolved_ugL")));
  }
  report.add(folder, "total", total / largest(reference, "C_total_ugL"));
  report.add(folder, "dissolved", dissolved / largest(reference, "C_dissolved_ugL"));
  report.add(folder, "mass balance", std::fabs(run.simulation().closure(kMetal, 0)));
}

}  // namespace limpid::validation
