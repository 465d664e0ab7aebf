// Heat that water exchanges with the sky and the air.
#include "model/heat.hpp"
#include "model/limitation.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct SurfaceHeat {
  static constexpr const char* id = "surface_heat";
  static constexpr const char* name_zh = "水面热交换";
  static constexpr const char* name_en = "heat exchange at the surface";
  static constexpr const char* equation =
      "J = (1 - albedo) I + s (Ta+273.15)^4 (A + B sqrt(ea)) (1 + k_c cloud^2) (1 - R_L) - eps s "
      "(T+273.15)^4 "
      "- f(W) (c_1 (T - Ta) + es(T) - ea), f(W) = w_a + w_b W7 + w_c W7^2, W7 = 0.9479 W; dT/dt = J / (rho "
      "c_p h)";
  static constexpr const char* source =
      "QUAL2K (Chapra, Pelletier & Tao 2008): Brunt 1932, Brady, Graves & Geyer 1969, Bowen 1926; wind at 7 "
      "m from "
      "that at 10 m by the power 0.15";

  enum Roles { heat };
  static constexpr Role roles[] = {{"temperature", "temperature"}};

  enum Parameters { emissivity, brunt_a, brunt_b, cloud_long_wave, reflection, w_a, w_b, w_c, bowen };
  static constexpr Parameter parameters[] = {
      {"eps", unit::none, 0.97, 0.9, 1.0, "emissivity of water", "QUAL2K, CE-QUAL-W2", Status::verified, 1.0,
       kShare},
      {"A", unit::none, 0.6, 0.5, 0.7, "emissivity of dry air (Brunt)", "QUAL2K", Status::one_source, 1.0,
       kShare},
      {"B", unit::none, 0.02685, 0.02, 0.07, "times the root of the vapour pressure in hPa (0.031 for mmHg)",
       "QUAL2K", Status::one_source},
      {"k_c", unit::none, 0.17, 0.0, 0.3, "gain of the sky's long wave under full cloud",
       "QUAL2Kw, CE-QUAL-W2", Status::verified},
      {"R_L", unit::none, 0.03, 0.0, 0.1, "long wave that the surface reflects", "QUAL2K", Status::one_source,
       1.0, kShare},
      {"w_a", unit::none, 6.901, 0.0, 20.0, "wind function without wind, W m-2 hPa-1",
       "Brady, Graves & Geyer 1969: 19.0 cal cm-2 d-1 mmHg-1 (QUAL2K); CE-QUAL-W2 has the same, for wind at "
       "2 m",
       Status::one_source},
      {"w_b", unit::none, 0.0, 0.0, 10.0, "wind function, per m/s", "Brady, Graves & Geyer 1969 has none",
       Status::one_source},
      {"w_c", unit::none, 0.3451, 0.0, 2.0, "wind function, per (m/s)^2",
       "Brady, Graves & Geyer 1969: 0.95 cal cm-2 d-1 mmHg-1 (QUAL2K, CE-QUAL-W2)", Status::one_source},
      {"c_1", unit::none, 0.6266, 0.5, 0.8, "Bowen's coefficient, hPa/K (0.47 mmHg/K)", "QUAL2K, CE-QUAL-W2",
       Status::verified},
  };

  // The ice row gives back what the cooling takes at 0 degC, fading out within some tenths of a degree above.
  enum Rows { warming, cooling, freezing };
  static constexpr ProcessRow rows[] = {{"warming", Exchange::atmosphere},
                                        {"cooling", Exchange::atmosphere, true},
                                        {"freezing", Exchange::ice}};
  static constexpr Term terms[] = {{warming, heat, +1.0}, {cooling, heat, -1.0}, {freezing, heat, +1.0}};
  static constexpr double kFreezingRange = 0.05;  // degC

  static constexpr Env environment[] = {
      Env::depth, Env::wind, Env::air_temperature, Env::vapour_pressure, Env::solar, Env::albedo, Env::cloud};
  // All per rho c_p h: what does not depend on the water's temperature, back radiation per K^4, wind
  // function.
  enum Coefficients { gain, back, evaporation };
  static constexpr const char* coefficient_names[] = {"gain", "back radiation", "f(W)"};

  static std::array<double, 3> coefficients(const Point<SurfaceHeat>& x) {
    const double per_flux = 1 / (kWaterHeat * x[Env::depth]), wind = 0.9479 * x[Env::wind];
    const double air = x[Env::air_temperature] + kKelvin, air4 = air * air * air * air;
    const double sky = kStefanBoltzmann * air4 *
                       (x[brunt_a] + x[brunt_b] * std::sqrt(x[Env::vapour_pressure])) *
                       (1 + x[cloud_long_wave] * x[Env::cloud] * x[Env::cloud]) * (1 - x[reflection]);
    const double f = (x[w_a] + wind * (x[w_b] + wind * x[w_c])) * per_flux;
    const double sun = (1 - x[Env::albedo]) * x[Env::solar];
    return {(sun + sky) * per_flux + f * (x[bowen] * x[Env::air_temperature] + x[Env::vapour_pressure]),
            x[emissivity] * kStefanBoltzmann * per_flux, f};
  }
  static std::array<double, 3> rates(const Point<SurfaceHeat>& x) {
    const double t = x[heat], kelvin = t + kKelvin, square = kelvin * kelvin;
    const double net =
        x[gain] - x[back] * square * square - x[evaporation] * (x[bowen] * t + vapour_pressure_over(t));
    const double loss = at_least(0.0, -net);
    return {at_least(0.0, net), loss, loss * elementary::exp(-t / kFreezingRange)};
  }
};

LIMPID_PROCESS(SurfaceHeat);

}  // namespace
}  // namespace limpid
