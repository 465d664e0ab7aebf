#include "validation/muskingum.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/routing_cell.hpp"

namespace limpid::validation {

namespace {

constexpr double kHour = 3600;

// One reach of Muskingum's K and X.
class LinearReach {
 public:
  LinearReach(double k, double x, double inflow, double outflow)
      : storage_{1, 1 / k},
        weight_{x},
        volume_(k * (x * inflow + (1 - x) * outflow)),
        inflow_(inflow),
        outflow_(outflow) {}

  // Inflow straight in time.
  void advance(double inflow, double dt) { take(inflow, 0.5 * dt * (inflow_ + inflow), dt, true); }
  // Inflow at the end of the step and its volume; with the limiter and the weight in time of route_cell().
  void route(double inflow, double entering, double dt) { take(inflow, entering, dt, false); }

  double outflow() const { return outflow_; }
  double leaving() const { return leaving_; }  // m3 over the step

 private:
  void take(double inflow, double entering, double dt, bool plain) {
    const CellWater water{1 / storage_.length, dt, 1 / dt, volume_, entering, 0, inflow_, inflow, outflow_};
    const NormalFlow flow = storage_.flow(volume_);
    const RoutedCell out = plain ? balance_cell(water, storage_, weight_, flow, 0.5)
                                 : route_cell(water, storage_, weight_, flow);
    leaving_ = water.available() - out.volume;
    volume_ = out.volume;
    inflow_ = inflow;
    outflow_ = out.rate;
  }

  LinearStorage storage_;
  FixedWeight weight_;
  double volume_, inflow_, outflow_, leaving_ = 0;
};

}  // namespace

double sine_error(const Reference& reference, double dt) {
  const double mean = reference.parameter("Qm"), amplitude = reference.parameter("Qa");
  const double frequency = 2 * M_PI / (reference.parameter("period_h") * kHour);
  LinearReach reach(reference.parameter("K_h") * kHour, reference.parameter("X"), mean, mean);
  double error = 0;
  long long n = 0;
  for (std::size_t row = 0; row < reference.rows.size(); ++row) {
    const long long until = std::llround(reference.at(row, "t_h") * kHour / dt);
    while (n < until)
      reach.advance(mean + amplitude * std::sin(frequency * dt * static_cast<double>(++n)), dt);
    error = std::max(error, std::fabs(reach.outflow() - reference.at(row, "outflow")));
  }
  return error / amplitude;
}

void muskingum_sine(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  const double coarse = sine_error(reference, 1200), fine = sine_error(reference, 600);
  report.add(folder, "outflow", fine);
  report.add(folder, "order below 2", 2 - std::log2(coarse / fine));
}

// The first row is the state before the first step.
void muskingum_chow(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  const double k = reference.parameter("K_h") * kHour, x = reference.parameter("X");
  const double inflow = reference.at(0, "inflow_cfs"), outflow = reference.at(0, "outflow_exact");
  LinearReach reach(k, x, inflow, outflow);
  double error = 0, integers = 0;
  for (std::size_t row = 1; row < reference.rows.size(); ++row) {
    reach.advance(reference.at(row, "inflow_cfs"), reference.parameter("dt_h") * kHour);
    error = std::max(error, std::fabs(reach.outflow() / reference.at(row, "outflow_exact") - 1));
    integers =
        std::max(integers, std::fabs(reach.outflow() - reference.at(row, "outflow_published_rounded")));
  }
  report.add(folder, "outflow", error);
  report.add(folder, "published integers", integers);
}

double hayami_error(const Reference& reference, double dx, double dt) {
  const double celerity = reference.parameter("c_m_s"), diffusion = reference.parameter("D_m2_s");
  const double low = reference.parameter("Q0"), step = reference.parameter("dQ");
  double length = 0, until = 0, sum = 0;
  for (std::size_t row = 0; row < reference.rows.size(); ++row) {
    length = std::max(length, reference.at(row, "x_m"));
    until = std::max(until, reference.at(row, "t_s"));
  }
  const auto cells = static_cast<std::size_t>(std::lround(length / dx));
  const long long steps = std::llround(until / dt);
  dx = length / static_cast<double>(cells);
  dt = until / static_cast<double>(steps);
  std::vector<LinearReach> reaches(cells, {dx / celerity, 0.5 - diffusion / (celerity * dx), low, low});
  for (long long n = 1; n <= steps; ++n) {
    double rate = low + step, entering = rate * dt;
    for (LinearReach& reach : reaches) {
      reach.route(rate, entering, dt);
      rate = reach.outflow();
      entering = reach.leaving();
    }
    for (std::size_t row = 0; row < reference.rows.size(); ++row) {
      if (std::llround(reference.at(row, "t_s") / dt) != n) continue;
      const double place = reference.at(row, "x_m") / dx - 1;  // in ends of cells
      const auto above = static_cast<std::size_t>(place);
      const double share = place - static_cast<double>(above);
      const double model =
          (1 - share) * reaches[above].outflow() + share * reaches[std::min(above + 1, cells - 1)].outflow();
      sum += std::pow((model - reference.at(row, "Q_m3_s")) / step, 2);
    }
  }
  return std::sqrt(sum / static_cast<double>(reference.rows.size()));
}

// The cell of two diffusion lengths has X = 0; the third-order error of small waves vanishes at sqrt(12) of
// them.
void hayami_step(const CaseFolder& folder, Report& report) {
  const Reference reference = folder.reference();
  const double diffusion_length = reference.parameter("D_m2_s") / reference.parameter("c_m_s");
  report.add(folder, "discharge RMS, 2 D/c", hayami_error(reference, 2 * diffusion_length, 300));
  report.add(folder, "discharge RMS, 3.5 D/c",
             hayami_error(reference, std::sqrt(12) * diffusion_length, 300));
}

}  // namespace limpid::validation
