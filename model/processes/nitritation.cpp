// First step of nitrification.
#include "model/carbonate.hpp"
#include "model/limitation.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct Nitritation {
  static constexpr const char* id = "nitritation";
  static constexpr const char* name_zh = "亚硝化";
  static constexpr const char* name_en = "nitritation (ammonia to nitrite)";
  static constexpr const char* equation =
      "r = k_na f_NH4 NH3_N (1 - exp(-k_o DO)); alkalinity falls by 2 eq/mol";
  static constexpr const char* source =
      "QUAL2E (Brown & Barnwell 1987); oxygen limitation as in SWAT+ and ClearWater-modules";

  enum Roles { ammonia, nitrite, oxygen, alkalinity };
  static constexpr Role roles[] = {
      {"ammonia", "NH3_N"}, {"nitrite", "NO2_N"}, {"oxygen", "DO"}, {"alkalinity", "alkalinity?"}};

  enum Parameters { k_na, k_o, r_on };
  static constexpr Parameter parameters[] = {
      {"k_na", unit::per_day, 0.1, 0.01, 10.0, "rate at 20 degC",
       "SWAT+ bc1 0.55, one-step rates 0.1 (ClearWater-modules, DELWAQ); theta ClearWater-modules, SWAT+",
       Status::verified, 1.083},
      {"k_o", unit::litre_per_mg, 0.6, 0.1, 5.0, "strength of the oxygen limitation",
       "ClearWater-modules, SWAT+ source", Status::verified},
      {"r_on", unit::none, 3.43, 3.0, 3.5, "oxygen used per nitrogen [g/g], 3 x 16/14",
       "stoichiometry; together 4.57 (QUAL2Kw 5, ClearWater-modules, SWAT+ source)", Status::verified},
  };

  enum Readings { ammonium_share };
  static constexpr Reading readings[] = {{"ammonium_share", 1.0}};

  enum Rows { oxidation, acidifying };
  static constexpr ProcessRow rows[] = {{"oxidation"}, {"acidifying", Exchange::internal, true}};
  static constexpr Term terms[] = {{oxidation, ammonia, -1.0},
                                   {oxidation, nitrite, +1.0},
                                   {oxidation, oxygen, -1.0, r_on},
                                   {acidifying, alkalinity, -1.0}};

  static std::array<double, 2> rates(const Point<Nitritation>& x) {
    const double r = x[k_na] * x[ammonium_share] * x[ammonia] * one_minus_exp(x[k_o] * x[oxygen]);
    return {r, 2.0 * kAlkalinityOfNitrogen * r};
  }
};

LIMPID_PROCESS(Nitritation);

}  // namespace
}  // namespace limpid
