// Heat conduction between water and bed.
#include "model/heat.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct BedHeat {
  static constexpr const char* id = "bed_heat";
  static constexpr const char* name_zh = "河床热传导";
  static constexpr const char* name_en = "heat conduction to the bed";
  static constexpr const char* equation =
      "J = rho_s c_s alpha_s / (H_s/2) (T_s - T); the bed holds H_s rho_s c_s / (rho c_p) T_s per m2";
  static constexpr const char* source = "QUAL2K (Chapra, Pelletier & Tao 2008)";

  enum Roles { heat, bed };
  static constexpr Role roles[] = {{"temperature", "temperature"}, {"bed", "bed_heat"}};

  enum Parameters { thickness, diffusivity, capacity };
  static constexpr Parameter parameters[] = {
      {"H_s", unit::metre, 0.1, 0.01, 2.0, "thickness of the bed that takes part", "QUAL2K",
       Status::one_source, 1.0, kPositive},
      {"alpha_s", unit::square_metre_per_second, 5e-7, 1e-7, 2e-6, "thermal diffusivity of the bed",
       "QUAL2K: 0.005 cm2/s", Status::one_source},
      {"r_s", unit::none, 0.64, 0.3, 1.0, "heat capacity of the bed over that of water",
       "QUAL2K: 1.6 g/cm3 times 0.4 cal/(g K)", Status::one_source},
  };

  enum Rows { release, uptake };
  static constexpr ProcessRow rows[] = {{"release"}, {"uptake"}};
  static constexpr Term terms[] = {
      {release, bed, -1.0}, {release, heat, +1.0}, {uptake, heat, -1.0}, {uptake, bed, +1.0}};

  static constexpr Env environment[] = {Env::depth};
  enum Coefficients { from_bed, to_bed };
  static constexpr const char* coefficient_names[] = {"2 alpha_s/H_s^2", "2 r_s alpha_s/(H_s h)"};

  static std::array<double, 2> coefficients(const Point<BedHeat>& x) {
    const double speed = 2 * x[diffusivity] / x[thickness];
    return {speed / x[thickness], speed * x[capacity] / x[Env::depth]};
  }
  static std::array<double, 2> rates(const Point<BedHeat>& x) {
    return {x[from_bed] * x[bed], x[to_bed] * x[heat]};
  }
};

LIMPID_PROCESS(BedHeat);

}  // namespace
}  // namespace limpid
