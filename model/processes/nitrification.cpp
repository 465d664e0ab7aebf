// Nitrification in one step, ammonia to nitrate, slowed where oxygen is low.
#include "model/carbonate.hpp"
#include "model/limitation.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct Nitrification {
  static constexpr const char* id = "nitrification";
  static constexpr const char* name_zh = "硝化";
  static constexpr const char* name_en = "nitrification";
  static constexpr const char* equation =
      "r = k_n f_NH4 NH3_N (1 - exp(-k_o DO)); alkalinity falls by 2 eq/mol";
  static constexpr const char* source =
      "QUAL2E (Brown & Barnwell 1987) in one step; ClearWater-modules, SWAT+ source";

  enum Roles { ammonia, nitrate, oxygen, alkalinity };
  static constexpr Role roles[] = {
      {"ammonia", "NH3_N"}, {"nitrate", "NO3_N"}, {"oxygen", "DO"}, {"alkalinity", "alkalinity?"}};

  enum Parameters { k_n, k_o, r_on };
  static constexpr Parameter parameters[] = {
      {"k_n", unit::per_day, 0.1, 0.01, 2.0, "rate at 20 degC",
       "ClearWater-modules 0.1, DELWAQ 0.1, SWAT+ 0.55 to 1.1; theta ClearWater-modules, SWAT+",
       Status::verified, 1.083},
      {"k_o", unit::litre_per_mg, 0.6, 0.1, 5.0, "strength of the oxygen limitation",
       "ClearWater-modules, SWAT+ source", Status::verified},
      {"r_on", unit::none, 4.57, 3.0, 4.6, "oxygen used per nitrogen nitrified [g/g], 2 x 32/14",
       "QUAL2Kw 5, ClearWater-modules, SWAT+ source", Status::verified},
  };

  enum Readings { ammonium_share };
  static constexpr Reading readings[] = {{"ammonium_share", 1.0}};

  enum Rows { oxidation, acidifying };
  static constexpr ProcessRow rows[] = {{"oxidation"}, {"acidifying", Exchange::internal, true}};
  static constexpr Term terms[] = {{oxidation, ammonia, -1.0},
                                   {oxidation, nitrate, +1.0},
                                   {oxidation, oxygen, -1.0, r_on},
                                   {acidifying, alkalinity, -1.0}};

  static std::array<double, 2> rates(const Point<Nitrification>& x) {
    const double r = x[k_n] * (x[ammonium_share] * x[ammonia]) * one_minus_exp(x[k_o] * x[oxygen]);
    return {r, 2.0 * kAlkalinityOfNitrogen * r};
  }
};

LIMPID_PROCESS(Nitrification);

}  // namespace
}  // namespace limpid
