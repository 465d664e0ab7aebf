// One cell of a routing scheme: the storage balance with the outflow as a function of the volume.
//
//   V1 = V0 + Fin + l - F,   F = dt [(1 - th) O0 + th O1]
//   X I1 + (1 - X) O1 - (1/2 - X) l / dt = Q(V1)
// I and O are the rates through the upper and the lower end, 0 at the begin and 1 at the end of the step; Fin
// is the volume that enters, l the lateral volume, Q(V) the flow that a storage relation gives to the volume.
// With Q = V / K this is Muskingum's method (McCarthy 1938); with Manning's normal flow and X from the
// section it is that of Cunge (1969) in the mass-conserving form of Todini (2007), without the inverse of the
// rating. The term with l keeps the lateral inflow out of the wedge O1 - I1: in steady flow
// (I + O) / 2 = Q(V) for any X, which is normal depth.
//
// O1 < 0 is cut to 0. th = max(1/2, 1 - 1/Cr) with Cr = dt c / (L (1 - X)), c = dQ/dA: of second order and
// free of oscillations up to Cr = 2, of first order in time above. Where a flood meets a slow or dry cell, c
// and X of th are those of the volume that the flood makes.
//
// Limiter of route_cell(): O1 is kept inside the range of O0, I0, I1, the mean inflow Fin/dt and Q(V0), plus
// the lateral inflow (l < 0: less what the cell loses). The last two make sure that water that came or stands
// here, whatever the rates say, is free to leave.
//
//   McCarthy, G.T. (1938): The unit hydrograph and flood routing. Conf. North Atlantic Division, US Army
//   Corps of Engineers. Cunge, J.A. (1969): On the subject of a flood propagation computation method
//   (Muskingum method). J. Hydraul. Res. 7(2), 205-230. Todini, E. (2007): A mass conservative and water
//   storage consistent variable parameter Muskingum-Cunge approach. Hydrol. Earth Syst. Sci. 11, 1645-1659.
#pragma once

#include <algorithm>
#include <cmath>

#include "model/channel.hpp"

namespace limpid {

struct CellWater {
  double per_length, dt, per_dt;    // 1/m, s, 1/s
  double volume0, inflow, lateral;  // m3
  double i0, i1, o0;                // m3/s
  double available() const { return volume0 + inflow + lateral; }
};

struct RoutedCell {
  double volume = 0, rate = 0;  // V1 [m3] and O1 [m3/s]
  bool limited = false, capped = false;
};

// Storage relations: the flow at a volume, and whether it is smooth between two volumes (no bank, no row of a
// table).
class ManningStorage {
 public:
  ManningStorage(const Channel& channel, double length, double slope, double manning_n)
      : channel_(channel), per_length_(1 / length), slope_(slope), manning_n_(manning_n) {
    if (channel.shape == ChannelShape::compound) kink_ = length * channel.area(channel.bank_depth);
  }
  NormalFlow flow(double volume) const {
    return normal_flow(channel_, volume * per_length_, slope_, manning_n_);
  }
  bool is_smooth(double a, double b) const {
    return channel_.shape != ChannelShape::tabulated && (a > kink_) == (b > kink_);
  }

 private:
  const Channel& channel_;
  double per_length_, slope_, manning_n_;
  double kink_ = 0;  // m3, at the banks of a compound section
};
struct LinearStorage {  // Q = c A, K = L / c
  double length, celerity;
  NormalFlow flow(double volume) const { return {celerity * volume / length, celerity, 1}; }
  bool is_smooth(double, double) const { return true; }
};

// Weights X of the inflow. 1/2 has no numerical diffusion: the kinematic wave.
struct FixedWeight {
  double x;
  double at(const NormalFlow&) const { return x; }
};
// X = (1 - D) / 2 with D = Q / (B c S0 L): the numerical diffusion c L (1/2 - X) is that of the river,
// Q / (2 B S0) (Cunge 1969). D falls with L; below X = kLeast a cell is much shorter than the flood's
// diffusion length and diffuses less than it should.
struct CungeWeight {
  static constexpr double kLeast = -5;
  double fall;  // S0 L, m
  double at(const NormalFlow& flow) const {
    const double still = flow.top_width * flow.celerity * fall;
    if (flow.discharge < (1 - 2 * kLeast) * still) return 0.5 - 0.5 * flow.discharge / still;
    return flow.discharge > 0 ? kLeast : 0.5;
  }
};

namespace routing {

// O1 at V + change, from the flow at V: a parabola of the local power law Q ~ V^m, m = V Q' / Q.
struct Outflow {
  double rate, slope, bend;  // O1, dO1/dV and half its second derivative
  double after(double change) const { return rate + change * (slope + bend * change); }
};

// What the flow at the volume must pass before anything leaves: Q - (1 - X) O1.
inline double held(const CellWater& cell, double x) {
  return x * cell.i1 - (0.5 - x) * (cell.lateral * cell.per_dt);
}

inline Outflow outflow(const CellWater& cell, const NormalFlow& flow, double volume, double x) {
  const double back = held(cell, x), share = 1 / (1 - x);
  if (!(flow.discharge > std::max(0.0, back))) return {std::max(0.0, -back) * share, 0, 0};
  const double growth = flow.celerity * cell.per_length, slope = growth * share;
  const double bend = (growth * volume - flow.discharge) / (flow.discharge * volume);
  return {(flow.discharge - back) * share, slope, 0.5 * slope * bend};
}

// V1 + dt th O1(V1) = right by third-order Newton (Chebyshev) inside a bracket, from V0 where the flow is
// known. A step within kNear is taken without looking again: what it leaves goes with the third power of the
// step (of the volume typically 1e-8; over random cells whose inflow changes by up to all of it in a step
// 2e-4 at most), moves no water, and is gone when the flow stands. X follows the volume in the first steps
// and then stands, so that late steps seek the root of one monotone function. Where O1 has a kink (first
// outflow, banks of a compound section) Newton can cycle; late steps therefore take turns with halving.
template <class Storage, class Weight>
RoutedCell solve(const CellWater& cell, const Storage& storage, const Weight& weight, NormalFlow flow,
                 double theta, double right) {
  constexpr int kMostSteps = 80, kPlainSteps = 8, kWeighings = 6;
  constexpr double kNear = 1e-2, kNearKinks = 1e-5;  // relative to the volume
  const double seconds = cell.dt * theta;
  double low = 0, high = cell.available(), volume = cell.volume0, x = weight.at(flow);
  for (int n = 0; n < kMostSteps; ++n) {
    if (const double now = n < kWeighings ? weight.at(flow) : x; now != x) {
      x = now;
      low = 0;
      high = cell.available();
    }
    if (const double back = held(cell, x); right * (1 - x) <= seconds * std::max(0.0, -back))
      return {0, std::max(0.0, right) / seconds};
    const Outflow out = outflow(cell, flow, volume, x);
    const double residual = volume + seconds * out.rate - right;
    (residual > 0 ? high : low) = volume;
    const double per_gradient = 1 / (1 + seconds * out.slope), newton = -residual * per_gradient;
    const double change = newton * (1 - newton * (seconds * out.bend * per_gradient)), next = volume + change;
    if (next >= low && next <= high && (n < kPlainSteps || n % 2 == 0)) {
      const double near = out.slope > 0 ? (storage.is_smooth(volume, next) ? kNear : kNearKinks) : 0.0,
                   rate = out.after(change);
      if (std::fabs(newton) <= near * volume && rate >= 0) return {next, rate};
      volume = next;
    } else {
      volume = 0.5 * (low + high);
    }
    flow = storage.flow(volume);
  }
  return {volume, outflow(cell, flow, volume, x).rate, false, true};
}

inline double theta_at(const CellWater& cell, double celerity, double x) {
  const double wave = cell.dt * celerity * cell.per_length;
  return wave > 2 * (1 - x) ? 1 - (1 - x) / wave : 0.5;
}

// Outflow held at `rate`; the volume is what stays.
inline void hold(const CellWater& cell, double theta, double rate, RoutedCell& out) {
  const double leaving = cell.dt * ((1 - theta) * cell.o0 + theta * rate);
  out.rate = rate;
  out.volume = std::max(0.0, cell.available() - leaving);
  out.limited = true;
}

}  // namespace routing

// Without limiter. theta: weight of the end of the step. flow: at V0.
template <class Storage, class Weight>
RoutedCell balance_cell(const CellWater& cell, const Storage& storage, const Weight& weight,
                        const NormalFlow& flow, double theta) {
  const double right = cell.available() - cell.dt * (1 - theta) * cell.o0;
  return routing::solve(cell, storage, weight, flow, theta, right);
}

// flow: at V0
template <class Storage, class Weight>
RoutedCell route_cell(const CellWater& cell, const Storage& storage, const Weight& weight,
                      const NormalFlow& flow) {
  if (cell.available() == 0) return {};
  constexpr double kRoundOff = 1e-9;
  const double mean_inflow = cell.inflow * cell.per_dt;
  const double least = std::max(0.0, std::min({cell.o0, cell.i0, cell.i1, mean_inflow, flow.discharge}) +
                                         std::min(0.0, cell.lateral) * cell.per_dt);
  const double most = std::max({cell.o0, cell.i0, cell.i1, mean_inflow, flow.discharge}) +
                      std::max(0.0, cell.lateral) * cell.per_dt;
  double theta = routing::theta_at(cell, flow.celerity, weight.at(flow));
  RoutedCell out = balance_cell(cell, storage, weight, flow, theta);
  if (out.rate >
      most * (1 + kRoundOff)) {  // the Courant number of a flood on a slow or dry cell is the flood's
    const NormalFlow flood = storage.flow(out.volume);
    theta = std::max(theta, routing::theta_at(cell, flood.celerity, weight.at(flood)));
    out = balance_cell(cell, storage, weight, flow, theta);
  }
  if (out.rate < least * (1 - kRoundOff) || out.rate > most * (1 + kRoundOff))
    routing::hold(cell, theta, std::clamp(out.rate, least, most), out);
  return out;
}

}  // namespace limpid
