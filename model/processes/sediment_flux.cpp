// Fluxes of a bed that is in balance with what settles on it: oxygen demand, methane, ammonium, nitrate,
// phosphate. The process also lets that matter settle, so the case has no other settling of it.
#include <algorithm>

#include "model/carbonate.hpp"
#include "model/elementary.hpp"
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
      "SOD/DO solved for SOD = CSOD + NSOD by 30 averaged iterations; fluxes s (c_1 - c_0) / h";
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
  static constexpr const char* kBook = "QUAL2Kw 5, SWAT-C source";
  static constexpr const char* kBook3 = "QUAL2Kw 5, SWAT-C, AQUATOX source";
  static constexpr NamedUnit kLitrePerKg{"L/kg", unit::dims(3, 0, -1, 1e-6)};
  static constexpr NamedUnit kKgPerLitre{"kg/L", unit::dims(-3, 0, 1, 1e6)};
  static constexpr NamedUnit kSquareMetrePerDay{"m2/d", unit::dims(2, -1, 0, 1.0 / unit::kDay)};
  static constexpr Parameter parameters[] = {
      {"v_dt", unit::metre_per_day, 0.15, 0.0, 10.0, "settling of detritus", "as algae: ClearWater-modules",
       Status::unverified},
      {"v_a", unit::metre_per_day, 0.15, 0.0, 5.0, "settling of phytoplankton",
       "ClearWater-modules 0.15, SWAT+ 1.0", Status::verified},
      {"v_on", unit::metre_per_day, 0.15, 0.0, 5.0, "settling of organic nitrogen",
       "as algae; 0.25 in the Boulder Creek example of QUAL2Kw 5", Status::unverified},
      {"v_op", unit::metre_per_day, 0.15, 0.0, 5.0, "settling of organic phosphorus",
       "as algae; 0.63 in the Boulder Creek example of QUAL2Kw 5", Status::unverified},
      {"v_ip", unit::metre_per_day, 0.0, 0.0, 2.0, "settling of phosphate with sediment",
       "0 = none; 0.014 in the Boulder Creek example of QUAL2Kw 5", Status::unverified},
      {"k_spi", unit::mg_per_litre, 1e6, 0.01, 1e7, "oxygen that halves the release of phosphate",
       "1e6 = no such limit; 1.7 in the Boulder Creek example of QUAL2Kw 5", Status::computed},
      {"kappa_NH4", unit::metre_per_day, 0.131, 0.05, 0.3,
       "velocity of nitrification; theta is the root of 1.123, which is that of its square", kBook3,
       Status::verified, 1.0597},
      {"K_NH4", unit::mg_per_litre, 0.728, 0.1, 2.0, "ammonium that halves it", kBook3, Status::verified},
      {"K_O_NH4", unit::mg_per_litre, 0.74, 0.1, 2.0, "oxygen that halves it, 2 x 0.37", kBook3,
       Status::verified},
      {"kappa_NO3_1", unit::metre_per_day, 0.1, 0.02, 0.5,
       "velocity of denitrification, aerobic layer; theta as kappa_NH4, of 1.08", kBook3, Status::verified,
       1.03923},
      {"kappa_NO3_2", unit::metre_per_day, 0.25, 0.05, 1.0, "of the anaerobic layer", kBook3,
       Status::verified, 1.08},
      {"kappa_CH4", unit::metre_per_day, 0.7, 0.2, 2.0,
       "velocity of methane oxidation; theta the fourth root of 1.079, as QUAL2Kw 5 codes it", kBook3,
       Status::verified, 1.01919},
      {"D_d", kSquareMetrePerDay, 0.001, 0.0002, 0.005, "diffusion in pore water",
       "QUAL2Kw 5, AQUATOX source; SWAT-C 0.0025", Status::verified, 1.08},
      {"D_p", kSquareMetrePerDay, 0.00012, 0.00001, 0.001, "mixing of particles", "QUAL2Kw 5; SWAT-C 0.00006",
       Status::verified, 1.117},
      {"w_2", unit::metre_per_day, 5e-6, 1e-6, 5e-4, "burial", "QUAL2Kw 5; SWAT-C 6.85e-6, AQUATOX 3e-4",
       Status::verified},
      {"H_2", unit::metre, 0.1, 0.02, 0.5, "thickness of the anaerobic layer", kBook3, Status::verified},
      {"m", kKgPerLitre, 0.5, 0.1, 1.5, "solids in both layers", kBook3, Status::verified},
      {"K_d_NH4", kLitrePerKg, 1.0, 0.1, 10.0, "partition of ammonium", kBook3, Status::verified},
      {"K_d_PO4", kLitrePerKg, 20.0, 1.0, 1000.0, "partition of phosphate, anaerobic", kBook3,
       Status::verified},
      {"dK_d_PO4", unit::none, 20.0, 1.0, 1000.0, "its factor in the aerobic layer, fresh water", kBook,
       Status::verified},
      {"O_crit", unit::mg_per_litre, 2.0, 0.5, 4.0, "oxygen below which phosphate is held less", kBook,
       Status::verified},
      {"f_C1", unit::none, 0.65, 0.0, 1.0, "G1 of carbon and phosphorus", kBook, Status::verified},
      {"f_C2", unit::none, 0.2, 0.0, 1.0, "G2 of carbon and phosphorus; the rest is inert", kBook,
       Status::verified},
      {"f_N1", unit::none, 0.65, 0.0, 1.0, "G1 of nitrogen", kBook, Status::verified},
      {"f_N2", unit::none, 0.25, 0.0, 1.0, "G2 of nitrogen", kBook, Status::verified},
      {"k_G1", unit::per_day, 0.035, 0.01, 0.1, "decay of G1", kBook, Status::verified, 1.1},
      {"k_G2", unit::per_day, 0.0018, 0.0005, 0.01, "decay of G2", kBook, Status::verified, 1.15},
      {"r_nd", unit::none, 0.072, 0.02, 0.15, "nitrogen in algae", "7.2:100, QUAL2K, ClearWater-modules",
       Status::verified},
      {"r_pd", unit::none, 0.01, 0.002, 0.03, "phosphorus in algae", "1:100, QUAL2K, ClearWater-modules",
       Status::verified},
      {"r_od", unit::none, 32.0 / 12.0 * 0.4, 0.5, 1.7, "oxygen for a dry mass [g/g], 32/12 x 0.4",
       "stoichiometry: QUAL2K, ClearWater-modules", Status::verified},
  };

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
    const double ch4 = 100.0 * (1.0 + 0.1 * x[Env::depth]) *
                       elementary::exp(0.023716526617316065 * (20.0 - x[Env::temperature]));  // ln 1.024
    return {1.0 / x[Env::depth],
            x[d_pore] / half,
            x[d_solid] / half,
            ch4,
            decaying(x[f_c1], x[f_c2], x[k_g1], x[k_g2], buried),
            decaying(x[f_n1], x[f_n2], x[k_g1], x[k_g2], buried)};
  }

  struct Layers {
    double one, two;
  };
  // Balance of a substance in two layers: mixing between them (of the total in 1 and in 2), loss from 1 and
  // from 2, supply to 1 and to 2.
  static Layers balance(double from_1, double from_2, double loss_1, double loss_2, double to_1,
                        double to_2) {
    const double a = from_1 + loss_1, d = from_2 + loss_2, over = 1.0 / (a * d - from_1 * from_2);
    return {(to_1 * d + from_2 * to_2) * over, (a * to_2 + from_1 * to_1) * over};
  }

  struct Fluxes {  // to the water, g m-2 s-1; methane and demand as oxygen
    double demand, methane, ammonia, nitrate, phosphate, oxidised;
  };
  // c, n, p: decay of what has settled, g m-2 s-1 (c as oxygen).
  static Fluxes solve(const Point<SedimentFlux>& x, double c, double n, double p) {
    const double o = std::max(x[oxygen], 1e-3);
    const double ammonium = x[ammonium_share] * x[ammonia];
    const double held_n = x[solids] * x[kd_n], f_d = 1.0 / (1.0 + held_n), f_p = 1.0 - f_d;
    const double n_mixing = f_d * x[kl12] + f_p * x[w12];
    double sod = c + 1.714 * n, nh4_1 = 0, no3_1 = 0, ch4_1 = 0, csod = 0, s = 0;
    for (int iteration = 0; iteration < 30; ++iteration) {
      s = std::max(sod, 1e-14) / o;
      const double nitrifying = x[kappa_n] * x[kappa_n] / s * x[k_n] / (x[k_n] + nh4_1) * o / (x[k_on] + o);
      const Layers nh4 =
          balance(n_mixing + x[w_burial], n_mixing, f_d * (nitrifying + s), x[w_burial], s * ammonium, n);
      nh4_1 = f_d * nh4.one;
      const double nitrified = nitrifying * nh4_1;
      const double denit_1 = x[kappa_d1] * x[kappa_d1] / s;
      const Layers no3 = balance(x[kl12] + x[w_burial], x[kl12], denit_1 + s, x[kappa_d2] + x[w_burial],
                                 s * x[nitrate] + nitrified, 0.0);
      no3_1 = no3.one;
      const double used = 2.857142857142857 * (denit_1 * no3.one + x[kappa_d2] * no3.two);
      const double rest = std::max(c - used, 0.0);
      const double most = std::min(std::sqrt(2.0 * x[kl12] * x[ch4_saturation] * rest), rest);
      const double oxidising = x[kappa_m] * x[kappa_m] / s;
      ch4_1 = (most + s * x[cbod]) / (oxidising + s);
      csod = oxidising * ch4_1;
      sod = 0.5 * (sod + csod + 2.0 * 32.0 / 14.0 * nitrified);
    }
    const double held = std::min(o / x[o_crit], 1.0);
    const double held_p1 = x[solids] * x[kd_p] * elementary::exp(held * elementary::log(x[gain_p]));
    const double d1 = 1.0 / (1.0 + held_p1), d2 = 1.0 / (1.0 + x[solids] * x[kd_p]);
    const Layers po4 = balance(d1 * x[kl12] + (1.0 - d1) * x[w12] + x[w_burial],
                               d2 * x[kl12] + (1.0 - d2) * x[w12], d1 * s, x[w_burial], s * x[phosphate], p);
    const bool bare = x[oxygen] < 1e-3 || !(c + n > 0.0);
    const double trapped = std::min(std::sqrt(2.0 * x[kl12] * x[ch4_saturation] * c), c);
    return {bare ? 0.0 : sod,
            bare ? trapped : s * (ch4_1 - x[cbod]),
            bare ? n : s * (nh4_1 - ammonium),
            bare ? 0.0 : s * (no3_1 - x[nitrate]),
            (bare ? p : s * (d1 * po4.one - x[phosphate])) * x[k_spi] / (x[k_spi] + x[oxygen]),
            bare ? 0.0 : csod};
  }

  static double up(double flux) { return flux > 0.0 ? flux : 0.0; }

  static std::array<double, 17> rates(const Point<SedimentFlux>& x) {
    const double fall_d = x[v_dt] * x[detritus], fall_a = x[v_a] * x[algae], fall_n = x[v_on] * x[organic_n],
                 fall_p = x[v_op] * x[organic_p], fall_i = x[v_ip] * x[phosphate];
    const Fluxes f = solve(x, x[e_c] * x[r_od] * (fall_d + fall_a), x[e_n] * (fall_n + x[r_nd] * fall_a),
                           x[e_c] * (fall_p + fall_i + x[r_pd] * fall_a));
    const double n = kAlkalinityOfNitrogen, p = kAlkalinityOfPhosphorus * x[charge];
    const double share = x[ammonium_share], k = x[per_depth];
    return {k * fall_d,
            k * fall_a,
            k * fall_n,
            k * fall_p,
            k * fall_i,
            k * f.demand,
            k * up(f.methane),
            k * up(-f.methane),
            k * up(f.ammonia),
            k * up(-f.ammonia),
            k * up(f.nitrate),
            k * up(-f.nitrate),
            k * up(f.phosphate),
            k * up(-f.phosphate),
            k * 0.375 * f.oxidised,
            k * (n * (share * up(f.ammonia) + up(-f.nitrate)) + p * (up(-f.phosphate) + fall_i)),
            k * (n * (share * up(-f.ammonia) + up(f.nitrate)) + p * up(f.phosphate))};
  }
};

LIMPID_PROCESS(SedimentFlux);

}  // namespace
}  // namespace limpid
