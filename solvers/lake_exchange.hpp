// Layers of a lake change places with their neighbours: turbulent mixing through the boundary between them,
//   V_k dc_k/dt = sum of G (c_neighbour - c_k),   G = speed x area of the boundary [m3/s]
// with volumes constant over the step. Implicit, one flux for both sides:
//   flux = dt G [theta (c_k - c_j)' + (1 - theta) (c_k - c_j)],   theta(x) = 1/(1 - exp(-x)) - 1/x,
//   x = dt G (1/V_k + 1/V_j)
// With this theta two layers are solved exactly, at any step; theta = 1/2 + x/12 for small x, so that more
// layers are of second order; theta = 1 for complete mixing. Where a layer has two boundaries theta is at
// least what leaves no layer below 0 (1 - 1/(dt sum G / V)).
#pragma once

#include <vector>

#include "model/network.hpp"
#include "solvers/state.hpp"

namespace limpid {

class LakeExchange {
 public:
  explicit LakeExchange(const Network& network) : network_(network) {}

  // lakes: [lake], with the speed at every boundary [m/s]; volume: [cell] m3. A dry layer exchanges nothing.
  void advance(double dt, const std::vector<LakeInput>& lakes, const std::vector<double>& volume,
               State& state);

 private:
  // Boundary k between layers k and k + 1, for one step.
  struct Boundary {
    double flux = 0, coupling = 0;  // dt G and theta dt G [m3]
    double explicit_share = 0;      // 1 - theta
    double explicit_flux() const { return explicit_share * flux; }
  };
  void set_boundaries(double dt, const Lake& lake, const LakeInput& input, const double* volume);
  void eliminate(const double* volume);
  void exchange(const double* volume, int first_cell, State& state);
  void give_back(int first_cell, State& state);

  const Network& network_;
  std::vector<Boundary> boundaries_;
  std::vector<double> inverse_, pivot_;  // [layer] 1 / volume (0 = dry) and 1 / eliminated diagonal
  std::vector<double> old_, new_;        // [layer][width] concentrations
};

}  // namespace limpid
