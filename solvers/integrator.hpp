// One block of points through its reactions. An integrator proposes one extent per row and step; the joint
// limiter and the amounts, which are set from extents alone, are the same for all: stoichiometry and
// positivity hold whatever the proposal.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "solvers/extent_limiter.hpp"
#include "solvers/field.hpp"
#include "solvers/parameter_rows.hpp"
#include "solvers/rate_inquest.hpp"
#include "solvers/stoichiometry.hpp"
#include "solvers/tag_shares.hpp"

namespace limpid {

inline constexpr double kSmallestContent = 1e-30;  // rates are evaluated at no less; never booked

// Work space and pointers of one thread.
class Integrator {
 public:
  Integrator(const Basin& basin, const Stoichiometry& stoichiometry, const ParameterRows& parameters);
  virtual ~Integrator() = default;
  Integrator(const Integrator&) = delete;
  Integrator& operator=(const Integrator&) = delete;

  // The caller's: amounts [column], volumes (0 = a point that does not count), and the fields on this block.
  std::vector<BlockRow> amount;
  BlockRow volume;
  BoundFields fields;
  TagShares* tags = nullptr;       // follow every sub-step, where there are any
  RateInquest* inquest = nullptr;  // asked about points that leave the finite numbers

  // Advances `amount` by steps of dt; returns the extents [row] of all of them together [concentration].
  const std::vector<BlockRow>& advance(double dt, int steps);
  std::vector<long long> limited;  // per process: point-steps in which the limiter acted

 protected:
  // What the rows would do in dt, from content_ into extent_, each >= 0 (or NaN: the point fails). evaluated_
  // holds the contents, at least kSmallestContent; is left where rates were last evaluated.
  virtual void propose(double dt) = 0;

  void start_from_contents();  // evaluated_
  // Rates of all rows at evaluated_, into extent_. values: the fields' rows, for all points of the block.
  void evaluate_rates(const double* const* values);
  BlockValue production(std::size_t column) const {  // by the rates (or extents) as they stand
    return s_.production(column, extent_.data(), fields.rows());
  }
  BlockValue consumption(std::size_t column) const {
    return s_.consumption(column, extent_.data(), fields.rows());
  }

  const Stoichiometry& s_;
  std::vector<BlockRow> content_, evaluated_;  // [column]
  std::vector<BlockRow> extent_;               // [row]

 private:
  friend class RateInquest;
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
  bool form_amounts();
  void see_to(double dt);
  void limit_and_count(const BlockRow& strange);
  void step(double dt, const BlockValue& per_volume);

  std::vector<BlockRow> share_, next_, extent_sum_, proposed_;
  GrossSums sums_;
  BlockRow over_;                          // 1 where form_amounts() found a point overdrawn or not finite
  std::deque<BlockRow> provided_, fixed_;  // which never move
  std::vector<Call> calls_;                // who provides before who reads
  int air_;                                // of the fields: where water touches the air; -1 = everywhere
  std::vector<std::size_t> air_rows_;      // of extent_: what goes through the surface
};

// The one that the case asks for.
std::unique_ptr<Integrator> make_integrator(const Basin& basin, const Stoichiometry& stoichiometry,
                                            const ParameterRows& parameters);

}  // namespace limpid
