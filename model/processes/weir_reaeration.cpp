// Oxygen that water takes up where it falls over a dam or weir.
#include <algorithm>
#include <cmath>

#include "model/elementary.hpp"
#include "model/oxygen.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct WeirReaeration {
  static constexpr const char* id = "weir_reaeration";
  static constexpr const char* name_zh = "跌水复氧";
  static constexpr const char* name_en = "reaeration at a weir";
  static constexpr const char* equation =
      "the deficit falls by the ratio D_up / D_down = 1 + 0.38 a b z (1 - 0.11 z) (1 + 0.046 T) along the "
      "stretch of the weir: r = ln(ratio) U / L (O_s - DO) as invasion and evasion";
  static constexpr const char* source =
      "Gameson 1957, Butts & Evans 1983 (QUAL2K: Chapra, Pelletier & Tao 2008; read in the QUAL2Kw 5 source "
      "in "
      "feet)";

  enum Roles { oxygen };
  static constexpr Role roles[] = {{"oxygen", "DO"}};

  enum Parameters { drop, length, a, b };
  static constexpr Parameter parameters[] = {
      {"drop", unit::metre, 0.0, 0.0, 4.0,
       "fall of the water; 0 outside the weir's stretch: give it for that stretch", "of the place",
       Status::computed},
      {"length", unit::metre, kNoDefault, 1.0, 1e4, "length of the stretch that stands for the weir",
       "of the case's reaches: the water passes it in length / U", Status::computed},
      {"a", unit::none, 1.25, 0.65, 1.8,
       "of the water's quality: 1.8 clean, 1.6 slight, 1 moderate, 0.65 gross",
       "QUAL2Kw 5 source has 1.25; the other values to be verified", Status::one_source},
      {"b", unit::none, 0.9, 0.05, 1.0, "of the weir's shape", "QUAL2Kw 5 source has 0.9",
       Status::one_source},
  };

  enum Rows { invasion, evasion };
  static constexpr ProcessRow rows[] = {{"invasion", Exchange::atmosphere},
                                        {"evasion", Exchange::atmosphere}};
  static constexpr Term terms[] = {{invasion, oxygen, +1.0}, {evasion, oxygen, -1.0}};

  static constexpr Env environment[] = {Env::temperature, Env::velocity, Env::elevation};
  enum Coefficients { k, inflow };
  static constexpr const char* coefficient_names[] = {"ln(ratio) U/L", "ln(ratio) U/L O_s"};

  static std::array<double, 2> coefficients(const Point<WeirReaeration>& x) {
    const double z = x[drop], t = x[Env::temperature];
    const double ratio = 1.0 + 0.38 * x[a] * x[b] * z * (1.0 - 0.11 * z) * (1.0 + 0.046 * t);
    const double rate = elementary::log(std::max(ratio, 1.0)) * std::fabs(x[Env::velocity]) / x[length];
    return {rate, rate * oxygen_saturation(t) * oxygen_elevation_factor(x[Env::elevation])};
  }
  static std::array<double, 2> rates(const Point<WeirReaeration>& x) { return {x[inflow], x[k] * x[oxygen]}; }
};

LIMPID_PROCESS(WeirReaeration);

}  // namespace
}  // namespace limpid
