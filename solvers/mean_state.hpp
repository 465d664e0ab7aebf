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

#include <deque>
#include <vector>

#include "solvers/extent_limiter.hpp"
#include "solvers/field.hpp"
#include "solvers/parameter_rows.hpp"
#include "solvers/stoichiometry.hpp"
#include "solvers/tag_shares.hpp"

namespace limpid {

inline constexpr double kSmallestContent = 1e-30;  // rates are evaluated at no less; never booked

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

// Work space and pointers of one thread.
class MeanState {
 public:
  MeanState(const Basin& basin, const Stoichiometry& stoichiometry, const ParameterRows& parameters);
  MeanState(const MeanState&) = delete;
  MeanState& operator=(const MeanState&) = delete;

  // The caller's: amounts [column], volumes (0 = a point that does not count), and the fields on this block.
  std::vector<BlockRow> amount;
  BlockRow volume;
  BoundFields fields;
  TagShares* tags = nullptr;  // follow every sub-step, where there are any

  // Advances `amount` by steps of dt; returns the extents [row] of all of them together [concentration].
  const std::vector<BlockRow>& advance(double dt, int steps);
  std::vector<long long> limited;  // per process: point-steps in which the limiter acted

 private:
  struct Call {         // of one process; rows of evaluated_, of the fields and of extent_
    std::size_t index;  // in the basin
    const Process* process;
    std::vector<const double*> concentration;  // by role, then what it reads of other processes
    int parameter, coefficient;
    std::vector<double*> rate;  // by row, then what it provides
  };
  // A value that no constituent and no process gives: the same in all points.
  const double* fixed(double value);
  void find_air_rows(const Basin& basin);
  void evaluate_rates();
  void predict_mean(double dt);
  void correct_mean(double dt);
  void scale_rates(double dt);
  BlockValue production(std::size_t column) const {  // by the rates (or extents) as they stand
    return s_.production(column, extent_.data(), fields.rows());
  }
  BlockValue consumption(std::size_t column) const {
    return s_.consumption(column, extent_.data(), fields.rows());
  }
  BlockValue quotient(std::size_t column, const BlockValue& b, double dt) const;
  bool form_amounts();
  void limit_and_count();
  void step(double dt, const BlockValue& per_volume);

  const Stoichiometry& s_;
  std::vector<BlockRow> content_, evaluated_, quotient_, next_;
  std::vector<BlockRow> extent_, extent_sum_, proposed_;
  GrossSums sums_;
  std::deque<BlockRow> provided_, fixed_;  // which never move
  std::vector<Call> calls_;                // who provides before who reads
  int air_;                                // of the fields: where water touches the air; -1 = everywhere
  std::vector<std::size_t> air_rows_;      // of extent_: what goes through the surface
};

}  // namespace limpid
