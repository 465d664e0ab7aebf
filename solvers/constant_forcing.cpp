#include "solvers/constant_forcing.hpp"

#include <cmath>
#include <limits>

namespace limpid {

ConstantForcing::ConstantForcing(Forcing& of, std::size_t cells, double begin, double end, int samples)
    : of_(of), lanes_(of.lanes()), begin_(begin), end_(end) {
  const std::vector<double> stages = mean_stages(samples);
  of.water(begin, end, water_);
  for (std::size_t o = 0; o < stages.size(); ++o)
    water_.outlets[o].stage0 = water_.outlets[o].stage1 = stages[o];
  of.parameters(0.5 * (begin + end), parameters_);
  of.dispersion(begin, end, dispersion_);
  find_surroundings(cells, samples);
}

// At the outlets; between the ends of a step they run straight.
std::vector<double> ConstantForcing::mean_stages(int samples) {
  std::vector<double> sums;
  const double dt = (end_ - begin_) / samples;
  for (int n = 0; n < samples; ++n) {
    WaterInput step;
    of_.water(begin_ + n * dt, begin_ + (n + 1) * dt, step);
    sums.resize(step.outlets.size(), 0.0);
    for (std::size_t o = 0; o < sums.size(); ++o)
      sums[o] += 0.5 * (step.outlets[o].stage0 + step.outlets[o].stage1) / samples;
  }
  return sums;
}

void ConstantForcing::find_surroundings(std::size_t cells, int samples) {
  Environment now;
  for (auto& values : now.values) values.assign(cells, std::numeric_limits<double>::quiet_NaN());
  for (auto& values : environment_.values) values.assign(cells, 0.0);
  std::vector<double> reflected(cells, 0.0);
  const double dt = (end_ - begin_) / samples;
  for (int n = 0; n < samples; ++n) {
    of_.environment(begin_ + n * dt, begin_ + (n + 1) * dt, now);
    for (std::size_t e = 0; e < now.values.size(); ++e)
      for (std::size_t i = 0; i < cells; ++i) environment_.values[e][i] += now.values[e][i] / samples;
    for (std::size_t i = 0; i < cells; ++i)
      reflected[i] += now[Env::albedo][i] * now[Env::solar][i] / samples;
  }
  for (std::size_t i = 0; i < cells; ++i) {
    const double light = environment_[Env::solar][i];
    if (light > 0) environment_[Env::albedo][i] = reflected[i] / light;
  }
}

void ConstantForcing::water(double t0, double t1, WaterInput& out) {
  const double dt = t1 - t0, whole = end_ - begin_;
  out = water_;
  out.dt = dt;
  for (std::size_t s = 0; s < out.volume.size(); ++s) {
    out.rate[s] = water_.volume[s] / whole;
    out.volume[s] = out.rate[s] * dt;
  }
}

bool ConstantForcing::loads(double t0, double t1, const Rows& rows, std::vector<double>& out) {
  const double dt = t1 - t0;
  if (dt == loads_dt_) return false;
  loads_dt_ = dt;
  std::vector<double> whole;  // a fresh vector: the other forcing fills it
  of_.loads(begin_, end_, rows, whole);
  out.resize(whole.size());
  for (std::size_t i = 0; i < whole.size(); ++i) out[i] = whole[i] / (end_ - begin_) * dt;
  return true;
}

// As the whole stretch would have it.
void ConstantForcing::returned(double t0, double t1, int source, double volume, const Rows& rows,
                               double* row) {
  const double times = (end_ - begin_) / (t1 - t0);
  for (int j = 0; j < rows.width; ++j) row[j] *= times;
  of_.returned(begin_, end_, source, volume * times, rows, row);
  for (int j = 0; j < rows.width; ++j) row[j] /= times;
}

void ConstantForcing::environment(double, double, Environment& out) {
  for (std::size_t e = 0; e < environment_.values.size(); ++e)
    for (std::size_t i = 0; i < environment_.values[e].size(); ++i)
      if (!std::isnan(environment_.values[e][i])) out.values[e][i] = environment_.values[e][i];
}

void ConstantForcing::parameters(double, std::vector<LaneParameter>& out) {
  out.insert(out.end(), parameters_.begin(), parameters_.end());
}

void ConstantForcing::dispersion(double, double, std::vector<LaneDispersion>& out) {
  out.insert(out.end(), dispersion_.begin(), dispersion_.end());
}

}  // namespace limpid
