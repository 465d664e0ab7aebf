// A stream as OTIS takes it (Runkel 1998, WRIR 98-4018): segments in a row with dead zones and decay in both,
// against the scheme of OTIS and the exact solution.
//   dC/dt = -u dC/dx + D d2C/dx2 + alpha (Cs - C) - k C,   dCs/dt = alpha A / As (C - Cs) - ks Cs
#pragma once

#include <vector>

namespace limpid::bench {

struct Stream {
  int segments = 5000, solutes = 3;
  double segment = 10, step = 60;                                 // m, s
  double area = 2, flow = 0.24, dispersion = 0.6, storage = 0.6;  // m2, m3/s, m2/s, m2
  double exchange = 3e-5, pulse = 6 * 3600, concentration = 10;   // 1/s, s, g/m3
  double decay(int solute) const { return 5e-6 * solute; }        // 1/s, in channel and dead zones alike
};

struct Figures {
  double seconds = 0;  // of the whole run
  double error = 0;    // largest at the end of the first day, of the largest concentration then
  double rate(const Stream& stream, int steps, int lanes) const {  // G segment-solute-lane steps/s
    return 1e-9 * stream.segments * stream.solutes * static_cast<double>(steps) * lanes / seconds;
  }
};

// OTIS's scheme: central differences, Crank-Nicolson, the dead zones eliminated, one factorisation for the
// steady flow, a Thomas solve a step and solute.
Figures otis_scheme(const Stream& stream, int steps);
// limpid on the same segments and steps; the error is that of lane 0.
Figures limpid_scheme(const Stream& stream, int steps, int lanes);

}  // namespace limpid::bench
