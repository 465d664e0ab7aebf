// Kinematic wave in volume form: the storage balance of a cell with the outflow as a function of its volume.
//
//   V1 = V0 + Fin + l - F,   F = dt [(1 - th) O0 + th O1],   O1 = (Qn(V1/L) - X I1) / (1 - X)
// Qn is Manning's normal flow, I1 and O1 the rates at the end of the step, l the lateral volume. X = 1/2 makes the
// box scheme of second order (Cunge 1969 without his diffusion matching; the volume form follows Todini 2007);
// th = max(1/2, 1 - 1/Cr) keeps it stable above Courant 1. Where the outflow would leave the range of the inflows and
// the old outflow, the cell is solved again with X <= dt c / (2 L), which is monotone.
#pragma once

#include "solvers/hydraulics.hpp"
#include "solvers/junction_flow.hpp"

namespace limpid {

class KinematicFlow final : public Hydraulics {
 public:
  explicit KinematicFlow(const Basin& basin);
  void initialise(const WaterInput& input, WaterStep& step) override;
  void advance(const WaterInput& input, WaterStep& step) override;
  Counts counts() const override { return counts_; }

 private:
  struct Cell;  // what one cell's balance needs
  double outflow(const Cell& cell, double x);  // sets theta_; the limited rate at the end of the step
  double solve(const Cell& cell, double x);
  void route_chain(int chain, const WaterInput& input, WaterStep& step);

  const Basin& basin_;
  JunctionFlow junctions_;
  std::vector<double> inflow_rate_, outflow_rate_;  // [cell] m3/s at the last step's end: I0 and O0
  std::vector<double> end_rate_, begin_rate_;       // [chain] at its lower and upper end
  double theta_ = 0.5;  // of the cell at hand
  Counts counts_;
};

}  // namespace limpid
