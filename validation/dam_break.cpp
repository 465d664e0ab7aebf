#include "validation/dam_break.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "solvers/hydraulics.hpp"

namespace limpid::validation {

namespace {

constexpr double kWidth = 10;  // m

// One level channel; so small a slope and so smooth a bed that neither moves anything.
Basin channel(double length, double cell_length) {
  Basin basin;
  Channel section;
  section.bottom_width = kWidth;
  Reach reach;
  reach.id = "channel";
  reach.to = 1;
  reach.length = length;
  reach.slope = 1e-30;
  reach.manning_n = 1e-9;
  std::vector<Node> nodes(2);
  nodes[0].id = "upper";
  nodes[1].id = "lower";
  Problems problems;
  basin.network = build_network(nodes, {reach}, {section}, {}, cell_length, true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  basin.schemes.hydraulics = HydraulicScheme::dynamic;
  return basin;
}

struct Outcome {
  double error;  // L1 of the depth over the water there is
  double mass, below_zero;
};

// Depth at x, straight between cell centres.
double depth_at(const Basin& basin, const WaterStep& step, double x) {
  const auto& centres = basin.network.cell_chainage;
  const auto next = std::upper_bound(centres.begin(), centres.end(), x) - centres.begin();
  const auto b = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(next, 1, std::ssize(centres) - 1)),
             a = b - 1;
  const auto depth = [&](std::size_t i) { return step.volume1[i] / (kWidth * basin.network.cell_length[i]); };
  const double w = std::clamp((x - centres[a]) / (centres[b] - centres[a]), 0.0, 1.0);
  return (1 - w) * depth(a) + w * depth(b);
}

double l1_error(const Reference& reference, const Basin& basin, const WaterStep& step) {
  double error = 0, all = 0;
  for (std::size_t row = 1; row + 1 < reference.rows.size(); ++row) {
    const double x = reference.at(row, "x_m"), h = reference.at(row, "h_m");
    const double weight = reference.at(row + 1, "x_m") - reference.at(row - 1, "x_m");
    error += weight * std::fabs(depth_at(basin, step, x) - h);
    all += weight * h;
  }
  return error / all;
}

Outcome run(const Reference& reference, int cells) {
  const double length = reference.parameter("L"), dam = reference.parameter("x0");
  const double left = reference.parameter("hl"), right = reference.parameter("hr"),
               until = reference.parameter("T");
  const Basin basin = channel(length, length / cells);
  WaterStep step(basin.network, 0);
  for (std::size_t i = 0; i < step.volume1.size(); ++i)
    step.volume1[i] = (basin.network.cell_chainage[i] < dam ? left : right) * kWidth * length / cells;
  const double before = std::accumulate(step.volume1.begin(), step.volume1.end(), 0.0);
  const int steps = static_cast<int>(std::ceil(until * std::sqrt(9.81 * left) / (0.25 * length / cells)));
  const WaterInput input{until / steps, {}, {}};
  const auto hydraulics = make_hydraulics(basin);
  hydraulics->resume(input, std::vector<double>(step.face.size(), 0.0), step);
  double after = 0;  // with what the outlet lost
  for (int n = 0; n < steps; ++n) {
    hydraulics->advance(input, step);
    after += step.face.back();
  }
  after += std::accumulate(step.volume1.begin(), step.volume1.end(), 0.0);
  const double lowest = *std::min_element(step.volume1.begin(), step.volume1.end());
  return {l1_error(reference, basin, step), std::fabs(after - before) / before, std::max(0.0, -lowest)};
}

}  // namespace

void dam_break(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  const Outcome coarse = run(reference, 100), fine = run(reference, 400);
  report.add(folder, "depth L1, 100 cells", coarse.error);
  report.add(folder, "depth L1, 400 cells", fine.error);
  report.add(folder, "mass", std::max(coarse.mass, fine.mass));
  report.add(folder, "depth below 0", std::max(coarse.below_zero, fine.below_zero));
}

}  // namespace limpid::validation
