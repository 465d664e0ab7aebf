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
      "stretch of the weir: r = ln(ratio) U / L (O_s - DO) as invasion and evasion, (ratio - 1) U / L where "
      "the stretch is one mixed cell";
  static constexpr const char* source =
      "Gameson 1957, Butts & Evans 1983 (QUAL2K: Chapra, Pelletier & Tao 2008; read in the QUAL2Kw 5 source "
      "in "
      "feet)";

  enum Roles { oxygen };
  static constexpr Role roles[] = {{"oxygen", "DO"}};

  enum Parameters { drop, length, a, b, cells };
  static constexpr Parameter parameters[] = {
      {"drop", unit::metre, 0.0, 0.0, 4.0,
       "fall of the water; 0 outside the weir's stretch: give it for that stretch", "of the place",
       Status::computed},
      {"length", unit::metre, kNoDefault, 1.0, 1e4, "length of the stretch that stands for the weir",
       "of the case's reaches: the water passes it in length / U. In steady flow without dispersion, ratio "
       "2.16: 4 cells or more that a step of water passes to 0.3 or less give it within 1.5 %, 2 cells 6 %, "
       "1 cell (cells = 1) 1 to 10 % too much; 0.84 of the stretch a step 5 to 8 % too little (1 cell: 37 % "
       "too much); more than the stretch a step: nothing. 15 m2/s of dispersion take 0.7 %, 150 take 6 %",
       Status::computed, 1.0, kPositive},
      {"a", unit::none, 1.25, 0.65, 1.8,
       "of the water's quality: 1.8 clean, 1.6 slight, 1 moderate, 0.65 gross",
       "1.25 as in the QUAL2Kw 5 source; all values to be verified", Status::unverified},
      {"b", unit::none, 0.9, 0.05, 1.0, "of the weir's shape",
       "0.9 as in the QUAL2Kw 5 source; to be verified", Status::unverified},
      {"cells", unit::none, 4.0, 1.0, 1e4, "of the stretch; 1 = a mixed cell, more = whatever number",
       "of the case's reaches and cell_length", Status::computed},
  };

  enum Rows { invasion, evasion };
  static constexpr ProcessRow rows[] = {{"invasion", Exchange::atmosphere},
                                        {"evasion", Exchange::atmosphere}};
  static constexpr Term terms[] = {{invasion, oxygen, +1.0}, {evasion, oxygen, -1.0}};

  static constexpr Env environment[] = {Env::temperature, Env::velocity, Env::elevation};
  enum Coefficients { k, inflow };
  static constexpr const char* coefficient_names[] = {"k", "k O_s"};

  static std::array<double, 2> coefficients(const Point<WeirReaeration>& x) {
    const double z = x[drop], t = x[Env::temperature];
    const double ratio = 1.0 + 0.38 * x[a] * x[b] * z * (1.0 - 0.11 * z) * (1.0 + 0.046 * t);
    const double falls = std::max(ratio, 1.0), passes = x[cells] < 1.5 ? falls - 1.0 : elementary::log(falls);
    const double rate = passes * std::fabs(x[Env::velocity]) / x[length];
    return {rate, rate * oxygen_saturation(t) * oxygen_elevation_factor(x[Env::elevation])};
  }
  static std::array<double, 2> rates(const Point<WeirReaeration>& x) { return {x[inflow], x[k] * x[oxygen]}; }
};

LIMPID_PROCESS(WeirReaeration);

}  // namespace
}  // namespace limpid
