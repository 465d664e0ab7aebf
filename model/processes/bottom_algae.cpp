// Algae on the bed, with their own stores of nitrogen and phosphorus.
#include "model/carbonate.hpp"
#include "model/limitation.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct BottomAlgae {
  static constexpr const char* id = "bottom_algae";
  static constexpr const char* name_zh = "底栖藻类";
  static constexpr const char* name_en = "bottom algae with internal stores";
  static constexpr const char* equation =
      "growth = C_g / h f (zero order) or k_g (1 - A/a_max) A f (first order), f = f_L min(1 - q_0N/q_N, 1 - "
      "q_0P/q_P, C / (k_sC + C)), light at the bed; uptake = v_N K_qN / (K_qN + q_N - q_0N) N / (k_sN + N) "
      "A; "
      "respiration = f_O (k_r1 A + k_r2 growth); death = k_d, excretion = k_ex of what is stored";
  static constexpr const char* source =
      "QUAL2Kw 5 (Pelletier, Chapra & Tao 2006), read in its source; stores after Droop 1974 and Rhee 1973";

  enum Roles {
    algae,
    store_n,
    store_p,
    oxygen,
    ammonia,
    nitrate,
    phosphate,
    organic_n,
    organic_p,
    detritus,
    carbon,
    alkalinity
  };
  static constexpr Role roles[] = {
      {"algae", "bottom_algae"}, {"store_n", "bottom_algae_N"}, {"store_p", "bottom_algae_P"},
      {"oxygen", "DO"},          {"ammonia", "NH3_N"},          {"nitrate", "NO3_N"},
      {"phosphate", "PO4_P"},    {"organic_n", "ORGN"},         {"organic_p", "ORGP"},
      {"detritus", "detritus"},  {"carbon", "DIC?", 1e30},      {"alkalinity", "alkalinity?"}};

  enum Parameters {
    order,
    c_g,
    k_g,
    a_max,
    k_r1,
    k_r2,
    k_d,
    k_ex,
    law,
    k_light,
    k_sn,
    k_sp,
    k_sc,
    k_hnx,
    q_0n,
    q_0p,
    v_n,
    v_p,
    k_qn,
    k_qp,
    oxygen_law,
    k_o,
    r_cd,
    r_od
  };
  static constexpr const char* kExample = "calibrated in the Boulder Creek example of QUAL2Kw 5";
  static constexpr Parameter parameters[] = {
      {"order", unit::none, 0.0, 0.0, 1.0, "0 growth of zero order, 1 of first order with a capacity",
       "QUAL2Kw 5 has both", Status::one_source, 1.0, choice_up_to(1)},
      {"C_g", unit::gram_per_m2_day, 50.0, 1.0, 500.0, "largest growth of zero order at 20 degC",
       "49.4 calibrated in the Boulder Creek example of QUAL2Kw 5; theta of the same", Status::unverified,
       1.07},
      {"k_g", unit::per_day, 1.0, 0.1, 5.0, "largest growth of first order at 20 degC",
       "as phytoplankton; theta QUAL2Kw 5", Status::unverified, 1.07},
      {"a_max", unit::gram_per_m2, 100.0, 10.0, 1000.0, "capacity, first order", kExample, Status::unverified,
       1.0, kPositive},
      {"k_r1", unit::per_day, 0.1, 0.0, 1.0, "basal respiration at 20 degC",
       "0.48 calibrated in the Boulder Creek example of QUAL2Kw 5; theta of the same", Status::unverified,
       1.07},
      {"k_r2", unit::none, 0.0, 0.0, 0.6, "respired share of growth",
       "0 in QUAL2Kw 5's Boulder Creek example", Status::one_source, 1.0, kShare},
      {"k_d", unit::per_day, 0.1, 0.0, 1.0, "death at 20 degC",
       "0.41 calibrated in the Boulder Creek example of QUAL2Kw 5; theta of the same", Status::unverified,
       1.07},
      {"k_ex", unit::per_day, 0.05, 0.0, 1.0, "excretion of stored nutrients at 20 degC",
       "0.46 calibrated in the Boulder Creek example of QUAL2Kw 5; theta of the same", Status::unverified,
       1.07},
      {"light_law", unit::none, 0.0, 0.0, 2.0, "0 half-saturation, 1 Smith, 2 Steele",
       "half-saturation is the choice of the Boulder Creek example of QUAL2Kw 5", Status::one_source, 1.0,
       choice_up_to(2)},
      {"k_light", unit::watt_per_m2, 28.0, 0.5, 200.0,
       "PAR of half saturation, Smith's constant or Steele's optimum", "as phytoplankton", Status::unverified,
       1.0, kPositive},
      {"k_sN", unit::mg_per_litre, 0.16, 0.0, 0.5, "inorganic nitrogen that halves uptake", kExample,
       Status::unverified},
      {"k_sP", unit::mg_per_litre, 0.048, 0.0, 0.2, "phosphate that halves uptake", kExample,
       Status::unverified},
      {"k_sC", unit::mg_per_litre, 0.126, 0.0, 2.0, "CO2 + HCO3 (as C) that halves growth",
       "1.05e-5 mol/L in the Boulder Creek example of QUAL2Kw 5", Status::one_source},
      {"k_hnx", unit::mg_per_litre, 0.025, 0.001, 0.2, "of the preference for ammonium",
       "as phytoplankton; the code of QUAL2Kw 5 has 15 ug/L", Status::one_source},
      {"q_0N", unit::mg_per_gram, 30.0, 0.5, 80.0, "least store of nitrogen", kExample, Status::unverified,
       1.0, kPerMass},
      {"q_0P", unit::mg_per_gram, 0.4, 0.05, 8.0, "least store of phosphorus", kExample, Status::unverified,
       1.0, kPerMass},
      {"v_N", unit::mg_per_gram_day, 450.0, 1.0, 1000.0, "largest uptake of nitrogen", kExample,
       Status::unverified},
      {"v_P", unit::mg_per_gram_day, 115.0, 0.5, 500.0, "largest uptake of phosphorus", kExample,
       Status::unverified},
      {"K_qN", unit::none, 2.9, 1.05, 5.0, "half-saturation of stored nitrogen, over q_0N", kExample,
       Status::unverified, 1.0, kPositive},
      {"K_qP", unit::none, 1.8, 1.05, 5.0, "half-saturation of stored phosphorus, over q_0P", kExample,
       Status::unverified, 1.0, kPositive},
      {"oxygen_law", unit::none, 1.0, 0.0, 2.0, "0 half-saturation, 1 exponential, 2 second order",
       "exponential in the Boulder Creek example of QUAL2Kw 5", Status::one_source, 1.0, choice_up_to(2)},
      {"k_o", unit::mg_per_litre, 1.667, 0.01, 5.0, "of the oxygen limitation of respiration",
       "0.6 L/mg in the Boulder Creek example of QUAL2Kw 5", Status::one_source},
      {"r_cd", unit::none, 0.4, 0.2, 0.6, "carbon in dry mass", "40:100, QUAL2K, ClearWater-modules",
       Status::verified, 1.0, kShare},
      {"r_od", unit::none, 32.0 / 12.0 * 0.4, 0.5, 1.7, "oxygen for a dry mass [g/g], 32/12 x r_cd",
       "stoichiometry: QUAL2K, ClearWater-modules", Status::verified},
  };

  enum Readings { k_e, par, ammonium_share, co2_share, bicarbonate_share, charge };
  static constexpr Reading readings[] = {{"k_e", kNoDefault},        {"par", kNoDefault},
                                         {"ammonium_share", 1.0},    {"co2_share", 1.0},
                                         {"bicarbonate_share", 0.0}, {"phosphate_charge", 1.5}};

  enum Rows {
    on_ammonium,
    on_nitrate,
    basal,
    photorespiration,
    death,
    death_n,
    death_p,
    uptake_ammonium,
    uptake_nitrate,
    uptake_phosphate,
    excretion_n,
    excretion_p,
    buffering,
    acidifying
  };
  static constexpr ProcessRow rows[] = {{"growth_on_ammonium"},
                                        {"growth_on_nitrate"},
                                        {"basal_respiration"},
                                        {"photorespiration", Exchange::internal, true},
                                        {"death"},
                                        {"death_n"},
                                        {"death_p"},
                                        {"uptake_ammonium"},
                                        {"uptake_nitrate"},
                                        {"uptake_phosphate"},
                                        {"excretion_n"},
                                        {"excretion_p"},
                                        {"buffering"},
                                        {"acidifying", Exchange::internal, true}};
  static constexpr Term terms[] = {{on_ammonium, algae, +1.0},
                                   {on_ammonium, carbon, -1.0, r_cd},
                                   {on_ammonium, oxygen, +1.0, r_od},
                                   {on_nitrate, algae, +1.0},
                                   {on_nitrate, carbon, -1.0, r_cd},
                                   {on_nitrate, oxygen, +138.0 / 107.0, r_od},
                                   {basal, algae, -1.0},
                                   {basal, oxygen, -1.0, r_od},
                                   {basal, carbon, +1.0, r_cd},
                                   {photorespiration, algae, -1.0},
                                   {photorespiration, oxygen, -1.0, r_od},
                                   {photorespiration, carbon, +1.0, r_cd},
                                   {death, algae, -1.0},
                                   {death, detritus, +1.0},
                                   {death_n, store_n, -1.0},
                                   {death_n, organic_n, +1.0},
                                   {death_p, store_p, -1.0},
                                   {death_p, organic_p, +1.0},
                                   {uptake_ammonium, ammonia, -1.0},
                                   {uptake_ammonium, store_n, +1.0},
                                   {uptake_nitrate, nitrate, -1.0},
                                   {uptake_nitrate, store_n, +1.0},
                                   {uptake_phosphate, phosphate, -1.0},
                                   {uptake_phosphate, store_p, +1.0},
                                   {excretion_n, store_n, -1.0},
                                   {excretion_n, ammonia, +1.0},
                                   {excretion_p, store_p, -1.0},
                                   {excretion_p, phosphate, +1.0},
                                   {buffering, alkalinity, +1.0},
                                   {acidifying, alkalinity, -1.0}};

  static constexpr Env environment[] = {Env::depth};
  enum Coefficients { depth, per_depth };
  static constexpr const char* coefficient_names[] = {"h", "1/h"};

  static std::array<double, 2> coefficients(const Point<BottomAlgae>& x) {
    return {x[Env::depth], 1.0 / x[Env::depth]};
  }

  // 1 - q_0/q of a store, between 0 and 1.
  static double by_store(double least, double plants, double store) {
    const double missing = least * plants / store;
    return at_least(0.0, 1.0 - missing);
  }
  // K / (K + q - q_0), at most 1.
  static double by_fullness(double least, double ratio, double plants, double store) {
    const double half = ratio * least, above = store / plants - least;
    return half / (half + at_least(0.0, above));
  }
  static double growth_rate(const Point<BottomAlgae>& x) {
    const double light = x[par] * elementary::exp(-x[k_e] * x[depth]);
    const double usable = (x[co2_share] + x[bicarbonate_share]) * x[carbon];
    const double nutrients =
        least_of(least_of(by_store(x[q_0n], x[algae], x[store_n]), by_store(x[q_0p], x[algae], x[store_p])),
                 monod(usable, x[k_sc]));
    const double room = 1.0 - x[algae] * x[depth] / x[a_max];
    const double largest = x[order] < 0.5 ? x[c_g] * x[per_depth] : x[k_g] * x[algae] * at_least(0.0, room);
    return largest * light_limitation(x[law], light, x[k_light]) * nutrients;
  }

  static std::array<double, 14> rates(const Point<BottomAlgae>& x) {
    const double ammonium = x[ammonium_share] * x[ammonia];
    const NitrogenPreference share = nitrogen_preference(ammonium, x[nitrate], x[k_hnx]);
    const double growth = growth_rate(x);
    const double with_oxygen = oxygen_limitation(x[oxygen_law], x[oxygen], x[k_o]);
    const double uptake_n = x[v_n] * by_fullness(x[q_0n], x[k_qn], x[algae], x[store_n]) *
                            monod(ammonium + x[nitrate], x[k_sn]) * x[algae];
    const double uptake_p = x[v_p] * by_fullness(x[q_0p], x[k_qp], x[algae], x[store_p]) *
                            monod(x[phosphate], x[k_sp]) * x[algae];
    const double taken_a = uptake_n * share.ammonium, taken_b = uptake_n * share.nitrate;
    const double given_n = x[k_ex] * x[store_n], given_p = x[k_ex] * x[store_p];
    const double p = kAlkalinityOfPhosphorus * x[charge];
    return {growth * share.ammonium,
            growth * share.nitrate,
            x[k_r1] * with_oxygen * x[algae],
            x[k_r2] * with_oxygen * growth,
            x[k_d] * x[algae],
            x[k_d] * x[store_n],
            x[k_d] * x[store_p],
            taken_a,
            taken_b,
            uptake_p,
            given_n,
            given_p,
            kAlkalinityOfNitrogen * (taken_b + x[ammonium_share] * given_n) + p * uptake_p,
            kAlkalinityOfNitrogen * x[ammonium_share] * taken_a + p * given_p};
  }
};

LIMPID_PROCESS(BottomAlgae);

}  // namespace
}  // namespace limpid
