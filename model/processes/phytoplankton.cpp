// Floating algae: growth on ammonium and nitrate, respiration, death, excretion. They sink by a use of
// `settling`.
#include "model/carbonate.hpp"
#include "model/limitation.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct Phytoplankton {
  static constexpr const char* id = "phytoplankton";
  static constexpr const char* name_zh = "浮游植物";
  static constexpr const char* name_en = "phytoplankton";
  static constexpr const char* equation =
      "growth = k_g f_L min(N / (k_sN + N), P / (k_sP + P), C / (k_sC + C)) A, N = f_NH4 NH3_N + NO3_N, C = "
      "CO2 + HCO3, f_L averaged over the depth (0 half-saturation, 1 Smith, 2 Steele); on ammonium by the "
      "preference of Thomann & Fitzpatrick; respiration = k_r f_O A; death = k_d A; excretion = k_ex A";
  static constexpr const char* source =
      "QUAL2K (Chapra, Pelletier & Tao 2008), read in the QUAL2Kw 5 source; excretion as in WASP (Wool et "
      "al. "
      "2001)";

  enum Roles {
    algae,
    oxygen,
    ammonia,
    nitrate,
    phosphate,
    organic_n,
    organic_p,
    detritus,
    cbod,
    carbon,
    alkalinity
  };
  static constexpr Role roles[] = {{"algae", "phytoplankton"},   {"oxygen", "DO"},
                                   {"ammonia", "NH3_N"},         {"nitrate", "NO3_N"},
                                   {"phosphate", "PO4_P"},       {"organic_n", "ORGN"},
                                   {"organic_p", "ORGP"},        {"detritus", "detritus"},
                                   {"cbod", "CBOD_fast"},        {"carbon", "DIC?", 1e30},
                                   {"alkalinity", "alkalinity?"}};

  enum Parameters {
    k_g,
    k_r,
    k_d,
    k_ex,
    law,
    k_light,
    k_sn,
    k_sp,
    k_sc,
    k_hnx,
    oxygen_law,
    k_o,
    r_cd,
    r_nd,
    r_pd,
    r_od
  };
  static constexpr Parameter parameters[] = {
      {"k_g", unit::per_day, 1.0, 0.1, 5.0, "largest growth at 20 degC",
       "ClearWater-modules 1, DELWAQ 1.8, SWAT+ 2; theta ClearWater-modules, SWAT+; QUAL2K 1.066",
       Status::verified, 1.047},
      {"k_r", unit::per_day, 0.2, 0.0, 1.0, "respiration at 20 degC",
       "ClearWater-modules; theta ClearWater-modules, SWAT+", Status::one_source, 1.047},
      {"k_d", unit::per_day, 0.15, 0.0, 1.0, "death at 20 degC",
       "ClearWater-modules 0.15, DELWAQ 0.35; theta ClearWater-modules, SWAT+", Status::verified, 1.047},
      {"k_ex", unit::per_day, 0.0, 0.0, 0.5, "excretion of organic matter at 20 degC",
       "0 = none, as QUAL2K has it", Status::computed, 1.047},
      {"light_law", unit::none, 0.0, 0.0, 2.0, "0 half-saturation, 1 Smith, 2 Steele",
       "half-saturation is the choice of the Boulder Creek example of QUAL2Kw 5", Status::one_source, 1.0,
       choice_up_to(2)},
      {"k_light", unit::watt_per_m2, 28.0, 5.0, 200.0,
       "PAR of half saturation, Smith's constant or Steele's optimum",
       "57.6 ly/d in the Boulder Creek example of QUAL2Kw 5", Status::unverified, 1.0, kPositive},
      {"k_sN", unit::mg_per_litre, 0.04, 0.0, 0.4, "inorganic nitrogen that halves growth",
       "ClearWater-modules 0.04, SWAT+ 0.02; QUAL2Kw 5 example 0.015", Status::verified},
      {"k_sP", unit::mg_per_litre, 0.0012, 0.0, 0.05, "phosphate that halves growth",
       "ClearWater-modules; SWAT+ 0.025, QUAL2Kw 5 example 0.002: calibrate", Status::unverified},
      {"k_sC", unit::mg_per_litre, 0.156, 0.0, 2.0, "CO2 + HCO3 (as C) that halves growth",
       "1.3e-5 mol/L in the Boulder Creek example of QUAL2Kw 5", Status::one_source},
      {"k_hnx", unit::mg_per_litre, 0.025, 0.001, 0.2, "of the preference for ammonium",
       "25 ug/L in the Boulder Creek example of QUAL2Kw 5, its code's default 15", Status::one_source},
      {"oxygen_law", unit::none, 1.0, 0.0, 2.0, "0 half-saturation, 1 exponential, 2 second order",
       "exponential in the Boulder Creek example of QUAL2Kw 5", Status::one_source, 1.0, choice_up_to(2)},
      {"k_o", unit::mg_per_litre, 1.667, 0.01, 5.0, "of the oxygen limitation of respiration",
       "0.6 L/mg in the Boulder Creek example of QUAL2Kw 5", Status::one_source},
      {"r_cd", unit::none, 0.4, 0.2, 0.6, "carbon in dry mass", "40:100, QUAL2K, ClearWater-modules",
       Status::verified, 1.0, kShare},
      {"r_nd", unit::none, 0.072, 0.02, 0.15, "nitrogen in dry mass",
       "7.2:100, QUAL2K, ClearWater-modules; SWAT+ 0.08", Status::verified, 1.0, kShare},
      {"r_pd", unit::none, 0.01, 0.002, 0.03, "phosphorus in dry mass",
       "1:100, QUAL2K, ClearWater-modules; SWAT+ 0.015", Status::verified, 1.0, kShare},
      {"r_od", unit::none, 32.0 / 12.0 * 0.4, 0.5, 1.7, "oxygen for a dry mass [g/g], 32/12 x r_cd",
       "stoichiometry: QUAL2K, ClearWater-modules", Status::verified},
  };

  enum Readings { k_e, par, ammonium_share, co2_share, bicarbonate_share, charge };
  static constexpr Reading readings[] = {{"k_e", kNoDefault},        {"par", kNoDefault},
                                         {"ammonium_share", 1.0},    {"co2_share", 1.0},
                                         {"bicarbonate_share", 0.0}, {"phosphate_charge", 1.5}};

  // Growth on nitrate also sets free the oxygen of the nitrate: 138/107 (QUAL2K).
  enum Rows { on_ammonium, on_nitrate, respiration, death, excretion, buffering, acidifying };
  static constexpr ProcessRow rows[] = {{"growth_on_ammonium"},
                                        {"growth_on_nitrate"},
                                        {"respiration"},
                                        {"death"},
                                        {"excretion"},
                                        {"buffering"},
                                        {"acidifying", Exchange::internal, true}};
  static constexpr Term terms[] = {{on_ammonium, algae, +1.0},
                                   {on_ammonium, ammonia, -1.0, r_nd},
                                   {on_ammonium, phosphate, -1.0, r_pd},
                                   {on_ammonium, carbon, -1.0, r_cd},
                                   {on_ammonium, oxygen, +1.0, r_od},
                                   {on_nitrate, algae, +1.0},
                                   {on_nitrate, nitrate, -1.0, r_nd},
                                   {on_nitrate, phosphate, -1.0, r_pd},
                                   {on_nitrate, carbon, -1.0, r_cd},
                                   {on_nitrate, oxygen, +138.0 / 107.0, r_od},
                                   {respiration, algae, -1.0},
                                   {respiration, oxygen, -1.0, r_od},
                                   {respiration, ammonia, +1.0, r_nd},
                                   {respiration, phosphate, +1.0, r_pd},
                                   {respiration, carbon, +1.0, r_cd},
                                   {death, algae, -1.0},
                                   {death, detritus, +1.0},
                                   {death, organic_n, +1.0, r_nd},
                                   {death, organic_p, +1.0, r_pd},
                                   {excretion, algae, -1.0},
                                   {excretion, cbod, +1.0, r_od},
                                   {excretion, organic_n, +1.0, r_nd},
                                   {excretion, organic_p, +1.0, r_pd},
                                   {buffering, alkalinity, +1.0},
                                   {acidifying, alkalinity, -1.0}};

  static constexpr Env environment[] = {Env::depth};
  enum Coefficients { depth };
  static constexpr const char* coefficient_names[] = {"h"};

  static std::array<double, 1> coefficients(const Point<Phytoplankton>& x) { return {x[Env::depth]}; }

  static double by_light(const Point<Phytoplankton>& x) {
    const double optical_depth = x[k_e] * x[depth];
    return mean_light_limitation(x[law], x[par], x[par] * elementary::exp(-optical_depth), optical_depth,
                                 x[k_light]);
  }
  static std::array<double, 7> rates(const Point<Phytoplankton>& x) {
    const double ammonium = x[ammonium_share] * x[ammonia], nitrogen = ammonium + x[nitrate];
    const double usable = (x[co2_share] + x[bicarbonate_share]) * x[carbon];
    const double nutrients =
        least_of(least_of(monod(nitrogen, x[k_sn]), monod(x[phosphate], x[k_sp])), monod(usable, x[k_sc]));
    const double growth = x[k_g] * by_light(x) * nutrients * x[algae];
    const NitrogenPreference share = nitrogen_preference(ammonium, x[nitrate], x[k_hnx]);
    const double a = growth * share.ammonium, b = growth * share.nitrate;
    const double respired = x[k_r] * oxygen_limitation(x[oxygen_law], x[oxygen], x[k_o]) * x[algae];
    const double n = kAlkalinityOfNitrogen * x[r_nd], p = kAlkalinityOfPhosphorus * x[r_pd] * x[charge];
    return {a,
            b,
            respired,
            x[k_d] * x[algae],
            x[k_ex] * x[algae],
            n * (b + x[ammonium_share] * respired) + p * growth,
            n * x[ammonium_share] * a + p * respired};
  }
};

LIMPID_PROCESS(Phytoplankton);

}  // namespace
}  // namespace limpid
