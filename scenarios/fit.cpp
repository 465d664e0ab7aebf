#include "scenarios/fit.hpp"

#include <cmath>

#include "scenarios/assessment.hpp"

namespace limpid {
namespace {

struct Pairs {
  std::vector<double> observed, simulated;
  double count() const { return static_cast<double>(observed.size()); }
};

Pairs complete_pairs(const std::vector<double>& observed, const std::vector<double>& simulated) {
  Pairs pairs;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    if (std::isnan(observed[i]) || std::isnan(simulated[i])) continue;
    pairs.observed.push_back(observed[i]);
    pairs.simulated.push_back(simulated[i]);
  }
  return pairs;
}

// Sums of squares and products about the means.
struct Moments {
  double mean_observed = 0, mean_simulated = 0;
  double observed = 0, simulated = 0, product = 0, error = 0;
};

Moments moments(const Pairs& pairs) {
  Moments m;
  for (const double o : pairs.observed) m.mean_observed += o / pairs.count();
  for (const double s : pairs.simulated) m.mean_simulated += s / pairs.count();
  for (std::size_t i = 0; i < pairs.observed.size(); ++i) {
    const double o = pairs.observed[i] - m.mean_observed, s = pairs.simulated[i] - m.mean_simulated;
    const double e = pairs.observed[i] - pairs.simulated[i];
    m.observed += o * o;
    m.simulated += s * s;
    m.product += o * s;
    m.error += e * e;
  }
  return m;
}

std::optional<double> kling_gupta(const Moments& m) {
  if (m.observed == 0 || m.simulated == 0 || m.mean_observed == 0) return std::nullopt;
  const double r = m.product / std::sqrt(m.observed * m.simulated);
  const double alpha = std::sqrt(m.simulated / m.observed);
  const double beta = m.mean_simulated / m.mean_observed;
  return 1.0 - std::sqrt((r - 1) * (r - 1) + (alpha - 1) * (alpha - 1) + (beta - 1) * (beta - 1));
}

std::optional<double> class_hit_rate(const Pairs& pairs, const StandardItem* item, bool lake) {
  if (!item || !item->limits(lake).given()) return std::nullopt;
  int hits = 0;
  for (std::size_t i = 0; i < pairs.observed.size(); ++i)
    hits += item_class(*item, pairs.observed[i], lake) == item_class(*item, pairs.simulated[i], lake) ? 1 : 0;
  return hits / pairs.count();
}

}  // namespace

Fit fit_of(const std::vector<double>& observed, const std::vector<double>& simulated,
           const StandardItem* item, bool lake) {
  const Pairs pairs = complete_pairs(observed, simulated);
  Fit fit;
  fit.n = static_cast<int>(pairs.observed.size());
  if (fit.n == 0) return fit;
  const Moments m = moments(pairs);
  fit.rmse = std::sqrt(m.error / pairs.count());
  if (m.observed > 0) fit.nse = 1.0 - m.error / m.observed;
  fit.kge = kling_gupta(m);
  if (m.mean_observed != 0) fit.pbias = 100.0 * (m.mean_observed - m.mean_simulated) / m.mean_observed;
  fit.class_hit_rate = class_hit_rate(pairs, item, lake);
  return fit;
}

}  // namespace limpid
