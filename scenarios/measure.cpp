#include "scenarios/measure.hpp"

#include <algorithm>
#include <limits>

namespace limpid {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

// Integral from -infinity to t of a ramp from 0 at a to 1 at b.
double ramp_integral(double t, double a, double b) {
  if (t <= a) return 0;
  if (t >= b) return (t - b) + 0.5 * (b - a);
  return 0.5 * (t - a) * (t - a) / (b - a);
}

struct Dates {
  double begin, full, end;  // effect starts, is whole, is gone
};

Dates dates(const Measure& measure, std::chrono::seconds offset) {
  const Time begin = add(measure.start, measure.lag, offset);
  return {seconds_of(begin), seconds_of(add(begin, measure.ramp, offset)),
          measure.end ? seconds_of(*measure.end) : kNever};
}

}  // namespace

double Measure::strength(double t0, double t1, std::chrono::seconds offset) const {
  const Dates d = dates(*this, offset);
  const double stop = std::min(t1, d.end);
  if (stop <= t0) return 0;
  if (t0 >= d.full && stop == t1) return 1;
  return (ramp_integral(stop, d.begin, d.full) - ramp_integral(t0, d.begin, d.full)) / (t1 - t0);
}

double Measure::constant_until(double t, std::chrono::seconds offset) const {
  const Dates d = dates(*this, offset);
  if (t < d.begin) return std::min(d.begin, d.end);
  if (t < d.full && t < d.end) return t;
  return t < d.end ? d.end : kNever;
}

}  // namespace limpid
