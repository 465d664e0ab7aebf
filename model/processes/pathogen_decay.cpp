// Death of pathogens and their indicators by age, salt, light. They sink by a use of `settling`.
#include "model/limitation.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct PathogenDecay {
  static constexpr const char* id = "pathogen_decay";
  static constexpr const char* name_zh = "病原指示菌死亡";
  static constexpr const char* name_en = "death of pathogens";
  static constexpr const char* equation =
      "r = (k_p + k_S S + alpha I (1 - exp(-k_e h)) / (k_e h)) C, I the short wave that enters the water";
  static constexpr const char* source =
      "Mancini 1978 and Thomann & Mueller 1987, as QUAL2K has them (light term read in the QUAL2Kw 5 source)";

  enum Roles { pathogen };
  static constexpr Role roles[] = {{"pathogen", "fecal_coliform"}};

  enum Parameters { k_p, k_s, salinity, alpha };
  static constexpr NamedUnit kPerLight{"1/d", unit::per_day.unit};
  static constexpr Parameter parameters[] = {
      {"k_p", unit::per_day, 0.8, 0.0, 10.0, "in fresh water and darkness at 20 degC",
       "ClearWater-modules, DELWAQ (E. coli); theta QUAL2K, ClearWater-modules, DELWAQ", Status::verified,
       1.07},
      {"k_S", unit::per_day, 0.006, 0.0, 0.02, "more per g/kg of salt at 20 degC",
       "Mancini 1978: 0.02 per percent of sea water, whose 35 g/kg are 100 percent: to be verified",
       Status::unverified, 1.07},
      {"salinity", unit::none, 0.0, 0.0, 40.0, "of the water, g/kg", "0 = fresh water", Status::computed},
      {"alpha", kPerLight, 0.086, 0.0, 1.0, "by light, per W/m2",
       "1 per ly/h (QUAL2Kw 5 example): 1 ly/h = 11.62 W/m2", Status::one_source},
  };

  enum Readings { k_e, short_wave };
  static constexpr Reading readings[] = {{"k_e", 1.0}, {"short_wave", 0.0}};

  enum Rows { death };
  static constexpr ProcessRow rows[] = {{"death"}};
  static constexpr Term terms[] = {{death, pathogen, -1.0}};

  static constexpr Env environment[] = {Env::depth};
  enum Coefficients { depth, dark };
  static constexpr const char* coefficient_names[] = {"h", "k_p + k_S S"};

  static std::array<double, 2> coefficients(const Point<PathogenDecay>& x) {
    return {x[Env::depth], x[k_p] + x[k_s] * x[salinity]};
  }
  static std::array<double, 1> rates(const Point<PathogenDecay>& x) {
    const double optical_depth = x[k_e] * x[depth];
    const double by_light = x[alpha] * x[short_wave] * one_minus_exp(optical_depth) / optical_depth;
    return {(x[dark] + by_light) * x[pathogen]};
  }
};

LIMPID_PROCESS(PathogenDecay);

}  // namespace
}  // namespace limpid
