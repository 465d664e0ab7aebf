// Diffuse inflow on its way down a chain during one step ("cascade with half fluxes"): the water that enters
// a cell stays there as if half the cell's outflow had mixed with it, the rest goes on with the outflow to
// the next cell, where it is treated as that cell's inflow. It is feasible at any Courant number, also in a
// headwater fed by nothing else, and of second order to Courant 1; above, the first cells of a chain see too
// much of their own inflow. What is left of volumes and fluxes is the remap's.
//
// A load without water follows the same shares.
#pragma once

#include <vector>

namespace limpid {

// Per cell of the network: which share of diffuse amounts stays, and which part of the rest leaves by the
// lower face.
struct CascadeShares {
  std::vector<double> stay, down;
};

struct LateralWater {
  int cells;
  const double* volume1;  // [cells] m3
  const double* face;     // [cells + 1] m3, positive downstream
  const double* in;       // [cells] m3, >= 0
};
// Diffuse water that leaves a chain by its ends [m3].
struct Exits {
  double upper = 0, lower = 0;
};
// Shares of one chain to stay, down: [cells]; rest1: [cells] the new volume without what stays of the diffuse
// water.
Exits cascade(const LateralWater& water, double* stay, double* down, double* rest1);

// Cells of a chain in an order in which each comes after those that flow into it: f(cell).
template <class F>
void follow_flow(int cells, const double* face, const F& f) {
  for (int i = 0; i < cells; ++i) {
    if (face[i + 1] >= 0) f(i);
  }
  for (int i = cells - 1; i >= 0; --i) {
    if (face[i + 1] < 0) f(i);
  }
}

}  // namespace limpid
