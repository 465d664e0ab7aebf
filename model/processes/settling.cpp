// Sinking of particulate matter to the bed.
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct Settling {
  static constexpr const char* id = "settling";
  static constexpr const char* name_zh = "沉降";
  static constexpr const char* name_en = "settling";
  static constexpr const char* equation = "r = v_s / h C";
  static constexpr const char* source = "QUAL2E (Brown & Barnwell 1987)";

  enum Roles { sinking };
  static constexpr Role roles[] = {{"constituent", nullptr}};

  enum Parameters { v_s };
  static constexpr Parameter parameters[] = {
      {"v_s", unit::metre_per_day, kNoDefault, 0.0, 50.0, "settling velocity at 20 degC",
       "of the particles, e.g. BOD 0.1 (DELWAQ), algae 0.15 (ClearWater-modules) to 1.0 (SWAT+); theta SWAT+ "
       "(QUAL2E set)",
       Status::unverified, 1.024},
  };

  enum Rows { sinking_out };
  static constexpr ProcessRow rows[] = {{"settling", Exchange::bed}};
  static constexpr Term terms[] = {{sinking_out, sinking, -1.0}};

  static constexpr Env environment[] = {Env::depth};
  enum Coefficients { k };
  static constexpr const char* coefficient_names[] = {"v_s/h"};

  static std::array<double, 1> coefficients(const Point<Settling>& x) { return {x[v_s] / x[Env::depth]}; }
  static std::array<double, 1> rates(const Point<Settling>& x) { return {x[k] * x[sinking]}; }
};

LIMPID_PROCESS(Settling);

}  // namespace
}  // namespace limpid
