#include "solvers/mean_state.hpp"

namespace limpid {

MeanState::MeanState(const Basin& basin, const Stoichiometry& stoichiometry, const ParameterRows& parameters)
    : Integrator(basin, stoichiometry, parameters), quotient_(stoichiometry.columns.size()) {}

void MeanState::propose(double dt) {
  evaluate_rates(fields.rows());
  predict_mean(dt);
  evaluate_rates(fields.rows());
  correct_mean(dt);
  scale_rates(dt);
}

inline BlockValue MeanState::quotient(std::size_t column, const BlockValue& b, double dt) const {
  return mean_quotient(BlockValue::load(content_[column].v), b, production(column) * dt,
                       consumption(column) * dt);
}

// Without consumption the mean is simply c + P/2. A mean that is no number stays none: taken for an empty
// point it would hide what made it.
void MeanState::predict_mean(double dt) {
  for (std::size_t i = 0; i < content_.size(); ++i) {
    const BlockValue b = BlockValue::load(evaluated_[i].v);
    const BlockValue mean = s_.consumed[i] ? quotient(i, b, dt) * b
                                           : BlockValue::load(content_[i].v) + production(i) * (0.5 * dt);
    larger(kSmallestContent, mean).store(evaluated_[i].v);
  }
}

// New mean over old mean: 1 + O(dt^2).
void MeanState::correct_mean(double dt) {
  for (std::size_t i = 0; i < content_.size(); ++i)
    if (s_.consumed[i]) quotient(i, BlockValue::load(evaluated_[i].v), dt).store(quotient_[i].v);
}

// extent = dt x rate x smallest quotient of the row's reactants.
void MeanState::scale_rates(double dt) {
  for (std::size_t j = 0; j < s_.rows.size(); ++j) {
    const auto of = [&](int r) {
      return BlockValue::load(
          quotient_[static_cast<std::size_t>(s_.reactants[static_cast<std::size_t>(r)])].v);
    };
    BlockValue extent = BlockValue::load(extent_[j].v) * dt;
    int r = s_.rows[j].first_reactant;
    if (r < s_.rows[j].last_reactant) {
      BlockValue smallest = of(r);
      while (++r < s_.rows[j].last_reactant) smallest = smaller(of(r), smallest);
      extent *= smallest;
    }
    extent.store(extent_[j].v);
  }
}

}  // namespace limpid
