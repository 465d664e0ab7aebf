// A quantity given at times. Values hold over [t_i, t_{i+1}) (step_mean) or run straight between points
// (linear).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace limpid {

enum class Interpolation : std::uint8_t { step_mean, linear };

// Times are seconds since 1970-01-01T00:00Z, strictly increasing. A step_mean series ends one last interval
// after its last time (a single value never ends); a linear series ends at its last time. A constant covers
// all times. Asked outside its times (or for a NaN time) a series throws std::out_of_range, for an interval
// that ends before it begins std::invalid_argument: the case reader has checked both.
class Series {
 public:
  Series() = default;  // constant 0
  static Series constant(double value);
  // Throws std::invalid_argument: no times, unequal sizes, times not finite or not increasing.
  Series(std::vector<double> times, std::vector<double> values, Interpolation interpolation);

  double at(double t) const;
  // Exact integral over [t0, t1], value unit times seconds.
  double integral(double t0, double t1) const;
  double mean(double t0, double t1) const { return t1 > t0 ? integral(t0, t1) / (t1 - t0) : at(t0); }
  // Exact integral of the product of two series over [t0, t1].
  static double product_integral(const Series& a, const Series& b, double t0, double t1);

  bool is_constant() const { return times_.size() <= 1; }
  bool is_zero() const;
  double begin_time() const;  // -infinity for a constant
  double end_time() const;    // +infinity for a constant
  bool covers(double t0, double t1) const { return begin_time() <= t0 && t1 <= end_time(); }
  double minimum() const;
  double maximum() const;
  const std::vector<double>& times() const { return times_; }
  const std::vector<double>& values() const { return values_; }
  Interpolation interpolation() const { return interpolation_; }

 private:
  std::size_t interval(double t) const;  // last i with times_[i] <= t, clamped into the series
  double interval_end(std::size_t i) const;
  double value_in(std::size_t i, double t) const;  // by the line or step of interval i
  void require_cover(double t0, double t1) const;

  std::vector<double> times_, values_{0.0};
  Interpolation interpolation_ = Interpolation::step_mean;
};

}  // namespace limpid
