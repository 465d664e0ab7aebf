// The mean-state scheme (exponential-midpoint Patankar) on one block of points: second order, positive, exact
// to a Pade approximation for first-order loss, and with one extent per process, so that stoichiometry holds
// by construction.
//
// With P and D the gross production and consumption of a constituent over the step, D proportional to its
// content b at the evaluation, c' = P/dt - (D/b)/dt c has the mean  m = c f1(z) + P f2(z),  z = D/b,
// f1 = (1-exp(-z))/z,  f2 = (1-f1)/z.  Both factors are taken from Pade(0,4) of the exponential; multiplied
// through by 24 b^4, m/b needs one division:
//   m/b = (c M1 + P M2) / (b M1 + D M2),  M1 = 24 b^3 + 12 b^2 D + 4 b D^2 + D^3,
//   M2 = 12 b^3 + 8 b^2 D + 3 b D^2 + D^3 = M1 - b (12 b^2 + 4 b D + D^2).
#pragma once

#include <vector>

#include "solvers/integrator.hpp"

namespace limpid {

// m / b for content c at the start of the step; b > 0, P and D >= 0.
inline BlockValue mean_quotient(const BlockValue& content, const BlockValue& at, const BlockValue& production,
                                const BlockValue& consumption) {
  using Quad = BlockValue::Quad;  // one after another: a whole block's would not fit into the registers
  const auto quotient = [](const Quad& c, const Quad& b, const Quad& p, const Quad& d) {
    const Quad square = b * b * 12.0, inner = d * (d + b * 4.0) + square, cube = square * (b + b);
    const Quad m1 = d * inner + cube, m2 = (d - b) * inner + cube;
    return (c * m1 + p * m2) / (b * m1 + d * m2);
  };
  return BlockValue::each(quotient, content, at, production, consumption);
}

class MeanState final : public Integrator {
 public:
  MeanState(const Basin& basin, const Stoichiometry& stoichiometry, const ParameterRows& parameters);

 private:
  void propose(double dt) override;
  void predict_mean(double dt);
  void correct_mean(double dt);
  void scale_rates(double dt);
  BlockValue quotient(std::size_t column, const BlockValue& b, double dt) const;

  std::vector<BlockRow> quotient_;
};

}  // namespace limpid
