// Second step of nitrification.
#include "model/limitation.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct Nitratation {
  static constexpr const char* id = "nitratation";
  static constexpr const char* name_zh = "硝化（亚硝酸盐氧化）";
  static constexpr const char* name_en = "nitratation (nitrite to nitrate)";
  static constexpr const char* equation = "r = k_nb NO2_N (1 - exp(-k_o DO))";
  static constexpr const char* source =
      "QUAL2E (Brown & Barnwell 1987); oxygen limitation as in SWAT+ and ClearWater-modules";

  enum Roles { nitrite, nitrate, oxygen };
  static constexpr Role roles[] = {{"nitrite", "NO2_N"}, {"nitrate", "NO3_N"}, {"oxygen", "DO"}};

  enum Parameters { k_nb, k_o, r_on };
  static constexpr Parameter parameters[] = {
      {"k_nb", unit::per_day, 1.1, 0.1, 20.0, "rate at 20 degC", "SWAT+ bc2 1.1, theta SWAT+",
       Status::one_source, 1.047},
      {"k_o", unit::litre_per_mg, 0.6, 0.1, 5.0, "strength of the oxygen limitation",
       "ClearWater-modules, SWAT+ source", Status::verified},
      {"r_on", unit::none, 1.14, 1.0, 1.2, "oxygen used per nitrogen [g/g], 1 x 16/14",
       "stoichiometry; together 4.57 (QUAL2Kw 5, ClearWater-modules, SWAT+ source)", Status::verified},
  };

  enum Rows { oxidation };
  static constexpr ProcessRow rows[] = {{"oxidation"}};
  static constexpr Term terms[] = {
      {oxidation, nitrite, -1.0}, {oxidation, nitrate, +1.0}, {oxidation, oxygen, -1.0, r_on}};

  static std::array<double, 1> rates(const Point<Nitratation>& x) {
    return {x[k_nb] * x[nitrite] * one_minus_exp(x[k_o] * x[oxygen])};
  }
};

LIMPID_PROCESS(Nitratation);

}  // namespace
}  // namespace limpid
