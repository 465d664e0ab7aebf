// The mean-state scheme (exponential-midpoint Patankar) on one block of points: second order, positive, exact
// to a Pade approximation for first-order loss, and with one extent per process, so that stoichiometry holds
// by construction.
//
// With P and D the gross production and consumption of a constituent over the step, D proportional to its
// content b at the evaluation, c' = P/dt - (D/b)/dt c has the mean  m = c f1(z) + P f2(z),  z = D/b,  f1 =
// (1-exp(-z))/z, f2 = (1-f1)/z. Both factors are taken from Pade(0,4); multiplied through by b^4, m/b needs
// one division.
#pragma once

#include <vector>

#include "solvers/extent_limiter.hpp"
#include "solvers/field.hpp"
#include "solvers/stoichiometry.hpp"

namespace limpid {

inline constexpr double kSmallestContent = 1e-30;  // rates are evaluated at no less; never booked

// m / b for content c at the start of the step.
inline Octet mean_quotient(const Octet& c, const Octet& b, const Octet& production,
                           const Octet& consumption) {
  const Octet d = consumption, b2 = b * b, b3 = b2 * b, d2 = d * d, d3 = d2 * d * (1.0 / 24.0);
  const Octet m1 = b3 + b2 * d * 0.5 + b * d2 * (1.0 / 6.0) + d3;
  const Octet m2 = b3 * 0.5 + b2 * d * (1.0 / 3.0) + b * d2 * 0.125 + d3;
  return (c * m1 + production * m2) / (b * m1 + d * m2);
}

// Work space and pointers of one thread.
class MeanState {
 public:
  MeanState(const Basin& basin, const Stoichiometry& stoichiometry, const std::vector<int>& first_parameter,
            const std::vector<int>& first_coefficient, std::size_t field_count);
  MeanState(const MeanState&) = delete;
  MeanState& operator=(const MeanState&) = delete;

  // The caller's: amounts [column], volumes (0 = a point that does not count), and the fields' values on this
  // block.
  std::vector<BlockRow> amount;
  BlockRow volume;
  std::vector<const double*> fields;
  std::vector<BlockRow> expanded;  // room for fields, one row each

  // Advances `amount` by steps of dt; extent_sum [row] then holds the extents of all of them [concentration].
  void advance(double dt, int steps);
  std::vector<BlockRow> extent_sum;
  std::vector<long long> limited;  // per process: point-steps in which the limiter acted, since construction

 private:
  void evaluate_rates();
  void predict_mean(double dt);
  void correct_mean(double dt);
  void scale_rates(double dt);
  bool form_amounts();
  void limit_and_count();
  void step(double dt, const Octet& per_volume);

  const Basin& basin_;
  const Stoichiometry& s_;
  const std::vector<int>&first_parameter_, &first_coefficient_;
  std::vector<BlockRow> content_, evaluated_, quotient_, extent_, proposed_, next_;
  std::vector<const double*> concentration_;  // per process and role, rows of evaluated_
  std::vector<std::size_t> first_role_;       // per process
  std::vector<double*> rate_;                 // per row, rows of extent_
};

}  // namespace limpid
