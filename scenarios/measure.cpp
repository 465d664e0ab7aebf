#include "scenarios/measure.hpp"

#include <algorithm>
#include <limits>

namespace limpid {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

struct Dates {
  double begin, full, end;  // effect starts, is whole, is gone
};

Dates dates(const Measure& measure, std::chrono::seconds offset) {
  const Time begin = add(measure.start, measure.lag, offset);
  return {seconds_of(begin), seconds_of(add(begin, measure.ramp, offset)),
          measure.end ? seconds_of(*measure.end) : kNever};
}

// Integral from -infinity to t of a ramp from 0 at begin to 1 at full.
double ramp_integral(double t, const Dates& d) {
  if (t <= d.begin) return 0;
  if (t >= d.full) return (t - d.full) + 0.5 * (d.full - d.begin);
  return 0.5 * (t - d.begin) * (t - d.begin) / (d.full - d.begin);
}

// Integral of the strength over [a, b), which has no end and no edge of a season inside.
double effect(double a, double b, const Dates& d) {
  return a >= d.full ? b - a : ramp_integral(b, d) - ramp_integral(a, d);
}

}  // namespace

double Measure::strength(double t0, double t1, std::chrono::seconds offset) const {
  const Dates d = dates(*this, offset);
  const double stop = std::min(t1, d.end);
  if (stop <= t0) return 0;
  if (!season) return effect(t0, stop, d) / (t1 - t0);
  double sum = 0;
  for (double t = t0; t < stop;) {
    const Season::Window window = season->window(t, offset);
    const double from = std::max(t, window.begin);
    if (from < stop) sum += effect(from, std::min(stop, window.end), d);
    t = window.end;
  }
  return sum / (t1 - t0);
}

double Measure::constant_until(double t, std::chrono::seconds offset) const {
  const Dates d = dates(*this, offset);
  if (t >= d.end) return kNever;
  if (t < d.begin) return std::min(d.begin, d.end);
  const Season::Window window = season ? season->window(t, offset) : Season::Window{t, kNever};
  if (t < window.begin) return std::min(window.begin, d.end);
  return t < d.full ? t : std::min(window.end, d.end);
}

double Measure::acts_from(double t, std::chrono::seconds offset) const {
  const Dates d = dates(*this, offset);
  double from = std::max(t, d.begin);
  if (season) from = std::max(from, season->window(from, offset).begin);
  return from < d.end ? from : kNever;
}

bool act_together(const Measure& a, const Measure& b, std::chrono::seconds offset) {
  // Seasons repeat; 29 February, the rarest day, comes again after eight years at most.
  constexpr double kYearsToLook = 9 * 366.0 * 86400;
  const double begin =
      std::max(a.acts_from(seconds_of(a.start), offset), b.acts_from(seconds_of(b.start), offset));
  for (double t = begin; t <= begin + kYearsToLook && t < kNever;) {
    const double next = std::max(a.acts_from(t, offset), b.acts_from(t, offset));
    if (next == t) return true;
    t = next;
  }
  return false;
}

}  // namespace limpid
