// Nitrate as the oxidant of organic matter where oxygen is low, in the water and at the bed.
#include "model/carbonate.hpp"
#include "model/limitation.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct Denitrification {
  static constexpr const char* id = "denitrification";
  static constexpr const char* name_zh = "反硝化";
  static constexpr const char* name_en = "denitrification";
  static constexpr const char* equation =
      "water: r = k_dn exp(-k_o DO) CBOD / (k_c + CBOD) NO3_N; bed: r = v_di / h NO3_N; alkalinity rises by "
      "1 "
      "eq/mol";
  static constexpr const char* source = "QUAL2K (Chapra, Pelletier & Tao 2008), read in the QUAL2Kw 5 source";

  enum Roles { nitrate, cbod, oxygen, carbon, alkalinity };
  static constexpr Role roles[] = {{"nitrate", "NO3_N"},
                                   {"cbod", "CBOD_fast"},
                                   {"oxygen", "DO"},
                                   {"carbon", "DIC?"},
                                   {"alkalinity", "alkalinity?"}};

  enum Parameters { k_dn, k_o, k_c, r_cn, v_di };
  static constexpr Parameter parameters[] = {
      {"k_dn", unit::per_day, 0.1, 0.0, 2.0, "rate in the water at 20 degC",
       "DELWAQ 0.1; ClearWater-modules 0.002; theta QUAL2K, others 1.047 to 1.08", Status::unverified, 1.05},
      {"k_o", unit::litre_per_mg, 0.6, 0.1, 5.0, "strength of the inhibition by oxygen",
       "QUAL2Kw 5 (Boulder Creek example)", Status::one_source},
      {"k_c", unit::mg_per_litre, 0.1, 0.0, 2.0, "CBOD at which the rate is halved", "QUAL2Kw 5 source",
       Status::one_source},
      {"r_cn", unit::none, 2.857, 2.5, 3.2, "CBOD oxidised per nitrogen [g/g], 5/4 x 32/14",
       "stoichiometry; QUAL2Kw 5 source", Status::verified},
      {"v_di", unit::metre_per_day, 0.0, 0.0, 2.0, "mass transfer to the bed at 20 degC",
       "0 = no loss at the bed; 0.05 in the Boulder Creek example of QUAL2Kw 5; theta QUAL2K",
       Status::unverified, 1.05},
  };

  enum Rows { in_water, at_bed, buffering };
  static constexpr ProcessRow rows[] = {
      {"in_water", Exchange::atmosphere}, {"at_bed", Exchange::atmosphere}, {"buffering"}};
  static constexpr Term terms[] = {{in_water, nitrate, -1.0},
                                   {in_water, cbod, -1.0, r_cn},
                                   {in_water, carbon, +0.375, r_cn},
                                   {at_bed, nitrate, -1.0},
                                   {buffering, alkalinity, +1.0}};

  static constexpr Env environment[] = {Env::depth};
  enum Coefficients { k_bed };
  static constexpr const char* coefficient_names[] = {"v_di/h"};

  static std::array<double, 1> coefficients(const Point<Denitrification>& x) {
    return {x[v_di] / x[Env::depth]};
  }
  static std::array<double, 3> rates(const Point<Denitrification>& x) {
    const double water = x[k_dn] * x[nitrate] * monod(x[cbod], x[k_c]) * elementary::exp(-x[k_o] * x[oxygen]);
    const double bed = x[k_bed] * x[nitrate];
    return {water, bed, kAlkalinityOfNitrogen * (water + bed)};
  }
};

LIMPID_PROCESS(Denitrification);

}  // namespace
}  // namespace limpid
