// Oxygen taken up by the bed.
#include "model/limitation.hpp"
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct SedimentOxygenDemand {
  static constexpr const char* id = "sediment_oxygen_demand";
  static constexpr const char* name_zh = "底泥耗氧";
  static constexpr const char* name_en = "sediment oxygen demand";
  static constexpr const char* equation = "r = SOD / h DO / (k_o + DO)";
  static constexpr const char* source =
      "QUAL2E (Brown & Barnwell 1987), with oxygen limitation as in ClearWater-modules";

  enum Roles { oxygen };
  static constexpr Role roles[] = {{"oxygen", "DO"}};

  enum Parameters { sod, k_o };
  static constexpr Parameter parameters[] = {
      {"sod", unit::gram_per_m2_day, kNoDefault, 0.0, 20.0, "demand per bed area at 20 degC",
       "of the bed, to be measured; theta SWAT+, others 1.04 to 1.065", Status::unverified, 1.06},
      {"k_o", unit::mg_per_litre, 0.1, 0.0, 2.0, "oxygen at which the demand is halved; 0 = zero order",
       "numerical choice: the stated demand holds above 1 mg/L and fades smoothly below; ClearWater-modules "
       "1",
       Status::unverified},
  };

  enum Rows { uptake };
  static constexpr ProcessRow rows[] = {{"uptake", Exchange::bed, true}};
  static constexpr Term terms[] = {{uptake, oxygen, -1.0}};

  static constexpr Env environment[] = {Env::depth};
  enum Coefficients { demand };
  static constexpr const char* coefficient_names[] = {"SOD/h"};

  static std::array<double, 1> coefficients(const Point<SedimentOxygenDemand>& x) {
    return {x[sod] / x[Env::depth]};
  }
  static std::array<double, 1> rates(const Point<SedimentOxygenDemand>& x) {
    return {x[demand] * monod(x[oxygen], x[k_o])};
  }
};

LIMPID_PROCESS(SedimentOxygenDemand);

}  // namespace
}  // namespace limpid
