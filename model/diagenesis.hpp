// The bed as two layers after Di Toro 2001: an aerobic one in balance with the water, as thick as the oxygen
// reaches, above an anaerobic one. Equations and parameters of the processes sediment_flux and
// sediment_diagenesis; QUAL2K (Chapra, Pelletier & Tao 2008), read in the QUAL2Kw 5 source.
#pragma once

#include <algorithm>
#include <cmath>

#include "model/elementary.hpp"
#include "model/process.hpp"

namespace limpid::diagenesis {

inline constexpr const char* kBook = "QUAL2Kw 5, SWAT-C source";
inline constexpr const char* kBook3 = "QUAL2Kw 5, SWAT-C, AQUATOX source";
inline constexpr NamedUnit kLitrePerKg{"L/kg", unit::dims(3, 0, -1, 1e-6)};
inline constexpr NamedUnit kKgPerLitre{"kg/L", unit::dims(-3, 0, 1, 1e6)};
inline constexpr NamedUnit kSquareMetrePerDay{"m2/d", unit::dims(2, -1, 0, 1.0 / unit::kDay)};
inline constexpr Parameter p_v_dt{"v_dt",
                                  unit::metre_per_day,
                                  0.15,
                                  0.0,
                                  10.0,
                                  "settling of detritus",
                                  "as algae: ClearWater-modules",
                                  Status::unverified};
inline constexpr Parameter p_v_a{"v_a",
                                 unit::metre_per_day,
                                 0.15,
                                 0.0,
                                 5.0,
                                 "settling of phytoplankton",
                                 "ClearWater-modules 0.15, SWAT+ 1.0",
                                 Status::verified};
inline constexpr Parameter p_v_on{"v_on",
                                  unit::metre_per_day,
                                  0.15,
                                  0.0,
                                  5.0,
                                  "settling of organic nitrogen",
                                  "as algae; 0.25 in the Boulder Creek example of QUAL2Kw 5",
                                  Status::unverified};
inline constexpr Parameter p_v_op{"v_op",
                                  unit::metre_per_day,
                                  0.15,
                                  0.0,
                                  5.0,
                                  "settling of organic phosphorus",
                                  "as algae; 0.63 in the Boulder Creek example of QUAL2Kw 5",
                                  Status::unverified};
inline constexpr Parameter p_v_ip{"v_ip",
                                  unit::metre_per_day,
                                  0.0,
                                  0.0,
                                  2.0,
                                  "settling of phosphate with sediment",
                                  "0 = none; 0.014 in the Boulder Creek example of QUAL2Kw 5",
                                  Status::unverified};
inline constexpr Parameter p_k_spi{"k_spi",
                                   unit::mg_per_litre,
                                   1e6,
                                   0.01,
                                   1e7,
                                   "oxygen that halves the release of phosphate",
                                   "1e6 = no such limit; 1.7 in the Boulder Creek example of QUAL2Kw 5",
                                   Status::computed};
inline constexpr Parameter p_kappa_n{
    "kappa_NH4", unit::metre_per_day,
    0.131,       0.05,
    0.3,         "velocity of nitrification; theta is the root of 1.123, which is that of its square",
    kBook3,      Status::verified,
    1.0597};
inline constexpr Parameter p_k_n{"K_NH4", unit::mg_per_litre,        0.728,  0.1,
                                 2.0,     "ammonium that halves it", kBook3, Status::verified};
inline constexpr Parameter p_k_on{
    "K_O_NH4", unit::mg_per_litre, 0.74, 0.1, 2.0, "oxygen that halves it, 2 x 0.37",
    kBook3,    Status::verified};
inline constexpr Parameter p_kappa_d1{
    "kappa_NO3_1", unit::metre_per_day,
    0.1,           0.02,
    0.5,           "velocity of denitrification, aerobic layer; theta as kappa_NH4, of 1.08",
    kBook3,        Status::verified,
    1.03923};
inline constexpr Parameter p_kappa_d2{"kappa_NO3_2", unit::metre_per_day,      0.25,   0.05,
                                      1.0,           "of the anaerobic layer", kBook3, Status::verified,
                                      1.08};
inline constexpr Parameter p_kappa_m{
    "kappa_CH4", unit::metre_per_day,
    0.7,         0.2,
    2.0,         "velocity of methane oxidation; theta the fourth root of 1.079, as QUAL2Kw 5 codes it",
    kBook3,      Status::verified,
    1.01919};
inline constexpr Parameter p_d_pore{"D_d",
                                    kSquareMetrePerDay,
                                    0.001,
                                    0.0002,
                                    0.005,
                                    "diffusion in pore water",
                                    "QUAL2Kw 5, AQUATOX source; SWAT-C 0.0025",
                                    Status::verified,
                                    1.08};
inline constexpr Parameter p_d_solid{"D_p",
                                     kSquareMetrePerDay,
                                     0.00012,
                                     0.00001,
                                     0.001,
                                     "mixing of particles",
                                     "QUAL2Kw 5; SWAT-C 0.00006",
                                     Status::verified,
                                     1.117};
inline constexpr Parameter p_w_burial{"w_2",
                                      unit::metre_per_day,
                                      5e-6,
                                      1e-6,
                                      5e-4,
                                      "burial",
                                      "QUAL2Kw 5; SWAT-C 6.85e-6, AQUATOX 3e-4",
                                      Status::verified};
inline constexpr Parameter p_thickness{
    "H_2",  unit::metre,      0.1, 0.02,     0.5, "thickness of the anaerobic layer",
    kBook3, Status::verified, 1.0, kPositive};
inline constexpr Parameter p_solids{"m",    kKgPerLitre,     0.5, 0.1, 1.5, "solids in both layers",
                                    kBook3, Status::verified};
inline constexpr Parameter p_kd_n{"K_d_NH4", kLitrePerKg,     1.0, 0.1, 10.0, "partition of ammonium",
                                  kBook3,    Status::verified};
inline constexpr Parameter p_kd_p{
    "K_d_PO4", kLitrePerKg, 20.0, 1.0, 1000.0, "partition of phosphate, anaerobic", kBook3, Status::verified};
inline constexpr Parameter p_gain_p{
    "dK_d_PO4", unit::none,       20.0, 1.0,      1000.0, "its factor in the aerobic layer, fresh water",
    kBook,      Status::verified, 1.0,  kPositive};
inline constexpr Parameter p_o_crit{
    "O_crit", unit::mg_per_litre, 2.0, 0.5,      4.0, "oxygen below which phosphate is held less",
    kBook,    Status::verified,   1.0, kPositive};
inline constexpr Parameter p_f_c1{"f_C1", unit::none,       0.65, 0.0,   1.0, "G1 of carbon and phosphorus",
                                  kBook,  Status::verified, 1.0,  kShare};
inline constexpr Parameter p_f_c2{
    "f_C2", unit::none,       0.2, 0.0,   1.0, "G2 of carbon and phosphorus; the rest is inert",
    kBook,  Status::verified, 1.0, kShare};
inline constexpr Parameter p_f_n1{"f_N1", unit::none,       0.65, 0.0,   1.0, "G1 of nitrogen",
                                  kBook,  Status::verified, 1.0,  kShare};
inline constexpr Parameter p_f_n2{"f_N2", unit::none,       0.25, 0.0,   1.0, "G2 of nitrogen",
                                  kBook,  Status::verified, 1.0,  kShare};
inline constexpr Parameter p_k_g1{"k_G1", unit::per_day,    0.035, 0.01, 0.1, "decay of G1",
                                  kBook,  Status::verified, 1.1};
inline constexpr Parameter p_k_g2{"k_G2",        unit::per_day, 0.0018,           0.0005, 0.01,
                                  "decay of G2", kBook,         Status::verified, 1.15};
inline constexpr Parameter p_r_nd{"r_nd",
                                  unit::none,
                                  0.072,
                                  0.02,
                                  0.15,
                                  "nitrogen in algae",
                                  "7.2:100, QUAL2K, ClearWater-modules",
                                  Status::verified,
                                  1.0,
                                  kShare};
inline constexpr Parameter p_r_pd{"r_pd",
                                  unit::none,
                                  0.01,
                                  0.002,
                                  0.03,
                                  "phosphorus in algae",
                                  "1:100, QUAL2K, ClearWater-modules",
                                  Status::verified,
                                  1.0,
                                  kShare};
inline constexpr Parameter p_r_od{"r_od",
                                  unit::none,
                                  32.0 / 12.0 * 0.4,
                                  0.5,
                                  1.7,
                                  "oxygen for a dry mass [g/g], 32/12 x 0.4",
                                  "stoichiometry: QUAL2K, ClearWater-modules",
                                  Status::verified};

// What the two layers hold of one substance, per m3.
struct Layers {
  double one, two;
};

// Mixing from 1 to 2 and from 2 to 1, loss from 1, supply to 1 (per m2 and concentration, per m2). Layer 1 is
// in balance. Layer 2 holds `below`; or, with `steady`, is in balance too, with the loss and the supply
// given.
struct Exchange2 {
  double from_1, from_2, loss_1, loss_2, to_1, below;
};
template <bool steady>
[[gnu::always_inline]] inline Layers layers(const Exchange2& x) {
  const double a = x.from_1 + x.loss_1;
  if constexpr (steady) {
    const double d = x.from_2 + x.loss_2, over = 1.0 / (a * d - x.from_1 * x.from_2);
    return {(x.to_1 * d + x.from_2 * x.below) * over, (a * x.below + x.from_1 * x.to_1) * over};
  } else {
    return {(x.to_1 + x.from_2 * x.below) / a, x.below};
  }
}

// The bed at one instant. Velocities in m/s, squares of reaction velocities in m2/s2, water in g/m3.
struct Bed {
  double kl12, w12, burial, ch4_saturation;
  double nitrification2, k_n, k_on, denitrification2, denitrification_below, methane2;
  double dissolved_n;                      // share of ammonium in pore water
  double oxygen, ammonium, nitrate, cbod;  // of the water; oxygen at least 1e-3
  double carbon;                           // decaying, g O2 m-2 s-1
  double ammonium_below, nitrate_below;    // as layers() takes it
};
// g m-2 s-1, to the water; methane and demand as oxygen. s: surface exchange, m/s.
struct Fluxes {
  double demand, methane, ammonia, nitrate, oxidised, nitrified, denitrified, s;
};

// What follows from a surface exchange s. Reaction velocities in layer 1 are kappa^2 / s: all is multiplied
// through by s, and the ammonium of layer 1, which nitrifies with half-saturation, is the root of a
// quadratic.
template <bool steady>
[[gnu::always_inline]] inline Fluxes fluxes_at(const Bed& b, double s) {
  const double mixing = b.dissolved_n * b.kl12 + (1.0 - b.dissolved_n) * b.w12, down = mixing + b.burial;
  const double nitrification2 = b.nitrification2 * (b.oxygen / (b.k_on + b.oxygen));
  const double of_below = steady ? down : 1.0;  // what leaves layer 2, where it is in balance
  const double supply = s * b.ammonium * of_below + mixing * b.ammonium_below;
  const double held = (down + b.dissolved_n * s) * of_below - (steady ? down * mixing : 0.0), p = held * s;
  const double q = p * b.k_n + b.dissolved_n * (nitrification2 * b.k_n * of_below - supply * s),
               r = b.dissolved_n * supply * b.k_n * s;  // p n^2 + q n = r
  const double root = std::fabs(q) + std::sqrt(q * q + 4.0 * p * r);
  const double above = q > 0.0 ? 2.0 * r : root, under = q > 0.0 ? root : 2.0 * p;  // n = above / under
  const double nitrified = nitrification2 * b.k_n * above / (s * (b.k_n * under + above));

  const double a = (b.kl12 + b.burial + s) * s + b.denitrification2, to_1 = s * b.nitrate + nitrified;
  double no3_1 = 0, denitrified = 0;
  if constexpr (steady) {
    const double from_1 = b.kl12 + b.burial, d = b.kl12 + b.denitrification_below + b.burial;
    const double over = 1.0 / (a * d - from_1 * b.kl12 * s);
    const double one = (to_1 * d + b.kl12 * b.nitrate_below) * over;
    no3_1 = one * s;
    denitrified = b.denitrification2 * one +
                  b.denitrification_below * ((a * b.nitrate_below + from_1 * s * to_1) * over);
  } else {
    const double one = (to_1 + b.kl12 * b.nitrate_below) / a;
    no3_1 = one * s;
    denitrified = b.denitrification2 * one + b.denitrification_below * b.nitrate_below;
  }
  const double rest = std::max(b.carbon - 20.0 / 7.0 * denitrified, 0.0);  // 5/4 x 32/14 g O2 per g N
  const double most = std::min(std::sqrt(2.0 * b.kl12 * b.ch4_saturation * rest), rest);
  const double methane = (most + s * b.cbod) / (b.methane2 + s * s), oxidised = b.methane2 * methane;
  return {oxidised + 64.0 / 14.0 * nitrified,
          s * (s * methane - b.cbod),
          s * (above / under - b.ammonium),
          s * (no3_1 - b.nitrate),
          oxidised,
          nitrified,
          denitrified,
          s};
}

inline constexpr int kSecants = 10;

// The demand x at which what follows from s = x / oxygen demands x: demand / x falls with x, mostly like a
// power of it. Secants of h = (demand - x) / (demand + x) over the logarithm of x, whose differences are
// taken as 2 (x1 - x0) / (x1 + x0), within a bracket. Of random beds, parameters over their plausible ranges,
// 99 in a hundred are solved to 1e-4, 95 to 1e-10 (tests/model/diagenesis_test.cpp); the reference's 30
// averaged iterations give the same root where they converge. Inlined and unrolled, so that the caller's loop
// over points vectorises.
template <bool steady>
[[gnu::always_inline]] inline Fluxes solve(const Bed& b, double first) {
  constexpr double kLeast = 1e-14;
  const double per_oxygen = 1.0 / b.oxygen;
  double x = std::max(first, kLeast), before = 0, h_before = 0, slope = -1.5, low = kLeast, high = 1e6;
#pragma GCC unroll 16
  for (int step = 0; step < kSecants; ++step) {
    const double demand = fluxes_at<steady>(b, x * per_oxygen).demand;
    const double h = (demand - x) / (demand + x);
    const double lower = x > low ? x : low, higher = x < high ? x : high;
    low = h > 0.0 ? lower : low;
    high = h < 0.0 ? higher : high;
    if (step > 0) {
      const double secant = (h - h_before) * (x + before) / (x - before);
      const double flat = secant < -10.0 ? -10.0 : secant, bounded = flat > -0.1 ? -0.1 : flat;
      slope = x != before ? bounded : slope;
    }
    const double most = std::fabs(h) * -1.05, steep = slope < most ? slope : most;  // at most a factor of 41
    const double next = x * ((steep - h) / (steep + h)), middle = std::sqrt(low * high);
    before = x, h_before = h;
    const double not_below = next >= low ? next : middle, inside = next <= high ? not_below : middle;
    x = step < 3 ? next : inside;
  }
  return fluxes_at<steady>(b, x * per_oxygen);
}

// Saturation with methane [g O2/m3] under water of this depth and temperature.
inline double methane_saturation(double depth, double temperature) {
  return 100.0 * (1.0 + 0.1 * depth) *
         elementary::exp(0.023716526617316065 * (20.0 - temperature));  // ln 1.024
}

// Phosphate to the water; solids x partition coefficient in the aerobic layer falls without oxygen.
template <bool steady>
[[gnu::always_inline]] inline double phosphate_flux(const Bed& b, double s, double phosphate, double held_2,
                                                    double gain, double o_crit, double below) {
  const double oxygen_share = std::min(b.oxygen / o_crit, 1.0);
  const double held_1 = held_2 * elementary::exp(oxygen_share * elementary::log(gain));
  const double d1 = 1.0 / (1.0 + held_1), d2 = 1.0 / (1.0 + held_2);
  const Layers po4 =
      layers<steady>({d1 * b.kl12 + (1.0 - d1) * b.w12 + b.burial, d2 * b.kl12 + (1.0 - d2) * b.w12, d1 * s,
                      b.burial, s * phosphate, below});
  return s * (d1 * po4.one - phosphate);
}

inline double up(double flux) {
  return flux < 0.0 ? 0.0 : flux;  // NaN stays
}

}  // namespace limpid::diagenesis
