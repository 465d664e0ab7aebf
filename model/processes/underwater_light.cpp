// How much light stands under the surface and how fast the water takes it.
#include "model/elementary.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct UnderwaterLight {
  static constexpr const char* id = "underwater_light";
  static constexpr const char* name_zh = "水下光照";
  static constexpr const char* name_en = "light under water";
  static constexpr const char* equation =
      "k_e = k_eb + a_i ISS + a_o detritus + a_p chla + a_pn chla^(2/3), chla in ug/L = r_ad phytoplankton; "
      "PAR under the surface = f_PAR (1 - albedo) I";
  static constexpr const char* source =
      "QUAL2K (Chapra, Pelletier & Tao 2008), read in the QUAL2Kw 5 source; chlorophyll terms Riley 1956";

  enum Roles { solids, detritus, algae };
  static constexpr Role roles[] = {
      {"solids", "ISS?"}, {"detritus", "detritus?"}, {"algae", "phytoplankton?"}};

  enum Parameters { k_eb, a_i, a_o, a_p, a_pn, r_ad, f_par };
  static constexpr Parameter parameters[] = {
      {"k_eb", unit::per_metre, 0.2, 0.02, 6.6, "extinction by water and colour",
       "0.2 in the Boulder Creek example of QUAL2Kw 5; 0.02 ClearWater-modules, 0.08 DELWAQ: of the place",
       Status::unverified},
      {"a_i", unit::m2_per_gram, 0.052, 0.0, 0.2, "by inorganic solids",
       "ClearWater-modules (as QUAL2K has it); DELWAQ 0.01: they disagree", Status::one_source},
      {"a_o", unit::m2_per_gram, 0.174, 0.0, 0.5, "by detritus", "QUAL2Kw 5; ClearWater-modules codes 0.0174",
       Status::one_source},
      {"a_p", unit::none, 0.0088, 0.0, 0.1, "by chlorophyll, 1/m per ug/L",
       "Riley 1956, ClearWater-modules; SWAT+ 0.03: they disagree", Status::one_source},
      {"a_pn", unit::none, 0.054, 0.0, 0.2, "by chlorophyll, 1/m per (ug/L)^(2/3)",
       "Riley 1956, ClearWater-modules, SWAT+ source", Status::verified},
      {"r_ad", unit::mg_per_gram, 10.0, 1.0, 40.0, "chlorophyll per dry mass of algae",
       "1000 ug per 100 mg: QUAL2K, ClearWater-modules", Status::verified, 1.0, kPerMass},
      {"f_PAR", unit::none, 0.47, 0.3, 0.5, "share of the short wave that plants can use",
       "QUAL2Kw 5, ClearWater-modules; SWAT+ 0.3", Status::verified, 1.0, kShare},
  };

  static constexpr std::array<ProcessRow, 0> rows{};
  static constexpr std::array<Term, 0> terms{};

  enum Provides { k_e, par, short_wave };
  static constexpr Provided provides[] = {
      {"k_e", unit::per_metre, "extinction of light"},
      {"par", unit::watt_per_m2, "photosynthetically available light just under the surface"},
      {"short_wave", unit::watt_per_m2, "short wave that enters the water"}};

  static constexpr Env environment[] = {Env::solar, Env::albedo};
  enum Coefficients { entering };
  static constexpr const char* coefficient_names[] = {"(1 - albedo) I"};

  static std::array<double, 1> coefficients(const Point<UnderwaterLight>& x) {
    return {(1.0 - x[Env::albedo]) * x[Env::solar]};
  }
  static std::array<double, 3> rates(const Point<UnderwaterLight>& x) {
    const double chlorophyll = 1e3 * x[r_ad] * x[algae];  // ug/L
    const double two_thirds = elementary::exp(2.0 / 3.0 * elementary::log(chlorophyll + 1e-30));
    const double extinction =
        x[k_eb] + x[a_i] * x[solids] + x[a_o] * x[detritus] + x[a_p] * chlorophyll + x[a_pn] * two_thirds;
    return {extinction, x[f_par] * x[entering], x[entering]};
  }
};

LIMPID_PROCESS(UnderwaterLight);

}  // namespace
}  // namespace limpid
