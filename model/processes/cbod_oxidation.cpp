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
      "r = k_d CBOD f_O; f_O = DO / (k_o + DO), or what oxidation_limitation provides";
  static constexpr const char* source =
      "Streeter & Phelps 1925, with oxygen limitation as in ClearWater-modules (NSM I)";

  enum Roles { cbod, oxygen, carbon };
  static constexpr Role roles[] = {{"cbod", "CBOD_fast"}, {"oxygen", "DO"}, {"carbon", "DIC?"}};

  enum Parameters { k_d, k_o, r_co };
  static constexpr Parameter parameters[] = {
      {"k_d", unit::per_day, 0.23, 0.001, 3.5, "rate at 20 degC",
       "conventional 0.1 1/d to base 10; read: ClearWater-modules 0.12, DELWAQ 0.15 to 0.3, flume 0.107 to "
       "0.875 "
       "(EER 23(1) 2018), slow pool 0.001 to 0.01 (Hydrolitica docs); theta ClearWater-modules, SWAT+, "
       "Hydrolitica",
       Status::unverified, 1.047},
      {"k_o", unit::mg_per_litre, 0.5, 0.0, 5.0, "oxygen at which the rate is halved", "ClearWater-modules",
       Status::one_source},
      {"r_co", unit::none, 0.375, 0.35, 0.4, "carbon set free per oxygen used [g/g], 12/32",
       "stoichiometry; QUAL2Kw 5 source", Status::verified},
  };

  enum Readings { limit };
  static constexpr Reading readings[] = {{"oxidation_limit", -1.0}};

  enum Rows { oxidation };
  static constexpr ProcessRow rows[] = {{"oxidation"}};
  static constexpr Term terms[] = {
      {oxidation, cbod, -1.0}, {oxidation, oxygen, -1.0}, {oxidation, carbon, +1.0, r_co}};

  static std::array<double, 1> rates(const Point<CbodOxidation>& x) {
    const double own = monod(x[oxygen], x[k_o]);
    return {x[k_d] * x[cbod] * (x[limit] < 0.0 ? own : x[limit])};
  }
};

LIMPID_PROCESS(CbodOxidation);

}  // namespace
}  // namespace limpid
