// Fluxes of a bed that is in balance with what settles on it: oxygen demand, methane, ammonium, nitrate,
// phosphate. The process also lets that matter settle, so the case has no other settling of it.
#include <algorithm>
#include <cmath>

#include "model/carbonate.hpp"
#include "model/diagenesis.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct SedimentFlux {
  static constexpr const char* id = "sediment_flux";
  static constexpr const char* name_zh = "底泥成岩通量（稳态）";
  static constexpr const char* name_en = "sediment fluxes of a bed in balance";
  static constexpr const char* equation =
      "G1, G2 of the settling C, N, P decay in the anaerobic layer; two layers of NH4, NO3, CH4, PO4 with s "
      "= "
      "SOD/DO solved for SOD = CSOD + NSOD by 10 secants in a bracket; fluxes s (c_1 - c_0) / h; carbon that "
      "nitrate burns in the bed, and gas, are not given back";
  static constexpr const char* source =
      "Di Toro 2001 in the steady form of QUAL2K (Chapra, Pelletier & Tao 2008), read in the QUAL2Kw 5 "
      "source";

  enum Roles {
    detritus,
    algae,
    organic_n,
    organic_p,
    phosphate,
    oxygen,
    cbod,
    ammonia,
    nitrate,
    carbon,
    alkalinity
  };
  static constexpr Role roles[] = {
      {"detritus", "detritus"}, {"algae", "phytoplankton?"},  {"organic_n", "ORGN"},
      {"organic_p", "ORGP"},    {"phosphate", "PO4_P"},       {"oxygen", "DO"},
      {"cbod", "CBOD_fast"},    {"ammonia", "NH3_N"},         {"nitrate", "NO3_N"},
      {"carbon", "DIC?"},       {"alkalinity", "alkalinity?"}};

  enum Parameters {
    v_dt,
    v_a,
    v_on,
    v_op,
    v_ip,
    k_spi,
    kappa_n,
    k_n,
    k_on,
    kappa_d1,
    kappa_d2,
    kappa_m,
    d_pore,
    d_solid,
    w_burial,
    thickness,
    solids,
    kd_n,
    kd_p,
    gain_p,
    o_crit,
    f_c1,
    f_c2,
    f_n1,
    f_n2,
    k_g1,
    k_g2,
    r_nd,
    r_pd,
    r_od
  };
  static constexpr Parameter parameters[] = {
      diagenesis::p_v_dt,   diagenesis::p_v_a,      diagenesis::p_v_on,     diagenesis::p_v_op,
      diagenesis::p_v_ip,   diagenesis::p_k_spi,    diagenesis::p_kappa_n,  diagenesis::p_k_n,
      diagenesis::p_k_on,   diagenesis::p_kappa_d1, diagenesis::p_kappa_d2, diagenesis::p_kappa_m,
      diagenesis::p_d_pore, diagenesis::p_d_solid,  diagenesis::p_w_burial, diagenesis::p_thickness,
      diagenesis::p_solids, diagenesis::p_kd_n,     diagenesis::p_kd_p,     diagenesis::p_gain_p,
      diagenesis::p_o_crit, diagenesis::p_f_c1,     diagenesis::p_f_c2,     diagenesis::p_f_n1,
      diagenesis::p_f_n2,   diagenesis::p_k_g1,     diagenesis::p_k_g2,     diagenesis::p_r_nd,
      diagenesis::p_r_pd,   diagenesis::p_r_od};

  enum Readings { ammonium_share, charge };
  static constexpr Reading readings[] = {{"ammonium_share", 1.0}, {"phosphate_charge", 1.5}};

  enum Rows {
    sink_detritus,
    sink_algae,
    sink_n,
    sink_p,
    sink_po4,
    demand,
    methane_out,
    methane_in,
    ammonia_out,
    ammonia_in,
    nitrate_out,
    nitrate_in,
    phosphate_out,
    phosphate_in,
    carbon_out,
    buffering,
    acidifying
  };
  static constexpr Exchange bed = Exchange::bed;
  static constexpr ProcessRow rows[] = {{"settling_detritus", bed}, {"settling_algae", bed},
                                        {"settling_ORGN", bed},     {"settling_ORGP", bed},
                                        {"settling_PO4", bed},      {"oxygen_demand", bed, true},
                                        {"methane_release", bed},   {"methane_uptake", bed, true},
                                        {"ammonia_release", bed},   {"ammonia_uptake", bed, true},
                                        {"nitrate_release", bed},   {"nitrate_uptake", bed, true},
                                        {"phosphate_release", bed}, {"phosphate_uptake", bed, true},
                                        {"carbon_release", bed},    {"buffering", bed},
                                        {"acidifying", bed, true}};
  static constexpr Term terms[] = {
      {sink_detritus, detritus, -1.0},  {sink_algae, algae, -1.0},       {sink_n, organic_n, -1.0},
      {sink_p, organic_p, -1.0},        {sink_po4, phosphate, -1.0},     {demand, oxygen, -1.0},
      {methane_out, cbod, +1.0},        {methane_in, cbod, -1.0},        {ammonia_out, ammonia, +1.0},
      {ammonia_in, ammonia, -1.0},      {nitrate_out, nitrate, +1.0},    {nitrate_in, nitrate, -1.0},
      {phosphate_out, phosphate, +1.0}, {phosphate_in, phosphate, -1.0}, {carbon_out, carbon, +1.0},
      {buffering, alkalinity, +1.0},    {acidifying, alkalinity, -1.0}};

  // By depth and temperature; velocities in m/s. e_: share of what settles that decays within the layer.
  static constexpr Env environment[] = {Env::depth, Env::temperature};
  enum Coefficients { per_depth, kl12, w12, ch4_saturation, e_c, e_n };
  static constexpr const char* coefficient_names[] = {"1/h",      "K_L12",         "w_12",
                                                      "CH4 sat.", "share of C, P", "share of N"};

  static double decaying(double f1, double f2, double k1, double k2, double buried) {
    return f1 * k1 / (k1 + buried) + f2 * k2 / (k2 + buried);
  }
  static std::array<double, 6> coefficients(const Point<SedimentFlux>& x) {
    const double half = 0.5 * x[thickness], buried = x[w_burial] / x[thickness];
    return {1.0 / x[Env::depth],
            x[d_pore] / half,
            x[d_solid] / half,
            diagenesis::methane_saturation(x[Env::depth], x[Env::temperature]),
            decaying(x[f_c1], x[f_c2], x[k_g1], x[k_g2], buried),
            decaying(x[f_n1], x[f_n2], x[k_g1], x[k_g2], buried)};
  }

  struct Solved {
    diagenesis::Fluxes fluxes;
    double phosphate;
  };
  // c, n, p: decay of what has settled, g m-2 s-1 (c as oxygen).
  [[gnu::always_inline]] static Solved solve(const Point<SedimentFlux>& x, double c, double n, double p) {
    const double ammonium = x[ammonium_share] * x[ammonia];
    const diagenesis::Bed bed_now{x[kl12],
                                  x[w12],
                                  x[w_burial],
                                  x[ch4_saturation],
                                  x[kappa_n] * x[kappa_n],
                                  x[k_n],
                                  x[k_on],
                                  x[kappa_d1] * x[kappa_d1],
                                  x[kappa_d2],
                                  x[kappa_m] * x[kappa_m],
                                  1.0 / (1.0 + x[solids] * x[kd_n]),
                                  std::max(x[oxygen], 1e-3),
                                  ammonium,
                                  x[nitrate],
                                  x[cbod],
                                  c,
                                  n,
                                  0.0};
    diagenesis::Fluxes f = diagenesis::solve<true>(bed_now, c + 1.714 * n);
    const double po4 = diagenesis::phosphate_flux<true>(bed_now, f.s, x[phosphate], x[solids] * x[kd_p],
                                                        x[gain_p], x[o_crit], p);
    const bool bare = x[oxygen] < 1e-3 || !(c + n > 0.0);  // nothing is oxidised
    const double trapped = std::min(std::sqrt(2.0 * x[kl12] * x[ch4_saturation] * c), c);  // NaN stays
    f.demand = bare ? 0.0 : f.demand;
    f.methane = bare ? trapped : f.methane;
    f.ammonia = bare ? n : f.ammonia;
    f.nitrate = bare ? 0.0 : f.nitrate;
    f.oxidised = bare ? 0.0 : f.oxidised;
    return {f, (bare ? p : po4) * x[k_spi] / (x[k_spi] + x[oxygen])};
  }

  static std::array<double, 17> rates(const Point<SedimentFlux>& x) {
    const double fall_d = x[v_dt] * x[detritus], fall_a = x[v_a] * x[algae], fall_n = x[v_on] * x[organic_n],
                 fall_p = x[v_op] * x[organic_p], fall_i = x[v_ip] * x[phosphate];
    const auto [f, po4] = solve(x, x[e_c] * x[r_od] * (fall_d + fall_a), x[e_n] * (fall_n + x[r_nd] * fall_a),
                                x[e_c] * (fall_p + fall_i + x[r_pd] * fall_a));
    const double n = kAlkalinityOfNitrogen, p = kAlkalinityOfPhosphorus * x[charge];
    const double share = x[ammonium_share], k = x[per_depth];
    return {
        k * fall_d,
        k * fall_a,
        k * fall_n,
        k * fall_p,
        k * fall_i,
        k * f.demand,
        k * diagenesis::up(f.methane),
        k * diagenesis::up(-f.methane),
        k * diagenesis::up(f.ammonia),
        k * diagenesis::up(-f.ammonia),
        k * diagenesis::up(f.nitrate),
        k * diagenesis::up(-f.nitrate),
        k * diagenesis::up(po4),
        k * diagenesis::up(-po4),
        k * 0.375 * f.oxidised,
        k * (n * (share * diagenesis::up(f.ammonia) + diagenesis::up(-f.nitrate)) +
             p * (diagenesis::up(-po4) + fall_i)),
        k * (n * (share * diagenesis::up(-f.ammonia) + diagenesis::up(f.nitrate)) + p * diagenesis::up(po4))};
  }
};

LIMPID_PROCESS(SedimentFlux);

}  // namespace
}  // namespace limpid
