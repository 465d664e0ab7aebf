// What a sweep says: how probable, how large, and because of which factor. Pure functions of the members'
// answers; a NaN is a member that gave none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "scenarios/design.hpp"

namespace limpid {

// A share of members with its standard error, sqrt(p (1 - p)/n) of independent draws.
struct Probability {
  double value = 0, standard_error = 0;  // NaN without members
  std::size_t members = 0;               // that gave an answer
};
Probability exceedance(const std::vector<double>& values, double limit);  // value > limit
Probability attainment(const std::vector<double>& values);                // of 1 = attained, 0 = not

// By linear interpolation between order statistics (Hyndman and Fan 1996, type 7); NaN without values.
double sample_quantile(std::vector<double> values, double p);
// series: [member][time]; out: [p][time].
std::vector<std::vector<double>> quantile_series(const std::vector<std::vector<double>>& series,
                                                 const std::vector<double>& probabilities);

// An estimate with the ends of its interval of confidence.
struct Estimated {
  double value = 0, low = 0, high = 0;
};
struct SobolIndices {
  std::vector<Estimated> first, total;  // [factor]
  double mean = 0, variance = 0;
  std::size_t groups = 0;  // whole ones; a group of which a member gave no answer is left out
};
// answers: [member] of a Sobol design with indices. First order by Saltelli et al. 2010 (their estimator b),
// total by Jansen 1999 (f); both table 2 of A. Saltelli et al., Comput. Phys. Commun. 181, 259-270 (2010).
// The intervals hold `confidence` of the bootstrap over groups (percentiles; drawn by Philox). Indices are
// NaN where the answers do not vary. Throws std::invalid_argument for another design.
SobolIndices sobol_indices(const Design& design, const std::vector<double>& answers, double confidence = 0.95,
                           int resamples = 1000, std::uint64_t seed = 1);

// Of one factor, from its elementary effects: the answer's change when the factor moves over its whole range
// of probability. M. D. Morris, Technometrics 33, 161-174 (1991); mu_star: F. Campolongo et al., Environ.
// Model. Softw. 22, 1509-1518 (2007).
struct MorrisMeasure {
  double mu = 0, mu_star = 0, sigma = 0;  // NaN without effects; sigma with fewer than two
  std::size_t effects = 0;
};
// [factor] of a Morris design. Throws std::invalid_argument for another design.
std::vector<MorrisMeasure> morris_measures(const Design& design, const std::vector<double>& answers);

}  // namespace limpid
