// The carbonate system of fresh water: pH from inorganic carbon and alkalinity, and what the pH decides.
//
// Equations and constants as QUAL2K has them (Chapra, Pelletier & Tao 2008; read in the QUAL2Kw 5 source):
// Plummer & Busenberg 1982 for K1 and K2, Edmond & Gieskes 1970 for Henry's constant, Harned & Hamer 1933 for
// Kw (these names from memory of the manual: to be verified), activities after Debye-Hueckel (log gamma =
// -0.5 z^2 sqrt(mu)), Emerson et al. 1975 for ammonia. Concentrations in mol/L here.
#pragma once

#include <cmath>

#include "model/elementary.hpp"

namespace limpid {

inline constexpr double kLn10 = 2.302585092994045684;
inline constexpr double kGramCarbonPerMole = 12.0107, kGramNitrogenPerMole = 14.0067,
                        kGramPhosphorusPerMole = 30.973762;
inline constexpr double kCarbonatePerEquivalent = 50.04345;  // g CaCO3
// g CaCO3 of alkalinity per g of nitrogen or phosphorus with one charge.
inline constexpr double kAlkalinityOfNitrogen = kCarbonatePerEquivalent / kGramNitrogenPerMole;
inline constexpr double kAlkalinityOfPhosphorus = kCarbonatePerEquivalent / kGramPhosphorusPerMole;

inline double power_of_10(double x) {
  return elementary::exp(kLn10 * x);
}

struct CarbonateConstants {
  double k1, k2, kw;  // mol/L, mol/L, mol2/L2
};

// temperature in degC, ionic strength mu in mol/L.
inline CarbonateConstants carbonate_constants(double temperature, double ionic_strength) {
  const double t = temperature + 273.15, log_t = elementary::log(t) / kLn10;
  const double root = std::sqrt(ionic_strength);  // -log gamma of one charge is half of it, of two 2 root
  const double k1 = -356.3094 - 0.06091964 * t + 21834.37 / t + 126.8339 * log_t - 1684915.0 / (t * t);
  const double k2 = -107.8871 - 0.03252849 * t + 5151.79 / t + 38.92561 * log_t - 563713.9 / (t * t);
  const double kw = 6.0875 - 0.01706 * t - 4470.99 / t;
  return {power_of_10(k1 + root), power_of_10(k2 + 2.0 * root), power_of_10(kw + root)};
}

// CO2 in water under a partial pressure of 1 atm [mol/L/atm].
inline double co2_solubility(double temperature) {
  const double t = temperature + 273.15;
  return power_of_10(2385.73 / t + 0.0152642 * t - 14.0184);
}

// Hydrogen ions [mol/L] at which the charges balance: a root of the quartic
//   c k1 h (h + 2 k2) + (kw - h^2 - a h) (h^2 + k1 h + k2 k1),
// positive below, negative above it. The bracket pH 0 to 14 is halved (in pH) a fixed number of times, by
// factors that are known beforehand, and closed by Newton steps that stay inside: exact to 3e-12. carbon:
// inorganic carbon, alkalinity in eq/L. The loops are unrolled, so that the caller's loop over points
// vectorises.
inline double hydrogen_ions(double carbon, double alkalinity, const CarbonateConstants& k) {
  // 10^(14/2), 10^(14/4), ...: from the bracket's lower end to its middle
  constexpr double kHalves[] = {10000000.0,         3162.2776601683795, 56.23413251903491,
                                7.498942093324558,  2.7384196342643614, 1.6548170999431815,
                                1.2863969449369745, 1.134194403502757};
  const double k12 = k.k1 * k.k2, ck1 = carbon * k.k1;
  double low = 1e-14;
#pragma GCC unroll 8
  for (int n = 0; n < 8; ++n) {
    const double h = low * kHalves[n];
    const double f = ck1 * h * (h + 2.0 * k.k2) + (k.kw - h * (h + alkalinity)) * (h * (h + k.k1) + k12);
    low = f > 0.0 ? h : low;
  }
  constexpr double kLast = kHalves[7];
  const double high = low * kLast;
  double h = low * (0.5 + 0.5 * kLast);
#pragma GCC unroll 4
  for (int n = 0; n < 4; ++n) {
    const double rest = k.kw - h * (h + alkalinity), forms = h * (h + k.k1) + k12;
    const double f = ck1 * h * (h + 2.0 * k.k2) + rest * forms;
    const double slope = 2.0 * ck1 * (h + k.k2) - (2.0 * h + alkalinity) * forms + rest * (2.0 * h + k.k1);
    const double next = h - f / slope;
    h = next > 0.9 * low && next < 1.1 * high ? next : h;  // the root may be an end of the bracket
  }
  return h;
}

// Shares of inorganic carbon: CO2 (H2CO3*), bicarbonate; the rest is carbonate.
struct CarbonateShares {
  double co2, bicarbonate;
};
inline CarbonateShares carbonate_shares(double h, const CarbonateConstants& k) {
  const double over = 1.0 / (h * (h + k.k1) + k.k1 * k.k2);
  return {h * h * over, k.k1 * h * over};
}

// Inorganic carbon [mol/L] of water of this pH and alkalinity [eq/L].
inline double inorganic_carbon(double ph, double alkalinity, const CarbonateConstants& k) {
  const double h = power_of_10(-ph), k12 = k.k1 * k.k2;
  return (alkalinity - k.kw / h + h) * (h * (h + k.k1) + k12) / (k.k1 * h + 2.0 * k12);
}

// Dissociation of ammonium [mol/L], Emerson et al. 1975.
inline double ammonia_constant(double temperature) {
  return power_of_10(-(0.09018 + 2729.92 / (temperature + 273.15)));
}

// Mean charge of phosphate: 1 as H2PO4-, 2 as HPO4--, 3 as PO4---; pK 2.15, 7.2, 12.35 (QUAL2Kw 5).
inline double phosphate_charge(double h) {
  constexpr double k1 = 7.0794578438413791e-3, k2 = 6.3095734448019325e-8, k3 = 4.4668359215096315e-13;
  const double one = k1 * h * h, two = k1 * k2 * h, three = k1 * k2 * k3;
  return (one + 2.0 * two + 3.0 * three) / (h * h * h + one + two + three);
}

}  // namespace limpid
