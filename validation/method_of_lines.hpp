// The whole network by the method of lines: water (scheme steady), advection, dispersion, dead zones and the
// processes of a basin as one system of ordinary differential equations, integrated by SUNDIALS CVODE without
// any splitting. The yardstick of the production path's coupling; it shares with it the network, the
// channels' uniform flow and the processes' rates, and nothing else.
//
// Per cell i with volume V, amounts m (channel) and s (dead zones); Qs is what the boundaries give at the
// moment, A(Qs) its area in uniform flow:
//   dV/dt = length dA/dQ dQs/dt,   Q_out = Q_in - dV/dt
//   dm/dt = (Q c)_in - (Q c)_out + sum G (c_j - c) + alpha V (c_s - c) + V r(c)
//   ds/dt = alpha V (c - c_s) + V_s r_s(c_s)
// Values at faces by third-order upwind interpolation, at junctions of more than two by straight lines. A
// face's conductance G is that of two half cells in series; at a junction all half cells meet in one point
// that holds no water.
#pragma once

#include <functional>
#include <vector>

#include "model/basin.hpp"

namespace limpid::validation {

class MethodOfLines {
 public:
  // inflow(t0, t1): mean over [t0, t1) s from the begin of what all boundaries' flows at record time 0 are
  // multiplied by; their concentrations are constant. All flows run downstream, all water has 20 degC. Other
  // sources, diversions, attached constituents and processes that read each other are not known here
  // (std::invalid_argument). The basin must outlive this.
  MethodOfLines(const Basin& basin, std::function<double(double, double)> inflow);

  // Steady water for the first step's inflow; [constituent][cell], in channel and dead zones alike.
  void start_from(const std::vector<std::vector<double>>& concentrations, double step);
  // `steps` steps of `step` s; tolerance relative to the largest amount of each kind. Throws
  // std::runtime_error when CVODE fails.
  void run(int steps, double step, double tolerance);

  double volume(int cell) const { return state_[index(cell)]; }
  double amount(int constituent, int cell) const { return state_[at(0, constituent, cell)]; }
  double stored(int constituent, int cell) const { return state_[at(1, constituent, cell)]; }
  long evaluations() const { return evaluations_; }

  // d/dt of the state: volumes, channel amounts [constituent][cell], amounts in dead zones.
  void derivative(const double* y, double* dydt);

 private:
  struct End {
    int chain, cell;
    bool lower;  // the chain's downstream end
  };
  struct Rates {  // a process and where its numbers stand
    const ProcessUse* use;
    std::vector<std::vector<double>> parameters, coefficients;  // [..][padded cell]
    std::vector<std::vector<double>> alone;  // [role, then reading][kBlock] what stands for one left open
  };
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  std::size_t at(int store, int constituent, int cell) const {
    return index(cells_) * index(1 + store * constituents_ + constituent) + index(cell);
  }
  void find_ends();
  void find_shares();
  void find_steady_flow();
  void set_rates();
  void find_concentrations(const double* y);
  double area(int chain, double inflow) const;  // m2
  void set_water(double inflow, double step);
  void advect(double* dydt);
  void advect_chain(int chain, double* dydt);
  void disperse(const double* y, double* dydt) const;
  void exchange(const double* y, double* dydt) const;
  void react(const double* y, double* dydt);
  void set_coefficients(Rates& rates, const double* y, int first) const;
  void add_rates(const Rates& rates, const double* y, int first, double* dydt) const;
  double surroundings(Env e, const double* y, int cell) const;
  int beyond(int chain, bool lower) const;  // the cell that follows where just two chains meet, or -1

  const Basin& basin_;
  std::function<double(double, double)> inflow_;
  int cells_, constituents_;
  std::vector<double> storage_volume_;         // [cell]
  std::vector<double> share_;                  // [chain] of what its upper junction passes on
  std::vector<std::vector<End>> ends_;         // [junction]
  std::vector<double> boundary_flow_;          // [junction] m3/s at inflow = 1
  std::vector<std::vector<double>> boundary_;  // [junction][constituent] g/s at inflow = 1
  std::vector<Rates> rates_;
  std::vector<double> state_;
  std::vector<std::vector<double>> concentration_[2];  // [store][constituent][padded cell]
  std::vector<double> steady_;                         // [chain] Qs at inflow = 1, m3/s
  std::vector<double> face_;                           // [face] m3/s
  double factor_ = 1;                                  // of the boundaries' flows in this step
  std::vector<double> junction_flow_;                  // [junction] m3/s through it
  std::vector<std::vector<double>> junction_load_;     // [junction][constituent] g/s
  std::vector<std::vector<double>> face_load_;         // [constituent][face] g/s
  long evaluations_ = 0;
};

}  // namespace limpid::validation
