// Kinematic wave in volume form: the storage balance of a cell with the outflow as a function of its volume.
//
//   V1 = V0 + Fin + l - F,   F = dt [(1 - th) O0 + th O1],   (I1 + O1) / 2 = Qn(V1 / L)
// Qn is Manning's normal flow, I1 and O1 the rates at the end of the step, l the lateral volume: the box
// scheme of second order (Cunge 1969 with X = 1/2; the volume form follows Todini 2007). th = max(1/2, 1 -
// 1/(2 Cr)) with the Courant number Cr = dt c(V0) / L keeps it free of oscillations above Courant 1, at first
// order there. Where a flood meets a slow or dry cell, c is taken at the volume that the flood makes.
//
// Limiter: O1 is kept inside the range of O0, I0, I1, the mean inflow Fin/dt and Qn(V0/L), plus the lateral
// inflow. The last two make sure that water that came or stands here, whatever the rates say, is free to
// leave.
#pragma once

#include "solvers/hydraulics.hpp"
#include "solvers/junction_flow.hpp"

namespace limpid {

class KinematicFlow final : public Hydraulics {
 public:
  explicit KinematicFlow(const Basin& basin);
  void initialise(const WaterInput& input, WaterStep& step) override;
  void advance(const WaterInput& input, WaterStep& step) override;
  void resume(const WaterInput& input, const std::vector<double>& face_rate, WaterStep& step) override;
  std::vector<double> face_rates(const WaterStep&) const override { return rate_; }
  Counts counts() const override { return counts_; }

 private:
  void route_chain(int chain, const WaterInput& input, WaterStep& step);

  const Basin& basin_;
  JunctionFlow junctions_;
  std::vector<double> rate_;                   // [face] m3/s at the end of the last step
  std::vector<NormalFlow> flows_;              // [cell] at its volume
  std::vector<double> end_rate_, begin_rate_;  // [chain] at its lower and upper end
  Counts counts_;
};

}  // namespace limpid
