#include "scenarios/sweep_analysis.hpp"

#include <cmath>
#include <limits>

namespace limpid {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

void describe(const std::vector<double>& values, AnswerAnalysis& out) {
  double sum = 0, squares = 0;
  for (const double v : values)
    if (!std::isnan(v)) {
      ++out.members;
      sum += v;
    }
  const auto n = static_cast<double>(out.members);
  out.mean = n > 0 ? sum / n : kNone;
  for (const double v : values)
    if (!std::isnan(v)) squares += (v - out.mean) * (v - out.mean);
  out.deviation = n > 1 ? std::sqrt(squares / (n - 1)) : kNone;
  for (const double p : kAnalysisQuantiles) out.quantiles.push_back(sample_quantile(values, p));
}

// What the indices of a verdict explain is whether it is attained.
std::vector<double> explained(const Answer& answer) {
  std::vector<double> values = answer.values;
  if (answer.verdict)
    for (double& v : values)
      if (!std::isnan(v)) v = v == 1 ? 1 : 0;
  return values;
}

}  // namespace

std::vector<AnswerAnalysis> analyse(const Design& design, const std::vector<Answer>& answers) {
  std::vector<AnswerAnalysis> list;
  for (const Answer& answer : answers) {
    AnswerAnalysis out;
    out.name = answer.name;
    describe(answer.values, out);
    if (answer.verdict) out.attained = attainment(answer.values);
    if (design.request.method == DesignMethod::sobol && design.request.indices)
      out.indices = sobol_indices(design, explained(answer));
    if (design.request.method == DesignMethod::morris)
      out.morris = morris_measures(design, explained(answer));
    list.push_back(std::move(out));
  }
  return list;
}

}  // namespace limpid
