// Limiting factors of rates, between 0 and 1, written so that they vanish with their argument: no difference
// of nearly equal numbers, never negative.
#pragma once

#include <cmath>

#include "model/elementary.hpp"

namespace limpid {

// Comparisons with NaN are false, and std::min(x, NaN) is x: these keep it, so that no limit hides what is
// not a number. a == a is false for NaN only.
inline double least_of(double a, double b) {
  const double least = a < b ? a : b;
  return a == a ? least : a;
}
inline double most_of(double a, double b) {
  const double most = a > b ? a : b;
  return a == a ? most : a;
}
inline double at_least(double low, double x) {  // low finite
  return x < low ? low : x;
}

// c / (half + c), c > 0, half >= 0 (Monod 1949).
inline double monod(double c, double half) {
  return c / (half + c);
}

// 1 - exp(-x) for x >= 0; below 0.01 by its series, whose first neglected term is x^6/5040 of it, at most
// 2e-16.
inline double one_minus_exp(double x) {
  constexpr double k3 = 1.0 / 3.0, k5 = 1.0 / 5.0, k6 = 1.0 / 6.0;
  const double series =
      x * (1.0 - 0.5 * x * (1.0 - k3 * x * (1.0 - 0.25 * x * (1.0 - k5 * x * (1.0 - k6 * x)))));
  return x < 0.01 ? series : 1.0 - elementary::exp(-x);
}

// How a rate fades without oxygen, by the laws of QUAL2K: choice 0 half-saturation O/(k+O), 1 exponential
// 1-exp(-O/k), 2 second order O^2/(k^2+O^2). k: mg/L. k = 0: no limitation by 0 and 2.
inline double oxygen_limitation(double choice, double oxygen, double k) {
  const double square = oxygen * oxygen, half = oxygen / (k + oxygen);
  const double steep = square / (k * k + square), fading = one_minus_exp(oxygen / at_least(1e-12, k));
  return choice < 0.5 ? half : (choice < 1.5 ? fading : steep);
}

// Which inorganic nitrogen plants take (Thomann & Fitzpatrick 1982, as WASP and QUAL2K have it), written
// without differences: the shares of ammonium and nitrate sum to 1 and vanish with their concentration.
struct NitrogenPreference {
  double ammonium, nitrate;
};
inline NitrogenPreference nitrogen_preference(double ammonium, double nitrate, double k) {
  const double a = ammonium, b = nitrate, both = a + b;
  const double over = 1.0 / ((k + a) * (k + b) * both);
  return {a * (b * both + k * (k + a)) * over, k * b * (k + (a + both)) * over};
}

// Growth by light, 0 to 1, laws of QUAL2K: choice 0 half-saturation (Baly 1935), 1 Smith 1936, 2 Steele 1962.
// light and k in the same unit.
inline double light_limitation(double choice, double light, double k) {
  const double ratio = light / k;
  const double half = light / (k + light), smith = ratio / std::sqrt(1.0 + ratio * ratio);
  const double steele = ratio * elementary::exp(1.0 - ratio);
  return choice < 0.5 ? half : (choice < 1.5 ? smith : steele);
}
// The same averaged over the depth: `top` and `bottom` the light there, optical_depth = extinction x depth.
inline double mean_light_limitation(double choice, double top, double bottom, double optical_depth,
                                    double k) {
  const double t = top / k, b = bottom / k;
  const double baly = (1.0 + t) / (1.0 + b);
  const double smith = (t + std::sqrt(1.0 + t * t)) / (b + std::sqrt(1.0 + b * b));
  const double steele = 2.718281828459045 * (elementary::exp(-b) - elementary::exp(-t));
  const double integral = choice < 1.5 ? elementary::log(choice < 0.5 ? baly : smith) : steele;
  return at_least(0.0, integral) / optical_depth;
}

}  // namespace limpid
