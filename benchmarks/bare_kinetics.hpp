// The bare loop that the kinetics are measured against: ten constituents of oxygen, BOD, nitrogen,
// phosphorus, algae, solids and detritus, two-stage explicit, all rates written out by hand in one loop over
// lanes; no positivity, no extents, no ledger, six temperature factors per cell. What this machine can do at
// best.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace limpid::bare_kinetics {

enum Constituents { oxygen, bod, org_n, ammonia, nitrate, org_p, phosphate, algae, solids, detritus, kCount };

template <int kLanes>
using Cell = double[kCount][kLanes];

template <int kLanes>
void rates(const double (&theta)[6], const Cell<kLanes>& c, Cell<kLanes>& dcdt) {
#pragma omp simd
  for (int l = 0; l < kLanes; ++l) {
    const double o = std::max(c[oxygen][l], 0.0), limited = o / (o + 0.6), a = c[algae][l];
    const double nh = std::max(c[ammonia][l], 0.0), no = std::max(c[nitrate][l], 0.0), n = nh + no;
    const double po = std::max(c[phosphate][l], 0.0);
    const double growth = theta[0] * std::min(n / (n + 0.025), po / (po + 0.002)) * a;
    const double respiration = 0.1 * theta[1] * a * limited, death = 0.1 * theta[2] * a;
    const double preference =
        nh * no / ((0.025 + nh) * (0.025 + no)) + nh * 0.025 / ((n + 1e-12) * (0.025 + no));
    const double oxidation = 0.23 * theta[3] * limited * c[bod][l],
                 nitrification = 0.15 * theta[4] * limited * nh;
    const double denitrification = 0.1 * theta[5] * (1 - limited) * no, to_nh = 0.1 * theta[1] * c[org_n][l];
    const double to_po = 0.1 * theta[1] * c[org_p][l], dissolution = 0.1 * theta[2] * c[detritus][l],
                 sinking = 0.2;
    dcdt[oxygen][l] = 2.0 * (9.0 - c[oxygen][l]) - oxidation - 4.57 * nitrification +
                      2.67 * (growth - respiration) - 0.67 * limited;
    dcdt[bod][l] = dissolution - oxidation - 2.7 * denitrification - 0.07 * c[bod][l];
    dcdt[org_n][l] = 0.07 * death - to_nh - sinking * c[org_n][l];
    dcdt[ammonia][l] = to_nh - nitrification + 0.07 * (respiration - preference * growth);
    dcdt[nitrate][l] = nitrification - denitrification - (1 - preference) * 0.07 * growth;
    dcdt[org_p][l] = 0.01 * death - to_po - sinking * c[org_p][l];
    dcdt[phosphate][l] = to_po + 0.01 * (respiration - growth);
    dcdt[algae][l] = growth - respiration - death - sinking * a;
    dcdt[solids][l] = -sinking * c[solids][l];
    dcdt[detritus][l] = death - dissolution - sinking * c[detritus][l];
  }
}

// One step of Heun's method on concentrations [cell][constituent][lane].
template <int kLanes>
void step(double dt, int cells, double* concentrations) {
  for (int cell = 0; cell < cells; ++cell) {
    double* c = concentrations + static_cast<std::size_t>(cell) * kCount * kLanes;
    double theta[6];
    for (int k = 0; k < 6; ++k) theta[k] = std::exp((0.045 + 0.005 * k) * (cell % 10 - 5.0));
    Cell<kLanes> at, middle, k1, k2;
    std::copy(c, c + kCount * kLanes, &at[0][0]);
    rates<kLanes>(theta, at, k1);
    for (int i = 0; i < kCount; ++i)
      for (int l = 0; l < kLanes; ++l) middle[i][l] = at[i][l] + dt * k1[i][l];
    rates<kLanes>(theta, middle, k2);
    for (int i = 0; i < kCount; ++i)
      for (int l = 0; l < kLanes; ++l) c[i * kLanes + l] = at[i][l] + 0.5 * dt * (k1[i][l] + k2[i][l]);
  }
}

}  // namespace limpid::bare_kinetics
