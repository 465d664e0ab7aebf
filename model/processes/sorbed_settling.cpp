// Settling of what a constituent has on suspended solids, while the rest of it is dissolved: metals above
// all.
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

constexpr NamedUnit kLitrePerKg{"L/kg", unit::dims(3, 0, -1, 1e-6)};

struct SorbedSettling {
  static constexpr const char* id = "sorbed_settling";
  static constexpr const char* name_zh = "吸附态沉降";
  static constexpr const char* name_en = "settling of what is sorbed to suspended solids";
  static constexpr const char* equation =
      "r = v_s / h f_p C, f_p = K_d SS / (1 + K_d SS); dissolved is (1 - f_p) C";
  static constexpr const char* source =
      "linear equilibrium partition, e.g. Chapra 1997, Surface Water-Quality Modeling, toxics (domain "
      "knowledge); evaluated against the table metal_partition_settling";

  enum Roles { total, solids };
  static constexpr Role roles[] = {{"constituent", nullptr}, {"solids", "TSS"}};

  enum Parameters { k_d, v_s };
  static constexpr Parameter parameters[] = {
      {"K_d", kLitrePerKg, kNoDefault, 0.0, 1e8, "distribution coefficient between solids and water",
       "of constituent and solids; for metals between 1e3 and 1e6 (domain knowledge)", Status::unverified},
      {"v_s", unit::metre_per_day, kNoDefault, 0.0, 50.0, "settling velocity of the solids at 20 degC",
       "of the particles, as the solids' own process settling; theta SWAT+ (QUAL2E set)", Status::unverified,
       1.024},
  };

  enum Rows { sinking_out };
  static constexpr ProcessRow rows[] = {{"settling", Exchange::bed}};
  static constexpr Term terms[] = {{sinking_out, total, -1.0}};

  static constexpr Env environment[] = {Env::depth};
  enum Coefficients { k };
  static constexpr const char* coefficient_names[] = {"v_s/h"};

  static std::array<double, 1> coefficients(const Point<SorbedSettling>& x) {
    return {x[v_s] / x[Env::depth]};
  }
  static std::array<double, 1> rates(const Point<SorbedSettling>& x) {
    const double sorbed = x[k_d] * x[solids];  // per dissolved
    return {x[k] * (sorbed / (1.0 + sorbed)) * x[total]};
  }
};

LIMPID_PROCESS(SorbedSettling);

}  // namespace
}  // namespace limpid
