// Exchange of carbon dioxide with the air.
#include "model/carbonate.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct Co2Exchange {
  static constexpr const char* id = "co2_exchange";
  static constexpr const char* name_zh = "二氧化碳水气交换";
  static constexpr const char* name_en = "exchange of carbon dioxide with the air";
  static constexpr const char* equation =
      "r = 0.923 k_a (K_H pCO2 - CO2) as invasion and evasion; k_a that of oxygen, 0.923 = (32/44)^0.25";
  static constexpr const char* source =
      "QUAL2K (Chapra, Pelletier & Tao 2008), read in the QUAL2Kw 5 and EFDC+ sources; K_H "
      "Edmond & Gieskes 1970";

  enum Roles { carbon };
  static constexpr Role roles[] = {{"carbon", "DIC"}};

  enum Parameters { p_co2, ratio };
  static constexpr Parameter parameters[] = {
      {"p_CO2", unit::none, 420e-6, 280e-6, 600e-6, "partial pressure in the air, atm",
       "about 420 ppm in the 2020s; 347 ppm in 1987 (QUAL2Kw 5 example)", Status::unverified},
      {"ratio", unit::none, 0.923, 0.8, 1.0, "k_a of CO2 over that of oxygen", "QUAL2Kw 5, EFDC+ source",
       Status::verified},
  };

  enum Readings { k_a, by_wind, co2_share };
  static constexpr Reading readings[] = {{"k_a", kNoDefault}, {"k_a_wind", 0.0}, {"co2_share", kNoDefault}};

  enum Rows { invasion, evasion };
  static constexpr ProcessRow rows[] = {{"invasion", Exchange::atmosphere},
                                        {"evasion", Exchange::atmosphere}};
  static constexpr Term terms[] = {{invasion, carbon, +1.0}, {evasion, carbon, -1.0}};

  static constexpr Env environment[] = {Env::temperature};
  enum Coefficients { saturation };
  static constexpr const char* coefficient_names[] = {"K_H pCO2 as C"};

  static std::array<double, 1> coefficients(const Point<Co2Exchange>& x) {
    return {1e3 * kGramCarbonPerMole * co2_solubility(x[Env::temperature]) * x[p_co2]};
  }
  static std::array<double, 2> rates(const Point<Co2Exchange>& x) {
    const double k = x[ratio] * (x[k_a] + x[by_wind]);
    return {k * x[saturation], k * x[co2_share] * x[carbon]};
  }
};

LIMPID_PROCESS(Co2Exchange);

}  // namespace
}  // namespace limpid
