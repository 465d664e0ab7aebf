// Release of a constituent from the bed (internal load, e.g. ammonia or phosphate from old mud).
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct InternalRelease {
  static constexpr const char* id = "internal_release";
  static constexpr const char* name_zh = "内源释放";
  static constexpr const char* name_en = "release from the bed";
  static constexpr const char* equation = "r = F / h";
  static constexpr const char* source = "QUAL2E (Brown & Barnwell 1987), benthic source";

  enum Roles { released };
  static constexpr Role roles[] = {{"constituent", nullptr}};

  enum Parameters { flux };
  static constexpr Parameter parameters[] = {
      {"flux", unit::gram_per_m2_day, kNoDefault, 0.0, 10.0, "release per bed area at 20 degC",
       "of the bed, to be measured; theta SWAT+ and ClearWater-modules (phosphate), the latter 1.047 for "
       "ammonia",
       Status::unverified, 1.074},
  };

  enum Rows { release };
  static constexpr ProcessRow rows[] = {{"release", Exchange::bed}};
  static constexpr Term terms[] = {{release, released, +1.0}};

  static constexpr Env environment[] = {Env::depth};
  enum Coefficients { supply };
  static constexpr const char* coefficient_names[] = {"F/h"};

  static std::array<double, 1> coefficients(const Point<InternalRelease>& x) {
    return {x[flux] / x[Env::depth]};
  }
  static std::array<double, 1> rates(const Point<InternalRelease>& x) { return {x[supply]}; }
};

LIMPID_PROCESS(InternalRelease);

}  // namespace
}  // namespace limpid
