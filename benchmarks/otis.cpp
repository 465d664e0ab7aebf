#include "benchmarks/otis.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <complex>
#include <numbers>

#include "scenarios/batch.hpp"
#include "solvers/float_mode.hpp"
#include "solvers/simulation.hpp"
#include "validation/uniform_river.hpp"

namespace limpid::bench {

namespace {

constexpr double kDay = 86400;
using Complex = std::complex<double>;
using Profile = std::vector<std::vector<double>>;  // [solute][segment]

double seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Laplace transform of what a pulse of 1 in the inflow's concentration (flux inlet) makes at x.
Complex pulse_answer(const Stream& r, double k, double x, Complex s) {
  const double u = r.flow / r.area, back = r.exchange * r.area / r.storage;
  const Complex held = s + k + r.exchange * (s + k) / (s + k + back);
  const Complex root = std::sqrt(u * u + 4 * r.dispersion * held);
  return (1.0 - std::exp(-s * r.pulse)) * (2 * u) / (u + root) *
         std::exp(0.5 * x * (u - root) / r.dispersion) / s;
}

// At the end of the first day, by Fourier series (Dubner & Abate 1968, doi:10.1145/321439.321446): period 2
// T, damped by exp(-24); the terms fall as exp(-D w^2 x / u^3).
double exact_answer(const Stream& r, double k, double x) {
  constexpr double kDamping = 12 / kDay;
  double sum = 0.5 * pulse_answer(r, k, x, kDamping).real();
  for (int n = 1; n < 20000; ++n) {
    const Complex term = pulse_answer(r, k, x, Complex(kDamping, n * std::numbers::pi / kDay));
    sum += n % 2 == 0 ? term.real() : -term.real();
    if (std::abs(term) < 1e-16 * std::fabs(sum) && n > 100) break;
  }
  return std::exp(kDamping * kDay) / kDay * sum;
}

double largest_error(const Stream& r, const Profile& profile) {
  double error = 0, most = 0;
  for (int c = 0; c < r.solutes; ++c)
    for (int i = 50; i < r.segments;
         i += 5) {  // every fifth will do; at the inlet the series converges slowly
      const double x = (i + 0.5) * r.segment;
      if (x > 2 * kDay * r.flow / r.area) break;
      const double exact = r.concentration * exact_answer(r, r.decay(c), x);
      error = std::max(error,
                       std::fabs(profile[static_cast<std::size_t>(c)][static_cast<std::size_t>(i)] - exact));
      most = std::max(most, exact);
    }
  return error / most;
}

// One solute: (I + M) C1 = (I - M) C0 + ..., factorised.
class CrankNicolson {
 public:
  CrankNicolson(const Stream& r, double k)
      : n_(static_cast<std::size_t>(r.segments)), c_(n_, 0.0), stored_(n_, 0.0), side_(n_) {
    const double u = r.flow / r.area, courant = 0.5 * r.step * u / r.segment,
                 fourier = 0.5 * r.step * r.dispersion / (r.segment * r.segment);
    const double gamma = r.step * r.exchange * r.area / r.storage;
    const double under = 2 + gamma + r.step * k;
    keep_ = (2 - gamma - r.step * k) / under, take_ = gamma / under;
    gain_ = 0.5 * r.step * r.exchange;
    upper_ = 0.5 * courant - fourier, lower_ = -0.5 * courant - fourier;
    inlet_ = 2 * courant;
    const double loss = 0.5 * r.step * (r.exchange + k), self = 2 * fourier;
    for (std::size_t i = 0; i < n_; ++i) {
      // The first segment's inlet carries u C_in alone; the last one's outlet carries u C.
      const double own = i == 0 ? 0.5 * courant + fourier : i + 1 == n_ ? 0.5 * courant + fourier : self;
      explicit_.push_back(1 - own - loss);
      diagonal_.push_back(1 + own + loss - gain_ * take_);
    }
    pivot_ = diagonal_;
    for (std::size_t i = 1; i < n_; ++i) pivot_[i] -= lower_ * upper_ / pivot_[i - 1];
    for (double& p : pivot_) p = 1 / p;
  }

  // inflow: mean concentration that enters during the step
  void step(double inflow) {
    for (std::size_t i = 0; i < n_; ++i) {
      const double before = i > 0 ? c_[i - 1] : 0.0, after = i + 1 < n_ ? c_[i + 1] : 0.0;
      side_[i] = explicit_[i] * c_[i] - lower_ * before - upper_ * after +
                 gain_ * ((1 + keep_) * stored_[i] + take_ * c_[i]);
    }
    side_[0] += inlet_ * inflow;
    for (std::size_t i = 1; i < n_; ++i) side_[i] -= lower_ * pivot_[i - 1] * side_[i - 1];
    double next = 0;
    for (std::size_t i = n_; i-- > 0;) {
      next = (side_[i] - upper_ * next) * pivot_[i];
      stored_[i] = keep_ * stored_[i] + take_ * (c_[i] + next);
      c_[i] = next;
    }
  }
  const std::vector<double>& concentration() const { return c_; }

 private:
  std::size_t n_;
  std::vector<double> c_, stored_, side_, explicit_, diagonal_, pivot_;
  double keep_ = 0, take_ = 0, gain_ = 0, upper_ = 0, lower_ = 0, inlet_ = 0;
};

Basin basin_of(const Stream& r) {
  Basin basin =
      validation::uniform_basin({{r.segments * r.segment, r.area, r.flow, r.dispersion, 0.5, r.segments}});
  validation::add_constituents(basin, {"a", "b", "c"});
  basin.network.reaches[0].storage_area = r.storage;
  basin.network.reaches[0].storage_exchange = r.exchange;
  Source& head = validation::add_boundary(basin, 0, r.flow);
  for (int c = 0; c < r.solutes; ++c) {
    const char* id = basin.constituents[static_cast<std::size_t>(c)].id.c_str();
    validation::set_concentration(
        basin, head, id, Series({0, r.pulse, 100 * kDay}, {r.concentration, 0, 0}, Interpolation::step_mean));
    for (const Compartment where : {Compartment::channel, Compartment::storage})
      add_process(basin, "first_order_decay", {{"constituent", id}}, {{"k", r.decay(c) * kDay}}).where =
          where;
  }
  return basin;
}

Plan removal(double fraction) {
  Plan plan;
  Measure cut;
  cut.action = ActionKind::remove_fraction;
  cut.at = {{"source", "boundary0"}};
  for (int c = 0; c < 3; ++c) cut.effects.push_back({c, fraction});
  plan.measures = {cut};
  return plan;
}

}  // namespace

Figures otis_scheme(const Stream& r, int steps) {
  std::vector<CrankNicolson> solutes;
  for (int c = 0; c < r.solutes; ++c) solutes.emplace_back(r, r.decay(c));
  Figures figures;
  Profile day;
  const FlushDenormals flush;  // as limpid has it
  const double start = seconds();
  for (int n = 0; n < steps; ++n) {
    const double inflow = (n + 0.5) * r.step < r.pulse ? r.concentration : 0.0;
    for (CrankNicolson& solute : solutes) solute.step(inflow);
    if (std::lround((n + 1) * r.step) == std::lround(kDay))
      for (const CrankNicolson& solute : solutes) day.push_back(solute.concentration());
  }
  figures.seconds = seconds() - start;
  figures.error = day.empty() ? std::nan("") : largest_error(r, day);
  return figures;
}

Figures limpid_scheme(const Stream& r, int steps, int lanes) {
  const Basin basin = basin_of(r);
  const RunOptions options = validation::plain_options(r.step, steps);
  std::vector<Plan> plans;
  for (int lane = 0; lane < lanes; ++lane) plans.push_back(removal(0.02 * lane));
  std::vector<const Plan*> pointers;
  for (const Plan& plan : plans) pointers.push_back(&plan);
  Batch batch(basin, options, pointers);
  Simulation simulation(basin, batch, options);
  simulation.initialise();
  Figures figures;
  Profile day;
  const double start = seconds();
  simulation.run({}, [&](std::int64_t done) {
    if (std::lround(static_cast<double>(done) * r.step) != std::lround(kDay)) return true;
    for (int c = 0; c < r.solutes; ++c) {
      std::vector<double>& profile = day.emplace_back();
      for (int i = 0; i < r.segments; ++i)
        profile.push_back(concentration(simulation.state().row(i)[simulation.rows().index(c, 0)],
                                        simulation.water().volume1[static_cast<std::size_t>(i)]));
    }
    return true;
  });
  figures.seconds = seconds() - start;
  figures.error = day.empty() ? std::nan("") : largest_error(r, day);
  return figures;
}

}  // namespace limpid::bench
