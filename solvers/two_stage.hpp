// Heun's method with one extent per row, dt/2 (r(c) + r(c + dt f(c))): explicit, second order where the joint
// limiter does not act. For comparison: where a rate times the step passes 2 it is positive and conservative,
// but wrong.
#pragma once

#include <vector>

#include "solvers/integrator.hpp"

namespace limpid {

class TwoStage final : public Integrator {
 public:
  TwoStage(const Basin& basin, const Stoichiometry& stoichiometry, const ParameterRows& parameters);

 private:
  void propose(double dt) override;

  std::vector<BlockRow> first_;  // rates [row] at the step's begin
};

}  // namespace limpid
