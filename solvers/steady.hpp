// Steady routing: at every moment the flow is what the sources upstream give, at normal depth; above what
// gives a level (outlets, structures, lakes), with the surface that hangs on it (backwater.hpp).
#pragma once

#include "solvers/backwater.hpp"
#include "solvers/hydraulics.hpp"
#include "solvers/junction_flow.hpp"

namespace limpid {

// A change of inflow reaches every cell at once. Each cell aims at the volume of its depth for its discharge;
// the faces follow from continuity, and a cell that would have to give more than it gets keeps all (counted
// as limited).
class SteadyFlow final : public Hydraulics {
 public:
  explicit SteadyFlow(const Basin& basin);
  void initialise(const WaterInput& input, WaterStep& step) override;
  void advance(const WaterInput& input, WaterStep& step) override;
  void resume(const WaterInput& input, const std::vector<double>& face_rate, WaterStep& step) override;
  void take_channels(WaterStep& step) override;
  void checkpoint(Checkpoint& file) override;
  Counts counts() const override { return counts_; }

 private:
  void aim(const WaterInput& input, const std::vector<double>& discharge, const WaterStep& water);
  void set_step_geometry(WaterStep& step);
  void set_widths(const WaterInput& input, const std::vector<double>& volume);

  const Basin& basin_;
  JunctionFlow junctions_;
  LakeFlow lakes_;
  Backwater backwater_;
  std::vector<double> wanted_area_;  // [cell] m2 at the current discharge
  std::vector<double> discharge_, end_rate_, begin_rate_;
  WaterStep target_;
  std::vector<NormalFlow> flows_;  // [cell]
  std::vector<double> widths_;  // [cell] m of the water surface as the step begins; empty = nothing is lost
  Counts counts_;
};

}  // namespace limpid
