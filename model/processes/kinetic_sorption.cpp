// Sorption of a solute to the bed's sediment, at a finite rate towards a linear isotherm.
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct KineticSorption {
  static constexpr const char* id = "kinetic_sorption";
  static constexpr const char* name_zh = "动力学吸附";
  static constexpr const char* name_en = "kinetic sorption to the bed";
  static constexpr const char* equation =
      "r_ads = lambda rho K_d C, r_des = lambda S  (S = rho C_sed, sorbed per volume of water)";
  static constexpr const char* source =
      "Bencala 1983, doi:10.1029/WR019i003p00732; OTIS, Runkel 1998, WRIR 98-4018";

  enum Roles { dissolved, sorbed };
  static constexpr Role roles[] = {{"dissolved", nullptr}, {"sorbed", nullptr}};

  enum Parameters { lambda, rho, k_d };
  static constexpr Parameter parameters[] = {
      {"lambda", unit::per_day, kNoDefault, 0.0, 1e4, "rate at which the sediment comes to equilibrium",
       "of the stream; Uvas Creek strontium 5.6e-5 1/s (Bencala 1983, as OTIS application 2 has it)",
       Status::one_source},
      {"rho", unit::mg_per_litre, kNoDefault, 0.0, 1e7, "accessible sediment per volume of water",
       "of the stream; Uvas Creek 2e4 to 4e4 g/m3 (OTIS application 2)", Status::one_source},
      {"K_d", unit::litre_per_mg, kNoDefault, 0.0, 1.0, "distribution coefficient",
       "of solute and sediment; Uvas Creek strontium 7e-5 m3/g (OTIS application 2)", Status::one_source},
  };

  enum Rows { adsorption, desorption };
  static constexpr ProcessRow rows[] = {{"adsorption"}, {"desorption"}};
  static constexpr Term terms[] = {{adsorption, dissolved, -1.0},
                                   {adsorption, sorbed, +1.0},
                                   {desorption, sorbed, -1.0},
                                   {desorption, dissolved, +1.0}};

  static std::array<double, 2> rates(const Point<KineticSorption>& x) {
    return {x[lambda] * x[rho] * x[k_d] * x[dissolved], x[lambda] * x[sorbed]};
  }
};

LIMPID_PROCESS(KineticSorption);

}  // namespace
}  // namespace limpid
