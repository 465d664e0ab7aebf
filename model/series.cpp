#include "model/series.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>
#include <utility>

namespace limpid {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

void require_order(double t0, double t1) {
  if (!(t0 <= t1)) throw std::invalid_argument("series: an interval ends before it begins");
}

}  // namespace

Series Series::constant(double value) {
  Series out;
  out.values_ = {value};
  return out;
}

Series::Series(std::vector<double> times, std::vector<double> values, Interpolation interpolation)
    : times_(std::move(times)), values_(std::move(values)), interpolation_(interpolation) {
  if (times_.empty()) throw std::invalid_argument("series: no times");
  if (times_.size() != values_.size())
    throw std::invalid_argument("series: as many values as times are needed");
  if (!std::all_of(times_.begin(), times_.end(), [](double t) { return std::isfinite(t); }))
    throw std::invalid_argument("series: a time is not a number");
  if (std::adjacent_find(times_.begin(), times_.end(), std::greater_equal<>()) != times_.end())
    throw std::invalid_argument("series: times must increase");
}

double Series::begin_time() const {
  return is_constant() ? -kInfinity : times_.front();
}

double Series::end_time() const {
  if (is_constant()) return kInfinity;
  const double last = times_.back();
  return interpolation_ == Interpolation::linear ? last : last + (last - times_[times_.size() - 2]);
}

std::size_t Series::interval(double t) const {
  if (is_constant()) return 0;
  const std::size_t last = times_.size() - (interpolation_ == Interpolation::linear ? 2 : 1);
  const auto after = std::upper_bound(times_.begin(), times_.end(), t) - times_.begin();
  return std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - 1, 0)), last);
}

double Series::interval_end(std::size_t i) const {
  return i + 1 < times_.size() ? times_[i + 1] : end_time();
}

double Series::value_in(std::size_t i, double t) const {
  if (interpolation_ == Interpolation::step_mean || is_constant()) return values_[i];
  const double rise = values_[i + 1] - values_[i], weight = (t - times_[i]) / (times_[i + 1] - times_[i]);
  return weight < 0.5 ? values_[i] + weight * rise
                      : values_[i + 1] - (1.0 - weight) * rise;  // exact at both ends
}

void Series::require_cover(double t0, double t1) const {
  if (!covers(t0, t1)) throw std::out_of_range("series: asked outside the times it covers");
}

double Series::at(double t) const {
  require_cover(t, t);
  return value_in(interval(t), t);
}

double Series::integral(double t0, double t1) const {
  require_order(t0, t1);
  require_cover(t0, t1);
  double sum = 0, begin = t0;
  for (std::size_t i = interval(t0); begin < t1; ++i) {
    const double end = std::min(t1, interval_end(i));
    sum += 0.5 * (value_in(i, begin) + value_in(i, end)) * (end - begin);
    begin = end;
  }
  return sum;
}

double Series::product_integral(const Series& a, const Series& b, double t0, double t1) {
  require_order(t0, t1);
  a.require_cover(t0, t1);
  b.require_cover(t0, t1);
  double sum = 0, begin = t0;
  for (std::size_t i = a.interval(t0), j = b.interval(t0); begin < t1;) {
    const double a_end = a.interval_end(i), b_end = b.interval_end(j), end = std::min({t1, a_end, b_end});
    const double a0 = a.value_in(i, begin), a1 = a.value_in(i, end);
    const double b0 = b.value_in(j, begin), b1 = b.value_in(j, end);
    // Two straight lines: the product of the means and the covariance.
    sum += (0.25 * (a0 + a1) * (b0 + b1) + (a1 - a0) * (b1 - b0) / 12.0) * (end - begin);
    begin = end;
    if (end == a_end) ++i;
    if (end == b_end) ++j;
  }
  return sum;
}

bool Series::is_zero() const {
  return std::all_of(values_.begin(), values_.end(), [](double v) { return v == 0.0; });
}

double Series::minimum() const {
  return *std::min_element(values_.begin(), values_.end());
}

double Series::maximum() const {
  return *std::max_element(values_.begin(), values_.end());
}

}  // namespace limpid
