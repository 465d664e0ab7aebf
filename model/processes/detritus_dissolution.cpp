// Detritus dissolves into slowly degradable organic matter.
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct DetritusDissolution {
  static constexpr const char* id = "detritus_dissolution";
  static constexpr const char* name_zh = "碎屑溶解";
  static constexpr const char* name_en = "dissolution of detritus";
  static constexpr const char* equation = "r = k_dt detritus; detritus becomes r_od times CBOD_slow";
  static constexpr const char* source = "QUAL2K (Chapra, Pelletier & Tao 2008), read in the QUAL2Kw 5 source";

  enum Roles { detritus, cbod };
  static constexpr Role roles[] = {{"detritus", "detritus"}, {"cbod", "CBOD_slow"}};

  enum Parameters { k_dt, r_od };
  static constexpr Parameter parameters[] = {
      {"k_dt", unit::per_day, 0.5, 0.0, 5.0, "rate at 20 degC",
       "of the matter: 2.78 calibrated in the Boulder Creek example of QUAL2Kw 5; theta as hydrolysis",
       Status::unverified, 1.047},
      {"r_od", unit::none, 32.0 / 12.0 * 0.4, 0.8, 1.4, "oxygen demand of a dry mass [g/g], 32/12 x 0.4",
       "40 % carbon: QUAL2K, ClearWater-modules", Status::verified},
  };

  enum Rows { dissolution };
  static constexpr ProcessRow rows[] = {{"dissolution"}};
  static constexpr Term terms[] = {{dissolution, detritus, -1.0}, {dissolution, cbod, +1.0, r_od}};

  static std::array<double, 1> rates(const Point<DetritusDissolution>& x) { return {x[k_dt] * x[detritus]}; }
};

LIMPID_PROCESS(DetritusDissolution);

}  // namespace
}  // namespace limpid
