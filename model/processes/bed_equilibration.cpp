// Exchange with a bed that holds the water beside it at a constant concentration.
#include "model/process_adapter.hpp"

namespace limpid {
namespace {

struct BedEquilibration {
  static constexpr const char* id = "bed_equilibration";
  static constexpr const char* name_zh = "与底质平衡";
  static constexpr const char* name_en = "equilibration with the bed";
  static constexpr const char* equation = "r_in = lambda C_eq, r_out = lambda C";
  static constexpr const char* source =
      "OTIS, Runkel 1998, WRIR 98-4018 (sorption in the storage zone towards a background concentration)";

  enum Roles { dissolved };
  static constexpr Role roles[] = {{"constituent", nullptr}};

  enum Parameters { lambda, c_eq };
  static constexpr Parameter parameters[] = {
      {"lambda", unit::per_day, kNoDefault, 0.0, 1e5, "rate of exchange",
       "of the bed; Uvas Creek strontium 1 1/s in the storage zone (OTIS application 2)", Status::one_source},
      {"c_eq", unit::mg_per_litre, kNoDefault, 0.0, 1e5, "concentration at equilibrium with the bed",
       "of the bed; Uvas Creek strontium 0.13 mg/L (OTIS application 2)", Status::one_source},
  };

  enum Rows { uptake, supply };
  static constexpr ProcessRow rows[] = {{"uptake", Exchange::bed}, {"supply", Exchange::bed}};
  static constexpr Term terms[] = {{uptake, dissolved, -1.0}, {supply, dissolved, +1.0}};

  static std::array<double, 2> rates(const Point<BedEquilibration>& x) {
    return {x[lambda] * x[dissolved], x[lambda] * x[c_eq]};
  }
};

LIMPID_PROCESS(BedEquilibration);

}  // namespace
}  // namespace limpid
