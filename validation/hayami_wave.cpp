#include "validation/hayami_wave.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "solvers/hydraulics.hpp"
#include "validation/long_river.hpp"

namespace limpid::validation {

namespace {

constexpr double kWide = 1e6;      // m; R = h to 4e-5
constexpr double kDepth = 20;      // m; Froude number 0.064
constexpr double kBeyond = 20000;  // m below the last place of the table
constexpr double kStep = 0.01;     // of the flow: the response is that of the linear equations

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

// Celerity c = 5/3 u and diffusion D = q / (2 S0) (1 - 4/9 F^2) of small waves in a wide channel (Ponce &
// Simons 1977, J. Hydraul. Div. ASCE 103(12), 1461-1476, for Manning's friction).
Basin wide_channel(double celerity, double diffusion, double length, double dx) {
  const double speed = 0.6 * celerity, froude2 = speed * speed / (9.81 * kDepth);
  Reach reach;
  reach.id = "channel";
  reach.to = 1;
  reach.length = length;
  reach.slope = speed * kDepth * (1 - 4.0 / 9 * froude2) / (2 * diffusion);
  reach.manning_n = std::pow(kDepth, 2.0 / 3) * std::sqrt(reach.slope) / speed;
  Channel section;
  section.bottom_width = kWide;
  std::vector<Node> nodes(2);
  nodes[0].id = "upper";
  nodes[1].id = "lower";
  Basin basin;
  Problems problems;
  basin.network = build_network(nodes, {reach}, {section}, {}, dx, true, "", problems);
  if (problems.has_errors()) throw std::runtime_error(problems.sorted().front().text(Lang::en));
  basin.schemes.hydraulics = HydraulicScheme::dynamic;
  Source source;
  source.kind = SourceKind::boundary;
  source.junction = 0;
  basin.sources.push_back(source);
  return basin;
}

}  // namespace

double hayami_wave_error(const Reference& reference, double dx, double dt) {
  double farthest = 0, until = 0, sum = 0;
  for (std::size_t row = 0; row < reference.rows.size(); ++row) {
    farthest = std::max(farthest, reference.at(row, "x_m"));
    until = std::max(until, reference.at(row, "t_s"));
  }
  const double celerity = reference.parameter("c_m_s"), low = reference.parameter("Q0"),
               rise = reference.parameter("dQ");
  const Basin basin = wide_channel(celerity, reference.parameter("D_m2_s"), farthest + kBeyond, dx);
  const double flow = 0.6 * celerity * kDepth * kWide, step_of_flow = kStep * flow;
  WaterStep step(basin.network, 1);
  const auto hydraulics = make_hydraulics(basin);
  hydraulics->initialise({dt, {flow * dt}, {flow}}, step);
  const WaterInput input{dt, {(flow + step_of_flow) * dt}, {flow + step_of_flow}};
  std::size_t met = 0;
  for (long long n = 1; n <= std::llround(until / dt); ++n) {
    hydraulics->advance(input, step);
    const std::vector<double> rates = hydraulics->face_rates(step);
    for (std::size_t row = 0; row < reference.rows.size(); ++row) {
      if (std::fabs(reference.at(row, "t_s") - static_cast<double>(n) * dt) > 1e-6 * dt) continue;
      const double model =
          (rates[at(static_cast<int>(std::lround(reference.at(row, "x_m") / dx)))] - flow) / step_of_flow;
      sum += std::pow(model - (reference.at(row, "Q_m3_s") - low) / rise, 2);
      ++met;
    }
  }
  if (met != reference.rows.size()) throw std::runtime_error("times of the reference were not met");
  return std::sqrt(sum / static_cast<double>(met));
}

void hayami_dynamic(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  std::vector<double> errors;
  for (const double cells : {1.0, 2.0, 4.0})
    errors.push_back(hayami_wave_error(reference, 1000 / cells, 300 / cells));
  report.add(folder, "discharge RMS, 1 km, 300 s", errors[0]);
  report.add(folder, "discharge RMS, 250 m, 75 s", errors[2]);
  report.add(folder, "order below 1", std::max(0.0, 1 - order_of(errors)));
}

}  // namespace limpid::validation
