#include "model/series.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <stdexcept>

namespace limpid {

namespace {
constexpr double kInfinity = std::numeric_limits<double>::infinity();
}

Series Series::constant(double value) {
  Series series;
  series.values_ = {value};
  return series;
}

Series::Series(std::vector<double> times, std::vector<double> values, Interpolation interpolation)
    : times_(std::move(times)), values_(std::move(values)), interpolation_(interpolation) {
  if (times_.empty() || times_.size() != values_.size()) throw std::invalid_argument("a series needs as many values as times");
  if (std::adjacent_find(times_.begin(), times_.end(), std::greater_equal<>()) != times_.end())
    throw std::invalid_argument("the times of a series must increase");
}

bool Series::is_zero() const {
  return std::all_of(values_.begin(), values_.end(), [](double value) { return value == 0; });
}

double Series::begin_time() const { return is_constant() ? -kInfinity : times_.front(); }

double Series::end_time() const {
  if (is_constant()) return kInfinity;
  const double last = times_.back();
  return interpolation_ == Interpolation::linear ? last : last + (last - times_[times_.size() - 2]);
}

double Series::minimum() const { return *std::min_element(values_.begin(), values_.end()); }
double Series::maximum() const { return *std::max_element(values_.begin(), values_.end()); }

std::size_t Series::interval(double t) const {
  const auto next = std::upper_bound(times_.begin(), times_.end(), t);
  const auto last = times_.size() - (interpolation_ == Interpolation::linear ? 2 : 1);
  if (next == times_.begin()) return 0;
  return std::min(static_cast<std::size_t>(next - times_.begin()) - 1, last);
}

double Series::at(double t) const {
  if (is_constant()) return values_.front();
  if (t < begin_time() || t > end_time()) throw std::out_of_range("time outside a series");
  return value_in(interval(t), t);
}

double Series::value_in(std::size_t i, double t) const {
  if (interpolation_ == Interpolation::step_mean) return values_[i];
  const double share = (t - times_[i]) / (times_[i + 1] - times_[i]);
  return values_[i] + share * (values_[i + 1] - values_[i]);
}

double Series::interval_end(std::size_t i) const { return i + 1 < times_.size() ? times_[i + 1] : end_time(); }

double Series::integral(double t0, double t1) const { return product_integral(*this, constant(1.0), t0, t1); }

// Between the breakpoints of both series the product is a polynomial of degree two: Simpson's rule is exact.
double Series::product_integral(const Series& a, const Series& b, double t0, double t1) {
  if (!(t1 > t0)) return 0;
  if (a.is_constant() && b.is_constant()) return a.values_.front() * b.values_.front() * (t1 - t0);
  if (!a.covers(t0, t1) || !b.covers(t0, t1)) throw std::out_of_range("interval outside a series");
  std::size_t i = a.is_constant() ? 0 : a.interval(t0), j = b.is_constant() ? 0 : b.interval(t0);
  double sum = 0;
  for (double t = t0; t < t1;) {
    const double end_a = a.is_constant() ? kInfinity : a.interval_end(i), end_b = b.is_constant() ? kInfinity : b.interval_end(j);
    const double next = std::min({t1, end_a, end_b}), middle = 0.5 * (t + next);
    const auto value = [](const Series& s, std::size_t k, double at) { return s.is_constant() ? s.values_.front() : s.value_in(k, at); };
    const bool flat = (a.is_constant() || a.interpolation_ == Interpolation::step_mean) &&
                      (b.is_constant() || b.interpolation_ == Interpolation::step_mean);
    const double mid = value(a, i, middle) * value(b, j, middle);
    const double mean = flat ? mid : (value(a, i, t) * value(b, j, t) + 4 * mid + value(a, i, next) * value(b, j, next)) / 6;
    sum += mean * (next - t);
    if (next == end_a) ++i;
    if (next == end_b) ++j;
    t = next;
  }
  return sum;
}

}  // namespace limpid
