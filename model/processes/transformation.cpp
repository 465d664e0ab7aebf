// One constituent turns into another in proportion to what is there, e.g. hydrolysis of organic nitrogen to
// ammonia.
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct Transformation {
  static constexpr const char* id = "transformation";
  static constexpr const char* name_zh = "转化";
  static constexpr const char* name_en = "linear transformation";
  static constexpr const char* equation = "r = k A; A becomes yield times B";
  static constexpr const char* source = "mass action";

  enum Roles { reactant, product };
  static constexpr Role roles[] = {{"reactant", nullptr}, {"product", nullptr}};

  enum Parameters { k, yield };
  static constexpr Parameter parameters[] = {
      {"k", unit::per_day, kNoDefault, 0.0, 10.0, "rate at 20 degC",
       "of the reaction, e.g. organic N to ammonia 0.1 (ClearWater-modules), 0.21 (SWAT+), organic P to "
       "phosphate 0.1, 0.35; "
       "theta SWAT+ (QUAL2E set)",
       Status::unverified, 1.047},
      {"yield", unit::none, 1.0, 0.0, 100.0, "amount of product per amount of reactant",
       "1 = the same element in both", Status::computed},
  };

  enum Rows { turning };
  static constexpr ProcessRow rows[] = {{"transformation"}};
  static constexpr Term terms[] = {{turning, reactant, -1.0}, {turning, product, +1.0, yield}};

  static std::array<double, 1> rates(const Point<Transformation>& x) { return {x[k] * x[reactant]}; }
};

LIMPID_PROCESS(Transformation);

}  // namespace
}  // namespace limpid
