// Exchange of oxygen with the air by the formulas that know the slope; in place of `reaeration`.
#include <algorithm>
#include <cmath>

#include "model/elementary.hpp"
#include "model/oxygen.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct SlopeReaeration {
  static constexpr const char* id = "slope_reaeration";
  static constexpr const char* name_zh = "大气复氧（按比降公式）";
  static constexpr const char* name_en = "reaeration by velocity and slope";
  static constexpr const char* equation =
      "r = k_a (O_s - DO) as in reaeration; k_a [1/d]: 0 Tsivoglou-Neal 31183 U S (15308 U S from 0.4247 "
      "m3/s), 1 "
      "Thackston-Dawson 2.16 (1 + 9 Fr^0.25) u*/h, 2 Melching-Flores pool-riffle 517 (U S)^0.524 Q^-0.242 "
      "(596 (U "
      "S)^0.528 Q^-0.136 from 0.556 m3/s), 3 channel-control 88 (U S)^0.313 h^-0.353 (142 (U S)^0.333 "
      "h^-0.66 "
      "B^-0.243), 4 Langbein-Durum 5.14 U / h^1.33; B = Q/(U h), u* = (g S B h/(B + 2 h))^0.5";
  static constexpr const char* source =
      "Tsivoglou & Neal 1976; Thackston & Dawson 2001; Melching & Flores 1999; Langbein & Durum 1967 "
      "(coefficients "
      "read in QUAL2Kw 5, ClearWater-modules, CE-QUAL-W2 sources)";

  enum Roles { oxygen };
  static constexpr Role roles[] = {{"oxygen", "DO"}};

  enum Parameters { formula, multiplier };
  static constexpr Parameter parameters[] = {
      {"formula", unit::none, 0.0, 0.0, 4.0,
       "0 Tsivoglou-Neal, 1 Thackston-Dawson, 2 pool-riffle and 3 channel-control of Melching-Flores, 4 "
       "Langbein-Durum",
       "each read in two sources that agree, but Langbein-Durum: CE-QUAL-W2 has 5.14, DELWAQ 2.2 times that",
       Status::one_source, 1.0, choice_up_to(4)},
      {"multiplier", unit::none, 1.0, 0.1, 10.0,
       "calibration factor on k_a; carries its temperature correction",
       "1 = as published; theta QUAL2Kw 5, ClearWater-modules, CE-QUAL-W2, SWAT+", Status::verified, 1.024},
  };

  enum Provides { k_a_provided };
  static constexpr Provided provides[] = {{"k_a", unit::per_second, "reaeration at the water's temperature"}};

  enum Rows { invasion, evasion };
  static constexpr ProcessRow rows[] = {{"invasion", Exchange::atmosphere},
                                        {"evasion", Exchange::atmosphere}};
  static constexpr Term terms[] = {{invasion, oxygen, +1.0}, {evasion, oxygen, -1.0}};

  static constexpr Env environment[] = {Env::temperature, Env::depth,     Env::velocity,
                                        Env::elevation,   Env::discharge, Env::slope};
  enum Coefficients { k_a, inflow };
  static constexpr const char* coefficient_names[] = {"k_a", "k_a O_s"};

  // 1/d at 20 degC; u, h, q, s > 0.
  static double by_formula(double choice, double u, double h, double q, double s) {
    const double us = u * s, log_us = elementary::log(us), log_q = elementary::log(q);
    const double width = q / (u * h), log_h = elementary::log(h);
    const double friction = std::sqrt(9.80665 * s * width * h / (width + 2 * h));
    const double froude = u / std::sqrt(9.80665 * h);
    const double tsivoglou = (q < 0.4247 ? 31183.0 : 15308.0) * us;
    const double thackston = 2.16 * (1.0 + 9.0 * std::sqrt(std::sqrt(froude))) * friction / h;
    const bool small = q < 0.556;
    const double riffle = small ? 517.0 * elementary::exp(0.524 * log_us - 0.242 * log_q)
                                : 596.0 * elementary::exp(0.528 * log_us - 0.136 * log_q);
    const double control =
        small ? 88.0 * elementary::exp(0.313 * log_us - 0.353 * log_h)
              : 142.0 * elementary::exp(0.333 * log_us - 0.66 * log_h - 0.243 * elementary::log(width));
    const double langbein = 5.14 * u * elementary::exp(-1.33 * log_h);
    return choice < 0.5
               ? tsivoglou
               : (choice < 1.5 ? thackston : (choice < 2.5 ? riffle : (choice < 3.5 ? control : langbein)));
  }

  static std::array<double, 2> coefficients(const Point<SlopeReaeration>& x) {
    const auto positive = [](double value) { return std::max(std::fabs(value), 1e-12); };
    const double per_day = by_formula(x[formula], positive(x[Env::velocity]), x[Env::depth],
                                      positive(x[Env::discharge]), positive(x[Env::slope]));
    const double rate = x[multiplier] * per_day / unit::kDay;
    return {rate, rate * oxygen_saturation(x[Env::temperature]) * oxygen_elevation_factor(x[Env::elevation])};
  }
  static std::array<double, 3> rates(const Point<SlopeReaeration>& x) {
    return {x[inflow], x[k_a] * x[oxygen], x[k_a]};
  }
};

LIMPID_PROCESS(SlopeReaeration);

}  // namespace
}  // namespace limpid
