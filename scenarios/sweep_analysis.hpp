// All that a sweep's answers say, number by number.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/sensitivity.hpp"

namespace limpid {

// One number of every member: its values and whether it is a verdict (1 = attained, anything else not).
struct Answer {
  std::string name;
  std::vector<double> values;  // [member], NaN = none
  bool verdict = false;
};

struct AnswerAnalysis {
  std::string name;
  std::size_t members = 0;              // with a value
  double mean = 0, deviation = 0;       // of the sample; NaN without values, deviation with fewer than two
  std::vector<double> quantiles;        // at kAnalysisQuantiles
  std::optional<Probability> attained;  // of a verdict
  std::optional<SobolIndices> indices;  // of a Sobol design with indices
  std::vector<MorrisMeasure> morris;    // [factor] of a Morris design
};
inline constexpr double kAnalysisQuantiles[] = {0.05, 0.25, 0.5, 0.75, 0.95};

std::vector<AnswerAnalysis> analyse(const Design& design, const std::vector<Answer>& answers);

}  // namespace limpid
