// Exchange of oxygen with the air: what comes in and what goes out are two rows, so that both rates are >= 0.
#include <algorithm>

#include "model/limitation.hpp"
#include "model/oxygen.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

constexpr double kPerDay = 1.0 / unit::kDay;

struct Reaeration {
  static constexpr const char* id = "reaeration";
  static constexpr const char* name_zh = "大气复氧";
  static constexpr const char* name_en = "reaeration";
  static constexpr const char* equation =
      "r = k_a (O_s - DO) as invasion k_a O_s and evasion k_a DO; k_a [1/d] by formula: O'Connor-Dobbins "
      "3.93 U^0.5 / "
      "h^1.5, Churchill 5.026 U^0.969 / h^1.673, Owens-Gibbs 5.32 U^0.67 / h^1.85, automatic: Owens-Gibbs if "
      "h < 0.61 m, "
      "else O'Connor-Dobbins if h > 3.45 U^2.5, else Churchill; O_s Benson-Krause (1 - 0.0001148 z)";
  static constexpr const char* source =
      "O'Connor & Dobbins 1958; Churchill, Elmore & Buckingham 1962; Owens, Edwards & Gibbs 1964 "
      "(coefficients read in "
      "QUAL2Kw 5, ClearWater-modules, DELWAQ, EFDC+, CE-QUAL-W2 sources); automatic choice: QUAL2K internal "
      "rule after "
      "Covar 1976; Benson & Krause 1984";

  enum Roles { oxygen };
  static constexpr Role roles[] = {{"oxygen", "DO"}};

  enum Parameters { formula, k_a_given, k_l_min, multiplier };
  static constexpr Parameter parameters[] = {
      {"formula", unit::none, 0.0, 0.0, 3.0, "0 automatic, 1 O'Connor-Dobbins, 2 Churchill, 3 Owens-Gibbs",
       "automatic choice read in QUAL2Kw 5 source; HSPF and CE-QUAL-W2 switch differently",
       Status::one_source, 1.0, choice_up_to(3)},
      {"k_a_given", unit::per_day, 0.0, 0.0, 200.0,
       "k_a at 20 degC in place of the formula; 0 = use the formula", "measured or calibrated",
       Status::computed},
      {"k_l_min", unit::metre_per_day, 0.0, 0.0, 2.0,
       "k_a from a formula is at least k_l_min / h; 0 = no minimum",
       "off by default; 0.6 in Chin 2006 (ponce.sdsu.edu), 0.2 in DELWAQ", Status::computed},
      {"multiplier", unit::none, 1.0, 0.1, 10.0,
       "calibration factor on k_a; carries its temperature correction",
       "1 = as published; theta QUAL2Kw 5, ClearWater-modules, CE-QUAL-W2, SWAT+", Status::verified, 1.024},
  };

  enum Provides { k_a_provided };
  static constexpr Provided provides[] = {{"k_a", unit::per_second, "reaeration at the water's temperature"}};

  enum Rows { invasion, evasion };
  static constexpr ProcessRow rows[] = {{"invasion", Exchange::atmosphere},
                                        {"evasion", Exchange::atmosphere}};
  static constexpr Term terms[] = {{invasion, oxygen, +1.0}, {evasion, oxygen, -1.0}};

  static constexpr Env environment[] = {Env::temperature, Env::depth, Env::velocity, Env::elevation};
  enum Coefficients { k_a, inflow };
  static constexpr const char* coefficient_names[] = {"k_a", "k_a O_s"};

  // k_a at 20 degC [1/s] by the formula chosen; u [m/s] > 0, h [m] > 0.
  static double k_a_formula(double choice, double u, double h) {
    const double log_u = elementary::log(u), log_h = elementary::log(h);
    const double oconnor_dobbins = 3.93 * std::sqrt(u) / (h * std::sqrt(h));
    const double churchill = 5.026 * elementary::exp(0.969 * log_u - 1.673 * log_h);
    const double owens_gibbs = 5.32 * elementary::exp(0.67 * log_u - 1.85 * log_h);
    const double deep = h > 3.45 * u * u * std::sqrt(u) ? oconnor_dobbins : churchill;
    const double automatic = h < 0.61 ? owens_gibbs : deep;
    const double chosen = choice < 0.5
                              ? automatic
                              : (choice < 1.5 ? oconnor_dobbins : (choice < 2.5 ? churchill : owens_gibbs));
    return chosen * kPerDay;
  }

  static std::array<double, 2> coefficients(const Point<Reaeration>& x) {
    const double u = std::max(std::fabs(x[Env::velocity]), 1e-12), h = x[Env::depth];
    const double by_formula = most_of(k_a_formula(x[formula], u, h), x[k_l_min] / h);
    const double rate = x[multiplier] * (x[k_a_given] <= 0.0 ? by_formula : x[k_a_given]);
    return {rate, rate * oxygen_saturation(x[Env::temperature]) * oxygen_elevation_factor(x[Env::elevation])};
  }

  static std::array<double, 3> rates(const Point<Reaeration>& x) {
    return {x[inflow], x[k_a] * x[oxygen], x[k_a]};
  }
};

LIMPID_PROCESS(Reaeration);

}  // namespace
}  // namespace limpid
