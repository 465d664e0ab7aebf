// Flood routing from cell to cell, upstream to downstream: the schemes kinematic and muskingum-cunge.
//
// Both solve the cell of routing_cell.hpp with Manning's normal flow as storage relation. kinematic: X = 1/2,
// the kinematic wave dA/dt + dQ/dx = l with Q = Qn(A), without diffusion. muskingum-cunge: X from every
// cell's section, length and flow, the diffusive wave with D = Q / (2 B S0).
//
// Limits. Neither knows backwater: a slope of the bed above 0 is needed, and nothing runs upstream. Both take
// any time step; above Cr = 2 (routing_cell.hpp) they are of first order in time. muskingum-cunge matches the
// diffusive wave's celerity and diffusion; its next error is proportional to (L^2 - (c dt)^2) / 12 - (D /
// c)^2, hence of second order for cells longer than the diffusion length D / c, but it does not vanish with
// the cells (Cunge 1969; Ponce & Yevjevich 1978, J. Hydraul. Div. ASCE 104(12), 1663-1667).
//
// One sweep over the network, O(cells). Chains of one level (Network::chain_level) do not feed each other:
// the levels that are wide enough are shared among threads, with the same bits.
#pragma once

#include "solvers/hydraulics.hpp"
#include "solvers/junction_flow.hpp"
#include "solvers/wide_levels.hpp"

namespace limpid {

class RoutedFlow final : public Hydraulics {
 public:
  explicit RoutedFlow(const Basin& basin);
  void initialise(const WaterInput& input, WaterStep& step) override;
  void advance(const WaterInput& input, WaterStep& step) override;
  void resume(const WaterInput& input, const std::vector<double>& face_rate, WaterStep& step) override;
  std::vector<double> face_rates(const WaterStep&) const override { return rate_; }
  void take_channels(WaterStep& step) override;
  void checkpoint(Checkpoint& file) override;
  Counts counts() const override;

 private:
  void sweep(const WaterInput& input, WaterStep& step);
  void route_from(int junction, const WaterInput& input, WaterStep& step);
  template <class Weight>
  void route_chain(int chain, const Weight& weight, const WaterInput& input, WaterStep& step);
  void route_lake(int chain, const WaterInput& input, WaterStep& step);

  const Basin& basin_;
  JunctionFlow junctions_;
  LakeFlow lakes_;
  WideLevels levels_;
  std::vector<double> rate_;                   // [face] m3/s at the end of the last step
  std::vector<NormalFlow> flows_;              // [cell] at its volume
  std::vector<double> end_rate_, begin_rate_;  // [chain] at its lower and upper end
  std::vector<Counts> counts_;                 // [chain]
};

}  // namespace limpid
