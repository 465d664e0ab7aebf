// Heat exchange with the air as one coefficient times the distance from the equilibrium temperature.
#include "model/heat.hpp"
#include "model/limitation.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct EquilibriumHeat {
  static constexpr const char* id = "equilibrium_heat";
  static constexpr const char* name_zh = "平衡水温热交换";
  static constexpr const char* name_en = "heat exchange by the equilibrium temperature";
  static constexpr const char* equation = "dT/dt = K (Te - T) / (rho c_p h)";
  static constexpr const char* source = "Edinger, Brady & Geyer 1974";

  enum Roles { heat };
  static constexpr Role roles[] = {{"temperature", "temperature"}};

  enum Parameters { exchange };
  static constexpr Parameter parameters[] = {
      {"K", unit::none, 30.0, 5.0, 100.0, "exchange coefficient, W m-2 K-1",
       "of the place; 30 is that of the analytic case equilibrium_temperature", Status::unverified},
  };

  enum Rows { warming, cooling };
  static constexpr ProcessRow rows[] = {{"warming", Exchange::atmosphere}, {"cooling", Exchange::atmosphere}};
  static constexpr Term terms[] = {{warming, heat, +1.0}, {cooling, heat, -1.0}};

  static constexpr Env environment[] = {Env::depth, Env::equilibrium_temperature};
  enum Coefficients { k, supply };
  static constexpr const char* coefficient_names[] = {"K/(rho c_p h)", "K Te/(rho c_p h)"};

  static std::array<double, 2> coefficients(const Point<EquilibriumHeat>& x) {
    const double rate = x[exchange] / (kWaterHeat * x[Env::depth]);
    const double te = x[Env::equilibrium_temperature];
    return {rate, rate * at_least(0.0, te)};
  }
  static std::array<double, 2> rates(const Point<EquilibriumHeat>& x) { return {x[supply], x[k] * x[heat]}; }
};

LIMPID_PROCESS(EquilibriumHeat);

}  // namespace
}  // namespace limpid
