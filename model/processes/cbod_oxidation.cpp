// Oxidation of carbonaceous organic matter, counted as the oxygen it uses.
#include "model/limitation.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct CbodOxidation {
  static constexpr const char* id = "cbod_oxidation";
  static constexpr const char* name_zh = "碳化耗氧";
  static constexpr const char* name_en = "oxidation of carbonaceous BOD";
  static constexpr const char* equation =
      "r = k_d CBOD f_O; f_O = DO / (k_o + DO), 1 - exp(-DO/k_o) or DO^2 / (k_o^2 + DO^2)";
  static constexpr const char* source =
      "Streeter & Phelps 1925, with oxygen limitation as in ClearWater-modules (NSM I)";

  enum Roles { cbod, oxygen, carbon };
  static constexpr Role roles[] = {{"cbod", "CBOD_fast"}, {"oxygen", "DO"}, {"carbon", "DIC?"}};

  enum Parameters { k_d, k_o, oxygen_law, r_co };
  static constexpr Parameter parameters[] = {
      {"k_d", unit::per_day, 0.23, 0.001, 3.5, "rate at 20 degC",
       "conventional 0.1 1/d to base 10; read: ClearWater-modules 0.12, DELWAQ 0.15 to 0.3, flume 0.107 to "
       "0.875 "
       "(EER 23(1) 2018), slow pool 0.001 to 0.01 (Hydrolitica docs); theta ClearWater-modules, SWAT+, "
       "Hydrolitica",
       Status::unverified, 1.047},
      {"k_o", unit::mg_per_litre, 0.5, 0.0, 5.0, "oxygen at which the rate is halved (law 0)",
       "ClearWater-modules; QUAL2Kw 5 example 1/0.6 with law 1", Status::one_source},
      {"oxygen_law", unit::none, 0.0, 0.0, 2.0, "0 half-saturation, 1 exponential, 2 second order",
       "half-saturation ClearWater-modules; all three QUAL2Kw 5", Status::verified},
      {"r_co", unit::none, 0.375, 0.35, 0.4, "carbon set free per oxygen used [g/g], 12/32",
       "stoichiometry; QUAL2Kw 5 source", Status::verified},
  };

  enum Rows { oxidation };
  static constexpr ProcessRow rows[] = {{"oxidation"}};
  static constexpr Term terms[] = {
      {oxidation, cbod, -1.0}, {oxidation, oxygen, -1.0}, {oxidation, carbon, +1.0, r_co}};

  static std::array<double, 1> rates(const Point<CbodOxidation>& x) {
    return {x[k_d] * x[cbod] * oxygen_limitation(x[oxygen_law], x[oxygen], x[k_o])};
  }
};

LIMPID_PROCESS(CbodOxidation);

}  // namespace
}  // namespace limpid
