// The monoclinal rising wave: a front between two uniform flows that travels without changing its shape, an
// exact solution of the full equations of Saint-Venant with friction (Chow 1959, Open-channel hydraulics, ch.
// 19-3; Henderson 1966, Open channel flow, ch. 9-6).
//
//   Q = c A - m,   c = (Q2 - Q1) / (A2 - A1),   dh/dx = [S0 - (Q/K)^2] / [1 - m^2 B / (g A^3)]
// in a frame that moves with the front; upstream (2) and downstream (1) uniform flow.
#pragma once

#include "validation/report.hpp"

namespace limpid::validation {

// The front's shape in a rectangular channel, by quadrature of dx/dh.
class MonoclinalWave {
 public:
  MonoclinalWave(double width, double manning_n, double slope, double flow1, double flow2);
  double celerity() const { return celerity_; }
  double rise() const { return high_ - low_; }  // of the depth, m
  // Depth [m] at x [m] from the place where half the rise is passed, positive downstream.
  double depth(double x) const;
  // Mean depth over [a, b].
  double mean_depth(double a, double b) const;
  double flow(double depth) const { return celerity_ * width_ * depth - outrun_; }  // m3/s
  // Distance between nine tenths and a tenth of the rise, m.
  double length() const;

 private:
  double place_of(double depth) const;
  double width_, manning_n_, slope_;
  double low_ = 0, high_ = 0, celerity_ = 0, outrun_ = 0;  // m, m, m/s, m3/s
  std::vector<double> place_, depth_;                      // rising depth, hence falling place
};

void monoclinal_wave(const CaseFolder& folder, Report& report);

}  // namespace limpid::validation
