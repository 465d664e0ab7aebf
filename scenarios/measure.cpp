#include "scenarios/measure.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "model/elementary.hpp"

namespace limpid {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

constexpr double kLn2 = 0.69314718055994530942;

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

// What the legacy store lets through at t: the solution of ds/dt = k (ramp - s), s = 0 at begin.
double through_store(double t, double k, const Dates& d) {
  if (t <= d.begin) return 0;
  const double since_begin = elementary::exp(-k * (t - d.begin)), ramp = d.full - d.begin;
  if (ramp <= 0) return 1 - since_begin;
  if (t < d.full) return (t - d.begin) / ramp - (1 - since_begin) / (k * ramp);
  return 1 - (elementary::exp(-k * (t - d.full)) - since_begin) / (k * ramp);
}

// Integral from -infinity to t of a ramp that wears off after full.
double relapsing_integral(double t, double k, const Dates& d) {
  if (t <= d.full) return ramp_integral(t, d);
  return ramp_integral(d.full, d) + (1 - elementary::exp(-k * (t - d.full))) / k;
}

// Integral of the strength over [a, b), which has no end and no edge of a season inside.
double effect(const Measure& m, double a, double b, const Dates& d) {
  if (m.half_life > 0) {
    const double k = kLn2 / m.half_life;
    return ramp_integral(b, d) - ramp_integral(a, d) - (through_store(b, k, d) - through_store(a, k, d)) / k;
  }
  if (m.relapse > 0) {
    const double k = kLn2 / m.relapse;
    return relapsing_integral(b, k, d) - relapsing_integral(a, k, d);
  }
  return a >= d.full ? b - a : ramp_integral(b, d) - ramp_integral(a, d);
}

void append_bits(std::string& text, double value) {
  text += std::to_string(std::bit_cast<std::uint64_t>(value)) + ",";
}

}  // namespace

double Measure::strength(double t0, double t1, std::chrono::seconds offset) const {
  const Dates d = dates(*this, offset);
  const double stop = std::min(t1, d.end);
  if (stop <= t0) return 0;
  if (!season) return coverage * (effect(*this, t0, stop, d) / (t1 - t0));
  double sum = 0;
  for (double t = t0; t < stop;) {
    const Season::Window window = season->window(t, offset);
    const double from = std::max(t, window.begin);
    if (from < stop) sum += effect(*this, from, std::min(stop, window.end), d);
    t = window.end;
  }
  return coverage * (sum / (t1 - t0));
}

double Measure::constant_until(double t, std::chrono::seconds offset) const {
  const Dates d = dates(*this, offset);
  if (t >= d.end) return kNever;
  if (t < d.begin) return std::min(d.begin, d.end);
  const Season::Window window = season ? season->window(t, offset) : Season::Window{t, kNever};
  if (t < window.begin) return std::min(window.begin, d.end);
  return t < d.full || half_life > 0 || relapse > 0 ? t : std::min(window.end, d.end);
}

double Measure::acts_from(double t, std::chrono::seconds offset) const {
  const Dates d = dates(*this, offset);
  double from = std::max(t, d.begin);
  if (season) from = std::max(from, season->window(from, offset).begin);
  return from < d.end ? from : kNever;
}

std::string action_text(const Measure& m) {
  std::string text = std::to_string(static_cast<int>(m.action)) + ":";
  for (const Effect& e : m.effects) {
    text += std::to_string(e.constituent) + "=";
    append_bits(text, e.value);
  }
  for (const double value : {m.coverage, m.half_life, m.relapse}) append_bits(text, value);
  for (const Period& p : {m.lag, m.ramp})
    text += std::to_string(p.months) + "," + std::to_string(p.seconds) + "/";
  return text + format_time(m.start) + "/" + (m.end ? format_time(*m.end) : "") + "/" +
         (m.season ? m.season->text() : "");
}

std::string effect_text(const Measure& m) {
  std::vector<std::string> places;
  for (const Target& target : m.at) places.push_back(target.kind + ":" + target.id + ";");
  std::sort(places.begin(), places.end());
  std::string text = action_text(m) + "@" + m.process + "." + m.parameter + "@";
  for (const std::string& place : places) text += place;
  return text;
}

std::vector<std::string> measure_ids(const Plan& plan) {
  std::vector<std::string> ids;
  for (const Measure& m : plan.measures)
    if (std::find(ids.begin(), ids.end(), m.id) == ids.end()) ids.push_back(m.id);
  return ids;
}

Plan slipped(Plan plan, const std::string& measure, const Period& by, std::chrono::seconds offset) {
  for (Measure& m : plan.measures)
    if (m.id == measure) m.start = add(m.start, by, offset);
  return plan;
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
