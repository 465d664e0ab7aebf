// Exchange of oxygen driven by the wind, beside that of the current.
#include "model/limitation.hpp"
#include "model/oxygen.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct WindReaeration {
  static constexpr const char* id = "wind_reaeration";
  static constexpr const char* name_zh = "风力复氧";
  static constexpr const char* name_en = "reaeration by wind";
  static constexpr const char* equation =
      "r = K_l / h (O_s - DO) as invasion and evasion; K_l [m/d] by formula: 0 Banks-Herrera 0.728 W^0.5 - "
      "0.317 W + 0.0372 W^2, 1 Wanninkhof 0.0986 W^1.64, 2 Broecker 0.864 W, 3 Cole-Buchak 0.5 + 0.05 W^2; W "
      "at 10 m";
  static constexpr const char* source =
      "Banks & Herrera 1977; Wanninkhof, Ledwell & Crusius 1991; Broecker et al. 1978; Cole & Buchak 1995 "
      "(coefficients read in QUAL2Kw 5, ClearWater-modules, CE-QUAL-W2 sources)";

  enum Roles { oxygen };
  static constexpr Role roles[] = {{"oxygen", "DO"}};

  enum Parameters { formula, multiplier };
  static constexpr Parameter parameters[] = {
      {"formula", unit::none, 0.0, 0.0, 3.0, "0 Banks-Herrera, 1 Wanninkhof, 2 Broecker, 3 Cole-Buchak",
       "each read in two sources", Status::verified, 1.0, choice_up_to(3)},
      {"multiplier", unit::none, 1.0, 0.1, 10.0,
       "calibration factor on K_l; carries its temperature correction",
       "1 = as published; theta QUAL2Kw 5, ClearWater-modules, CE-QUAL-W2, SWAT+", Status::verified, 1.024},
  };

  enum Provides { k_a_wind };
  static constexpr Provided provides[] = {{"k_a_wind", unit::per_second, "reaeration by wind"}};

  enum Rows { invasion, evasion };
  static constexpr ProcessRow rows[] = {{"invasion", Exchange::atmosphere},
                                        {"evasion", Exchange::atmosphere}};
  static constexpr Term terms[] = {{invasion, oxygen, +1.0}, {evasion, oxygen, -1.0}};

  static constexpr Env environment[] = {Env::temperature, Env::depth, Env::elevation, Env::wind};
  enum Coefficients { k_a, inflow };
  static constexpr const char* coefficient_names[] = {"K_l/h", "K_l/h O_s"};

  // m/d
  static double transfer(double choice, double w) {
    const double banks = 0.728 * std::sqrt(w) - 0.317 * w + 0.0372 * w * w;
    const double wanninkhof = 0.0986 * elementary::pow(w, 1.64);
    const double cole = 0.5 + 0.05 * w * w;
    const double chosen =
        choice < 0.5 ? banks : (choice < 1.5 ? wanninkhof : (choice < 2.5 ? 0.864 * w : cole));
    return at_least(0.0, chosen);
  }

  static std::array<double, 2> coefficients(const Point<WindReaeration>& x) {
    const double k = x[multiplier] * transfer(x[formula], x[Env::wind]) / (unit::kDay * x[Env::depth]);
    return {k, k * oxygen_saturation(x[Env::temperature]) * oxygen_elevation_factor(x[Env::elevation])};
  }
  static std::array<double, 3> rates(const Point<WindReaeration>& x) {
    return {x[inflow], x[k_a] * x[oxygen], x[k_a]};
  }
};

LIMPID_PROCESS(WindReaeration);

}  // namespace
}  // namespace limpid
