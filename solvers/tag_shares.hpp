// Tags through one sub-step of reactions on one block of points.
//
// With T the total, P and D what the sub-step makes and uses of it, and a, P_g the parts of a group, the
// shares of what is used are those of the mean content,
//   s_g = (a_g + w P_g) / (T + w P),   a_g' = a_g + P_g - D s_g,
// w = 1/2, or 1 where nearly all of that content is used or more (the limiter of the kinetics keeps D below
// T + P; then a_g' is formed as (a_g + P_g) T' / (T + P), which loses nothing to the cancellation in T'):
// tags stay non-negative, and add up to the new total T'. A product carries the mean shares of its donors,
// found in two rounds, the first with w = 0. Loss in proportion to a content that nothing else makes is then
// exactly that of a run with the group alone.
#pragma once

#include <vector>

#include "solvers/field.hpp"
#include "solvers/tag_rules.hpp"

namespace limpid {

// Work space of one thread.
class TagShares {
 public:
  explicit TagShares(const TagRules& rules);

  std::vector<BlockRow> amount;  // [tagged][group], the caller's
  std::vector<BlockRow> booked;  // [booking][group] what step() has moved since clear()
  void clear();

  // The sub-step of MeanState as it was done. total, after: [column] amounts at its begin and end; extent:
  // [row] and sums: [column] in concentrations; volume 0 = a point that does not count.
  void step(const std::vector<BlockRow>& total, const std::vector<BlockRow>& after,
            const std::vector<BlockRow>& extent, const GrossSums& sums, const BlockRow& volume,
            const double* const* fields);

 private:
  BlockValue quantity(const TagRules::Term& term) const;
  void produce(bool book);
  void hand_on(const TagRules::Term& term, bool book);
  void find_shares(bool with_products);
  void use();

  const TagRules& rules_;
  // of the call
  const BlockRow* total_ = nullptr;
  const BlockRow* after_ = nullptr;
  const BlockRow* extent_ = nullptr;
  const GrossSums* sums_ = nullptr;
  const double* const* fields_ = nullptr;
  BlockValue volume_;
  std::vector<BlockRow> share_, produced_;  // [tagged][group]
};

}  // namespace limpid
