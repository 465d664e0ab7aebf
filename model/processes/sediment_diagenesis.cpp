// The bed with its own stores: what settles decays there for years and comes back as oxygen demand, methane,
// ammonium, nitrate and phosphate. In balance it gives what sediment_flux gives.
#include <algorithm>
#include <cmath>

#include "model/carbonate.hpp"
#include "model/diagenesis.hpp"
#include "model/limitation.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct SedimentDiagenesis {
  static constexpr const char* id = "sediment_diagenesis";
  static constexpr const char* name_zh = "底泥成岩（含底质存量）";
  static constexpr const char* name_en = "sediment diagenesis with stores";
  static constexpr const char* equation =
      "G1, G2, G3 of the settling C, N, P are stored in the anaerobic layer and decay by k_G1, k_G2; its "
      "NH4, NO3 "
      "and PO4 mix with the aerobic layer, which is in balance: s = SOD/DO solved for SOD = CSOD + NSOD by "
      "10 secants in a bracket; methane dissolves, is oxidised, or leaves as gas; burial w_2/H_2 of all "
      "stores";
  static constexpr const char* source =
      "Di Toro 2001 with the layer equations of QUAL2K (Chapra, Pelletier & Tao 2008), read in the QUAL2Kw 5 "
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
    poc1,
    poc2,
    poc3,
    pon1,
    pon2,
    pon3,
    pop1,
    pop2,
    pop3,
    bed_n,
    bed_no3,
    bed_p,
    carbon,
    alkalinity
  };
  static constexpr Role roles[] = {
      {"detritus", "detritus"}, {"algae", "phytoplankton?"},  {"organic_n", "ORGN"},
      {"organic_p", "ORGP"},    {"phosphate", "PO4_P"},       {"oxygen", "DO"},
      {"cbod", "CBOD_fast"},    {"ammonia", "NH3_N"},         {"nitrate", "NO3_N"},
      {"POC_G1", "bed_POC_G1"}, {"POC_G2", "bed_POC_G2"},     {"POC_G3", "bed_POC_G3"},
      {"PON_G1", "bed_PON_G1"}, {"PON_G2", "bed_PON_G2"},     {"PON_G3", "bed_PON_G3"},
      {"POP_G1", "bed_POP_G1"}, {"POP_G2", "bed_POP_G2"},     {"POP_G3", "bed_POP_G3"},
      {"bed_NH4", "bed_NH4_N"}, {"bed_NO3", "bed_NO3_N"},     {"bed_PO4", "bed_PO4_P"},
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
    f_c3,
    f_n1,
    f_n2,
    f_n3,
    k_g1,
    k_g2
  };
  static constexpr Parameter parameters[] = {
      diagenesis::p_v_dt,
      diagenesis::p_v_a,
      diagenesis::p_v_on,
      diagenesis::p_v_op,
      diagenesis::p_v_ip,
      diagenesis::p_k_spi,
      diagenesis::p_kappa_n,
      diagenesis::p_k_n,
      diagenesis::p_k_on,
      diagenesis::p_kappa_d1,
      diagenesis::p_kappa_d2,
      diagenesis::p_kappa_m,
      diagenesis::p_d_pore,
      diagenesis::p_d_solid,
      diagenesis::p_w_burial,
      diagenesis::p_thickness,
      diagenesis::p_solids,
      diagenesis::p_kd_n,
      diagenesis::p_kd_p,
      diagenesis::p_gain_p,
      diagenesis::p_o_crit,
      diagenesis::p_f_c1,
      diagenesis::p_f_c2,
      {"f_C3", unit::none, 0.15, 0.0, 1.0, "G3 of carbon and phosphorus; the three sum to 1",
       "QUAL2Kw 5, SWAT-C source", Status::verified, 1.0, kShare},
      diagenesis::p_f_n1,
      diagenesis::p_f_n2,
      {"f_N3", unit::none, 0.10, 0.0, 1.0, "G3 of nitrogen; the three sum to 1", "QUAL2Kw 5, SWAT-C source",
       Status::verified, 1.0, kShare},
      diagenesis::p_k_g1,
      diagenesis::p_k_g2};

  enum Readings { ammonium_share, charge };
  static constexpr Reading readings[] = {{"ammonium_share", 1.0}, {"phosphate_charge", 1.5}};

  enum Rows {
    sink_detritus,
    sink_algae,
    sink_n,
    sink_p,
    sink_po4,
    decay_n1,
    decay_n2,
    decay_p1,
    decay_p2,
    methane_1,
    methane_2,
    oxidised_1,
    oxidised_2,
    gas_1,
    gas_2,
    methane_in,
    demand,
    ammonia_out,
    ammonia_in,
    nitrify_bed,
    nitrify_water,
    nitrate_out,
    nitrate_in,
    denitrify,
    phosphate_out,
    phosphate_in,
    bury_c1,
    bury_c2,
    bury_c3,
    bury_n1,
    bury_n2,
    bury_n3,
    bury_p1,
    bury_p2,
    bury_p3,
    bury_nh4,
    bury_no3,
    bury_po4,
    buffering,
    acidifying
  };
  static constexpr Exchange water = Exchange::internal, air = Exchange::atmosphere, deep = Exchange::burial;
  static constexpr ProcessRow rows[] = {{"settling_detritus"},
                                        {"settling_algae"},
                                        {"settling_ORGN"},
                                        {"settling_ORGP"},
                                        {"settling_PO4"},
                                        {"decay_PON_G1"},
                                        {"decay_PON_G2"},
                                        {"decay_POP_G1"},
                                        {"decay_POP_G2"},
                                        {"methane_release_G1"},
                                        {"methane_release_G2"},
                                        {"oxidation_G1"},
                                        {"oxidation_G2"},
                                        {"gas_G1", air},
                                        {"gas_G2", air},
                                        {"methane_uptake", water, true},
                                        {"oxygen_demand", Exchange::bed, true},
                                        {"ammonia_release"},
                                        {"ammonia_uptake", water, true},
                                        {"nitrification", water, true},
                                        {"nitrification_of_uptake", water, true},
                                        {"nitrate_release", water, true},
                                        {"nitrate_uptake", water, true},
                                        {"denitrification", air, true},
                                        {"phosphate_release"},
                                        {"phosphate_uptake", water, true},
                                        {"burial_POC_G1", deep},
                                        {"burial_POC_G2", deep},
                                        {"burial_POC_G3", deep},
                                        {"burial_PON_G1", deep},
                                        {"burial_PON_G2", deep},
                                        {"burial_PON_G3", deep},
                                        {"burial_POP_G1", deep},
                                        {"burial_POP_G2", deep},
                                        {"burial_POP_G3", deep},
                                        {"burial_NH4", deep},
                                        {"burial_NO3", deep},
                                        {"burial_PO4", deep},
                                        {"buffering"},
                                        {"acidifying", water, true}};
  static constexpr double kC = 0.4, kN = 0.072,
                          kP = 0.01;  // in dry mass of algae and detritus (constituents)
  static constexpr double kOxygenOfCarbon = 32.0 / 12.0;
  static constexpr Term terms[] = {{sink_detritus, detritus, -1.0},
                                   {sink_detritus, poc1, +kC, f_c1},
                                   {sink_detritus, poc2, +kC, f_c2},
                                   {sink_detritus, poc3, +kC, f_c3},
                                   {sink_algae, algae, -1.0},
                                   {sink_algae, poc1, +kC, f_c1},
                                   {sink_algae, poc2, +kC, f_c2},
                                   {sink_algae, poc3, +kC, f_c3},
                                   {sink_algae, pon1, +kN, f_n1},
                                   {sink_algae, pon2, +kN, f_n2},
                                   {sink_algae, pon3, +kN, f_n3},
                                   {sink_algae, pop1, +kP, f_c1},
                                   {sink_algae, pop2, +kP, f_c2},
                                   {sink_algae, pop3, +kP, f_c3},
                                   {sink_n, organic_n, -1.0},
                                   {sink_n, pon1, +1.0, f_n1},
                                   {sink_n, pon2, +1.0, f_n2},
                                   {sink_n, pon3, +1.0, f_n3},
                                   {sink_p, organic_p, -1.0},
                                   {sink_p, pop1, +1.0, f_c1},
                                   {sink_p, pop2, +1.0, f_c2},
                                   {sink_p, pop3, +1.0, f_c3},
                                   {sink_po4, phosphate, -1.0},
                                   {sink_po4, pop1, +1.0, f_c1},
                                   {sink_po4, pop2, +1.0, f_c2},
                                   {sink_po4, pop3, +1.0, f_c3},
                                   {decay_n1, pon1, -1.0},
                                   {decay_n1, bed_n, +1.0},
                                   {decay_n2, pon2, -1.0},
                                   {decay_n2, bed_n, +1.0},
                                   {decay_p1, pop1, -1.0},
                                   {decay_p1, bed_p, +1.0},
                                   {decay_p2, pop2, -1.0},
                                   {decay_p2, bed_p, +1.0},
                                   {methane_1, poc1, -1.0},
                                   {methane_1, cbod, +kOxygenOfCarbon},
                                   {methane_2, poc2, -1.0},
                                   {methane_2, cbod, +kOxygenOfCarbon},
                                   {oxidised_1, poc1, -1.0},
                                   {oxidised_1, carbon, +1.0},
                                   {oxidised_2, poc2, -1.0},
                                   {oxidised_2, carbon, +1.0},
                                   {gas_1, poc1, -1.0},
                                   {gas_2, poc2, -1.0},
                                   {methane_in, cbod, -1.0},
                                   {methane_in, carbon, +12.0 / 32.0},
                                   {demand, oxygen, -1.0},
                                   {ammonia_out, bed_n, -1.0},
                                   {ammonia_out, ammonia, +1.0},
                                   {ammonia_in, ammonia, -1.0},
                                   {ammonia_in, bed_n, +1.0},
                                   {nitrify_bed, bed_n, -1.0},
                                   {nitrify_bed, bed_no3, +1.0},
                                   {nitrify_water, ammonia, -1.0},
                                   {nitrify_water, bed_no3, +1.0},
                                   {nitrate_out, bed_no3, -1.0},
                                   {nitrate_out, nitrate, +1.0},
                                   {nitrate_in, nitrate, -1.0},
                                   {nitrate_in, bed_no3, +1.0},
                                   {denitrify, bed_no3, -1.0},
                                   {phosphate_out, bed_p, -1.0},
                                   {phosphate_out, phosphate, +1.0},
                                   {phosphate_in, phosphate, -1.0},
                                   {phosphate_in, bed_p, +1.0},
                                   {bury_c1, poc1, -1.0},
                                   {bury_c2, poc2, -1.0},
                                   {bury_c3, poc3, -1.0},
                                   {bury_n1, pon1, -1.0},
                                   {bury_n2, pon2, -1.0},
                                   {bury_n3, pon3, -1.0},
                                   {bury_p1, pop1, -1.0},
                                   {bury_p2, pop2, -1.0},
                                   {bury_p3, pop3, -1.0},
                                   {bury_nh4, bed_n, -1.0},
                                   {bury_no3, bed_no3, -1.0},
                                   {bury_po4, bed_p, -1.0},
                                   {buffering, alkalinity, +1.0},
                                   {acidifying, alkalinity, -1.0}};

  static constexpr Env environment[] = {Env::depth, Env::temperature};
  enum Coefficients { depth, per_depth, per_layer, kl12, w12, ch4_saturation, buried };
  static constexpr const char* coefficient_names[] = {"h",    "1/h",      "h/H_2",  "K_L12",
                                                      "w_12", "CH4 sat.", "w_2/H_2"};

  static std::array<double, 7> coefficients(const Point<SedimentDiagenesis>& x) {
    const double half = 0.5 * x[thickness], h = x[Env::depth];
    return {h,
            1.0 / h,
            h / x[thickness],
            x[d_pore] / half,
            x[d_solid] / half,
            diagenesis::methane_saturation(h, x[Env::temperature]),
            x[w_burial] / x[thickness]};
  }

  // carbon: decaying, g O2 m-2 s-1.
  static diagenesis::Bed bed_of(const Point<SedimentDiagenesis>& x, double carbon_decay) {
    return {x[kl12],
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
            x[ammonium_share] * x[ammonia],
            x[nitrate],
            x[cbod],
            carbon_decay,
            x[per_layer] * x[bed_n],
            x[per_layer] * x[bed_no3]};
  }

  static std::array<double, 40> rates(const Point<SedimentDiagenesis>& x) {
    const double k = x[per_depth], c1 = x[k_g1] * x[poc1], c2 = x[k_g2] * x[poc2], c = c1 + c2;
    const double n1 = x[k_g1] * x[pon1], n2 = x[k_g2] * x[pon2];
    const double as_oxygen = kOxygenOfCarbon * x[depth];
    const diagenesis::Bed bed = bed_of(x, as_oxygen * c);
    const diagenesis::Fluxes f = diagenesis::solve<false>(bed, as_oxygen * c + 1.714 * x[depth] * (n1 + n2));
    const double po4 = diagenesis::phosphate_flux<false>(bed, f.s, x[phosphate], x[solids] * x[kd_p],
                                                         x[gain_p], x[o_crit], x[per_layer] * x[bed_p]) *
                       x[k_spi] / (x[k_spi] + x[oxygen]);
    // Shares of the decaying carbon: methane to the water, oxidised by oxygen or nitrate, the rest gas.
    const double drawn = diagenesis::up(-f.methane);
    const double share = 1.0 / at_least(1e-300, bed.carbon);
    const double out = std::min(diagenesis::up(f.methane) * share, 1.0);
    const double used = 20.0 / 7.0 * f.denitrified;
    const double burnt = least_of((diagenesis::up(f.oxidised - drawn) + used) * share, 1.0 - out);
    const double gas = diagenesis::up(1.0 - out - burnt);
    const double with_oxygen = std::min(x[oxygen] * 1e3, 1.0);
    const double n_in = diagenesis::up(-f.ammonia), n_through = least_of(n_in, f.nitrified);
    const double alk_n = kAlkalinityOfNitrogen, alk_p = kAlkalinityOfPhosphorus * x[charge];
    const double fall_i = x[v_ip] * x[phosphate], b = x[buried];
    return {
        k * x[v_dt] * x[detritus],
        k * x[v_a] * x[algae],
        k * x[v_on] * x[organic_n],
        k * x[v_op] * x[organic_p],
        k * fall_i,
        n1,
        n2,
        x[k_g1] * x[pop1],
        x[k_g2] * x[pop2],
        out * c1,
        out * c2,
        burnt * c1,
        burnt * c2,
        gas * c1,
        gas * c2,
        k * drawn,
        k * with_oxygen * f.demand,
        k * diagenesis::up(f.ammonia),
        k * (n_in - n_through),
        k * (f.nitrified - n_through),
        k * n_through,
        k * diagenesis::up(f.nitrate),
        k * diagenesis::up(-f.nitrate),
        k * f.denitrified,
        k * diagenesis::up(po4),
        k * diagenesis::up(-po4),
        b * x[poc1],
        b * x[poc2],
        b * x[poc3],
        b * x[pon1],
        b * x[pon2],
        b * x[pon3],
        b * x[pop1],
        b * x[pop2],
        b * x[pop3],
        b * x[bed_n],
        b * x[bed_no3],
        b * x[bed_p],
        k * (alk_n * (x[ammonium_share] * diagenesis::up(f.ammonia) + diagenesis::up(-f.nitrate)) +
             alk_p * (diagenesis::up(-po4) + fall_i)),
        k * (alk_n * (x[ammonium_share] * n_in + diagenesis::up(f.nitrate)) + alk_p * diagenesis::up(po4))};
  }
};

LIMPID_PROCESS(SedimentDiagenesis);

}  // namespace
}  // namespace limpid
