// How well simulated values fit observed ones: what fit.csv reports. docs/assessment.md has the formulas.
#pragma once

#include <optional>
#include <vector>

#include "model/standard.hpp"

namespace limpid {

// Over the pairs where both are numbers. nullopt where a measure is not defined (no pairs; no spread; mean of
// 0).
struct Fit {
  int n = 0;
  std::optional<double>
      nse;  // Nash & Sutcliffe 1970: 1 = perfect, 0 = as good as the mean of the observations
  std::optional<double> kge;  // Gupta et al. 2009: 1 - sqrt((r-1)^2 + (alpha-1)^2 + (beta-1)^2)
  std::optional<double>
      pbias;  // Moriasi et al. 2007, 100 sum(obs - sim)/sum(obs) [%]: > 0 = simulated too low
  std::optional<double> rmse;  // in the unit of the values
  std::optional<double>
      class_hit_rate;  // share of pairs with the same class, 0..1; only for items with class limits
};

// item: the standard's item of these values, or nullptr if it has none; lake: which limits. Sizes must be
// equal.
Fit fit_of(const std::vector<double>& observed, const std::vector<double>& simulated,
           const StandardItem* item, bool lake);

}  // namespace limpid
