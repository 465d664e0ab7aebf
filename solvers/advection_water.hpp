// What advection needs to know of a step's water, equal for all constituents and lanes; made anew only when
// the water changed.
#pragma once

#include <vector>

#include "model/network.hpp"
#include "solvers/cascade.hpp"
#include "solvers/flow_order.hpp"
#include "solvers/remap.hpp"
#include "solvers/water_step.hpp"

namespace limpid {

// More time bins than this at a junction buy no accuracy that a river's input has; fewer lose order above
// Courant 8.
inline constexpr int kMaxBins = 8;

class AdvectionWater {
 public:
  explicit AdvectionWater(const Network& network);

  // False if the step's water is that of the last call, bit for bit. Throws as flow_order() does.
  bool set(const WaterStep& step, bool team);
  // A chain that gets a diffuse load without diffuse water needs its shares, too.
  void need_shares(int chain);

  int longest_chain() const { return longest_; }
  int end_cell(int end) const {
    const Chain& chain = network_.chains[static_cast<std::size_t>(end / 2)];
    return chain.first_cell + (end % 2 ? chain.cells - 1 : 0);
  }
  const double* faces(int chain) const { return face_.data() + network_.first_face(chain); }

  std::vector<int> bins;        // [junction] parts of equal volume, in time order, of every flow through it
  std::vector<double> leaving;  // [end] m3 that leaves the chain by this end, negative where water enters
  std::vector<int>
      seen;  // [end] cell beyond an end with outflow whose concentration ends the chain's profile; -1
  std::vector<ChainWater> waters;  // [chain] without the diffuse water of this step; empty of lakes
  std::vector<char> has_lateral;   // [chain] diffuse water in this step
  CascadeShares shares;            // [cell], valid where has_lateral or need_shares() was called
  std::vector<char> all_down;      // [chain] the shares lead nothing upstream; valid as they are
  RemapTable remap;
  std::vector<Stage> stages;
  std::vector<char> early;  // [chain] gives its outflow in an earlier stage than it takes its inflow

 private:
  bool same(const WaterStep& step) const;
  void hold_losses();
  void count_bins();
  void look_through();
  bool mixes(int end, const std::vector<int>& givers) const;
  void set_chain(int chain);
  void run_cascade(int chain);
  bool can_give_early(int chain) const;
  void set_order();

  const Network& network_;
  int longest_ = 0;
  bool any_early_ = false;
  std::vector<char> mixes_;         // [end] ChainWater::upper_mixes, lower_mixes
  std::vector<signed char> signs_;  // [end] for which `stages` was made
  std::vector<char> has_shares_;
  std::vector<double> rest1_;  // [cell] new volume without the diffuse water of this step
  std::vector<double> held_;   // [cell] new volume and what the cell loses in this step
  // the step's
  std::vector<double> volume0_, volume1_, face_, lateral_in_, junction_in_, junction_out_, evaporated_,
      seeped_, spilled_;
};

}  // namespace limpid
