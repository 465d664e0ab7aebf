#include "solvers/two_stage.hpp"

namespace limpid {

TwoStage::TwoStage(const Basin& basin, const Stoichiometry& stoichiometry, const ParameterRows& parameters)
    : Integrator(basin, stoichiometry, parameters), first_(stoichiometry.rows.size()) {}

void TwoStage::propose(double dt) {
  evaluate_rates(fields.rows());
  first_ = extent_;
  for (std::size_t i = 0; i < content_.size(); ++i) {
    const BlockValue end = BlockValue::load(content_[i].v) + (production(i) - consumption(i)) * dt;
    larger(kSmallestContent, end).store(evaluated_[i].v);
  }
  evaluate_rates(fields.rows());
  for (std::size_t j = 0; j < extent_.size(); ++j)
    ((BlockValue::load(first_[j].v) + BlockValue::load(extent_[j].v)) * (0.5 * dt)).store(extent_[j].v);
}

}  // namespace limpid
