#include "scenarios/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "model/random.hpp"

namespace limpid {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

Probability share(const std::vector<double>& values, const auto& holds) {
  Probability p;
  double count = 0;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    ++p.members;
    count += holds(value) ? 1 : 0;
  }
  const auto n = static_cast<double>(p.members);
  p.value = n > 0 ? count / n : kNone;
  p.standard_error = n > 0 ? std::sqrt(p.value * (1 - p.value) / n) : kNone;
  return p;
}

double sorted_quantile(const std::vector<double>& sorted, double p) {
  if (sorted.empty()) return kNone;
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const double share = at - static_cast<double>(below);
  return share > 0 ? (1 - share) * sorted[below] + share * sorted[below + 1] : sorted[below];
}

void require(const Design& design, const std::vector<double>& answers, DesignMethod method,
             std::size_t group) {
  if (design.request.method != method || answers.size() != design.members() || answers.size() % group != 0)
    throw std::invalid_argument("answers of another design");
}

// The answers of one group of a Saltelli design, less the mean of all.
struct Group {
  double a, b;
  std::vector<double> ab;  // [factor]
};

std::vector<Group> whole_groups(const std::vector<double>& answers, std::size_t factors) {
  std::vector<Group> groups;
  for (std::size_t at = 0; at < answers.size(); at += factors + 2) {
    const auto begin = answers.begin() + static_cast<std::ptrdiff_t>(at),
               end = begin + static_cast<std::ptrdiff_t>(factors + 2);
    if (std::any_of(begin, end, [](double value) { return std::isnan(value); })) continue;
    groups.push_back({*begin, *(end - 1), {begin + 1, end - 1}});
  }
  return groups;
}

struct Moments {
  double mean = 0, variance = 0;
};

// Of the answers of A and B: of the base sample, since A_B repeats its columns.
Moments moments(const std::vector<Group>& groups, const std::vector<std::size_t>& chosen) {
  Moments m;
  const double n = 2 * static_cast<double>(chosen.size());
  for (const std::size_t g : chosen) m.mean += (groups[g].a + groups[g].b) / n;
  for (const std::size_t g : chosen) {
    const double a = groups[g].a - m.mean, b = groups[g].b - m.mean;
    m.variance += (a * a + b * b) / n;
  }
  return m;
}

struct Pair {
  double first, total;
};

// Centred answers leave both indices as they are and the first a smaller error.
Pair indices(const std::vector<Group>& groups, const std::vector<std::size_t>& chosen, std::size_t factor,
             const Moments& m) {
  if (!(m.variance > 0)) return {kNone, kNone};
  double first = 0, total = 0;
  for (const std::size_t g : chosen) {
    const Group& group = groups[g];
    first += (group.b - m.mean) * (group.ab[factor] - group.a);
    total += (group.a - group.ab[factor]) * (group.a - group.ab[factor]);
  }
  const double scale = static_cast<double>(chosen.size()) * m.variance;
  return {first / scale, total / (2 * scale)};
}

Estimated interval(double value, std::vector<double> resampled, double confidence) {
  std::erase_if(resampled, [](double x) { return std::isnan(x); });
  std::sort(resampled.begin(), resampled.end());
  const double tail = (1 - confidence) / 2;
  return {value, sorted_quantile(resampled, tail), sorted_quantile(resampled, 1 - tail)};
}

std::vector<std::size_t> resample(std::size_t count, int number, std::uint64_t seed) {
  const Random random(seed, stream_of("bootstrap " + std::to_string(number)));
  std::vector<std::size_t> chosen(count);
  for (std::size_t i = 0; i < count; ++i)
    chosen[i] = static_cast<std::size_t>(random.uniform(i) * static_cast<double>(count));
  return chosen;
}

}  // namespace

Probability exceedance(const std::vector<double>& values, double limit) {
  return share(values, [limit](double value) { return value > limit; });
}

Probability attainment(const std::vector<double>& values) {
  return share(values, [](double value) { return value == 1; });
}

double sample_quantile(std::vector<double> values, double p) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  std::sort(values.begin(), values.end());
  return sorted_quantile(values, p);
}

std::vector<std::vector<double>> quantile_series(const std::vector<std::vector<double>>& series,
                                                 const std::vector<double>& probabilities) {
  const std::size_t times = series.empty() ? 0 : series.front().size();
  std::vector<std::vector<double>> out(probabilities.size(), std::vector<double>(times, kNone));
  std::vector<double> values;
  for (std::size_t t = 0; t < times; ++t) {
    values.clear();
    for (const std::vector<double>& member : series)
      if (!std::isnan(member[t])) values.push_back(member[t]);
    std::sort(values.begin(), values.end());
    for (std::size_t p = 0; p < probabilities.size(); ++p)
      out[p][t] = sorted_quantile(values, probabilities[p]);
  }
  return out;
}

SobolIndices sobol_indices(const Design& design, const std::vector<double>& answers, double confidence,
                           int resamples, std::uint64_t seed) {
  const std::size_t factors = design.factors.size();
  require(design, answers, DesignMethod::sobol, factors + 2);
  if (!design.request.indices) throw std::invalid_argument("a Sobol design without indices");
  const std::vector<Group> groups = whole_groups(answers, factors);
  std::vector<std::size_t> all(groups.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const Moments m = moments(groups, all);
  SobolIndices out{{}, {}, m.mean, m.variance, groups.size()};
  std::vector<std::vector<double>> first(factors), total(factors);
  for (int r = 0; r < resamples && !groups.empty(); ++r) {
    const std::vector<std::size_t> chosen = resample(groups.size(), r, seed);
    const Moments own = moments(groups, chosen);
    for (std::size_t f = 0; f < factors; ++f) {
      const Pair pair = indices(groups, chosen, f, own);
      first[f].push_back(pair.first);
      total[f].push_back(pair.total);
    }
  }
  for (std::size_t f = 0; f < factors; ++f) {
    const Pair pair = indices(groups, all, f, m);
    out.first.push_back(interval(pair.first, std::move(first[f]), confidence));
    out.total.push_back(interval(pair.total, std::move(total[f]), confidence));
  }
  return out;
}

namespace {

MorrisMeasure measure_of(const std::vector<double>& effects) {
  MorrisMeasure m;
  m.effects = effects.size();
  const auto n = static_cast<double>(effects.size());
  if (effects.empty()) return {kNone, kNone, kNone, 0};
  for (const double e : effects) {
    m.mu += e / n;
    m.mu_star += std::fabs(e) / n;
  }
  double squares = 0;
  for (const double e : effects) squares += (e - m.mu) * (e - m.mu);
  m.sigma = effects.size() > 1 ? std::sqrt(squares / (n - 1)) : kNone;
  return m;
}

// Where the probability of a factor with values moves within one of them, the design does not show it.
std::size_t moved_factor(const std::vector<double>& from, const std::vector<double>& to) {
  for (std::size_t f = 0; f < from.size(); ++f)
    if (from[f] != to[f]) return f;
  return from.size();
}

}  // namespace

std::vector<MorrisMeasure> morris_measures(const Design& design, const std::vector<double>& answers) {
  const std::size_t factors = design.factors.size();
  require(design, answers, DesignMethod::morris, factors + 1);
  const int levels = design.request.levels;
  const double step = levels / (2.0 * (levels - 1));
  std::vector<std::vector<double>> effects(factors);
  for (std::size_t at = 0; at < answers.size(); at += factors + 1) {
    std::vector<bool> seen(factors, false);
    for (std::size_t s = at; s < at + factors; ++s) {
      const std::size_t f = moved_factor(design.values[s], design.values[s + 1]);
      if (f == factors) continue;
      seen[f] = true;
      const double sign = design.values[s + 1][f] > design.values[s][f] ? 1 : -1;
      const double effect = sign * (answers[s + 1] - answers[s]) / step;
      if (!std::isnan(effect)) effects[f].push_back(effect);
    }
    for (std::size_t f = 0; f < factors; ++f)
      if (!seen[f]) effects[f].push_back(0);  // one value at both ends: nothing moved
  }
  std::vector<MorrisMeasure> list;
  for (const std::vector<double>& of_factor : effects) list.push_back(measure_of(of_factor));
  return list;
}

}  // namespace limpid
