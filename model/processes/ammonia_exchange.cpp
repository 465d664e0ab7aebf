// Exchange of ammonia gas with the air.
#include "model/elementary.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct AmmoniaExchange {
  static constexpr const char* id = "ammonia_exchange";
  static constexpr const char* name_zh = "氨水气交换";
  static constexpr const char* name_en = "exchange of ammonia with the air";
  static constexpr const char* equation =
      "r = v / h (NH3_s - (1 - f_NH4) NH3_N) as invasion and evasion; two films: v = k_l H / (H + R T k_l / "
      "k_g), k_l = 1.171 k_a h, k_g = 175.3 W + 262.9 m/d";
  static constexpr const char* source = "QUAL2K 2.11b8 (Chapra, Pelletier & Tao 2008), read in QUAL2Kw 5";

  enum Roles { ammonia };
  static constexpr Role roles[] = {{"ammonia", "NH3_N"}};

  enum Parameters { p_nh3 };
  static constexpr Parameter parameters[] = {
      {"p_NH3", unit::none, 2e-9, 0.0, 1e-7, "partial pressure in the air, atm",
       "QUAL2Kw 5 source: 1e-9 to 1e-8 in the country, more where the air is foul", Status::one_source},
  };

  enum Readings { k_a, by_wind, ammonium_share };
  static constexpr Reading readings[] = {
      {"k_a", kNoDefault}, {"k_a_wind", 0.0}, {"ammonium_share", kNoDefault}};

  enum Rows { invasion, evasion };
  static constexpr ProcessRow rows[] = {{"invasion", Exchange::atmosphere},
                                        {"evasion", Exchange::atmosphere}};
  static constexpr Term terms[] = {{invasion, ammonia, +1.0}, {evasion, ammonia, -1.0}};

  static constexpr Env environment[] = {Env::temperature, Env::depth, Env::wind};
  enum Coefficients { depth, gas_film, henry, resistance, saturation };
  static constexpr const char* coefficient_names[] = {"h", "k_g", "H", "R T", "NH3_s"};

  static std::array<double, 5> coefficients(const Point<AmmoniaExchange>& x) {
    const double t = x[Env::temperature];
    const double h = 1.36785e-5 * elementary::exp(0.0506931 * (t - 20.0));  // atm m3/mol; 1.052^(T-20)
    return {x[Env::depth], (175.287 * x[Env::wind] + 262.9305) / unit::kDay, h, 8.206e-5 * (t + 273.15),
            x[p_nh3] / h * 14.0};
  }
  static std::array<double, 2> rates(const Point<AmmoniaExchange>& x) {
    const double liquid = 1.171 * (x[k_a] + x[by_wind]) * x[depth];
    const double v = liquid * x[henry] / (x[henry] + x[resistance] * liquid / x[gas_film]) / x[depth];
    return {v * x[saturation], v * (1.0 - x[ammonium_share]) * x[ammonia]};
  }
};

LIMPID_PROCESS(AmmoniaExchange);

}  // namespace
}  // namespace limpid
