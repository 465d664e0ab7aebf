// What a processor can do at best for the transport of a river: the inner loops alone, on concentrations,
// without a ledger of fluxes, junctions, or changing geometry. One reach of kReachCells cells, lanes
// innermost. The full model's rates are compared with these in the same run.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace limpid::bare {

inline constexpr std::size_t kReachCells = 50;

struct Reach {
  std::vector<double> inverse_volume = std::vector<double>(kReachCells, 1e-3);
  std::vector<double> face = std::vector<double>(kReachCells + 1, 500.0);  // Courant 0.5
  std::vector<double> lower = std::vector<double>(kReachCells, -0.1), upper = lower;
  std::vector<double> pivot = std::vector<double>(kReachCells, 1 / 1.2);
};

// Second-order upwind fluxes with the monotonized-central limiter; c: [kReachCells][kLanes], inflow of
// concentration 1.
template <std::size_t kLanes>
void advect(const Reach& reach, double* __restrict c) {
  constexpr double kVolume = 1000, kHalfOneMinusCourant = 0.25;
  std::array<double, kLanes> flux, behind, here;
  for (std::size_t l = 0; l < kLanes; ++l) {
    flux[l] = reach.face[0];
    behind[l] = 1.0;
    here[l] = c[l];
  }
  for (std::size_t i = 0; i < kReachCells; ++i) {
    const double* ahead = c + std::min(i + 1, kReachCells - 1) * kLanes;
    double* cell = c + i * kLanes;
    const double through = reach.face[i + 1], inverse = reach.inverse_volume[i];
#pragma omp simd
    for (std::size_t l = 0; l < kLanes; ++l) {
      const double dl = here[l] - behind[l], dr = ahead[l] - here[l];
      const double size = std::min(2 * std::min(std::abs(dl), std::abs(dr)), 0.5 * std::abs(dl + dr));
      const double slope = dl * dr > 0 ? std::copysign(size, dl) : 0.0;
      const double out = through * (here[l] + kHalfOneMinusCourant * slope);
      const double next = (kVolume * here[l] + flux[l] - out) * inverse;
      behind[l] = here[l];
      here[l] = ahead[l];
      flux[l] = out;
      cell[l] = next;
    }
  }
}

// Implicit dispersion with given factors: down and back.
template <std::size_t kLanes>
void disperse(const Reach& reach, double* __restrict c) {
  for (std::size_t i = 1; i < kReachCells; ++i) {
    double *here = c + i * kLanes, *behind = here - kLanes;
    const double factor = reach.lower[i];
#pragma omp simd
    for (std::size_t l = 0; l < kLanes; ++l) here[l] -= factor * behind[l];
  }
  for (std::size_t l = 0; l < kLanes; ++l) c[(kReachCells - 1) * kLanes + l] *= reach.pivot.back();
  for (std::size_t i = kReachCells - 1; i-- > 0;) {
    double *here = c + i * kLanes, *ahead = here + kLanes;
    const double factor = reach.upper[i], pivot = reach.pivot[i];
#pragma omp simd
    for (std::size_t l = 0; l < kLanes; ++l) here[l] = (here[l] - factor * ahead[l]) * pivot;
  }
}

// `reaches` x constituents of one river, one after the other: [reach, constituent][kReachCells][kLanes].
template <std::size_t kLanes>
void transport(const Reach& reach, std::vector<double>& c) {
  for (std::size_t first = 0; first < c.size(); first += kReachCells * kLanes) {
    advect<kLanes>(reach, c.data() + first);
    disperse<kLanes>(reach, c.data() + first);
  }
}

}  // namespace limpid::bare
