// The part that every routing scheme shares: sources at junctions and cells, and how a junction passes water
// on.
#pragma once

#include <functional>
#include <vector>

#include "model/basin.hpp"
#include "solvers/lake_flow.hpp"
#include "solvers/water_step.hpp"

namespace limpid {

class JunctionFlow {
 public:
  explicit JunctionFlow(const Basin& basin);

  // Diffuse inflow of every cell over the step.
  void spread_laterals(const WaterInput& input, WaterStep& step) const;

  // Water that meets at a junction, as volumes over the step (with abstraction and booking) and as rates at
  // its end; for different junctions at a time by different threads. chain_rate: [chain] rate at the chain's
  // lower end. Writes the first face of each outgoing chain and, into inflow_rate [chain], the rate that
  // enters it.
  void pass(int junction, const WaterInput& input, const std::vector<double>& chain_rate, WaterStep& step,
            std::vector<double>& inflow_rate) const;

 private:
  // m3 over the step, m3/s at its end
  struct Water {
    double volume = 0, rate = 0;
  };
  Water gather(int junction, const WaterInput& input, const std::vector<double>& chain_rate,
               WaterStep& step) const;
  void abstract(int junction, const WaterInput& input, WaterStep& step, Water& water) const;

  const Basin& basin_;
  std::vector<std::vector<int>> inflows_, abstractions_;  // sources per junction
};

// split_flow() for a volume [m3] that passes in `seconds`.
void split_volume(const Network& network, int junction, double volume, double seconds, double* out,
                  const std::vector<DiversionInput>& stations);

// Depth, velocity and discharge of every cell from its volume and the step's face volumes, and the uniform
// flow of every cell into `flows`; throws Failure (E3001) naming the first reach whose water is not finite.
void set_geometry(const Network& network, WaterStep& step, std::vector<NormalFlow>& flows);
// The same but for the velocities of rivers, which it leaves alone.
void set_sections(const Network& network, WaterStep& step);

// Steady discharges for constant inputs: the step's face volumes as rate x dt; returns the discharge in each
// cell's middle [m3/s]. Lakes are routed over the step from the volume0 that stands there, and the river
// below is steady with what they let out; without `lakes` there are none. Reaches lose water over `width`
// [cell] m; empty = none of them does.
std::vector<double> accumulate_steady(const Basin& basin, JunctionFlow& junctions, const WaterInput& input,
                                      WaterStep& step, const LakeFlow* lakes = nullptr,
                                      const std::vector<double>& width = {});

// Steady flow whose losses depend on its own widths: pass(widths, areas) makes the flow for widths [cell] and
// says the cross-sections [cell] that it takes; once without losses, then until the widths stay.
void settle_losses(
    const Network& network, const WaterInput& input,
    const std::function<void(const std::vector<double>& widths, std::vector<double>& areas)>& pass);

}  // namespace limpid
